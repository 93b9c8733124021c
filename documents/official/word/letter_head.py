"""信函式 (10.1): mark and double rules belong to the first page and stand in its header; number and urgency below."""

from documents.official.content import OfficialDocument
from documents.official.grid import page_grid
from documents.official.head import Head
from documents.official.word.document_head import copy_number_text, number_text
from documents.official.word.drawings import red_bar
from documents.official.word.elements import Element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.mark import mark_elements, mark_height, mark_top
from documents.official.word.measures import HEADER, PAPER_WIDTH, SMALL_TYPE, WIDTH, twips
from documents.official.word.page_furniture import header_line

_RULE_WIDTH = twips(170)
_RULE_LEFT = (PAPER_WIDTH - _RULE_WIDTH) // 2
_THICK, _THIN, _BETWEEN = twips(0.9), twips(0.35), twips(0.5)


def letter_header(document: OfficialDocument, head: Head) -> list[Element]:
    """The first page's header; it reaches down to where the text begins."""
    from_paper = twips(page_grid(document.grid).top)
    top = from_paper + mark_top(head.mark)
    ends = top + mark_height(head.mark)
    anchor = header_line(document.is_draft)
    anchor.extend(_rules(from_paper + twips(head.rule_top), from_paper + twips(head.lower_rule_top)))
    above = paragraph("header", layout=Layout(exact=top - HEADER - SMALL_TYPE))
    below = paragraph("header", layout=Layout(exact=from_paper + twips(head.number_top) - ends))
    return [anchor, above, *mark_elements(head.mark), below]


def letter_elements(document: OfficialDocument) -> list[Element]:
    """份号 and 紧急程度 at the left, the number at the right of the first of them."""
    left = [run(copy_number_text(document))] if document.copy_number is not None else []
    if document.urgency:
        left.append(run(document.urgency.value, "Label"))
    lines = left or [run("")]
    number = run(f"\t{number_text(document)}")
    layout = Layout(tabs=(("right", WIDTH),))
    return [
        paragraph("CopyNumber", text, *([number] if place == 0 else []), layout=layout)
        for place, text in enumerate(lines)
    ]


def _rules(upper: int, lower: int) -> list[Element]:
    """The upper one thick above thin, the lower one thin above thick."""
    return [
        red_bar(_RULE_LEFT, upper, _RULE_WIDTH, _THICK),
        red_bar(_RULE_LEFT, upper + _THICK + _BETWEEN, _RULE_WIDTH, _THIN),
        red_bar(_RULE_LEFT, lower, _RULE_WIDTH, _THIN),
        red_bar(_RULE_LEFT, lower + _THIN + _BETWEEN, _RULE_WIDTH, _THICK),
    ]
