"""Counting working days over holidays and weekends worked, and saying where the calendar ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleViolation
from rules.work_calendar import BeyondCalendar, WorkCalendar
from tests.clocks import CALENDAR, YEARS, day

WITH_A_GAP = WorkCalendar((YEARS[2024], YEARS[2026]))


@pytest.mark.parametrize(
    ("start", "n", "then"),
    [
        ("2026-03-05", 5, "2026-03-12"),
        ("2026-09-28", 5, "2026-10-10"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-05-09", 1, "2026-05-11"),
        ("2024-02-28", 1, "2024-02-29"),
        ("2018-12-28", 2, "2019-01-02"),
        ("2026-10-04", 1, "2026-10-08"),
        ("2026-10-04", -1, "2026-09-30"),
        ("2026-10-10", -3, "2026-09-30"),
        ("2026-10-04", 0, "2026-10-04"),
    ],
)
def test_working_days_are_added(start, n, then):
    assert CALENDAR.add_working_days(day(start), n) == day(then)


@pytest.mark.parametrize(
    ("a", "b", "n"),
    [
        ("2026-09-28", "2026-10-10", 5),
        ("2026-10-10", "2026-09-28", -5),
        ("2026-10-01", "2026-10-07", 0),
        ("2026-03-02", "2026-03-02", 0),
        ("2024-12-31", "2025-12-31", 248),
    ],
)
def test_working_days_between_leave_out_the_first_day(a, b, n):
    assert CALENDAR.working_days_between(day(a), day(b)) == n


@pytest.mark.parametrize(
    ("last", "then"),
    [
        ("2026-06-07", "2026-06-08"),
        ("2026-05-09", "2026-05-09"),
        ("2026-10-01", "2026-10-08"),
        ("2026-02-15", "2026-02-24"),
        ("2026-03-17", "2026-03-17"),
    ],
)
def test_a_last_day_on_a_holiday_moves_to_the_day_after_it(last, then):
    assert CALENDAR.end_of_holiday_after(day(last)) == day(then)


@given(start=st.dates(date(2016, 1, 1), date(2026, 9, 30)), n=st.integers(1, 40))
def test_adding_then_counting_gives_the_same_number(start, n):
    then = CALENDAR.add_working_days(start, n)
    assert CALENDAR.is_working_day(then)
    assert CALENDAR.working_days_between(start, then) == n


@given(start=st.dates(date(2016, 6, 1), date(2026, 12, 31)), n=st.integers(1, 40))
def test_going_back_and_on_again_ends_where_a_last_day_would_roll_to(start, n):
    before = CALENDAR.add_working_days(start, -n)
    assert CALENDAR.add_working_days(before, n) == CALENDAR.end_of_holiday_after(start)


@given(start=st.dates(date(2016, 1, 1), date(2026, 9, 30)), n=st.integers(0, 40))
def test_the_search_agrees_with_walking_day_by_day(start, n):
    walked = start
    for _ in range(n):
        walked += timedelta(days=1)
        while not CALENDAR.is_working_day(walked):
            walked += timedelta(days=1)
    assert CALENDAR.add_working_days(start, n) == walked


@pytest.mark.parametrize(
    ("ask", "year"),
    [
        (lambda: CALENDAR.is_working_day(day("2027-01-01")), 2027),
        (lambda: CALENDAR.add_working_days(day("2026-12-28"), 4), 2027),
        (lambda: CALENDAR.add_working_days(day("2026-12-31"), 1), 2027),
        (lambda: CALENDAR.add_working_days(day("2016-01-04"), -1), 2015),
        (lambda: CALENDAR.working_days_between(day("2026-12-28"), day("2027-01-04")), 2027),
        (lambda: CALENDAR.end_of_holiday_after(day("2027-01-04")), 2027),
        (lambda: WITH_A_GAP.add_working_days(day("2024-12-27"), 3), 2025),
        (lambda: WITH_A_GAP.working_days_between(day("2024-12-27"), day("2026-01-05")), 2025),
        (lambda: WITH_A_GAP.add_working_days(day("2026-01-05"), -2), 2025),
        (lambda: WorkCalendar().is_working_day(day("2026-03-02")), 2026),
    ],
)
def test_beyond_its_years_the_calendar_says_so(ask, year):
    with pytest.raises(BeyondCalendar) as refused:
        ask()
    assert refused.value.year == year
    assert refused.value.message == f"{year} 年的节假日安排还没有导入，算不出工作日。"


def test_the_last_working_day_of_the_last_year_is_still_known():
    assert CALENDAR.add_working_days(day("2026-12-28"), 3) == day("2026-12-31")
    assert CALENDAR.covers(day("2026-12-31")) and not CALENDAR.covers(day("2027-01-01"))


def test_a_guess_keeps_to_the_calendar_as_far_as_it_reaches():
    assert CALENDAR.guess_working_days(day("2026-09-28"), 5) == day("2026-10-10")
    assert CALENDAR.guess_working_days(day("2026-12-28"), 5) == day("2027-01-04")
    assert WITH_A_GAP.guess_working_days(day("2026-01-05"), -3) == day("2025-12-30")
    assert CALENDAR.guess_working_days_between(day("2026-12-28"), day("2027-01-04")) == 5
    assert CALENDAR.guess_working_days_between(day("2027-01-04"), day("2026-12-28")) == -5


def test_the_later_notice_has_the_last_word_on_december():
    only_2018 = WorkCalendar((YEARS[2018],))
    assert only_2018.is_working_day(day("2018-12-31"))
    assert not WorkCalendar((YEARS[2018], YEARS[2019])).is_working_day(day("2018-12-31"))


def test_december_of_a_year_that_is_not_loaded_stays_unknown():
    with pytest.raises(BeyondCalendar):
        WorkCalendar((YEARS[2019],)).is_working_day(day("2018-12-31"))


def test_special_days_in_order_without_the_first():
    found = CALENDAR.special_days(day("2026-09-20"), day("2026-10-02"))
    assert [special.day.isoformat()[5:] for special in found] == [
        "09-25",
        "09-26",
        "09-27",
        "10-01",
        "10-02",
    ]
    assert CALENDAR.special_day(day("2026-05-09")).name == "劳动节"
    assert CALENDAR.special_day(day("2026-05-11")) is None


def test_calendars_are_values():
    assert WorkCalendar((YEARS[2025],)) == WorkCalendar((YEARS[2025],))
    with pytest.raises(RuleViolation, match="给了两份"):
        WorkCalendar((YEARS[2025], YEARS[2025]))
