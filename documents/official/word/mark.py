"""发文机关标志: the organs in red, joint ones one under the other with 文件 beside them (7.2.4)."""

from documents.official.content import Format, OfficialDocument
from documents.official.word.elements import Element, element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.measures import WIDTH
from documents.official.word.styles import sizes
from documents.official.word.tables import cell, frame

LARGEST = 720
"""36 pt. The standard leaves the size open."""

_LINE = 1.2
_INK_TOP = 0.194
"""From the top of its line to the top of the glyphs, by the size."""

_DEFAULT_SUFFIX = "文件"


def mark_size(document: OfficialDocument) -> int:
    """In twips, whole half points: the largest that leaves the longest name on one line."""
    longest = max((len(organ) for organ in document.organs), default=1)
    signs = longest + len(mark_suffix(document)) + (1 if len(document.organs) > 1 else 0)
    return min(LARGEST, WIDTH // signs // 10 * 10)


def mark_suffix(document: OfficialDocument) -> str:
    """文件 belongs to the 文件式 alone."""
    is_stray = document.format != Format.DOCUMENT and document.mark_suffix == _DEFAULT_SUFFIX
    return "" if is_stray else document.mark_suffix


def mark_height(document: OfficialDocument) -> int:
    return len(document.organs) * _line_height(document)


def ink_offset(document: OfficialDocument) -> int:
    """From the top of the mark's first line to where its glyphs begin."""
    return round(mark_size(document) * _INK_TOP)


def mark_elements(document: OfficialDocument) -> list[Element]:
    suffix = mark_suffix(document)
    if len(document.organs) > 1 and suffix:
        return [_joint(document, suffix)]
    return [_name(organ + suffix, document) for organ in document.organs]


def _line_height(document: OfficialDocument) -> int:
    return round(mark_size(document) * _LINE)


def _name(text: str, document: OfficialDocument, layout: Layout | None = None) -> Element:
    size = element("w:spacing", val=0), *sizes(mark_size(document))
    given = layout or Layout(exact=_line_height(document))
    return paragraph("Mark", run(text, "", *size), layout=given)


def _joint(document: OfficialDocument, suffix: str) -> Element:
    size = mark_size(document)
    names = size * max(len(organ) for organ in document.organs) + size // 4
    beside = size * len(suffix) + size // 2
    lines = Layout(align="distribute", exact=_line_height(document))
    left = cell(names, [_name(organ, document, lines) for organ in document.organs])
    right = cell(beside, [_name(suffix, document)], element("w:vAlign", val="center"))
    row = element("w:tr", left, right)
    return _centred(frame((names, beside), [row]))


def _centred(table: Element) -> Element:
    table.tblPr.insert(1, element("w:jc", val="center"))
    return table
