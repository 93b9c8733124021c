"""When a published duty may change hands, how a running one is cut, and which leave may be noted."""

from datetime import date, datetime

import pytest

from rules.duty_changes import check_absence, is_over, parts_of, require_possible
from rules.duty_words import AbsenceKind
from rules.errors import RuleViolation
from rules.roster import Conflict
from rules.roster_words import RosterRule, Severity

BEGINS, ENDS = datetime(2026, 12, 31, 0, 30), datetime(2027, 1, 1, 0, 30)
TODAY = date(2026, 7, 15)


@pytest.mark.parametrize(
    ("now", "cut_at", "earlier_is_longer"),
    [
        (datetime(2026, 12, 31, 0, 31), datetime(2026, 12, 31, 0, 31), False),
        (datetime(2026, 12, 31, 12, 30, 59), datetime(2026, 12, 31, 12, 30), False),
        (datetime(2026, 12, 31, 12, 31), datetime(2026, 12, 31, 12, 31), True),
        (datetime(2027, 1, 1, 0, 29, 59), datetime(2027, 1, 1, 0, 29), True),
    ],
)
def test_a_running_duty_is_cut_to_the_minute(now, cut_at, earlier_is_longer):
    parts = parts_of(BEGINS, ENDS, now)
    assert (parts.cut_at, parts.earlier_is_longer) == (cut_at, earlier_is_longer)


@pytest.mark.parametrize("now", [datetime(2026, 12, 30), BEGINS, datetime(2026, 12, 31, 0, 30, 59), ENDS])
def test_one_that_has_not_begun_or_has_ended_is_not_cut(now):
    assert parts_of(BEGINS, ENDS, now) is None


def test_a_duty_is_over_at_the_minute_at_which_the_next_begins():
    assert not is_over(ENDS, datetime(2027, 1, 1, 0, 29))
    assert is_over(ENDS, ENDS)


def conflict(rule, severity=Severity.HARD):
    return Conflict(rule, severity, 1, (), f"{rule.label}。", rule.label)


@pytest.mark.parametrize("rule", [RosterRule.REST, RosterRule.ROW, RosterRule.APART, RosterRule.POST])
def test_a_manager_confirms_what_a_colleague_may_not(rule):
    with pytest.raises(RuleViolation, match="不能这样调"):
        require_possible([conflict(rule)], confirmed=True)
    with pytest.raises(RuleViolation, match="请先核对"):
        require_possible([conflict(rule)], confirmed=False, by_manager=True)
    require_possible([conflict(rule)], confirmed=True, by_manager=True)


@pytest.mark.parametrize("rule", [RosterRule.LEAVE, RosterRule.DOUBLE, RosterRule.MEMBER])
def test_nobody_confirms_leave_two_duties_at_once_or_a_stranger(rule):
    with pytest.raises(RuleViolation, match="不能这样调"):
        require_possible([conflict(rule)], confirmed=True, by_manager=True)


@pytest.mark.parametrize("found", [conflict(RosterRule.WISH, Severity.SOFT), conflict(RosterRule.TOGETHER)])
def test_a_wish_and_a_pair_are_confirmed_by_anybody(found):
    with pytest.raises(RuleViolation, match="请先核对") as doubt:
        require_possible([found], confirmed=False)
    assert doubt.value.field == "confirmed"
    require_possible([found], confirmed=True)


@pytest.mark.parametrize(
    ("first", "last", "kind", "field"),
    [
        (None, None, AbsenceKind.LEAVE, "first_day"),
        (TODAY, None, AbsenceKind.LEAVE, "last_day"),
        (TODAY, date(2026, 7, 14), AbsenceKind.LEAVE, "last_day"),
        (TODAY, date(2027, 7, 16), AbsenceKind.LEAVE, "last_day"),
        (date(2028, 2, 29), date(2028, 2, 29), AbsenceKind.LEAVE, "first_day"),
        (date(2026, 5, 1), date(2026, 5, 13), AbsenceKind.LEAVE, "last_day"),
        (TODAY, TODAY, AbsenceKind.WISH, "first_day"),
    ],
)
def test_what_cannot_be_leave_is_told_at_its_field(first, last, kind, field):
    assert [problem.field for problem in check_absence(first, last, kind, TODAY)] == [field]


def test_leave_of_a_year_and_of_two_months_ago_is_noted():
    assert check_absence(TODAY, date(2027, 7, 15), AbsenceKind.LEAVE, TODAY) == []
    assert check_absence(date(2026, 5, 14), date(2026, 5, 14), AbsenceKind.LEAVE, TODAY) == []
    assert check_absence(date(2026, 7, 16), date(2026, 7, 16), AbsenceKind.WISH, TODAY) == []
