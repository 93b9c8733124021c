"""信函式 (10.1): mark and double rules belong to the first page and stand in its header; number and urgency below."""

import math

from documents.official.content import OfficialDocument
from documents.official.word.document_head import copy_number_text, number_text
from documents.official.word.drawings import red_bar
from documents.official.word.elements import Element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.mark import ink_offset, mark_elements, mark_height, mark_size
from documents.official.word.measures import HEADER, PAPER_HEIGHT, PAPER_WIDTH, TYPE, WIDTH, Measures, twips
from documents.official.word.page_furniture import header_line

_MARK_AT = twips(30)
_RULE_WIDTH = twips(170)
_RULE_LEFT = (PAPER_WIDTH - _RULE_WIDTH) // 2
_THICK, _THIN, _BETWEEN = twips(0.7), twips(0.25), twips(0.5)
_LOWER_AT = PAPER_HEIGHT - twips(20)
_INK_BOTTOM = 0.95
"""From the top of the mark's last line to its glyphs' lower edge, by the size."""


def letter_header(document: OfficialDocument, page: Measures) -> list[Element]:
    """The first page's header; it reaches down to where the text begins."""
    mark = mark_elements(document)
    top = _MARK_AT - ink_offset(document)
    ends = top + mark_height(document)
    anchor = header_line(document.is_draft)
    anchor.extend([*_upper_rule(document), *_lower_rule()])
    gap = paragraph("header", layout=Layout(exact=top - HEADER - TYPE))
    below = paragraph("header", layout=Layout(exact=max(20, _text_at(document, page) - ends)))
    return [anchor, gap, *mark, below]


def letter_elements(document: OfficialDocument) -> list[Element]:
    """份号 and 紧急程度 at the left, the number at the right of the first of them."""
    left = [text for text in (copy_number_text(document), document.urgency) if text]
    lines = left or [""]
    right = Layout(tabs=(("right", WIDTH),))
    made = []
    for place, text in enumerate(lines):
        number = [run(f"\t{number_text(document)}")] if place == 0 else []
        face = "Label" if text == document.urgency else ""
        made.append(paragraph("CopyNumber", run(text, face), *number, layout=right))
    return made


def _rule_at(document: OfficialDocument) -> int:
    """4 mm below the mark."""
    glyphs = round(mark_size(document) * (_INK_BOTTOM - 0.194))
    lines = mark_height(document) - round(mark_size(document) * 1.2)
    return _MARK_AT + lines + glyphs + twips(4)


def _text_at(document: OfficialDocument, page: Measures) -> int:
    """The glyphs of the first line stand 7/8 of 3号 below the rule."""
    under = _rule_at(document) + _THICK + _BETWEEN + _THIN
    return math.ceil(under + TYPE * 7 / 8 - (page.pitch - TYPE) / 2)


def _upper_rule(document: OfficialDocument) -> list[Element]:
    top = _rule_at(document)
    return [
        red_bar(_RULE_LEFT, top, _RULE_WIDTH, _THICK),
        red_bar(_RULE_LEFT, top + _THICK + _BETWEEN, _RULE_WIDTH, _THIN),
    ]


def _lower_rule() -> list[Element]:
    """20 mm from the paper's lower edge, thin above thick."""
    return [
        red_bar(_RULE_LEFT, _LOWER_AT, _RULE_WIDTH, _THIN),
        red_bar(_RULE_LEFT, _LOWER_AT + _THIN + _BETWEEN, _RULE_WIDTH, _THICK),
    ]
