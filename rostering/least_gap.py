"""Which differences can be reached, if nothing but the number of duties binds: from the least upwards.

A roster with the least is looked for first. Where there is none, the next is; so what is found is proven.
"""

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple


class Account(NamedTuple):
    """A level that grows by `step` with each weight of duty chosen, from `offset` on, at most `most` times."""

    offset: int
    step: int
    most: int


class Window(NamedTuple):
    """All levels lie from `low` to `high`."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low


def windows(accounts: Sequence[Account], fewest: int, total: int) -> Iterator[Window]:
    """Every window that might hold all levels when `fewest` to `total` weights are dealt out, the narrowest first.

    Both ends of a window are levels that somebody can have; a wider one with the same low end comes after it.
    """
    levels = sorted({level for account in accounts for level in _levels(account, total)})
    waiting = [
        (top - low, low) for low in levels if (top := _least_top(low, accounts, fewest, total)) is not None
    ]
    heapify(waiting)
    place = {level: n for n, level in enumerate(levels)}
    while waiting:
        width, low = heappop(waiting)
        yield Window(low, low + width)
        wider = place[low + width] + 1
        if wider < len(levels):
            heappush(waiting, (levels[wider] - low, low))


def _levels(account: Account, total: int) -> list[int]:
    return [account.offset + account.step * n for n in range(min(account.most, total) + 1)]


def _least_top(low: int, accounts: Sequence[Account], fewest: int, total: int) -> int | None:
    """The lowest top of those deals that leave nobody below `low`; None where there are none."""
    counts = [max(0, -((account.offset - low) // account.step)) for account in accounts]
    if sum(counts) > total or any(n > account.most for n, account in zip(counts, accounts, strict=True)):
        return None
    return _top_after(counts, accounts, max(0, fewest - sum(counts)))


def _top_after(counts: list[int], accounts: Sequence[Account], left: int) -> int | None:
    """The lowest top when `left` more are dealt, each to whom it raises least."""
    heap = [
        (_level(account, n + 1), place)
        for place, (account, n) in enumerate(zip(accounts, counts, strict=True))
    ]
    heapify(heap)
    top = max(map(_level, accounts, counts))
    while left and heap:
        level, place = heappop(heap)
        if counts[place] == accounts[place].most:
            continue
        top, left = max(top, level), left - 1
        counts[place] += 1
        heappush(heap, (_level(accounts[place], counts[place] + 1), place))
    return None if left else top


def _level(account: Account, count: int) -> int:
    return account.offset + account.step * count
