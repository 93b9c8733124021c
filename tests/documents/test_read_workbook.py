"""Sheets that are sent to us: honest ones are read, hostile ones are refused with a clear sentence."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from documents.read_workbook import read_sheet
from documents.workbook_package import LARGEST_FILE, WorkbookRefused
from tests.documents.hostile_files import HEADING_ROW, sheet, text_cell, workbook


def refusal_of(path: Path, **limits: int) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        read_sheet(path, **limits)
    return refused.value.message


def written(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sent.xlsx"


def test_openpyxl_file_with_shared_strings_and_dates(file: Path):
    written(
        file, [["日期", "时间", "姓名", "人数", "比例"], [date(2026, 1, 5), time(9, 30), " 张喆 ", 3, 0.5]]
    )
    content = read_sheet(file)
    assert content.headings == ("日期", "时间", "姓名", "人数", "比例")
    assert content.rows == ((date(2026, 1, 5), time(9, 30), "张喆", 3, 0.5),)
    assert content.first_row_number == 2


def test_stars_and_spaces_of_headings_are_dropped(file: Path):
    written(file, [["日期*", " 人 数 ", "类别*"], ["2026-01-05", 1, "x"]])
    assert read_sheet(file).headings == ("日期", "人数", "类别")


def test_dates_of_the_1904_calendar(file: Path):
    with xlsxwriter.Workbook(file, {"date_1904": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["日期", "时刻", "时长"])
        page.write_datetime(1, 0, datetime(2026, 1, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_datetime(
            1, 1, datetime(2026, 1, 5, 9, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )
        page.write_datetime(1, 2, timedelta(hours=9, minutes=5), book.add_format({"num_format": "[h]:mm"}))
    assert read_sheet(file).rows == ((date(2026, 1, 5), datetime(2026, 1, 5, 9, 30), time(9, 5)),)


def test_blank_rows_inside_are_kept_and_at_the_end_dropped(file: Path):
    written(file, [["a", "b"], [1, None], [None, "  "], [None, 2], [None, None], ["", None]])
    assert read_sheet(file).rows == ((1, None), (None, None), (None, 2))


def test_columns_to_the_right_of_a_blank_first_column_keep_their_places(file: Path):
    written(file, [[None, "b"], [None, 2]])
    content = read_sheet(file)
    assert content.headings == ("", "b")
    assert content.rows == ((None, 2),)


def test_the_first_visible_sheet_that_is_no_guide_is_read(file: Path):
    book = openpyxl.Workbook()
    book.active.title = "填写说明"
    hidden = book.create_sheet("旧数据")
    hidden.sheet_state = "hidden"
    hidden.append(["x"])
    book.create_sheet("来访").append(["日期"])
    book.save(file)
    assert read_sheet(file).sheet_name == "来访"


def test_formulas_of_other_sheets_do_not_matter(file: Path):
    book = openpyxl.Workbook()
    book.active.append(["日期"])
    book.create_sheet("汇总").append(["=1+1"])
    book.save(file)
    assert read_sheet(file).headings == ("日期",)


def test_relative_paths_are_read(file: Path, monkeypatch: pytest.MonkeyPatch):
    written(file, [["日期"]])
    monkeypatch.chdir(file.parent)
    assert read_sheet(Path("sent.xlsx")).headings == ("日期",)


def test_a_sheet_of_many_honest_rows(file: Path):
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [f"列{n}" for n in range(10)])
        for row in range(1, 20_001):
            page.write_row(
                row, 0, ["日常接访", "云岭镇", row, 1, "初访", "求决", "现场解决", "否", "同样的话", "完"]
            )
    content = read_sheet(file)
    assert len(content.rows) == 20_000
    assert content.rows[-1][2] == 20_000


def test_a_formula_is_refused_by_its_cell(file: Path):
    written(file, [["a", "b"], [1, 2], [3, "=1+1"]])
    assert refusal_of(file) == "第3行B列是公式，请改为数值（复制后选择性粘贴为数值）。"


@pytest.mark.parametrize("formula", ["<f>1</f>", '<f t="shared" si="0"/>', "<f/>", "<x:f>1</x:f>"])
def test_formulas_of_every_spelling_are_refused(file: Path, formula: str):
    row = f'<row r="2"><c r="A2"><v>1</v></c><c r="B2">{formula}<v>2</v></c></row>'
    names = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    workbook(file, sheet(HEADING_ROW + row).replace("<worksheet ", f"<worksheet {names}"))
    assert refusal_of(file).startswith("第2行B列是公式")


def test_an_error_value_is_refused_by_its_cell(file: Path):
    row = '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'
    workbook(file, sheet(HEADING_ROW + row))
    assert refusal_of(file).startswith("第2行A列是错误值")


def test_merged_cells_are_refused(file: Path):
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.active.merge_cells("A2:A3")
    book.save(file)
    assert refusal_of(file).startswith("A2:A3 是合并单元格")


def test_lists_of_choices_are_not_taken_for_formulas(file: Path):
    after = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}">'
        "<x14:dataValidations><x14:dataValidation><x14:formula1><xm:f>a!$A$1</xm:f></x14:formula1>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    workbook(file, sheet(HEADING_ROW, after=after))
    assert read_sheet(file).headings == ("日期", "人数")


def test_a_value_without_a_heading_is_refused(file: Path):
    written(file, [["a"], [1], [2, None, "x"]])
    assert refusal_of(file) == "第3行C列有内容，但第1行没有对应的标题。"


def test_two_equal_headings_are_refused(file: Path):
    written(file, [["日期", "日期*"]])
    assert refusal_of(file) == "第1行有两个“日期”，请删去一列。"


def test_a_sheet_without_headings_is_refused(file: Path):
    written(file, [])
    assert refusal_of(file).startswith("第1行没有标题")


def test_too_many_rows_and_columns_are_refused(file: Path):
    written(file, [["a"], [1], [2], [3]])
    assert refusal_of(file, max_rows=2).startswith("第4行超出上限：一次最多导入 2 行")
    written(file, [[f"列{n}" for n in range(61)]])
    assert refusal_of(file) == "第1行有 61 列，最多 60 列。请使用导入模板。"


def test_a_phantom_dimension_is_harmless(file: Path):
    workbook(file, sheet(HEADING_ROW, before='<dimension ref="A1:XFD1048576"/>'))
    assert read_sheet(file).headings == ("日期", "人数")


def test_a_value_in_the_last_cell_of_the_sheet_is_refused(file: Path):
    workbook(file, sheet(HEADING_ROW + f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'))
    assert refusal_of(file).startswith(("文件过大或结构异常", "第"))


@pytest.mark.parametrize("reference", ["A99999999999", "ZZZZZZ2", "2A", ""])
def test_impossible_cell_names_end_in_a_sentence(file: Path, reference: str):
    workbook(file, sheet(HEADING_ROW + f'<row r="2">{text_cell(reference, "x")}</row>'))
    try:
        assert read_sheet(file).headings == ("日期", "人数")
    except WorkbookRefused as refused:
        assert refused.message.endswith("。")


def test_a_bomb_is_refused(file: Path):
    workbook(file, sheet(HEADING_ROW + " " * (100 * 1024 * 1024)))
    assert refusal_of(file).startswith("文件的压缩方式异常")


def test_a_package_that_unpacks_to_too_much_is_refused(file: Path):
    many = {f"xl__x{n}": b"\0" * (60 * 1024 * 1024) for n in range(5)}
    workbook(file, sheet(HEADING_ROW), **many)
    assert refusal_of(file).startswith("文件展开后过大")


def test_a_package_of_too_many_parts_is_refused(file: Path):
    workbook(file, sheet(HEADING_ROW), **{f"xl__x{n}": b"" for n in range(300)})
    assert refusal_of(file).startswith("文件展开后过大")


def test_a_package_that_lies_about_its_sizes_is_refused(file: Path):
    workbook(file, sheet(HEADING_ROW + " " * 1_000_000))
    content = file.read_bytes()
    real = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml").file_size
    file.write_bytes(content.replace(real.to_bytes(4, "little"), (500).to_bytes(4, "little")))
    assert refusal_of(file).startswith("文件已损坏")


DECLARED = {
    "billion laughs": (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    ),
    "outside entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "outside declaration": '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
}


@pytest.mark.parametrize("declaration", DECLARED.values(), ids=DECLARED)
def test_declarations_and_entities_are_refused(file: Path, declaration: str):
    workbook(file, declaration + sheet(f'<row r="1">{text_cell("A1", "&a;")}</row>'))
    assert refusal_of(file).startswith("文件含有不允许的声明")


def test_a_declaration_in_another_part_is_refused(file: Path):
    workbook(file, sheet(HEADING_ROW), xl__sharedStrings_DOT_xml=DECLARED["outside entity"] + "<sst/>")
    assert refusal_of(file).startswith("文件含有不允许的声明")


def test_a_declaration_hidden_in_utf_16_is_refused(file: Path):
    text = '<?xml version="1.0" encoding="UTF-16"?>' + DECLARED["outside entity"] + sheet(HEADING_ROW)
    workbook(file, text.encode("utf-16"))
    assert refusal_of(file).startswith("文件的编码不是 UTF-8")


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("xl__vbaProject_DOT_bin", "文件含有宏"),
        ("xl__externalLinks__externalLink1_DOT_xml", "文件含有指向其他文件的链接"),
        ("xl__embeddings__oleObject1_DOT_bin", "文件含有嵌入的对象"),
        ("xl__activeX__activeX1_DOT_xml", "文件含有嵌入的对象"),
    ],
)
def test_macros_links_and_objects_are_refused(file: Path, part: str, message: str):
    workbook(file, sheet(HEADING_ROW), **{part: "x"})
    assert refusal_of(file).startswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "这是旧版 .xls 文件或设有打开密码的文件"),
        ("日期,人数\n".encode(), "这不是 .xlsx 文件"),
        (b"<html><table></table></html>", "这不是 .xlsx 文件"),
        (b"%PDF-1.7", "这不是 .xlsx 文件"),
        (b"PK\x03\x04 and nothing more", "文件已损坏"),
    ],
)
def test_other_formats_under_the_name_are_refused(file: Path, content: bytes, message: str):
    file.write_bytes(content)
    assert refusal_of(file).startswith(message)


def test_another_kind_of_package_is_refused(file: Path):
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    assert refusal_of(file).startswith("这不是 .xlsx 工作簿")


def test_a_cut_off_file_is_refused(file: Path):
    written(file, [["日期"], *[[f"行{n}"] for n in range(500)]])
    file.write_bytes(file.read_bytes()[:-300])
    assert refusal_of(file).startswith("文件已损坏")


def test_damaged_xml_is_refused(file: Path):
    workbook(file, sheet(HEADING_ROW)[:-40])
    assert refusal_of(file).startswith("文件已损坏")


def test_a_huge_file_is_refused_unread(file: Path):
    with file.open("wb") as sparse:
        sparse.write(b"PK\x03\x04")
        sparse.truncate(100 * 1024 * 1024)
    assert file.stat().st_size > LARGEST_FILE
    assert refusal_of(file) == "文件大小超过 20 MB，请分成几个文件导入。"
