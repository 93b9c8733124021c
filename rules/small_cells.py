"""Small numbers of a breakdown that leaves the office are not printed: one or two petitions point at people.

Basis: 个人信息保护法 art. 6 (no more than the purpose needs). The total stands elsewhere in the same bulletin,
so a single gap could be filled in by subtraction. Where it could, the next smallest lines are withheld too, until
each small line may still be 1 as well as 2; where even that is not enough, no line is printed at all.
"""

from collections.abc import Sequence
from enum import Enum, auto

SMALLEST_PRINTED = 3
SMALL_TEXT = f"<{SMALLEST_PRINTED}"
WITHHELD_TEXT = "—"


class Printed(Enum):
    """PLAIN as it is; SMALL as <3; WITHHELD as —, because it would give away a small one."""

    PLAIN = auto()
    SMALL = auto()
    WITHHELD = auto()


def printed_cells(counts: Sequence[int]) -> tuple[Printed, ...]:
    """How each line of a breakdown is printed whose total is known. Zero is plain.

    Plain lines may stand in order of size; the others must not, for their order would tell them apart.
    """
    small = {place for place, count in enumerate(counts) if 0 < count < SMALLEST_PRINTED}
    if not small:
        return (Printed.PLAIN,) * len(counts)
    rest = sorted((count, -place) for place, count in enumerate(counts) if count >= SMALLEST_PRINTED)
    for number in range(len(rest) + 1):
        withheld = {-place for _, place in rest[:number]}
        ceiling = rest[number][0] if number < len(rest) else sum(counts)
        if _is_ambiguous(sum(counts[p] for p in small | withheld), len(small), number, ceiling):
            return tuple(_printed(place, small, withheld) for place in range(len(counts)))
    return (Printed.WITHHELD,) * len(counts)


def _is_ambiguous(hidden: int, small: int, withheld: int, ceiling: int) -> bool:
    """Whether each small line may be 1 and may be 2, for a reader who knows the sum of the hidden lines, that
    withheld ones are from 3 to the smallest printed number (`ceiling`), and small ones 1 or 2."""
    least = 2 + (small - 1) + SMALLEST_PRINTED * withheld
    most = 1 + 2 * (small - 1) + ceiling * withheld
    return least <= hidden <= most


def _printed(place: int, small: set[int], withheld: set[int]) -> Printed:
    if place in small:
        return Printed.SMALL
    return Printed.WITHHELD if place in withheld else Printed.PLAIN
