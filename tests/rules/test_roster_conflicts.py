"""What a roster made by hand breaks, in words; every rule by itself."""

from datetime import date, time

import pytest

from rules.roster import Absence, Engagement, Pair, Post, RosterLimits, RosterMember, Wish
from rules.roster_conflicts import conflicts, obstacles, replacements
from rules.roster_words import RosterRule, Severity
from tests.rosters import DAWN, LEADER, STAFF, at, days_from, members, roster

MONDAY = date(2026, 11, 2)
WEEK = days_from(MONDAY, 7)
BOTH = frozenset({1, 2})


def told(problem, assigned):
    return [(c.rule, c.text) for c in conflicts(problem, assigned)]


def test_a_clean_roster_says_nothing():
    problem = roster(MONDAY, 2, members(2), limits=RosterLimits(24, 1))
    assert conflicts(problem, {at(WEEK[0]): 1, at(WEEK[1]): 2}) == ()


def test_two_duties_at_once():
    problem = roster(MONDAY, 1, members(1, BOTH), (LEADER, STAFF))
    assert told(problem, {at(MONDAY, 1): 1, at(MONDAY, 2): 1}) == [
        (RosterRule.DOUBLE, "张三同时有11月2日“带班领导”和11月2日“值班员”。")
    ]


def test_too_little_rest_over_night():
    problem = roster(MONDAY, 2, members(1), limits=RosterLimits(rest_hours=24))
    assert told(problem, {at(WEEK[0]): 1, at(WEEK[1]): 1}) == [
        (RosterRule.REST, "张三11月2日“带班领导”与11月3日“带班领导”之间休息 0 小时，不足 24 小时。")
    ]


@pytest.mark.parametrize(("rest", "found"), [(12, 0), (13, 1)])
def test_rest_that_is_just_long_enough(rest, found):
    """08:00 to 20:00, and again the next morning: twelve hours."""
    day_shift = Post(1, "白班", time(8), time(20))
    problem = roster(MONDAY, 2, members(1), (day_shift,), limits=RosterLimits(rest))
    assert len(conflicts(problem, {at(WEEK[0]): 1, at(WEEK[1]): 1})) == found


def test_a_night_reaches_into_the_next_day():
    night, early = Post(1, "夜班", time(20), time(8)), Post(2, "早班", time(7, 30), time(12))
    problem = roster(MONDAY, 2, members(1, BOTH), (night, early))
    assert [c.rule for c in conflicts(problem, {at(WEEK[0], 1): 1, at(WEEK[1], 2): 1})] == [RosterRule.DOUBLE]
    assert conflicts(problem, {at(WEEK[0], 2): 1, at(WEEK[0], 1): 1}) == ()


def test_leave_and_membership_and_post():
    people = (
        *members(1),
        RosterMember(2, "李四", BOTH, first=WEEK[1]),
        RosterMember(3, "王五", BOTH, last=WEEK[1]),
    )
    problem = roster(MONDAY, 4, people, (STAFF,), absences=(Absence(2, WEEK[3], WEEK[3]),))
    assigned = {at(WEEK[0], 2): 2, at(WEEK[1], 2): 1, at(WEEK[2], 2): 3, at(WEEK[3], 2): 2}
    assert told(problem, assigned) == [
        (RosterRule.MEMBER, "李四11月3日起才参加值班，却排在11月2日“值班员”。"),
        (RosterRule.POST, "张三不任“值班员”岗，却排在11月3日“值班员”。"),
        (RosterRule.MEMBER, "王五11月3日后不再参加值班，却排在11月4日“值班员”。"),
        (RosterRule.LEAVE, "李四11月5日请假，却排在11月5日“值班员”。"),
    ]


def test_a_stranger_is_named_by_number():
    assert told(roster(MONDAY, 1, members(1)), {at(MONDAY): 77}) == [
        (RosterRule.MEMBER, "名单外人员（77）不在本表值班人员之列，却排在11月2日“带班领导”。")
    ]


def test_too_many_days_in_a_row_are_one_conflict():
    problem = roster(MONDAY, 4, members(1), limits=RosterLimits(most_in_row=2))
    (conflict,) = conflicts(problem, {at(day): 1 for day in WEEK[:4]})
    assert conflict.text == "张三11月2日至11月5日连续值班 4 天，最多 2 天。"
    assert conflict.slots == tuple(at(day) for day in WEEK[:4])


def test_duties_of_the_period_before_count_for_rest_and_row():
    before = Engagement(1, date(2026, 11, 1), DAWN, DAWN, "上月带班")
    problem = roster(MONDAY, 1, members(1), limits=RosterLimits(24, 1), engagements=(before,))
    assert [c.rule for c in conflicts(problem, {at(MONDAY): 1})] == [RosterRule.REST, RosterRule.ROW]


