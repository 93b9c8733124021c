"""发文机关署名、成文日期、印章 (7.3.5): which of the four arrangements, and how far apart things stand.

Widths are counted in characters of 3号; digits are half as wide.
"""

from dataclasses import dataclass
from math import ceil

from documents.official.content import Signature
from documents.official.grid import CELL, MILLIMETRE, WIDTH

SEALED_RIGHT, PLAIN_RIGHT, STAMP_RIGHT = 4, 2, 4
"""Characters left empty on the right (7.3.5.1, .2, .3)."""

SEAL_GAP = 4.0
"""mm between seals: they neither cross nor touch."""

_NOTE_BESIDE_SEAL = 12
"""Characters: what stands between the indent and a seal over the date."""

_CELL = CELL / MILLIMETRE


@dataclass(frozen=True)
class SealedOrgan:
    """`offset` mm to the left of the middle of the date."""

    signature: Signature
    offset: float


@dataclass(frozen=True)
class SealRow:
    """Organs beside each other, the host first; the last row bears the date."""

    organs: tuple[SealedOrgan, ...]
    bears_date: bool


def width_in_characters(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def right_of_date(signatures: tuple[Signature, ...], day: str) -> float:
    """Characters left empty to the right of the date: four, or more where the last organ's name is very long."""
    overhang = (width_in_characters(signatures[-1].organ) - width_in_characters(day)) / 2
    return max(float(SEALED_RIGHT), overhang)


def seal_rows(signatures: tuple[Signature, ...], day: str) -> tuple[SealRow, ...]:
    """Even rows, of no more seals than stand within the 版心; only the first row may be shorter."""
    step = _step(signatures)
    count = ceil(len(signatures) / _fitting(signatures, day, step))
    in_a_row = ceil(len(signatures) / count)
    rows: list[SealRow] = []
    remaining = signatures
    while remaining:
        taken, remaining = remaining[-in_a_row:], remaining[:-in_a_row]
        organs = tuple(
            SealedOrgan(signature, (len(taken) - 1 - place) * step) for place, signature in enumerate(taken)
        )
        rows.insert(0, SealRow(organs, bears_date=not rows))
    return tuple(rows)


def _step(signatures: tuple[Signature, ...]) -> float:
    """mm from the middle of one seal to that of the next."""
    seal = max(signature.seal_millimetres for signature in signatures) + SEAL_GAP
    name = max(width_in_characters(signature.organ) for signature in signatures) + 1
    return max(seal, name * _CELL)


def _fitting(signatures: tuple[Signature, ...], day: str, step: float) -> int:
    """How many beside each other, counted from the date to the left edge of the 版心."""
    middle = WIDTH - (right_of_date(signatures, day) + width_in_characters(day) / 2) * _CELL
    half = max(
        max(signature.seal_millimetres / 2, width_in_characters(signature.organ) * _CELL / 2)
        for signature in signatures
    )
    return max(1, 1 + int((middle - half) / step))


def date_is_longer(signatures: tuple[Signature, ...], day: str) -> bool:
    """Then the date keeps two characters on its right, and the name moves (7.3.5.2)."""
    return width_in_characters(day) > max(width_in_characters(s.organ) for s in signatures)


def note_meets_seals(signatures: tuple[Signature, ...], note: str) -> bool:
    """附注 would run under a seal on the line after the date (7.3.6): then it stands one line lower."""
    return len(signatures) > 1 or width_in_characters(note) > _NOTE_BESIDE_SEAL
