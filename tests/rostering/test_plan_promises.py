"""Whatever is handed in: no rule is broken that was not broken before, and nothing better exists."""

from itertools import product

from hypothesis import HealthCheck, given, settings

from rostering.planner import plan
from rules.roster import RosterProblem
from rules.roster_conflicts import RosterBook, conflicts
from rules.roster_words import RosterRule, Severity
from tests.rosters import LEADER, hard, measure, problems

FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def allowed_by_what_is_fixed(problem, conflict) -> bool:
    """A rule may be broken between fixed duties alone, or by one whose partner cannot come."""
    kept = problem.fixed_at
    if conflict.rule is RosterRule.TOGETHER:
        return any(slot in kept for slot in conflict.slots)
    return all(slot in kept for slot in conflict.slots)


@FEW
@given(problems())
def test_every_rule_is_kept(problem):
    answer = plan(problem)
    assert answer.proven
    for conflict in hard(problem, answer.assigned):
        assert allowed_by_what_is_fixed(problem, conflict), conflict.text
    assert answer.conflicts == conflicts(problem, answer.assigned)


@FEW
@given(problems())
def test_what_is_fixed_stays_and_what_is_empty_is_explained(problem):
    answer = plan(problem)
    for slot, fixed in problem.fixed_at.items():
        assert answer.assigned[slot] == fixed.person_id
    assert {slot.slot for slot in answer.empty} == set(problem.slots) - set(answer.assigned)
    book = RosterBook(problem, answer.assigned)
    for left in answer.empty:
        assert left.reasons
        assert not [m for m in problem.members if book.is_free(left.slot, m.person_id)]


@settings(FEW, max_examples=12)
@given(problems(most_people=3, most_days=5, posts=(LEADER,)))
def test_no_roster_is_better(problem):
    """Against every roster there is."""
    answer = plan(problem)
    assert answer.proven
    assert measure(problem, answer.assigned) == min(
        measure(problem, other) for other in every_roster(problem)
    )


def every_roster(problem: RosterProblem):
    free = [slot for slot in problem.slots if slot not in problem.fixed_at]
    kept = {slot: fixed.person_id for slot, fixed in problem.fixed_at.items()}
    people = [None, *(member.person_id for member in problem.members)]
    for chosen in product(people, repeat=len(free)):
        assigned = kept | {slot: p for slot, p in zip(free, chosen, strict=True) if p is not None}
        if all(allowed_by_what_is_fixed(problem, c) for c in conflicts(problem, assigned) if is_hard(c)):
            yield assigned


def is_hard(conflict) -> bool:
    return conflict.severity is Severity.HARD


@settings(FEW, max_examples=10)
@given(problems())
def test_the_same_problem_in_another_order_gives_the_same_roster(problem):
    turned = RosterProblem(
        problem.kind,
        problem.posts,
        problem.slots[::-1],
        problem.classes,
        problem.members[::-1],
        problem.limits,
        *(getattr(problem, name)[::-1] for name in ("absences", "wishes", "pairs", "fixed", "balances")),
    )
    first, again, other = plan(problem), plan(problem), plan(turned)
    assert first.assigned == again.assigned == other.assigned
