"""版记 (7.4): one table that floats at the foot of the last page; its last rule is the lower edge of the 版心."""

from documents.official.content import Format, Grid, OfficialDocument
from documents.official.word.elements import Element, element
from documents.official.word.layout import Layout, paragraph
from documents.official.word.measures import LEFT, SMALL_TYPE, WIDTH, twips
from documents.official.word.tables import cell, frame, line
from documents.page import chinese_date

_OUTER, _INNER = 8, 6
"""Eighths of a point: 0.35 mm and 0.26 mm, the nearest to the 0.25 mm of 7.4.1."""

_BELOW = twips(2.4)
"""In the strict grid the page's text area reaches half a line gap below the 版心."""


def imprint_elements(document: OfficialDocument) -> list[Element]:
    """The table and the paragraph that anchors it; a letter's has neither rules nor 印发 (10.1)."""
    if not document.has_imprint:
        return []
    rows = [_recipients(document)]
    is_letter = document.format == Format.LETTER
    if not is_letter:
        rows.append(_printing(document))
    filled = [row for row in rows if row]
    if not filled:
        return []
    table_rows = [_row(row, place, len(filled), is_letter) for place, row in enumerate(filled)]
    if document.grid == Grid.STRICT:
        table_rows.append(_space())
    table = frame([WIDTH], table_rows, _at_the_foot(), element("w:tblOverlap", val="never"))
    return [table, paragraph("Anchor")]


def _at_the_foot() -> Element:
    return element(
        "w:tblpPr",
        leftFromText=0,
        rightFromText=0,
        topFromText=0,
        bottomFromText=0,
        vertAnchor="margin",
        horzAnchor="page",
        tblpX=LEFT,
        tblpYSpec="bottom",
    )


def _recipients(document: OfficialDocument) -> list[Element]:
    """主送 that was moved here stands above 抄送, without a rule between them."""
    made = []
    if document.addressees_in_imprint and document.addressees:
        made.append(_listed("主送：", document.addressees))
    if document.copies_to:
        made.append(_listed("抄送：", document.copies_to))
    return made


def _listed(label: str, names: str) -> Element:
    """One character free at both sides; turns over under the first name and ends with 。"""
    begins = SMALL_TYPE * (1 + len(label))
    layout = Layout(left=begins, hanging=SMALL_TYPE * len(label), right=SMALL_TYPE)
    return paragraph("Imprint", f"{label}{names.rstrip('。：:')}。", layout=layout)


def _printing(document: OfficialDocument) -> list[Element]:
    if not (document.printed_by or document.printed_on):
        return []
    date = f"{chinese_date(document.printed_on)}印发" if document.printed_on else ""
    layout = Layout(align="left", left=SMALL_TYPE, tabs=(("right", WIDTH - SMALL_TYPE),))
    return [paragraph("Imprint", f"{document.printed_by}\t{date}", layout=layout)]


def _row(content: list[Element], place: int, count: int, is_letter: bool) -> Element:
    top = _OUTER if place == 0 else _INNER
    bottom = _OUTER if place == count - 1 else _INNER
    sides = [] if is_letter else [line("top", top), line("bottom", bottom)]
    borders = [element("w:tcBorders", *sides)] if sides else []
    return element("w:tr", element("w:trPr", element("w:cantSplit")), cell(WIDTH, content, *borders))


def _space() -> Element:
    """Between the last rule and the end of the text area."""
    height = element("w:trHeight", val=_BELOW, hRule="exact")
    return element("w:tr", element("w:trPr", height), cell(WIDTH, [paragraph("Anchor")]))
