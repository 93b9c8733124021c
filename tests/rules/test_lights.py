"""正常, 临期, 当日, 超期, and the day by which a list finds what is 临期."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleViolation
from rules.lights import Ladder, Light, light, near_until, warning_day
from tests.clocks import CALENDAR, day

THREE = Ladder(3)


@pytest.mark.parametrize(
    ("due_on", "today", "label"),
    [
        ("2026-03-17", "2026-03-11", "正常"),
        ("2026-03-17", "2026-03-12", "临期"),
        ("2026-03-17", "2026-03-16", "临期"),
        ("2026-03-17", "2026-03-17", "当日"),
        ("2026-03-17", "2026-03-18", "超期"),
        ("2026-10-08", "2026-09-27", "正常"),
        ("2026-10-08", "2026-09-28", "临期"),
        ("2026-10-05", "2026-09-28", "临期"),
        ("2026-05-11", "2026-05-06", "正常"),
        ("2026-05-11", "2026-05-07", "临期"),
    ],
)
def test_an_open_clock_by_working_days(due_on, today, label):
    """8 October 2026 is the first day after the holiday: 28, 29, 30 September are the three before it."""
    assert light(day(due_on), None, day(today), THREE, CALENDAR).label == label


@pytest.mark.parametrize(
    ("met_on", "label"),
    [("2026-03-10", "按期完成"), ("2026-03-17", "按期完成"), ("2026-03-18", "超期完成")],
)
@pytest.mark.parametrize("today", ["2026-03-18", "2030-01-01"])
def test_late_stays_late(met_on, today, label):
    assert light(day("2026-03-17"), day(met_on), day(today), THREE, CALENDAR).label == label


def test_the_warning_falls_on_a_working_day():
    assert warning_day(day("2026-10-08"), THREE, CALENDAR) == day("2026-09-28")
    assert warning_day(day("2026-10-05"), Ladder(1), CALENDAR) == day("2026-09-30")
    assert warning_day(day("2026-05-11"), THREE, CALENDAR) == day("2026-05-07")
    assert warning_day(day("2026-03-17"), Ladder(0), CALENDAR) == day("2026-03-17")


def test_a_list_finds_what_is_near_by_one_day():
    assert near_until(day("2026-09-28"), THREE, CALENDAR) == day("2026-10-08")
    assert near_until(day("2026-05-07"), THREE, CALENDAR) == day("2026-05-11")


def test_without_a_calendar_weekdays_are_counted():
    assert near_until(day("2026-12-30"), THREE, CALENDAR) == day("2027-01-04")
    assert warning_day(day("2027-01-04"), THREE, CALENDAR) == day("2026-12-30")
    assert light(day("2027-01-04"), None, day("2026-12-30"), THREE, CALENDAR) is Light.NEAR


def test_no_warning_when_the_office_wants_none():
    assert light(day("2026-03-18"), None, day("2026-03-17"), Ladder(0), CALENDAR) is Light.NORMAL


@pytest.mark.parametrize("days", [-1, 21])
def test_an_absurd_ladder_is_refused(days):
    with pytest.raises(RuleViolation) as refused:
        Ladder(days)
    assert refused.value.field == "near_days"


@given(
    today=st.dates(date(2016, 3, 1), date(2027, 3, 1)), ahead=st.integers(-30, 60), near=st.integers(0, 20)
)
def test_both_directions_agree(today, ahead, near):
    due_on, ladder = today + timedelta(days=ahead), Ladder(near)
    warned = warning_day(due_on, ladder, CALENDAR) <= today
    assert warned is (due_on <= near_until(today, ladder, CALENDAR))
    assert (light(due_on, None, today, ladder, CALENDAR) is Light.NEAR) is (warned and due_on > today)
