"""Accounts that a reader can check by hand."""

from datetime import date
from fractions import Fraction

import pytest

from rules.errors import RuleViolation
from rules.roster import DUTY, Absence, Balance, Fixed, Post, RosterMember, duties_text
from rules.roster_accounts import accounts, circles, gap
from rules.roster_words import DayClass
from tests.rosters import DAWN, LEADER, STAFF, at, days_from, members, roster

MONDAY = date(2026, 11, 2)
WEEK = days_from(MONDAY, 7)


def served(days, *people):
    return {at(day): person for day, person in zip(days, people, strict=True)}


def test_what_is_due_is_dealt_out_by_share():
    """Six working days: 张三 half a share, 李四 and 王五 a full one, 2.5 shares in all."""
    half, *full = members(3)
    people = (RosterMember(1, "张三", half.posts, share=50), *full)
    problem = roster(date(2026, 11, 2), 5, people)
    held = accounts(problem, served(WEEK[:5], 1, 2, 2, 3, 3))
    assert [a.due[DayClass.WORKDAY] for a in held] == [DUTY, 2 * DUTY, 2 * DUTY]
    assert [a.after[DayClass.WORKDAY] for a in held] == [0, 0, 0]


def test_leave_is_not_owed():
    """Four days for two; 李四 is away for two of them, which are all due from 张三."""
    problem = roster(MONDAY, 4, members(2), absences=(Absence(2, WEEK[2], WEEK[3]),))
    zhang, li = accounts(problem, served(WEEK[:4], 1, 2, 1, 1))
    assert (zhang.due[DayClass.WORKDAY], li.due[DayClass.WORKDAY]) == (3 * DUTY, DUTY)
    assert gap(problem, (zhang, li)) == 0


def test_who_joins_later_owes_from_that_day():
    first, second = members(2)
    late = RosterMember(2, second.name, second.posts, first=WEEK[2])
    zhang, li = accounts(roster(MONDAY, 4, (first, late)), {})
    assert (zhang.due[DayClass.WORKDAY], li.due[DayClass.WORKDAY]) == (3 * DUTY, DUTY)


def test_the_classes_are_kept_apart_and_the_balance_carries_over():
    """Monday to Sunday: five working days and two weekend days."""
    balances = (Balance(1, {DayClass.WEEKEND: DUTY}), Balance(2, {DayClass.WEEKEND: -DUTY}))
    problem = roster(MONDAY, 7, members(2), balances=balances)
    zhang, li = accounts(problem, served(WEEK, 1, 2, 1, 2, 1, 2, 2))
    assert zhang.after == {
        DayClass.WORKDAY: DUTY // 2,
        DayClass.WEEKEND: 0,
        DayClass.HOLIDAY: 0,
        DayClass.SPRING_FESTIVAL: 0,
    }
    assert li.after[DayClass.WORKDAY] == -DUTY // 2
    assert (zhang.before[DayClass.WEEKEND], li.duties[DayClass.WEEKEND]) == (DUTY, 2)
    assert gap(problem, (zhang, li), DayClass.WORKDAY) == 1
    assert zhang.balance == Balance(1, zhang.after)


def test_a_heavier_post_counts_more():
    heavy = Post(1, "主班", DAWN, DAWN, weight=2)
    problem = roster(MONDAY, 2, members(2), (heavy,))
    zhang, li = accounts(problem, served(WEEK[:2], 1, 1))
    assert zhang.served[DayClass.WORKDAY] == 4 * DUTY
    assert gap(problem, (zhang, li), DayClass.WORKDAY) == 4


def test_half_a_share_that_has_served_half_is_level():
    half, full = members(2)
    people = (RosterMember(1, "张三", half.posts, share=50), full)
    problem = roster(MONDAY, 3, people)
    held = accounts(problem, served(WEEK[:3], 1, 2, 2))
    assert gap(problem, held) == 0
    assert [a.level(DayClass.WORKDAY) for a in accounts(problem, served(WEEK[:3], 1, 1, 2))] == [2, -1]


def test_people_of_different_posts_are_not_compared():
    people = (*members(1), RosterMember(2, "李四", frozenset({2})), RosterMember(3, "王五", frozenset({2})))
    problem = roster(MONDAY, 2, people, (LEADER, STAFF))
    assert circles(problem) == ((1,), (2, 3))
    assigned = {at(d): 1 for d in WEEK[:2]} | {at(WEEK[0], 2): 2, at(WEEK[1], 2): 3}
    assert gap(problem, accounts(problem, assigned)) == 0


def test_one_who_can_do_both_links_the_circles():
    people = (
        *members(1),
        RosterMember(2, "李四", frozenset({2})),
        RosterMember(3, "王五", frozenset({1, 2})),
    )
    assert circles(roster(MONDAY, 2, people, (LEADER, STAFF))) == ((1, 2, 3),)


def test_who_could_not_be_asked_is_not_compared():
    away = Absence(3, MONDAY, WEEK[-1])
    problem = roster(
        MONDAY, 2, members(3), absences=(away,), balances=(Balance(3, {DayClass.WORKDAY: 9 * DUTY}),)
    )
    assert gap(problem, accounts(problem, served(WEEK[:2], 1, 2)), DayClass.WORKDAY) == 0


def test_shares_of_many_are_rounded_alike():
    """One day among seven: 0.14 each, so the one who serves is exactly one duty ahead."""
    problem = roster(MONDAY, 1, members(7))
    held = accounts(problem, served(WEEK[:1], 4))
    assert {a.due[DayClass.WORKDAY] for a in held} == {1400}
    assert gap(problem, held) == Fraction(1)


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (0, "0"),
        (10_000, "1"),
        (25_000, "2.5"),
        (-1_400, "-0.14"),
        (12_345, "1.23"),
        (12_350, "1.24"),
        (-40, "0"),
    ],
)
def test_amounts_in_words(units, text):
    assert duties_text(units) == text


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"fixed": (Fixed(at(date(2027, 1, 1)), 1),)}, "不在本期"),
        ({"fixed": (Fixed(at(MONDAY), 1), Fixed(at(MONDAY), 2))}, "锁定的班次有重复"),
        ({"posts": (Post(1, "主班", DAWN, DAWN, weight=0),)}, "权重"),
        ({"posts": (LEADER, LEADER)}, "岗位有重复"),
        ({"people": (*members(1), *members(1))}, "人员有重复"),
        ({"people": members(1, share=55)}, "份额"),
    ],
)
def test_parts_that_do_not_fit_are_refused(more, message):
    with pytest.raises(RuleViolation, match=message):
        roster(MONDAY, 2, more.pop("people", members(2)), more.pop("posts", (LEADER,)), **more)
