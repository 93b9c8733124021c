"""What is asked for: how large a county, from which seed, up to which day."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

REASON = "演示县"
YEARS = 2

Say = Callable[[str], None]
"""Where progress is told, a line at a time."""


@dataclass(frozen=True)
class Size:
    """`visits` are the ordinary ones over the two years; those of leaders' days and villages come on top."""

    townships: int = 15
    villages: int = 200
    visits: int = 6_000
    petitions: int = 900


@dataclass(frozen=True)
class Plan:
    seed: int
    size: Size
    today: date
    now: datetime
    """Naive UTC."""

    @property
    def first_day(self) -> date:
        """The two years end today."""
        same_day = date(self.today.year - YEARS, self.today.month, min(self.today.day, 28))
        return same_day + timedelta(days=1)

    def rng(self, topic: str) -> random.Random:
        """One stream for each topic, so that a change in one leaves the others as they were."""
        return random.Random(f"{self.seed}/{topic}")  # noqa: S311
