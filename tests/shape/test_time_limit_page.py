"""docs/time-limits.md is what the shipped limits say."""

from tests.shape.time_limit_page import PAGE, time_limit_page


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == time_limit_page(), "run: python -m tests.shape.time_limit_page"


def test_it_names_the_local_requirements_as_such():
    local = [line for line in time_limit_page().splitlines() if "本地要求" in line and line.startswith("| `")]
    assert [line.split("`")[1] for line in local] == ["county_dispatch", "suggest_reply"]
