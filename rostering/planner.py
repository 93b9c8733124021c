"""Plan a roster: every rule kept, then as many seats filled as can be, then fair, then as wished, then in turn.

The stages, each bound by the results of those before it:

1. Coverage: as few empty seats as possible, and rather those of posts that stand later in the list.
2. Fairness: the greatest difference within a circle of people, for 春节, then 法定节假日, then 周末, then 工作日, then all
   together; then the squares of all accounts, so that nobody within the difference is left behind.
3. Wishes: as few wished-off days broken as possible.
4. Turns: as near to the published order as possible. This one is good, and mostly the best, but not part of `proven`.
"""

from collections.abc import Callable

from rostering.answers import answer_for
from rostering.choices import Choices, Shift
from rostering.fairness import FairModel, Gap
from rostering.hard_rules import Expression, HardModel
from rostering.levels import Levels
from rostering.search import Search
from rostering.turns import turn_costs
from rules.roster import RosterAnswer, RosterProblem, Slot
from rules.roster_words import PlanStage

SECONDS = 10.0
_EFFORT_PER_SECOND = 0.4
"""The solver's own unit of work is some two to three seconds of a core of 2021."""
_COVER, _EVEN, _GAPS, _SQUARES, _WISHES, _TURNS = 0.2, 0.15, 0.3, 0.1, 0.1, 0.15
"""Parts of the effort; all gaps share theirs."""
_LEAST_EFFORT = 0.1
MOST_TRIALS = 12


def _say_nothing(_stage: PlanStage) -> None:
    pass


def plan(
    problem: RosterProblem,
    *,
    seconds: float = SECONDS,
    on_stage: Callable[[PlanStage], None] = _say_nothing,
) -> RosterAnswer:
    """The best roster that is found with that much work. `on_stage` is told what comes next; what it raises ends planning.

    `seconds` bounds the solver's own count of its work, which takes about as long on a core of 2021; the clock is not
    read, so the same problem gives the same roster always. What is fixed stays, and is told of in `conflicts` where it
    breaks a rule.
    """
    choices = Choices(problem)
    assigned, is_proven = (
        _planned(choices, seconds * _EFFORT_PER_SECOND, on_stage)
        if choices.free
        else (choices.seated({}), True)
    )
    return answer_for(problem, assigned, is_proven)


def _planned(
    choices: Choices, effort: float, on_stage: Callable[[PlanStage], None]
) -> tuple[dict[Slot, int], bool]:
    on_stage(PlanStage.COVER)
    hard = HardModel(choices)
    fair = FairModel(hard, Levels(choices))
    search = Search(hard.model, _nothing(hard, fair))
    proofs = [_cover(search, hard, fair, effort)]
    on_stage(PlanStage.FAIR)
    proofs += _make_fair(search, hard, fair, effort)
    on_stage(PlanStage.WISHES)
    proofs.append(_stage(search, _wishes(hard), effort * _WISHES))
    on_stage(PlanStage.TURNS)
    _stage(search, _turns(hard), effort * _TURNS)
    return choices.seated(_chosen(hard, search)), all(proofs)


def _nothing(hard: HardModel, fair: FairModel) -> list[int]:
    """Every free seat empty: where the search begins, and what is left if it finds nothing at all."""
    values = [0] * len(hard.model.proto.variables)
    for shift, empty in hard.empty.items():
        values[empty.index] = len(hard.choices.free[shift])
    for broken in hard.broken:
        values[broken.index] = 1
    for gap_of in fair.stages():
        values[gap_of.low.index], values[gap_of.high.index] = gap_of.widest
    return values


def _stage(search: Search, objective: Expression, effort: float) -> bool:
    is_proven = search.minimize(objective, effort)
    search.hold(objective)
    return is_proven


def _cover(search: Search, hard: HardModel, fair: FairModel, effort: float) -> bool:
    """Then the evenest roster with as many seats filled: mostly its gaps are small too, and later stages find little to do."""
    is_proven = _stage(search, _uncovered(hard), effort * _COVER)
    search.minimize(fair.squares, effort * _EVEN)
    return is_proven


def _uncovered(hard: HardModel) -> Expression:
    """As few as possible stay empty; a pair that what is fixed tears apart counts more than any number of seats."""
    problem = hard.choices.problem
    ranks = {post.id: len(problem.posts) - place for place, post in enumerate(problem.posts)}
    one = len(problem.slots) * len(ranks) + 1
    empty = sum((one + ranks[shift.post_id]) * seats for shift, seats in hard.empty.items())
    return empty + 2 * one * (len(problem.slots) + 1) * sum(hard.broken)


def _make_fair(search: Search, hard: HardModel, fair: FairModel, effort: float) -> list[bool]:
    weights = [post.weight for post in hard.choices.problem.posts]
    unfilled = max(weights) * sum(search.value(empty) for empty in hard.empty.values())
    until = search.spent + effort * _GAPS
    proofs = [_narrow(search, fair, gap, unfilled, until) for gap in fair.stages()]
    return [*proofs, _stage(search, fair.squares, effort * _SQUARES)]


def _narrow(search: Search, fair: FairModel, gap: Gap, unfilled: int, until: float) -> bool:
    """Try windows from the narrowest on until one holds a roster; where many do not, leave it to the solver.

    Every low end that goes with the width found stays open: which of them is better, later stages decide.
    """
    width, is_proven, lows = fair.reached(gap, search).width, True, []
    for tried, window in enumerate(fair.windows(gap, unfilled)):
        if window.width > width:
            break
        if window.width < width and (tried >= MOST_TRIALS or search.spent >= until):
            is_proven = search.minimize(gap.high - gap.low, max(_LEAST_EFFORT, until - search.spent))
            fair.hold(gap, fair.reached(gap, search).width, [])
            return is_proven
        lows.append(window.low)
        found = window.width < width and search.find_within(gap.low, gap.high, window, until - search.spent)
        is_proven = is_proven and found is not None
        width = window.width if found else width
    fair.hold(gap, width, lows)
    return is_proven


def _wishes(hard: HardModel) -> Expression:
    wished_off = hard.choices.problem.wished_off
    return sum(taken for (shift, p), taken in hard.taken.items() if (p, shift.day) in wished_off)


def _turns(hard: HardModel) -> Expression:
    return sum(cost * hard.taken[choice] for choice, cost in turn_costs(hard.choices).items())


def _chosen(hard: HardModel, search: Search) -> dict[Shift, list[int]]:
    chosen: dict[Shift, list[int]] = {}
    for (shift, person_id), taken in hard.taken.items():
        if search.value(taken):
            chosen.setdefault(shift, []).append(person_id)
    return chosen
