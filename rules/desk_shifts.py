"""At which moments a desk is handed over: the hours at which the posts of its rota begin, each day, in office time.

Moments are naive UTC, hours the office's wall clock.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from rules.office_time import OFFICE_OFFSET, day_of

USUAL_HOURS = (time(8, 30),)
EARLY = timedelta(hours=2)
"""How long before its moment a hand-over may be made."""
GRACE = timedelta(hours=1)
"""How long after its moment a hand-over is not yet missing."""
_DAY = timedelta(days=1)


def boundaries(first: datetime, last: datetime, hours: Sequence[time]) -> list[datetime]:
    """Every hand-over moment from `first` to `last`, both included, in order."""
    day, end = day_of(first) - _DAY, day_of(last) + _DAY
    found = set()
    while day <= end:
        found |= {datetime.combine(day, hour) - OFFICE_OFFSET for hour in hours or USUAL_HOURS}
        day += _DAY
    return sorted(moment for moment in found if first <= moment <= last)


def shift_began(now: datetime, hours: Sequence[time]) -> datetime:
    """The latest hand-over moment that has come."""
    return boundaries(now - 2 * _DAY, now, hours)[-1]


def shift_to_hand_over(now: datetime, hours: Sequence[time]) -> datetime:
    """The moment that a hand-over made now belongs to: the next one when it is near, else the latest."""
    began = shift_began(now, hours)
    coming = boundaries(now + timedelta(microseconds=1), now + 2 * _DAY, hours)[0]
    near = min(EARLY, (coming - began) / 2)
    return coming if coming - now <= near else began


def latest_owed(now: datetime, hours: Sequence[time]) -> datetime:
    """The latest moment whose hand-over should be signed by now: it passed by more than an hour."""
    return boundaries(now - 3 * _DAY, now - GRACE - timedelta(microseconds=1), hours)[-1]
