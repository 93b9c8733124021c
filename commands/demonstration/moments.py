"""Times of day in the office, and when a record was typed in."""

import random
from datetime import date, datetime, time, timedelta

from web.clock import OFFICE_OFFSET

_MORNING, _AFTERNOON = (8 * 60 + 20, 11 * 60 + 30), (14 * 60 + 30, 17 * 60 + 20)


def office_time(rng: random.Random) -> time:
    """When somebody is received; more come in the morning."""
    minutes = rng.randint(*(_MORNING if rng.random() < 0.66 else _AFTERNOON))
    return time(minutes // 60, minutes % 60)


def typed_at(rng: random.Random, day: date, received: time, now: datetime) -> datetime:
    """Naive UTC: soon after, now and then days later; never after `now`."""
    late = timedelta(days=rng.choice((1, 1, 2, 3))) if rng.random() < 0.05 else timedelta()
    moment = datetime.combine(day, received) - OFFICE_OFFSET + late + timedelta(minutes=rng.randint(8, 75))
    return min(moment, now.replace(microsecond=0))