def test_two_old_duties_are_no_matter_of_this_roster():
    old = tuple(Engagement(1, date(2026, 10, day), DAWN, DAWN, "上月带班") for day in (30, 31))
    problem = roster(MONDAY, 2, members(1), limits=RosterLimits(24, 1), engagements=old)
    assert conflicts(problem, {at(WEEK[1]): 1}) == ()


def test_pairs():
    pairs = (Pair(1, 2, together=True), Pair(2, 3, together=False))
    problem = roster(MONDAY, 2, members(3, BOTH), (LEADER, STAFF), pairs=pairs)
    assigned = {at(WEEK[0], 1): 1, at(WEEK[1], 1): 2, at(WEEK[1], 2): 3}
    assert told(problem, assigned) == [
        (RosterRule.TOGETHER, "张三须与李四同日搭班，11月2日李四没有排班。"),
        (RosterRule.TOGETHER, "李四须与张三同日搭班，11月3日张三没有排班。"),
        (RosterRule.APART, "李四不能与王五同日值班，11月3日两人都排了班。"),
    ]


def test_a_partner_on_leave_sets_the_other_free():
    problem = roster(MONDAY, 1, members(2), pairs=(Pair(1, 2, True),), absences=(Absence(2, MONDAY, MONDAY),))
    assert conflicts(problem, {at(MONDAY): 1}) == ()


def test_a_wish_is_soft():
    (conflict,) = conflicts(roster(MONDAY, 1, members(1), wishes=(Wish(1, MONDAY),)), {at(MONDAY): 1})
    assert (conflict.rule, conflict.severity) == (RosterRule.WISH, Severity.SOFT)
    assert conflict.text == "张三希望11月2日不排，却排在11月2日“带班领导”。"


def test_obstacles_see_the_slot_as_if_it_were_empty():
    problem = roster(MONDAY, 2, members(2), limits=RosterLimits(24))
    assigned = {at(WEEK[0]): 1, at(WEEK[1]): 2}
    assert obstacles(problem, assigned, at(WEEK[1]), 2) == ()
    (conflict,) = obstacles(problem, assigned, at(WEEK[1]), 1)
    assert conflict.short == "11月2日“带班领导”有班，休息不足"


def test_replacements_begin_with_the_deputy_then_the_smallest_account():
    """Monday to Friday: 张三 Monday, 李四 Tuesday and Thursday, 王五 Wednesday; Friday is 张三's and falls vacant."""
    problem = roster(MONDAY, 5, members(4))
    assigned = dict(zip(map(at, WEEK), (1, 2, 3, 2, 1), strict=False))
    found = replacements(problem, assigned, at(WEEK[4]), deputy_id=2)
    assert [(r.name, r.is_deputy) for r in found] == [("李四", True), ("赵六", False), ("王五", False)]
    assert found[0].reason == "AB岗；工作日多值 0.75 次，本期已排 2 次"
    assert found[1].reason == "工作日少值 1.25 次，本期已排 0 次"


def test_replacements_keep_every_rule_and_put_wishes_last():
    """The deputy of Thursday's duty is away; 王五 is on duty on Wednesday and has no rest; 赵六 would rather not."""
    more = {
        "absences": (Absence(2, WEEK[3], WEEK[3]),),
        "wishes": (Wish(4, WEEK[3]),),
        "limits": RosterLimits(24),
    }
    problem = roster(MONDAY, 4, members(5), **more)
    assigned = dict(zip(map(at, WEEK), (2, 4, 3, 1), strict=False))
    found = replacements(problem, assigned, at(WEEK[3]), deputy_id=2)
    assert [r.name for r in found] == ["钱七", "赵六"]
    assert found[1].reason == "工作日多值 0.15 次，本期已排 1 次；希望11月5日不排"


def test_a_doubled_day_wants_two_different_people_in_each_post():
    two = Post(1, "值班员", time(8, 30), time(8, 30), need=2)
    problem = roster(MONDAY, 3, members(2), (two,), doubled=frozenset(WEEK[:2]))
    assigned = {at(WEEK[0]): 1, at(WEEK[0], 1, 1): 2, at(WEEK[1]): 1, at(WEEK[2]): 1}
    found = conflicts(problem, assigned)
    assert [(c.rule, c.severity, c.person_id, c.text) for c in found] == [
        (RosterRule.DOUBLED, Severity.SOFT, 1, "11月3日“值班员”只有张三一人，特殊时段要双人双岗。")
    ]


def test_a_doubled_post_in_which_nobody_stands_is_told_too():
    problem = roster(MONDAY, 1, members(1), doubled=frozenset({MONDAY}))
    assert told(problem, {}) == [(RosterRule.DOUBLED, "11月2日“带班领导”没有人，特殊时段要双人双岗。")]
