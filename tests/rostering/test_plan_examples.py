"""Rosters that a reader can make by hand."""

from datetime import date

from rostering.planner import plan
from rules.roster import (
    DUTY,
    Absence,
    Balance,
    Engagement,
    Fixed,
    Pair,
    Post,
    RosterLimits,
    RosterMember,
    Wish,
)
from rules.roster_words import DayClass, RosterRule
from tests.rosters import DAWN, LEADER, STAFF, at, days_from, members, roster, row_of

MONDAY = date(2026, 11, 2)
WEEK = days_from(MONDAY, 7)
BOTH = frozenset({1, 2})


def test_turns_follow_the_published_order():
    answer = plan(roster(MONDAY, 5, members(5)))
    assert row_of(answer) == [1, 2, 3, 4, 5]
    assert answer.proven


def test_turns_go_on_after_the_last_of_the_period_before():
    assert row_of(plan(roster(MONDAY, 4, members(5), turn_after=(3,)))) == [4, 5, 1, 2]


def test_a_lack_carried_over_goes_before_the_turn():
    """赵六 and 钱七 missed their turns: they take two of the three days, though the turn is with the first three."""
    missed = tuple(Balance(person, {DayClass.WORKDAY: -DUTY}) for person in (4, 5))
    answer = plan(roster(MONDAY, 3, members(5), balances=missed))
    assert {4, 5} < set(row_of(answer))
    assert answer.gaps[DayClass.WORKDAY] == 1


def test_weekends_are_shared_apart_from_working_days():
    """Two weeks for two: each has five working days of ten and two weekend days of four."""
    answer = plan(roster(MONDAY, 14, members(2)))
    assert [a.duties[DayClass.WORKDAY] for a in answer.accounts] == [5, 5]
    assert [a.duties[DayClass.WEEKEND] for a in answer.accounts] == [2, 2]
    assert (answer.gaps[DayClass.WEEKEND], answer.overall_gap) == (0, 0)


def test_the_spring_festival_is_shared_by_itself():
    """9 days off from 15 to 23 February 2026 for three people: three each."""
    answer = plan(roster(date(2026, 2, 14), 10, members(3)))
    assert [a.duties[DayClass.SPRING_FESTIVAL] for a in answer.accounts] == [3, 3, 3]
    assert sum(a.duties[DayClass.WORKDAY] for a in answer.accounts) == 1


def test_who_served_the_last_holiday_does_not_serve_the_next():
    """National Day of 2026: seven days, and 张三 brings two duties too many: nine in all, three each."""
    carried = (Balance(1, {DayClass.HOLIDAY: 2 * DUTY}),)
    answer = plan(roster(date(2026, 10, 1), 7, members(3), balances=carried))
    assert [a.duties[DayClass.HOLIDAY] for a in answer.accounts] == [1, 3, 3]


def test_half_a_share_serves_half():
    half = RosterMember(1, "张三", frozenset({1}), share=50)
    people = (
        half,
        RosterMember(2, "李四", frozenset({1}), order=1),
        RosterMember(3, "王五", frozenset({1}), order=2),
    )
    answer = plan(roster(MONDAY, 5, people))
    assert [a.duties[DayClass.WORKDAY] for a in answer.accounts] == [1, 2, 2]


def test_a_wish_is_kept_where_it_costs_nobody():
    answer = plan(roster(MONDAY, 2, members(2), wishes=(Wish(1, MONDAY),)))
    assert row_of(answer) == [2, 1]


def test_a_wish_gives_way_to_fairness():
    """李四 would like every day off, and gets as many as 张三."""
    wishes = tuple(Wish(2, day) for day in WEEK[:4])
    answer = plan(roster(MONDAY, 4, members(2), wishes=wishes))
    assert [a.duties[DayClass.WORKDAY] for a in answer.accounts] == [2, 2]
    assert [c.rule for c in answer.conflicts] == [RosterRule.WISH, RosterRule.WISH]


