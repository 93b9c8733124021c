"""Small lines of a breakdown are not printed and cannot be reckoned out."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.small_cells import Printed, printed_cells

SIGNS = {Printed.PLAIN: "=", Printed.SMALL: "<", Printed.WITHHELD: "—"}


def signs(*counts):
    return "".join(SIGNS[p] for p in printed_cells(counts))


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ((9, 5, 3), "==="),
        ((), ""),
        ((9, 2, 1), "=<<"),  # together 3: either may be the 1
        ((9, 5, 2), "=—<"),  # alone it would be what is left; with the 5, 7 may be 5 + 2 or 6 + 1
        ((9, 5, 1, 1), "=—<<"),  # together 2: both would be 1
        ((9, 3, 2), "=—<"),  # 5 may be 3 + 2 or 4 + 1
        ((9, 3, 1), "——<"),  # 4 is 3 + 1 for certain, so the 9 goes as well
        ((2,), "—"),  # the total says it already
        ((1, 1), "——"),
        ((3, 0), "=="),
    ],
)
def test_what_is_printed(counts, printed):
    assert signs(*counts) == printed


def may_be(counts, printed):
    """Every way to fill the gaps that agrees with the total, the signs, and that the largest lines are printed."""
    plain = [c for c, p in zip(counts, printed, strict=True) if p is Printed.PLAIN]
    choices = {Printed.SMALL: (1, 2), Printed.WITHHELD: range(3, min(plain, default=sum(counts)) + 1)}
    lines = [choices.get(p, (c,)) for c, p in zip(counts, printed, strict=True)]
    return [filled for filled in product(*lines) if sum(filled) == sum(counts)]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_a_reader_who_knows_the_total_never_learns_a_small_line(counts):
    counts = sorted(counts, reverse=True)
    printed = printed_cells(counts)
    if all(p is Printed.WITHHELD for p in printed):
        return
    for place, sign in enumerate(printed):
        assert (sign is Printed.SMALL) == (counts[place] < 3)
        if sign is Printed.SMALL:
            assert {filled[place] for filled in may_be(counts, printed)} == {1, 2}
