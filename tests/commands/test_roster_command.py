"""`roster plan`: proposes as text or JSON, stores only when asked, refuses with one line."""

import json

import pytest

from models.roster import Duty, Roster
from tests.duty_rosters import scheme_on_site, stored


@pytest.fixture
def run(site, browser):
    def run_with(*arguments):
        return site.test_cli_runner().invoke(args=["roster", "plan", *arguments])

    return run_with


DAYS = ("--from", "2026-08-01", "--to", "2026-08-03")


def test_it_proposes_and_stores_nothing(browser, run):
    scheme_on_site(browser)
    result = run("duty", *DAYS)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == "AL21 24小时值班 2026-08-01 至 2026-08-03"
    assert lines[1].startswith("2026-08-01\t带班领导 ") and "已证明" in result.output
    assert "没有保存" in lines[-1] and stored(browser, Roster) == []


def test_json_has_the_duties_what_is_empty_and_the_accounts(browser, run):
    scheme_on_site(browser)
    found = json.loads(run("duty", *DAYS, "--json").output)
    assert (found["kind"], found["unit"], found["from"], found["to"]) == (
        "duty",
        "AL21",
        "2026-08-01",
        "2026-08-03",
    )
    assert len(found["duties"]) == 6 and found["empty"] == [] and found["proven"] is True
    assert set(found["duties"][0]) == {"day", "class", "post", "seat", "person_id", "person"}
    assert len(found["accounts"]) == 6 and found["accounts"][0]["share"] == 100
    assert run("duty", *DAYS, "--json").output == run("duty", *DAYS, "--json").output


def test_with_save_it_is_a_draft_and_a_second_one_is_refused(browser, run):
    scheme_on_site(browser)
    result = run("duty", *DAYS, "--unit", "al21", "--save")
    assert result.exit_code == 0 and "已存为草稿 1。" in result.output
    assert len(stored(browser, Duty)) == 6 and stored(browser)[0].edition == 0
    again = run("duty", *DAYS, "--save")
    assert again.exit_code == 1 and "日子重叠" in again.output and len(stored(browser)) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("special", *DAYS), "没有“特殊时段值班”的班次"),
        (("duty", *DAYS, "--unit", "XX"), "没有编码为 XX 的单位"),
        (("duty", *DAYS, "--unit", "AL22"), "没有“24小时值班”的班次"),
        (("duty", "--from", "2026-08-03", "--to", "2026-08-01"), "早于起始日期"),
    ],
)
def test_what_cannot_be_planned_is_one_line_and_not_zero(browser, run, arguments, words):
    scheme_on_site(browser)
    result = run(*arguments)
    assert result.exit_code == 1 and words in result.output and len(result.output.strip().splitlines()) == 1


def test_a_kind_that_does_not_exist_is_refused(run):
    assert run("other", *DAYS).exit_code == 2