def test_partners_serve_on_the_same_days():
    pairs = (Pair(1, 2, together=True),)
    answer = plan(roster(MONDAY, 4, members(4, BOTH), (LEADER, STAFF), pairs=pairs))
    people = [{answer.assigned[at(day, 1)], answer.assigned[at(day, 2)]} for day in WEEK[:4]]
    assert people.count({1, 2}) == 2
    assert people.count({3, 4}) == 2


def test_two_who_must_not_meet_do_not():
    pairs = (Pair(1, 2, together=False), Pair(3, 4, together=False))
    answer = plan(roster(MONDAY, 4, members(4, BOTH), (LEADER, STAFF), pairs=pairs))
    people = [{answer.assigned[at(day, 1)], answer.assigned[at(day, 2)]} for day in WEEK[:4]]
    assert {1, 2} not in people
    assert {3, 4} not in people
    assert answer.empty == ()


def test_two_seats_of_one_post_take_two_people():
    post = Post(1, "值班员", DAWN, DAWN, need=2)
    answer = plan(roster(MONDAY, 2, members(4), (post,)))
    assert row_of(answer) == [1, 2, 3, 4]


def test_a_duty_of_the_month_before_is_rested_after():
    before = Engagement(1, date(2026, 11, 1), DAWN, DAWN, "10月带班")
    answer = plan(roster(MONDAY, 2, members(2), limits=RosterLimits(24), engagements=(before,)))
    assert row_of(answer) == [2, 1]


def test_what_cannot_be_covered_stays_empty_and_says_why():
    """李四 and 王五 are away on Tuesday, 张三 had Monday."""
    absences = (Absence(2, MONDAY, WEEK[1]), Absence(3, WEEK[1], WEEK[1]))
    kept = (Fixed(at(MONDAY), 1),)
    answer = plan(roster(MONDAY, 2, members(3), limits=RosterLimits(24), absences=absences, fixed=kept))
    (left,) = answer.empty
    assert left.slot == at(WEEK[1])
    assert left.reasons == ("请假 2 人：李四、王五", "两班之间休息不足 24 小时 1 人：张三")
    assert answer.proven


def test_a_post_that_nobody_fills_is_said():
    answer = plan(roster(MONDAY, 1, members(2), (LEADER, STAFF)))
    assert [left.reasons for left in answer.empty] == [("没有人任“值班员”岗",)]


def test_rather_the_later_post_stays_empty():
    answer = plan(roster(MONDAY, 1, members(1, BOTH), (LEADER, STAFF)))
    assert answer.assigned == {at(MONDAY, 1): 1}
    assert answer.empty[0].reasons == ("同时已有值班 1 人：张三",)


def test_nobody_at_all():
    answer = plan(roster(MONDAY, 1, ()))
    assert (answer.assigned, answer.proven) == ({}, True)


def test_fixed_duties_that_break_a_rule_stay_and_are_told():
    kept = (Fixed(at(WEEK[0]), 1), Fixed(at(WEEK[1]), 1), Fixed(at(WEEK[2]), 77))
    answer = plan(roster(MONDAY, 4, members(2), limits=RosterLimits(24), fixed=kept))
    assert row_of(answer) == [1, 1, 77, 2]
    assert [c.rule for c in answer.conflicts] == [RosterRule.REST, RosterRule.MEMBER]


def test_a_partner_is_brought_to_who_is_fixed():
    pairs = (Pair(1, 3, together=True),)
    answer = plan(
        roster(MONDAY, 1, members(3, BOTH), (LEADER, STAFF), pairs=pairs, fixed=(Fixed(at(MONDAY), 1),))
    )
    assert answer.assigned == {at(MONDAY, 1): 1, at(MONDAY, 2): 3}


def test_with_no_work_allowed_a_roster_comes_back_and_nothing_is_claimed():
    answer = plan(roster(MONDAY, 5, members(3)), seconds=0.0)
    assert not answer.proven
    assert len(answer.assigned) + len(answer.empty) == 5
