"""The blank sheet that people fill in: only the heading row on the first sheet, so that nothing else can be imported.

The explanations and the example stand on a second sheet, long lists of choices on a third.
"""

import io

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.workbook import OPTIONS, clean_text
from rules.sheet_spec import ColumnKind, ColumnSpec, SheetSpec

GUIDE_SHEET, CHOICES_SHEET = "填写说明", "可选值"

LAST_ROW = 20_000
"""Down to this row the cells have their format and their list."""

_LONGEST_LIST = 255
"""Characters of a drop-down list that stands in the rule itself; Excel's limit."""

_KINDS = {
    ColumnKind.TEXT: "文字",
    ColumnKind.INTEGER: "整数",
    ColumnKind.DATE: "日期，如 2026-01-05",
    ColumnKind.TIME: "时间，如 09:30",
    ColumnKind.CHOICE: "从下拉列表中选择",
    ColumnKind.BOOLEAN: "是 或 否",
}
_NUMBER_FORMATS = {ColumnKind.INTEGER: "0", ColumnKind.DATE: "yyyy-mm-dd", ColumnKind.TIME: "hh:mm"}


def blank_sheet(spec: SheetSpec) -> bytes:
    """An .xlsx file; the first sheet's row 1 holds the headings exactly, required ones in red on yellow."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, OPTIONS | {"constant_memory": False}) as book:
        form = book.add_worksheet(clean_text(spec.title)[:31])
        _write_guide(book, book.add_worksheet(GUIDE_SHEET), spec)
        ranges = _write_choices(book, spec)
        _write_form(book, form, spec, ranges)
        form.activate()
    return output.getvalue()


def _write_form(book: Workbook, form: Worksheet, spec: SheetSpec, ranges: dict[str, str]) -> None:
    heading = {"bold": True, "align": "center", "valign": "vcenter", "border": 1}
    optional = book.add_format(heading | {"bg_color": "#e8edf3"})
    required = book.add_format(heading | {"bg_color": "#fff2cc", "font_color": "#b00000"})
    for place, column in enumerate(spec.columns):
        cells = book.add_format({"num_format": _NUMBER_FORMATS.get(column.kind, "@")})
        form.set_column(place, place, max(12, 2 * len(column.heading) + 4), cells)
        form.write_string(0, place, column.heading, required if column.required else optional)
        form.write_comment(0, place, _comment(column), {"x_scale": 1.6, "author": ""})
        rule = _validation(column, ranges)
        if rule:
            form.data_validation(1, place, LAST_ROW, place, rule)
    form.freeze_panes(1, 0)


def _comment(column: ColumnSpec) -> str:
    parts = ["必填" if column.required else "选填", _KINDS[column.kind]]
    return clean_text("。".join(["；".join(parts), *filter(None, [column.explanation])]))


def _validation(column: ColumnSpec, ranges: dict[str, str]) -> dict[str, object] | None:
    rule: dict[str, object] = {"ignore_blank": not column.required, "error_title": column.heading[:32]}
    if column.allowed:
        source = ranges.get(column.heading) or list(column.allowed)
        return rule | {"validate": "list", "source": source, "error_message": "请从下拉列表中选择。"}
    if column.kind is ColumnKind.INTEGER:
        limits = {"criteria": ">=", "value": 0, "error_message": "请填写整数。"}
        return rule | {"validate": "integer"} | limits
    return None


def _write_choices(book: Workbook, spec: SheetSpec) -> dict[str, str]:
    """Lists too long for a rule, one a column of their own sheet: heading → range."""
    long = [column for column in spec.columns if len(",".join(column.allowed)) > _LONGEST_LIST]
    if not long:
        return {}
    sheet = book.add_worksheet(CHOICES_SHEET)
    bold = book.add_format({"bold": True})
    ranges = {}
    for place, column in enumerate(long):
        sheet.set_column(place, place, 28)
        sheet.write_string(0, place, column.heading, bold)
        for row, choice in enumerate(column.allowed, start=1):
            sheet.write_string(row, place, clean_text(choice))
        name = xl_col_to_name(place, col_abs=True)
        ranges[column.heading] = f"='{CHOICES_SHEET}'!{name}$2:{name}${len(column.allowed) + 1}"
    return ranges


def _write_guide(book: Workbook, guide: Worksheet, spec: SheetSpec) -> None:
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate((16, 8, 22, 60, 30)):
        guide.set_column(place, place, width)
    guide.write_string(0, 0, f"{spec.title} 填写说明", bold)
    guide.write_string(
        1, 0, spec.explanation or "在第一张表从第二行起填写，每行一条；第一行的标题不要改动，列的先后不限。"
    )
    for place, heading in enumerate(("列", "必填", "内容", "说明", "示例")):
        guide.write_string(3, place, heading, bold)
    for row, column in enumerate(spec.columns, start=4):
        required = "必填" if column.required else ""
        texts = (column.heading, required, _KINDS[column.kind], column.explanation, column.example)
        for place, text in enumerate(texts):
            guide.write_string(row, place, clean_text(text), wrapped)
