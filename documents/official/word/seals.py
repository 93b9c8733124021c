"""Seals as pictures behind the text, and the rows of a joint document (7.3.5.1)."""

from documents.official.content import OfficialDocument, Signature
from documents.official.signatures import SealRow, right_of_date, seal_rows
from documents.official.word.elements import Element, element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.measures import CHARACTER, WIDTH, twips, width_of
from documents.official.word.pictures import Pictures
from documents.official.word.tables import cell, frame

_ABOVE = 7.4
"""mm from the top of the organ's line up to a point as far above it as the seal's middle is below."""

_FROM_TEXT = twips(5)
"""With the free part of a line, still within one line (7.3.5.1)."""

_BETWEEN_ROWS = twips(4)

_ALONE = 78.0
"""mm for a seal that has no other beside it."""


def above_organ(signature: Signature) -> int:
    """Twips from the seal's top to the top of the organ's line: organ and date stand a little below its middle."""
    return twips(signature.seal_millimetres / 2 - _ABOVE)


def seal_run(signature: Signature, middle: int, down: int, pictures: Pictures) -> Element:
    """`middle` from the left edge of the column or cell, `down` from the top of the paragraph that anchors it.

    Never upwards: programs differ in what they do with it. Nothing to see where the organ has no seal.
    """
    if signature.seal is None:
        return run("")
    size = twips(signature.seal_millimetres)
    return pictures.behind(signature.seal, middle - size // 2, down, size, f"{signature.organ}印章")


def joint_seals(document: OfficialDocument, date: str, pictures: Pictures) -> list[Element]:
    """A table of organs side by side; the last one stands over the date."""
    rows = seal_rows(document.signatures, date)
    widths = _widths(rows, round(right_of_date(document.signatures, date) * CHARACTER) + width_of(date) // 2)
    made = [_row(row, widths, pictures, document.is_draft) for row in rows]
    made[-1][-1].append(paragraph("Day", date, layout=Layout(align="center", right=0)))
    return [paragraph("Organ", layout=Layout(exact=_FROM_TEXT)), frame(widths, made)]


def _widths(rows: tuple[SealRow, ...], right: int) -> list[int]:
    """A column for each seal, around the middles that the printed page gives them, and what is left of them.

    `right` is from the middle of the date to the edge of the 版心.
    """
    steps = [row.organs[-2].offset for row in rows if len(row.organs) > 1]
    column = twips(max(steps, default=_ALONE))
    columns = [column] * max(len(row.organs) for row in rows)
    left = WIDTH - right + column // 2 - sum(columns)
    return [left, *columns] if left > 0 else [column + left, *columns[1:]]


def _row(row: SealRow, widths: list[int], pictures: Pictures, is_draft: bool) -> Element:
    signatures = [organ.signature for organ in row.organs]
    tallest = max(signature.seal_millimetres for signature in signatures)
    height = element("w:trHeight", val=twips(tallest) + _BETWEEN_ROWS, hRule="atLeast")
    empty = [cell(width, [paragraph("Organ")]) for width in widths[: len(widths) - len(signatures)]]
    organs = [
        cell(width, _organ(signature, width, pictures, is_draft))
        for signature, width in zip(signatures, widths[-len(signatures) :], strict=True)
    ]
    return element("w:tr", element("w:trPr", element("w:cantSplit"), height), *empty, *organs)


def _organ(signature: Signature, width: int, pictures: Pictures, is_draft: bool) -> list[Element]:
    seal = [] if is_draft else [seal_run(signature, width // 2, 0, pictures)]
    above = paragraph("Organ", *seal, layout=Layout(exact=above_organ(signature)))
    return [above, paragraph("Organ", signature.organ)]
