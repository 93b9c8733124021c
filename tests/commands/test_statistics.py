"""`statistics export`: what it writes, and how it refuses."""

import json

import pytest

from tests import factories
from tests.indicators.world import build_july


@pytest.fixture
def run(site):
    with site.app_context(), factories.plain_session() as session:
        build_july(session)
        session.commit()
    return lambda *args: site.test_cli_runner().invoke(args=["statistics", "export", *args])


def test_the_whole_county_without_comparison_by_default(run):
    found = json.loads(run("--period", "2026").stdout)
    assert (found["unit"], found["as_of"]) == ("AL", "2026-07-15")
    assert found["figures"]["reception_batches"] == {
        "value": 6,
        "text": "6",
        "previous": None,
        "change_text": None,
    }


def test_one_unit(run):
    found = json.loads(run("--period", "2026-W28", "--unit", "AL21", "--compare", "mom").stdout)
    assert found["figures"]["reception_persons"] == {
        "value": 13,
        "text": "13",
        "previous": 3,
        "change_text": "+333.3%",
    }


def test_a_file_instead_of_standard_output(run, tmp_path):
    target = tmp_path / "july.json"
    result = run("--period", "2026-07", "--output", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["period"] == "2026-07"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--period", "2026-13"), "期间“2026-13”不存在"),
        (("--period", "soon"), "看不懂期间“soon”"),
        (("--period", "2026", "--unit", "AL99"), "没有代码为 AL99 的机构。"),
        (("--period", "2026", "--unit", "EX01"), "市信访局是外部单位"),
        (("--period", "2026", "--output", "/nowhere/a.json"), "写不了文件"),
    ],
)
def test_a_refusal_is_one_line_and_a_failure(run, args, message):
    result = run(*args)
    assert result.exit_code != 0
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.strip().count("\n") == 0
