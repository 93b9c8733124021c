"""版头 of 文件式 and 纪要: a whole number of grid lines, so that the text below stands on the grid."""

from documents.official.content import OfficialDocument
from documents.official.grid import page_grid
from documents.official.head import Head
from documents.official.word.elements import Element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.mark import mark_elements, mark_height, mark_top
from documents.official.word.measures import CHARACTER, WIDTH, Measures, width_of

_TOP_LINES = 2
"""份号 and 紧急程度; an empty line where there is none."""

_RULE_BELOW, _RULE_THICKNESS = 7, 20
"""Points below the number's line, which puts the rule 4 mm below its glyphs; twips."""


def head_elements(document: OfficialDocument, head: Head, page: Measures) -> list[Element]:
    """What `head` places on the printed page, as paragraphs with room between them."""
    height = round(head.height / page_grid(document.grid).pitch_mm) * page.pitch
    mark_at = mark_top(head.mark)
    rows = _rows_of_names(document.signers) or [""]
    number = len(rows) * page.pitch + _RULE_BELOW * 20 + _RULE_THICKNESS
    gap = height - mark_at - mark_height(head.mark) - number
    above = mark_at - _TOP_LINES * page.pitch
    top = marks_of_urgency(document)
    top += [paragraph("CopyNumber") for _ in range(_TOP_LINES - len(top))]
    return [*_with_room_below(top, above), *mark_elements(head.mark), *_number_lines(document, rows, gap)]


def marks_of_urgency(document: OfficialDocument) -> list[Element]:
    """份号 in six digits (7.2.1), then 紧急程度 (7.2.3), a line each."""
    made = []
    if document.copy_number is not None:
        made.append(paragraph("CopyNumber", copy_number_text(document)))
    if document.urgency:
        made.append(paragraph("Urgency", document.urgency.value))
    return made


def copy_number_text(document: OfficialDocument) -> str:
    return "" if document.copy_number is None else f"{document.copy_number:06d}"


def number_text(document: OfficialDocument) -> str:
    """A draft bears none."""
    return "" if document.is_draft else document.number


def _with_room_below(lines: list[Element], room: int) -> list[Element]:
    last = paragraph("Anchor", layout=Layout(exact=room))
    return [*lines, last]


def _number_lines(document: OfficialDocument, rows: list[str], gap: int) -> list[Element]:
    """The number stands on the line of the last signer (7.2.5); the rule closes the head."""
    last = len(rows) - 1
    return [
        paragraph(
            "Number",
            *_number_line(document, names, is_first=place == 0, is_last=place == last),
            layout=_number_layout(document, rows, gap if place == 0 else None, is_last=place == last),
        )
        for place, names in enumerate(rows)
    ]


def _number_line(document: OfficialDocument, names: str, is_first: bool, is_last: bool) -> list[Element]:
    number = run(number_text(document) if is_last else "")
    if not document.signers:
        return [number]
    return [run("\t"), number, run("\t签发人：" if is_first else "\t\t"), run(names, "SignerName")]


def _number_layout(document: OfficialDocument, rows: list[str], before: int | None, is_last: bool) -> Layout:
    """With signers: 空一字 at the left of the number and at the right of the names (7.2.6)."""
    rule = _RULE_BELOW if is_last else None
    if not document.signers:
        return Layout(before=before, red_rule_at=rule)
    names_at = WIDTH - CHARACTER - max(width_of(names) for names in rows)
    places = (CHARACTER, names_at - width_of("签发人："), names_at)
    tabs = tuple(("left", place) for place in places)
    return Layout(align="left", before=before, red_rule_at=rule, tabs=tabs)


def _rows_of_names(signers: tuple[str, ...]) -> list[str]:
    """Two names a line; shorter ones are as wide as the longest."""
    widest = max((len(name) for name in signers), default=0)
    padded = [_padded(name, widest) for name in signers]
    return ["\u3000".join(padded[start : start + 2]).rstrip("\u3000") for start in range(0, len(padded), 2)]


def _padded(name: str, width: int) -> str:
    spread = f"{name[0]}\u3000{name[1]}" if len(name) == 2 and width > 2 else name
    return spread.ljust(width, "\u3000")
