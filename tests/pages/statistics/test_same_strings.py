"""Page, sheet, JSON and command line print the same strings for the same scope."""

import io
import json

import pytest
from openpyxl import load_workbook

from tests import people
from tests.pages.statistics.test_show import figure_lines

ADDRESS = "/statistics?period=2026-07&compare=yoy"


@pytest.fixture
def from_json(browser, july):
    return browser.sign_in(people.WU).get(f"{ADDRESS}&format=json").json


def test_json_has_the_promised_shape(from_json):
    assert {k: v for k, v in from_json.items() if k != "figures"} == {
        "period": "2026-07",
        "unit": "AL",
        "as_of": "2026-07-15",
    }
    assert from_json["figures"]["reception_persons"] == {
        "value": 23,
        "text": "23",
        "previous": 4,
        "change_text": "+475.0%",
    }


def test_without_comparison_previous_and_change_are_null(browser, july):
    found = browser.sign_in(people.WU).get("/statistics?period=2026-07&compare=none&format=json").json
    assert found["figures"]["reception_batches"] == {
        "value": 5,
        "text": "5",
        "previous": None,
        "change_text": None,
    }


def test_the_page_prints_the_same(browser, july, from_json):
    lines = figure_lines(browser.get(ADDRESS))
    printed = [(value.split()[0], previous, change) for value, previous, change in lines.values()]
    figures = from_json["figures"].values()
    assert printed == [(f["text"], before(f), f["change_text"]) for f in figures]


def before(figure):
    """The figure of the earlier period as it is printed: — where there is none, two decimals for a rate."""
    if figure["previous"] is None:
        return "—"
    return f"{figure['previous']:.2f}%" if "numerator" in figure else str(figure["previous"])


def sheets_of(content):
    return load_workbook(io.BytesIO(content))


def lines_of(content):
    """{code: (value, previous, change)} of the first sheet, as text."""
    rows = [r for r in sheets_of(content)["指标"].iter_rows(values_only=True)]
    top = next(place for place, row in enumerate(rows) if row[0] == "指标代码")
    return {row[0]: tuple(str(cell) for cell in row[3:6]) for row in rows[top + 1 :]}


def expected(from_json):
    return {code: (f["text"], before(f), f["change_text"]) for code, f in from_json["figures"].items()}


def test_the_sheet_prints_the_same(browser, july, from_json):
    content = browser.get(f"{ADDRESS}&format=xlsx").data
    assert lines_of(content) == expected(from_json)
    book = sheets_of(content)
    assert book.sheetnames == [
        "指标", "按单位", "按内容分类", "按接访类型", "按处理结果", "按初重访", "按日",
    ]  # fmt: skip
    assert book["指标"]["A1"].value == (
        "2026年7月（2026-07-01 至 2026-07-31），安澜县及下级，统计截止 2026-07-15。"
    )
    assert [c.value for c in book["按初重访"][7]] == ["初访", 3, 6, "60.00%"]


def test_the_command_line_prints_the_same(browser, july, from_json):
    run = browser.app.test_cli_runner().invoke
    printed = run(args=["statistics", "export", "--period", "2026-07", "--compare", "yoy"])
    assert json.loads(printed.stdout) == from_json
    sheet = run(args=["statistics", "export", "--period", "2026-07", "--compare", "yoy", "--format", "xlsx"])
    assert lines_of(sheet.stdout_bytes) == expected(from_json)
