"""XML of WordprocessingML. Values become text or attributes of a tree, never markup."""

import re
from collections.abc import Iterable, Iterator

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml.etree import _Element as Element

from documents.record_numbers import RECORD_NUMBER

_PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "tabs", "kinsoku"),
    *("wordWrap", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "spacing"),
    *("ind", "jc", "outlineLvl", "rPr", "sectPr"),
)
"""The schema's; Word refuses a file that breaks it."""

_UNPRINTABLE = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIRECTIONS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """`element("w:jc", val="center")`: attributes of the main namespace take its prefix, those of drawings none."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}") if tag.startswith("w:") else name, str(value))
    made.extend(children)
    return made


def plain(text: str) -> str:
    """What XML cannot carry and what turns the reading direction is left out."""
    return _DIRECTIONS.sub("", _UNPRINTABLE.sub("", text.replace("\r\n", "\n")))


def run(text: str, style: str = "", *properties: Element) -> Element:
    """A run of a character style; a line's end stays one, a tab stands for a tab stop."""
    made = element("w:r")
    if style or properties:
        made.append(element("w:rPr", *([element("w:rStyle", val=style)] if style else []), *properties))
    made.extend(_pieces(plain(text)))
    return made


def _pieces(text: str) -> Iterator[Element]:
    for piece in re.split(r"([\t\n])", text):
        if piece == "\t":
            yield element("w:tab")
        elif piece == "\n":
            yield element("w:br")
        elif piece:
            yield from _unparted(piece)


def _unparted(piece: str) -> Iterator[Element]:
    """The hyphens of record numbers as those at which Word ends no line."""
    end = 0
    for found in RECORD_NUMBER.finditer(piece):
        first, *others = found[0].split("-")
        yield _text(piece[end : found.start()] + first)
        for part in others:
            yield element("w:noBreakHyphen")
            yield _text(part)
        end = found.end()
    if end < len(piece):
        yield _text(piece[end:])


def _text(piece: str) -> Element:
    made = element("w:t")
    made.set(qn("xml:space"), "preserve")
    made.text = piece
    return made


def field(instruction: str) -> list[Element]:
    """The runs of a field; the instruction is a constant of ours, never a value."""
    code = element("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    return [
        element("w:r", element("w:fldChar", fldCharType="begin")),
        element("w:r", code),
        element("w:r", element("w:fldChar", fldCharType="separate")),
        run("1"),
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]


def in_order(properties: Iterable[Element]) -> list[Element]:
    """Paragraph properties in the order of the schema."""
    return sorted(properties, key=lambda item: _PARAGRAPH_ORDER.index(item.tag.rpartition("}")[2]))
