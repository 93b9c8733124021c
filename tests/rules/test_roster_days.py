"""Which days have duty, and in which account they count: against the arrangements of 2024 to 2026."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleViolation
from rules.roster import Post, Slot
from rules.roster_days import ChangedDay, changed_days, day_class, duty_days, is_provisional, slots_of
from rules.roster_words import DayClass, Pattern
from tests.clocks import CALENDAR, day


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        ("2026-09-30", DayClass.WORKDAY),
        ("2026-10-01", DayClass.HOLIDAY),
        ("2026-10-03", DayClass.HOLIDAY),  # a Saturday inside the holiday
        ("2026-10-07", DayClass.HOLIDAY),
        ("2026-10-08", DayClass.WORKDAY),
        ("2026-10-10", DayClass.WORKDAY),  # a Saturday that is worked
        ("2026-10-11", DayClass.WEEKEND),
        ("2026-02-14", DayClass.WORKDAY),  # a Saturday that is worked
        ("2026-02-15", DayClass.SPRING_FESTIVAL),
        ("2026-02-23", DayClass.SPRING_FESTIVAL),
        ("2026-02-24", DayClass.WORKDAY),
        ("2025-01-28", DayClass.SPRING_FESTIVAL),  # New Year's Eve
        ("2025-10-06", DayClass.HOLIDAY),  # 国庆节 and 中秋节 in one
        ("2026-01-01", DayClass.HOLIDAY),
    ],
)
def test_a_day_counts_by_the_notice_before_the_weekday(on, kind):
    assert day_class(day(on), CALENDAR) is kind
    assert not is_provisional(day(on), CALENDAR)


@pytest.mark.parametrize(("on", "kind"), [("2031-10-01", DayClass.WORKDAY), ("2031-10-04", DayClass.WEEKEND)])
def test_a_year_without_arrangement_goes_by_the_weekday_and_is_provisional(on, kind):
    assert day_class(day(on), CALENDAR) is kind
    assert is_provisional(day(on), CALENDAR)


def days(pattern, numbers, first, last, put_off=False):
    return [str(d) for d in duty_days(pattern, numbers, day(first), day(last), CALENDAR, put_off)]


def test_every_day_has_both_ends():
    assert days(Pattern.DAILY, (), "2026-02-27", "2026-03-02") == [
        "2026-02-27",
        "2026-02-28",
        "2026-03-01",
        "2026-03-02",
    ]


def test_wednesdays_stay_in_a_holiday_unless_they_are_put_off():
    assert days(Pattern.WEEKLY, (3,), "2026-09-28", "2026-10-14") == [
        "2026-09-30",
        "2026-10-07",
        "2026-10-14",
    ]
    put_off = days(Pattern.WEEKLY, (3,), "2026-09-28", "2026-10-14", put_off=True)
    assert put_off == ["2026-09-30", "2026-10-08", "2026-10-14"]


def test_the_eighth_gives_way_to_the_next_working_day():
    """8 February and 8 March 2026 are Sundays, 8 August a Saturday, 8 November a Sunday."""
    assert days(Pattern.MONTHLY, (8,), "2026-01-01", "2026-12-31", put_off=True) == [
        "2026-01-08",
        "2026-02-09",
        "2026-03-09",
        "2026-04-08",
        "2026-05-08",
        "2026-06-08",
        "2026-07-08",
        "2026-08-10",
        "2026-09-08",
        "2026-10-08",
        "2026-11-09",
        "2026-12-08",
    ]


def test_two_days_put_off_to_the_same_one_are_one():
    assert days(Pattern.MONTHLY, (1, 4), "2026-10-01", "2026-10-31", put_off=True) == ["2026-10-08"]


def test_a_saturday_that_is_worked_is_not_put_off():
    assert days(Pattern.MONTHLY, (10,), "2026-10-01", "2026-10-31", put_off=True) == ["2026-10-10"]


def test_a_month_without_such_a_day_takes_its_last():
    assert days(Pattern.MONTHLY, (31,), "2026-01-15", "2026-04-30") == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]


def test_beyond_the_calendar_a_day_is_put_off_by_the_weekday():
    """8 June 2031 is a Sunday."""
    assert days(Pattern.MONTHLY, (8,), "2031-06-01", "2031-06-30", put_off=True) == ["2031-06-09"]


@given(
    st.dates(date(2025, 11, 1), date(2026, 11, 30)),
    st.sampled_from([(Pattern.WEEKLY, (3, 6)), (Pattern.MONTHLY, (1, 8, 30)), (Pattern.MONTHLY, (15,))]),
)
def test_two_periods_side_by_side_have_each_day_once(cut, how):
    first, last = date(2025, 11, 1), date(2026, 12, 31)
    whole = duty_days(*how, first, last, CALENDAR, True)
    early = duty_days(*how, first, cut, CALENDAR, True)
    late = duty_days(*how, date.fromordinal(cut.toordinal() + 1), last, CALENDAR, True)
    assert early + late == whole


@pytest.mark.parametrize(
    ("pattern", "numbers"),
    [(Pattern.WEEKLY, (8,)), (Pattern.WEEKLY, ()), (Pattern.MONTHLY, (0,)), (Pattern.MONTHLY, (32,))],
)
def test_days_that_do_not_exist_are_refused(pattern, numbers):
    with pytest.raises(RuleViolation, match="值班的日子不对"):
        days(pattern, numbers, "2026-01-01", "2026-01-31")


def test_every_seat_of_every_post_is_a_slot():
    posts = (Post(7, "主班", time(8), time(8)), Post(3, "副班", time(8), time(8), need=2))
    first = date(2026, 10, 1)
    assert slots_of(posts, [first]) == (Slot(first, 7, 0), Slot(first, 3, 0), Slot(first, 3, 1))


def test_a_guessed_day_has_changed_only_once_its_year_is_known_and_says_otherwise():
    """1 October 2026, a Thursday, was planned as 工作日; 28 February 2029 is a guess still."""
    guessed = {day("2026-10-01"): DayClass.WORKDAY, day("2026-10-08"): DayClass.WORKDAY}
    guessed[day("2029-02-28")] = DayClass.WORKDAY
    assert changed_days(guessed, CALENDAR) == (
        ChangedDay(day("2026-10-01"), DayClass.WORKDAY, DayClass.HOLIDAY),
    )
