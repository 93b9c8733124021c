"""Tables of the text: fixed widths by the columns' shares, and a head row that every page repeats."""

from collections.abc import Sequence

from docx.oxml.ns import qn

from documents.official.content import Align, Column, Table
from documents.official.word.elements import Element, element
from documents.official.word.layout import Layout, keep_with_next, paragraph

_PADDING = 80
LEAST_HEIGHT = 580
"""22 rows fill the 版心."""

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table_elements(table: Table, width: int) -> list[Element]:
    """Caption, the table itself, note."""
    made = [paragraph("TableCaption", table.caption)] if table.caption else []
    made.append(_table(table, width))
    if table.note:
        keep_end_with_next(made[-1])
        made.append(paragraph("TableNote", table.note))
    return made


def keep_end_with_next(last: Element) -> None:
    """Put the last line of a paragraph, or the last row of a table, on the page of what follows."""
    end = last if last.tag == qn("w:p") else last.findall(qn("w:tr"))[-1]
    for content in end.iter(qn("w:p")):
        keep_with_next(content)


def frame(
    widths: Sequence[int],
    rows: Sequence[Element],
    *properties: Element,
    borders: Element | None = None,
    padding: int = 0,
) -> Element:
    """A table of fixed column widths; `properties` are those that stand before its width in the schema."""
    return element(
        "w:tbl",
        element(
            "w:tblPr",
            *properties,
            element("w:tblW", w=sum(widths), type="dxa"),
            *([borders] if borders is not None else []),
            element("w:tblLayout", type="fixed"),
            element(
                "w:tblCellMar", *(element(f"w:{side}", w=padding, type="dxa") for side in ("left", "right"))
            ),
        ),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        *rows,
    )


def cell(width: int, content: Sequence[Element], *properties: Element) -> Element:
    """`properties` stand after the cell's width."""
    return element("w:tc", element("w:tcPr", element("w:tcW", w=width, type="dxa"), *properties), *content)


def line(side: str, size: int) -> Element:
    """A black border, `size` in eighths of a point; 0 for none."""
    return element(f"w:{side}", val="single" if size else "nil", sz=size, space=0, color="000000")


def _table(table: Table, width: int) -> Element:
    widths = _widths(table.columns, width)
    head = _row([column.heading for column in table.columns], table.columns, widths, is_head=True)
    rows = [_row(texts, table.columns, widths) for texts in table.rows]
    return frame(widths, [head, *rows], borders=all_borders(), padding=_PADDING)


def all_borders() -> Element:
    """Thin ones around and between all cells."""
    return element("w:tblBorders", *(line(side, 4) for side in _SIDES))


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    """By share, whole twips; the last column takes what rounding leaves."""
    whole = sum(column.share for column in columns)
    widths = [int(width * column.share / whole) for column in columns]
    widths[-1] += width - sum(widths)
    return widths


def _row(
    texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int], is_head: bool = False
) -> Element:
    properties = element(
        "w:trPr", element("w:cantSplit"), element("w:trHeight", val=LEAST_HEIGHT, hRule="atLeast")
    )
    if is_head:
        properties.append(element("w:tblHeader"))
    cells = [
        _text_cell(text, width, "center" if is_head else column.align, is_head)
        for text, column, width in zip(texts, columns, widths, strict=True)
    ]
    return element("w:tr", properties, *cells)


def _text_cell(text: str, width: int, align: Align, is_head: bool) -> Element:
    content = paragraph(
        "TableHead" if is_head else "TableCell", text, layout=Layout(align=align, keep_next=is_head)
    )
    return cell(width, [content], element("w:vAlign", val="center"))
