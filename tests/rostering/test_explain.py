"""Why this one: sentences that can be checked beside the roster."""

from datetime import date

from rostering.explain import why
from rostering.planner import answer_for, plan
from rules.roster import DUTY, Absence, Balance, Fixed, RosterLimits
from rules.roster_words import Assigned, DayClass
from tests.rosters import at, days_from, members, roster

SATURDAY = date(2026, 11, 7)
MONDAY = date(2026, 11, 2)
WEEK = days_from(MONDAY, 7)


def test_the_smallest_account_and_who_was_stopped():
    """A Saturday: 张三 is on leave, 李四 was on duty on Friday, 赵六 brings half a duty too many."""
    carried = (Balance(4, {DayClass.WEEKEND: DUTY // 2}),)
    more = {"absences": (Absence(1, SATURDAY, SATURDAY),), "fixed": (Fixed(at(date(2026, 11, 6)), 2),)}
    problem = roster(date(2026, 11, 6), 2, members(4), limits=RosterLimits(24), balances=carried, **more)
    answer = answer_for(problem, {at(date(2026, 11, 6)): 2, at(SATURDAY): 3})
    assert why(answer, at(SATURDAY)) == (
        "可排 2 人，王五周末账最少：上期结转 0 次，本期应值 0.33 次、排了 1 次；李四11月6日“带班领导”有班，休息不足。"
    )


def test_a_free_one_with_less_is_named():
    problem = roster(MONDAY, 2, members(3), balances=(Balance(3, {DayClass.WORKDAY: -DUTY}),))
    answer = answer_for(problem, {at(WEEK[0]): 1, at(WEEK[1]): 2})
    assert why(answer, at(WEEK[0])) == (
        "可排 3 人，张三工作日账第 2 少（更少的王五排在别的日子）：上期结转 0 次，本期应值 0.67 次、排了 1 次。"
    )


def test_a_fixed_duty_says_how_it_came():
    problem = roster(MONDAY, 1, members(2), fixed=(Fixed(at(MONDAY), 2, Assigned.SWAPPED),))
    assert why(plan(problem), at(MONDAY)) == "对换安排李四，排班时保留不动。"


def test_an_empty_slot_says_what_stops_everybody():
    problem = roster(MONDAY, 1, members(7), absences=tuple(Absence(n, MONDAY, MONDAY) for n in range(1, 8)))
    assert why(plan(problem), at(MONDAY)) == "请假 7 人：张三、李四、王五、赵六、钱七等。"


def test_a_seat_that_could_still_be_filled_is_said():
    answer = answer_for(roster(MONDAY, 1, members(2)), {})
    assert answer.empty[0].reasons == ("还可以排、但没有算到 2 人：张三、李四",)
