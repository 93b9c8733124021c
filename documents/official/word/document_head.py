"""版头 of 文件式 and 纪要: a whole number of grid lines, so that the text below stands on the grid."""

import math

from documents.official.content import OfficialDocument
from documents.official.word.elements import Element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.mark import ink_offset, mark_elements, mark_height
from documents.official.word.measures import CHARACTER, WIDTH, Measures, twips, width_of

_MARK_AT = twips(72)
"""The upper edge of the mark, from the paper's: 35 mm below the 版心's."""

_TOP_LINES = 2
"""份号 and 紧急程度; an empty line where there is none."""

_RULE_BELOW, _RULE_THICKNESS = 7, 20
"""Points below the number's line, which puts the rule 4 mm below its glyphs; twips."""

_LEAST_GAP = 1.6
"""Lines between mark and number, besides what a line of text leaves free above and below its glyphs."""

_NAMES_A_LINE = 2
_LONGEST_NAME = 3


def head_elements(document: OfficialDocument, page: Measures) -> list[Element]:
    above = _MARK_AT - page.top - _TOP_LINES * page.pitch - ink_offset(document)
    lines = _signer_lines(document.signers) or [""]
    number = len(lines) * page.pitch + _RULE_BELOW * 20 + _RULE_THICKNESS
    used = _TOP_LINES * page.pitch + above + mark_height(document) + number
    total = math.ceil((used + _LEAST_GAP * page.pitch) / page.pitch) * page.pitch
    return [
        paragraph("CopyNumber", copy_number_text(document)),
        paragraph("Urgency", document.urgency, layout=Layout(after=above)),
        *mark_elements(document),
        *_number_lines(document, lines, total - used),
    ]


def copy_number_text(document: OfficialDocument) -> str:
    """Six digits (7.2.1)."""
    return "" if document.copy_number is None else f"{document.copy_number:06d}"


def number_text(document: OfficialDocument) -> str:
    """A draft bears none."""
    return "" if document.is_draft else document.number


def _number_lines(document: OfficialDocument, lines: list[str], gap: int) -> list[Element]:
    """The number stands on the line of the last signer (7.2.5); the rule closes the head."""
    made = []
    for place, names in enumerate(lines):
        is_first, is_last = place == 0, place == len(lines) - 1
        layout = Layout(
            before=gap if is_first else None,
            red_rule_at=_RULE_BELOW if is_last else None,
            **_at_both_sides(lines) if document.signers else {},
        )
        number = run(number_text(document) if is_last else "")
        label = run("\t签发人：" if is_first else "\t\t")
        signers = [label, run(names, "SignerName")]
        made.append(paragraph("Number", *([run("\t"), number, *signers] if document.signers else [number]), layout=layout))
    return made


def _at_both_sides(lines: list[str]) -> dict[str, object]:
    """空一字 at the left of the number and at the right of the signers; later names under the first one's."""
    names_at = WIDTH - CHARACTER - max(width_of(names) for names in lines)
    places = (CHARACTER, names_at - width_of("签发人："), names_at)
    return {"align": "left", "tabs": tuple(("left", place) for place in places)}


def _signer_lines(signers: tuple[str, ...]) -> list[str]:
    spaced = [f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name for name in signers]
    widest = max((len(name) for name in spaced), default=_LONGEST_NAME)
    padded = [name.ljust(widest, "\u3000") for name in spaced]
    return [
        "\u3000".join(padded[start : start + _NAMES_A_LINE]).rstrip("\u3000")
        for start in range(0, len(padded), _NAMES_A_LINE)
    ]
