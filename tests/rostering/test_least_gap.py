"""Windows come from the narrowest on, and the first is the least that dealing out can reach."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from rostering.least_gap import Account, Window, windows

ACCOUNTS = st.lists(
    st.builds(Account, st.integers(-9, 9), st.sampled_from([2, 4, 6]), st.integers(0, 3)),
    min_size=2,
    max_size=4,
)


def reachable(accounts, fewest, total):
    """Every window that a deal fills out exactly."""
    for counts in product(*(range(account.most + 1) for account in accounts)):
        if fewest <= sum(counts) <= total:
            levels = [a.offset + a.step * n for a, n in zip(accounts, counts, strict=True)]
            yield Window(min(levels), max(levels))


@given(ACCOUNTS, st.integers(0, 6), st.integers(0, 2))
def test_the_first_window_is_the_least_and_none_that_can_be_reached_is_missing(accounts, total, spare):
    found = list(windows(accounts, max(0, total - spare), total))
    real = set(reachable(accounts, max(0, total - spare), total))
    assert [w.width for w in found] == sorted(w.width for w in found)
    assert real <= set(found)
    assert bool(real) == bool(found)
    if real:
        assert found[0].width == min(w.width for w in real)


def test_three_alike_and_four_duties():
    alike = [Account(0, 100, 9)] * 3
    assert next(windows(alike, 4, 4)) == Window(100, 200)


def test_who_carries_a_duty_less_takes_it():
    assert next(windows([Account(-100, 100, 9), Account(0, 100, 9)], 1, 1)) == Window(0, 0)


def test_more_than_can_be_dealt_has_no_window():
    assert list(windows([Account(0, 1, 1), Account(0, 1, 1)], 3, 3)) == []
