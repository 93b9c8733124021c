"""Places (位次) of offices by a rate of their own work. Never by how many people came: that would reward turning
them away (条例 art. 39: matters are to be solved lawfully, in time and on the spot)."""

from collections.abc import Sequence

from rules.figures import rate

FEWEST_RANKED = 3
"""A smaller denominator gets no place: one session more or less would decide it."""


def standings(fractions: Sequence[tuple[int, int]]) -> tuple[int | None, ...]:
    """Places of (numerator, denominator): equal printed rates share one, and the next follows as if they had not
    (1, 2, 2, 4). None below FEWEST_RANKED."""
    rates = [rate(n, d) if d >= FEWEST_RANKED else None for n, d in fractions]
    ranked = [value for value in rates if value is not None]
    return tuple(None if r is None else 1 + sum(other > r for other in ranked) for r in rates)
