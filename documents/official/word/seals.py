"""Seals as pictures behind the text, and the rows of a joint document (7.3.5.1)."""

from collections.abc import Sequence

from documents.official.content import OfficialDocument, Signature
from documents.official.word.elements import Element, element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.measures import CHARACTER, WIDTH, twips, width_of
from documents.official.word.pictures import Pictures
from documents.official.word.tables import cell, frame

SEAL = twips(42)

ABOVE = twips(13.6)
"""Of the organ's line: organ and date stand a little below the seal's middle."""

_FROM_TEXT = twips(5)
"""With the free part of a line, still within one line (7.3.5.1)."""

_TWO_COLUMNS, _THREE_COLUMNS = twips(60), twips(46)
_MOST_A_ROW = 3


def seal_run(signature: Signature, middle: int, down: int, pictures: Pictures) -> Element:
    """`middle` from the left edge of the column or cell, `down` from the top of the paragraph that anchors it.

    Never upwards: programs differ in what they do with it. Nothing to see where the organ has no seal.
    """
    if signature.seal is None:
        return run("")
    alt = f"{signature.organ}印章"
    return pictures.behind(signature.seal, middle - SEAL // 2, down, SEAL, alt)


def joint_seals(document: OfficialDocument, date: str, pictures: Pictures) -> list[Element]:
    """Up to three seals a row; the last one stands over the last organ and the date."""
    count = min(len(document.signatures), _MOST_A_ROW)
    column = _TWO_COLUMNS if count < _MOST_A_ROW else _THREE_COLUMNS
    right = WIDTH - 4 * CHARACTER - width_of(date) // 2 + column // 2
    widths = [right - count * column, *[column] * count]
    rows = [_row(row, widths, pictures, document.is_draft) for row in _rows(document.signatures)]
    rows[-1][-1].append(paragraph("Day", date, layout=Layout(align="center", right=0)))
    return [paragraph("Organ", layout=Layout(exact=_FROM_TEXT)), frame(widths, rows)]


def _rows(signatures: Sequence[Signature]) -> list[list[Signature | None]]:
    """Full rows from the first organ on; what is left stands at the right."""
    rows: list[list[Signature | None]] = []
    for start in range(0, len(signatures), _MOST_A_ROW):
        row: list[Signature | None] = list(signatures[start : start + _MOST_A_ROW])
        missing = min(len(signatures), _MOST_A_ROW) - len(row)
        rows.append([*[None] * missing, *row])
    return rows


def _row(
    signatures: Sequence[Signature | None], widths: Sequence[int], pictures: Pictures, is_draft: bool
) -> Element:
    height = element("w:trHeight", val=SEAL + twips(2), hRule="atLeast")
    properties = element("w:trPr", element("w:cantSplit"), height)
    cells = [cell(widths[0], [paragraph("Organ")])]
    for signature, width in zip(signatures, widths[1:], strict=True):
        cells.append(cell(width, _organ(signature, width, pictures, is_draft)))
    return element("w:tr", properties, *cells)


def _organ(signature: Signature | None, width: int, pictures: Pictures, is_draft: bool) -> list[Element]:
    if signature is None:
        return [paragraph("Organ")]
    seal = [] if is_draft else [seal_run(signature, width // 2, 0, pictures)]
    above = paragraph("Organ", *seal, layout=Layout(exact=ABOVE))
    return [above, paragraph("Organ", signature.organ)]
