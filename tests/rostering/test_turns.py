"""How far a choice lies off the published order."""

from datetime import date

from rostering.choices import Choices, Shift
from rostering.planner import plan
from rostering.turns import turn_costs
from rules.roster import Absence, Post
from tests.rosters import DAWN, LEADER, STAFF, days_from, members, roster, row_of

MONDAY = date(2026, 11, 2)
WEEK = days_from(MONDAY, 7)


def costs(problem, day, post_id=1):
    """By person, of that day's shift; 0 where it is their turn."""
    found = turn_costs(Choices(problem))
    return [found.get((Shift(day, post_id), m.person_id), 0) for m in problem.members]


def test_those_to_come_cost_less_than_those_past():
    problem = roster(MONDAY, 7, members(8))
    assert costs(problem, WEEK[0]) == [0, 1, 4, 9, 16, 25, 36, 9]
    assert costs(problem, WEEK[2]) == [36, 9, 0, 1, 4, 9, 16, 25]


def test_posts_of_the_same_people_have_one_order():
    problem = roster(MONDAY, 2, members(4, frozenset({1, 2})), (LEADER, STAFF))
    assert costs(problem, WEEK[0], 2) == [9, 0, 1, 4]
    assert costs(problem, WEEK[1], 1) == [4, 9, 0, 1]


def test_two_seats_are_two_turns():
    problem = roster(MONDAY, 2, members(4), (Post(1, "值班员", DAWN, DAWN, need=2),))
    assert costs(problem, WEEK[1]) == [1, 4, 0, 0]


def test_when_one_is_away_the_next_is_asked_and_not_the_last_again():
    """张三 was last before; 王五 is away for good."""
    away = Absence(3, MONDAY, WEEK[6])
    answer = plan(roster(MONDAY, 4, members(8), absences=(away,), turn_after=(1,)))
    assert row_of(answer) == [2, 4, 5, 6]
