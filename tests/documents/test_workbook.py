"""Lists written as .xlsx, and the blank sheets that people fill in."""

import io
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from documents.read_workbook import read_sheet
from documents.sheet_template import CHOICES_SHEET, GUIDE_SHEET, blank_sheet
from documents.workbook import Sheet, write_workbook
from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec

HOSTILE = [
    "=cmd|'/c calc'!A1",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    '=HYPERLINK("http://x")',
    "http://x.cn",
    "{=1}",
]

VILLAGE_SESSIONS = SheetSpec(
    kind="village-sessions",
    title="村级接访",
    columns=(
        ColumnSpec(
            "日期", required=True, kind=ColumnKind.DATE, explanation="接访当天。", example="2026-01-07"
        ),
        ColumnSpec(
            "村", required=True, kind=ColumnKind.CHOICE, choices=tuple(f"AL0301{n:02}" for n in range(60))
        ),
        ColumnSpec("方式", required=True, kind=ColumnKind.CHOICE, choices=("有访接访", "无访说案")),
        ColumnSpec("批次", required=True, kind=ColumnKind.INTEGER, example="3"),
        ColumnSpec("纳入统计", kind=ColumnKind.BOOLEAN),
        ColumnSpec("备注"),
    ),
)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_or_a_link(text: str):
    cell = opened(write_workbook(Sheet("名单", ["反映内容"], [[text]]))).active["A2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.hyperlink is None


def test_values_keep_their_kinds():
    row = [
        date(2026, 1, 5),
        datetime(2026, 1, 5, 9, 30),
        time(9, 30),
        7,
        Decimal("99.61"),
        True,
        False,
        None,
        "",
    ]
    sheet = opened(write_workbook(Sheet("表", [f"列{n}" for n in range(9)], [row]))).active
    values = [cell.value for cell in sheet[2]]
    assert values == [
        datetime(2026, 1, 5),
        datetime(2026, 1, 5, 9, 30),
        time(9, 30),
        7,
        99.61,
        "是",
        "否",
        None,
        None,
    ]
    assert sheet["A2"].number_format == "yyyy-mm-dd"


def test_long_numbers_are_not_rounded():
    sheet = opened(write_workbook(Sheet("表", ["证件号码"], [[410325199001011234], [float("nan")]]))).active
    assert sheet["A2"].value == "410325199001011234"
    assert sheet["A3"].value == "nan"


def test_characters_that_xml_cannot_hold_are_left_out():
    sheet = opened(write_workbook(Sheet("表", ["内容"], [["甲\x00\x0b乙\ud800丙\uffff\n丁_x0041_"]]))).active
    assert sheet["A2"].value.replace("_x005F_", "_") == "甲乙丙\n丁_x0041_"


def test_headings_are_frozen_and_filtered_below_the_notes():
    sheet = opened(
        write_workbook(Sheet("表", ["日期", "人数"], [["a", 1], ["b", 2]], notes=("来访登记 2026年1月",)))
    ).active
    assert sheet["A1"].value == "来访登记 2026年1月"
    assert [cell.value for cell in sheet[2]] == ["日期", "人数"]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:B4"


def test_sheet_names_are_made_legal_and_different():
    book = opened(
        write_workbook(
            Sheet("信访[1]/2", ["a"], []),
            Sheet("信访 1  2", ["a"], []),
            Sheet("长" * 40, ["a"], []),
            Sheet("长" * 40, ["a"], []),
        )
    )
    assert len(set(book.sheetnames)) == 4
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_rows_wider_than_the_headings_and_empty_workbooks_are_refused():
    with pytest.raises(ValueError, match="more cells"):
        write_workbook(Sheet("表", ["a"], [[1, 2]]))
    with pytest.raises(ValueError, match="needs a sheet"):
        write_workbook()


def test_what_was_written_reads_back(tmp_path: Path):
    rows = [[date(2026, 1, 5), "张喆", 3, time(9, 30)], [date(2026, 1, 6), "=1+1", 5, None]]
    file = tmp_path / "list.xlsx"
    file.write_bytes(write_workbook(Sheet("来访", ["日期", "姓名", "人数", "时间"], rows)))
    content = read_sheet(file)
    assert content.headings == ("日期", "姓名", "人数", "时间")
    assert content.rows == ((date(2026, 1, 5), "张喆", 3, time(9, 30)), (date(2026, 1, 6), "=1+1", 5, None))


def test_blank_sheet_holds_only_the_headings(tmp_path: Path):
    file = tmp_path / "blank.xlsx"
    file.write_bytes(blank_sheet(VILLAGE_SESSIONS))
    content = read_sheet(file)
    assert content.sheet_name == "村级接访"
    assert content.headings == ("日期", "村", "方式", "批次", "纳入统计", "备注")
    assert content.rows == ()


def test_blank_sheet_explains_and_offers_choices():
    book = opened(blank_sheet(VILLAGE_SESSIONS))
    assert book.sheetnames == ["村级接访", GUIDE_SHEET, CHOICES_SHEET]
    form = book["村级接访"]
    assert form["A1"].comment.text == "必填；日期，如 2026-01-05。接访当天。"
    assert form["A1"].font.color.rgb == "FFB00000"
    assert form["F1"].font.color is None or form["F1"].font.color.rgb != "FFB00000"
    sources = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in form.data_validations.dataValidation}
    assert sources["C2"] == '"有访接访,无访说案"'
    assert sources["E2"] == '"是,否"'
    assert sources["B2"] == f"'{CHOICES_SHEET}'!$A$2:$A$61"
    assert [cell.value for cell in book[GUIDE_SHEET][5]] == [
        "日期",
        "必填",
        "日期，如 2026-01-05",
        "接访当天。",
        "2026-01-07",
    ]
    assert book[CHOICES_SHEET]["A61"].value == "AL030159"
