"""Which shifts of one person exclude each other: found in order of time, each beside those it may meet."""

from datetime import date, time

from rostering.choices import Choices, Shift
from rostering.hard_rules import HardModel
from rules.roster import Post, RosterLimits, RosterMember, RosterProblem, Slot
from rules.roster_words import DayClass, RosterKind

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 7, day) for day in (13, 14, 15))
NIGHT, DAY = Post(1, "夜班", time(20), time(8)), Post(2, "白班", time(8), time(20))


def crowds(rest_hours, days=(MONDAY, TUESDAY, WEDNESDAY)):
    problem = RosterProblem(
        kind=RosterKind.DUTY,
        posts=(NIGHT, DAY),
        slots=tuple(Slot(day, post.id) for day in days for post in (NIGHT, DAY)),
        classes=dict.fromkeys(days, DayClass.WORKDAY),
        members=(RosterMember(1, "甲一", frozenset({1, 2})),),
        limits=RosterLimits(rest_hours),
    )
    model = HardModel(Choices(problem))
    return [set(crowd) for crowd in model._crowds(model.shifts_of[1])]


def test_without_rest_shifts_that_only_touch_do_not_exclude_each_other():
    assert crowds(0) == []


def test_with_twelve_hours_of_rest_each_excludes_the_next():
    by_time = [Shift(MONDAY, 2), Shift(MONDAY, 1), Shift(TUESDAY, 2), Shift(TUESDAY, 1), Shift(WEDNESDAY, 2)]
    by_time.append(Shift(WEDNESDAY, 1))
    assert crowds(12) == [{a, b} for a, b in zip(by_time, by_time[1:], strict=False)]


def test_with_a_day_of_rest_each_excludes_the_next_two():
    found = crowds(24)
    assert found[1] == {Shift(MONDAY, 2), Shift(MONDAY, 1), Shift(TUESDAY, 2)}
    assert max(map(len, found)) == 3


def test_a_shift_is_looked_at_beside_its_neighbours_only():
    """Two hundred days, each with a day and a night: no crowd grows with the length of the roster."""
    days = tuple(date.fromordinal(MONDAY.toordinal() + n) for n in range(200))
    assert max(map(len, crowds(24, days))) == 3
