"""When a unit owes what on its line, over holidays and 调休."""

from datetime import date

import pytest

from queries.terms import shipped_calendar
from rules.supervision_clocks import (
    Due,
    FeedbackPlan,
    LineFacts,
    Owed,
    is_provisional,
    is_worked,
    next_due,
    roll_forward,
    sign_for_by,
)
from rules.supervision_states import LineState
from rules.supervision_words import FeedbackCycle

CALENDAR = shipped_calendar()


def days(issued_on: str, cycle: FeedbackCycle, due_on: str) -> list[str]:
    plan = FeedbackPlan(date.fromisoformat(issued_on), cycle, date.fromisoformat(due_on), CALENDAR)
    return [day.isoformat() for day in plan.days()]


def test_signing_counts_working_days_with_a_saturday_that_is_worked():
    assert sign_for_by(date(2026, 2, 11), 3, CALENDAR) == date(2026, 2, 14)


def test_signing_over_the_spring_festival_waits_for_its_end():
    assert sign_for_by(date(2026, 2, 13), 3, CALENDAR) == date(2026, 2, 25)


def test_weekly_feedback_days_move_past_mid_autumn_and_national_day():
    assert days("2026-09-18", FeedbackCycle.WEEKLY, "2026-10-20") == [
        "2026-09-28",
        "2026-10-08",
        "2026-10-09",
        "2026-10-16",
    ]


def test_a_fortnight_is_two_weeks():
    assert days("2026-07-07", FeedbackCycle.FORTNIGHTLY, "2026-08-31") == [
        "2026-07-21",
        "2026-08-04",
        "2026-08-18",
    ]


def test_a_month_after_the_last_of_january_is_the_last_of_february_though_a_saturday_worked():
    assert days("2026-01-31", FeedbackCycle.MONTHLY, "2026-05-10") == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]


def test_two_feedback_days_that_fall_on_one_are_told_once():
    """16 and 23 February 2026 both lie in the Spring Festival, which ends on the 23rd."""
    assert days("2026-02-09", FeedbackCycle.WEEKLY, "2026-03-10") == [
        "2026-02-24",
        "2026-03-02",
        "2026-03-09",
    ]


def test_by_the_last_day_the_unit_applies_to_be_struck_off_instead():
    assert days("2026-07-07", FeedbackCycle.WEEKLY, "2026-07-21") == ["2026-07-14"]
    assert days("2026-07-07", FeedbackCycle.NONE, "2026-12-31") == []


def test_beyond_the_calendars_weekdays_count_and_the_day_is_provisional():
    assert roll_forward(date(2028, 1, 1), CALENDAR) == date(2028, 1, 3)
    assert is_provisional(date(2028, 1, 3), CALENDAR)
    assert not is_provisional(date(2026, 10, 8), CALENDAR)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-10-10", True),
        ("2026-10-05", False),
        ("2026-07-18", False),
        ("2028-01-01", False),
        ("2028-01-03", True),
    ],
)
def test_whether_a_day_is_worked(day, worked):
    assert is_worked(date.fromisoformat(day), CALENDAR) is worked


def test_a_feedback_before_the_day_before_it_answers_nothing():
    plan = FeedbackPlan(date(2026, 7, 7), FeedbackCycle.WEEKLY, date(2026, 8, 31), CALENDAR)
    assert plan.is_answered(date(2026, 7, 14), date(2026, 7, 8))
    assert not plan.is_answered(date(2026, 7, 21), date(2026, 7, 14))
    assert plan.is_answered(date(2026, 7, 21), date(2026, 7, 15))
    assert plan.is_answered(date(2026, 7, 21), date(2026, 8, 3))


@pytest.mark.parametrize(
    ("state", "report_due_on", "due_on", "expected"),
    [
        (LineState.SENT, None, date(2026, 8, 31), Due(date(2026, 7, 10), Owed.RECEIVE)),
        (LineState.SENT, None, date(2026, 7, 9), Due(date(2026, 7, 9), Owed.SUBMIT)),
        (LineState.WORKING, date(2026, 7, 14), date(2026, 8, 31), Due(date(2026, 7, 14), Owed.REPORT)),
        (LineState.WORKING, None, date(2026, 8, 31), Due(date(2026, 8, 31), Owed.SUBMIT)),
        (LineState.WORKING, date(2026, 9, 2), date(2026, 8, 31), Due(date(2026, 8, 31), Owed.SUBMIT)),
        (LineState.SUBMITTED, date(2026, 7, 14), date(2026, 8, 31), None),
        (LineState.CLOSED, None, date(2026, 8, 31), None),
        (LineState.WITHDRAWN, None, date(2026, 8, 31), None),
    ],
)
def test_what_is_owed_next(state, report_due_on, due_on, expected):
    facts = LineFacts(state, date(2026, 7, 7), due_on, report_due_on)
    assert next_due(facts, 3, CALENDAR) == expected
