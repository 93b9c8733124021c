"""特殊时段: hours, lights, and what a period and a report must satisfy."""

from datetime import date, datetime, time

import pytest

from rules.errors import RuleViolation
from rules.special_periods import (
    PeriodState,
    PeriodValues,
    ReportState,
    check_ending,
    check_period,
    check_report,
    due_at,
    period_state,
    report_state,
)

DAY, FIVE = date(2026, 7, 15), time(17, 0)
TODAY = date(2026, 7, 15)
GOOD = PeriodValues("国庆节", date(2026, 7, 14), date(2026, 7, 20), FIVE)


def at(hour: int, minute: int, second: int = 0) -> datetime:
    """Of 15 July in the office, as it is stored."""
    return datetime(2026, 7, 15, hour - 8, minute, second)


def test_the_hour_is_the_offices():
    assert due_at(DAY, FIVE) == datetime(2026, 7, 15, 9, 0)
    assert due_at(DAY, time(0, 0)) == datetime(2026, 7, 14, 16, 0)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (at(15, 59), ReportState.WAITING),
        (at(16, 0), ReportState.NEAR),
        (at(17, 0, 59), ReportState.NEAR),
        (at(17, 1), ReportState.MISSING),
    ],
)
def test_how_a_report_that_did_not_come_stands_against_the_hour(now, state):
    assert report_state(at(17, 0), None, now) is state


@pytest.mark.parametrize(
    ("reported", "state"),
    [
        (at(8, 0), ReportState.ON_TIME),
        (at(17, 0, 59), ReportState.ON_TIME),
        (at(17, 1), ReportState.LATE),
    ],
)
def test_a_report_is_in_time_to_the_minute_and_late_stays_late(reported, state):
    assert report_state(at(17, 0), reported, at(23, 0)) is state


def test_where_a_period_stands():
    assert [
        period_state(date(2026, 7, 14), date(2026, 7, 16), False, date(2026, 7, day))
        for day in (13, 14, 16, 17)
    ] == [PeriodState.COMING, PeriodState.RUNNING, PeriodState.RUNNING, PeriodState.PAST]
    assert period_state(date(2026, 7, 14), date(2026, 7, 16), True, TODAY) is PeriodState.VOID


def fields(problems):
    return [problem.field for problem in problems]


def test_a_good_period_passes():
    assert check_period(GOOD, TODAY) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (PeriodValues("", GOOD.first_day, GOOD.last_day, FIVE), "name"),
        (PeriodValues("国庆节", None, GOOD.last_day, FIVE), "first_day"),
        (PeriodValues("国庆节", GOOD.first_day, None, FIVE), "last_day"),
        (PeriodValues("国庆节", date(2026, 7, 20), date(2026, 7, 19), FIVE), "last_day"),
        (PeriodValues("国庆节", date(2026, 7, 15), date(2026, 10, 15), FIVE), "last_day"),  # 93 days
        (PeriodValues("国庆节", date(2026, 7, 1), date(2026, 7, 14), FIVE), "last_day"),
        (PeriodValues("国庆节", GOOD.first_day, GOOD.last_day, None), "report_at"),
        (PeriodValues("国庆节", GOOD.first_day, GOOD.last_day, FIVE, "本要求为机密级"), "demands"),
    ],
)
def test_what_a_period_must_say(values, field):
    assert fields(check_period(values, TODAY)) == [field]


def test_92_days_are_the_most():
    assert check_period(PeriodValues("国庆节", date(2026, 7, 15), date(2026, 10, 14), FIVE), TODAY) == []


def test_days_that_were_reported_stay_within_the_period():
    reported = (date(2026, 7, 14), date(2026, 7, 15))
    late = PeriodValues("国庆节", date(2026, 7, 15), date(2026, 7, 20), FIVE)
    short = PeriodValues("国庆节", date(2026, 7, 13), date(2026, 7, 14), FIVE)
    assert fields(check_period(late, TODAY, reported=reported, is_new=False)) == ["first_day"]
    assert fields(check_period(short, TODAY, reported=reported, is_new=False)) == ["last_day"]


@pytest.mark.parametrize(
    ("new_last", "today"),
    [
        (None, TODAY),
        (date(2026, 7, 20), TODAY),
        (date(2026, 7, 13), TODAY),
        (date(2026, 7, 16), date(2026, 7, 21)),
    ],
)
def test_a_period_is_ended_within_its_days_and_while_it_runs(new_last, today):
    with pytest.raises(RuleViolation):
        check_ending(GOOD.first_day, GOOD.last_day, new_last, today)


def test_a_report_of_nothing_is_a_report():
    assert check_report(0, "", DAY, DAY, DAY, TODAY) == "零报告：无情况。"
    assert check_report(1, "河堤渗水，已处置。", DAY, DAY, DAY, TODAY) == "河堤渗水，已处置。"


@pytest.mark.parametrize(
    ("events", "content", "day", "field"),
    [
        (0, "", date(2026, 7, 13), "day"),
        (0, "", date(2026, 7, 16), "day"),
        (None, "", DAY, "events"),
        (1000, "很多", DAY, "events"),
        (1, "", DAY, "content"),
        (1, "密级：秘密", DAY, "content"),
    ],
)
def test_what_a_report_must_say(events, content, day, field):
    with pytest.raises(RuleViolation) as refused:
        check_report(events, content, day, date(2026, 7, 14), date(2026, 7, 20), TODAY)
    assert refused.value.field == field
