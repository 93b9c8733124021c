"""A form as a Word table: labels in 黑体, values centred or at the left, and where one signs at the lower right."""

from documents.official.content import Align, Form
from documents.official.grid import WIDTH as MILLIMETRES
from documents.official.tables import lines_of
from documents.official.word.elements import Element, element
from documents.official.word.layout import Layout, paragraph
from documents.official.word.measures import CHARACTER, WIDTH
from documents.official.word.tables import (
    LEAST_HEIGHT,
    all_borders,
    cell,
    frame,
    keep_end_with_next,
)
from rules.form_rows import COLUMNS, FormCell, FormRow

_LINE = 400
_SHORT_SPAN = 4
_PADDING = 100


def form_elements(form: Form) -> list[Element]:
    """The table, and the line under it."""
    made = [paragraph("BodyParagraph", "")] if form.is_apart else []
    made.append(frame(_WIDTHS, [_row(row) for row in form.rows], borders=all_borders(), padding=_PADDING))
    if form.below:
        keep_end_with_next(made[-1])
        made.append(paragraph("TableNote", form.below))
    return made


def _row(row: FormRow) -> Element:
    height = LEAST_HEIGHT + (lines_of(row, MILLIMETRES) - 1) * _LINE
    properties = element("w:trPr", element("w:cantSplit"), element("w:trHeight", val=height, hRule="atLeast"))
    return element("w:tr", properties, *_cells(row))


def _cells(row: FormRow) -> list[Element]:
    made, start = [], 0
    for content in row.cells:
        width = sum(_WIDTHS[start : start + content.span])
        start += content.span
        span = element("w:gridSpan", val=content.span)
        made.append(cell(width, _paragraphs(content, row), span, element("w:vAlign", val=_vertical(content))))
    return made


def _paragraphs(content: FormCell, row: FormRow) -> list[Element]:
    if content.is_label:
        return [paragraph("TableHead", content.text)]
    first = paragraph("TableCell", content.text, layout=Layout(align=_align(content)))
    if not content.foot:
        return [first]
    above = max(0, row.lines - 1 - _text_lines(content)) * _LINE
    return [
        first,
        paragraph("TableCell", content.foot, layout=Layout(align="right", before=above, right=CHARACTER)),
    ]


def _text_lines(content: FormCell) -> int:
    return lines_of(FormRow((FormCell(content.text, content.span),)), MILLIMETRES)


def _align(content: FormCell) -> Align:
    return "left" if content.foot or content.span > _SHORT_SPAN else "center"


def _vertical(content: FormCell) -> str:
    return "top" if content.foot else "center"


_WIDTHS = [WIDTH // COLUMNS] * (COLUMNS - 1) + [WIDTH - WIDTH // COLUMNS * (COLUMNS - 1)]
