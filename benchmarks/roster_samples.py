"""Offices to plan rosters for: sixty people and four posts month by month, thirty leaders over a year."""

import random
from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path

from rules.calendar_sheet import read_calendar_csv
from rules.roster import (
    Absence,
    Balance,
    Engagement,
    Pair,
    Post,
    RosterLimits,
    RosterMember,
    RosterProblem,
    Wish,
)
from rules.roster_days import classes_of, duty_days, slots_of
from rules.roster_words import Pattern, RosterKind
from rules.work_calendar import WorkCalendar

_FILES = sorted((Path(__file__).parents[1] / "data" / "holidays").glob("*.csv"))
CALENDAR = WorkCalendar(tuple(read_calendar_csv(path.read_text(encoding="utf-8")) for path in _FILES))
_DAWN = time(8, 30)
POSTS = tuple(Post(n + 1, name, _DAWN, _DAWN) for n, name in enumerate(("带班领导", "主班", "副班", "值守")))
MONTHS = tuple(date(2025 + (n > 2), (n + 9) % 12 + 1, 1) for n in range(6))
"""October 2025 to March 2026: National Day, New Year, Spring Festival."""
_LEADERS, _PEOPLE = 12, 60


def duty_month(
    first: date = MONTHS[0],
    balances: Sequence[Balance] = (),
    engagements: Sequence[Engagement] = (),
    turn_after: Sequence[int] = (),
) -> RosterProblem:
    """Twelve leaders take turns at the first post, 48 others at three; four of them carry half a share.

    Twelve are on leave for up to a week, thirty days are wished off, one pair serves together and one never;
    two days of rest, so that nobody serves twice in three days.
    """
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    days = duty_days(Pattern.DAILY, (), first, last, CALENDAR)
    chance = random.Random(first.toordinal())
    return RosterProblem(
        RosterKind.DUTY,
        POSTS,
        slots_of(POSTS, days),
        classes_of(days, CALENDAR),
        tuple(_member(n) for n in range(_PEOPLE)),
        RosterLimits(rest_hours=48, most_in_row=1),
        tuple(_leave(chance, days) for _ in range(12)),
        tuple(Wish(chance.randint(1, _PEOPLE), chance.choice(days)) for _ in range(30)),
        (Pair(20, 21, together=True), Pair(30, 31, together=False)),
        balances=tuple(balances),
        engagements=tuple(engagements),
        turn_after=tuple(turn_after),
    )


def reception_year() -> RosterProblem:
    """The 8th of each month of 2026, put off from days off; thirty leaders, the seventh was the last of 2025."""
    days = duty_days(Pattern.MONTHLY, (8,), date(2026, 1, 1), date(2026, 12, 31), CALENDAR, put_off=True)
    return _receptions(days)


def reception_weeks() -> RosterProblem:
    """Mondays, Wednesdays and Fridays of 2026, as of an office whose leaders receive in turn all the year."""
    days = duty_days(Pattern.WEEKLY, (1, 3, 5), date(2026, 1, 1), date(2026, 12, 31), CALENDAR, put_off=True)
    return _receptions(days)


def _receptions(days: Sequence[date]) -> RosterProblem:
    post = Post(1, "接访领导", time(8, 30), time(11, 30))
    leaders = tuple(RosterMember(n + 1, f"领导{n + 1}", frozenset({1}), order=n) for n in range(30))
    return RosterProblem(
        RosterKind.LEADER_DAYS,
        (post,),
        slots_of((post,), days),
        classes_of(days, CALENDAR),
        leaders,
        RosterLimits(rest_hours=24 * 5),
        (Absence(12, date(2026, 5, 1), date(2026, 5, 31)), Absence(20, date(2026, 3, 1), date(2026, 6, 30))),
        turn_after=(7,),
    )


def _member(n: int) -> RosterMember:
    posts = frozenset({1}) if n < _LEADERS else frozenset({2, 3, 4})
    return RosterMember(n + 1, f"干部{n + 1}", posts, share=50 if n % 17 == 0 else 100, order=n)


def _leave(chance: random.Random, days: Sequence[date]) -> Absence:
    first = chance.choice(days)
    return Absence(chance.randint(1, _PEOPLE), first, first + timedelta(days=chance.randint(0, 6)))
