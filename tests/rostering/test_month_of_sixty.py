"""A month of an office of sixty, and a year of reception days: proven, within the solver's own count of work."""

from benchmarks.roster_samples import duty_month, reception_year
from rostering.planner import plan
from rules.roster_words import DayClass
from tests.rosters import hard


def test_a_month_of_sixty_people_and_four_posts():
    problem = duty_month()
    answer = plan(problem)
    assert len(problem.slots) == 31 * 4
    assert answer.proven
    assert answer.empty == ()
    assert hard(problem, answer.assigned) == []


def test_a_year_of_reception_days_follows_the_published_order():
    answer = plan(reception_year())
    assert answer.proven
    assert list(answer.assigned.values())[:3] == [8, 9, 10]
    assert answer.gaps[DayClass.WORKDAY] == 1
