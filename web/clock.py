"""The only place that reads the clock. Moments are naive UTC, dates are the office's (Asia/Shanghai)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from rules.office_time import OFFICE_OFFSET

_frozen: list[datetime] = []


def now() -> datetime:
    """Naive UTC."""
    return _frozen[-1] if _frozen else datetime.now(UTC).replace(tzinfo=None)


def today() -> date:
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """A stored UTC moment as the office's wall clock shows it."""
    return moment + OFFICE_OFFSET


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Stand still at a UTC moment; for tests."""
    _frozen.append(moment)
    try:
        yield
    finally:
        _frozen.pop()
