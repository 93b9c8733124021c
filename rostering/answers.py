"""What may be said of a roster, planned or not; reading one loads no solver."""

from rostering.explain import empty_slots
from rostering.levels import CLASSES
from rules.roster import RosterAnswer, RosterProblem, Slot
from rules.roster_accounts import accounts, gap
from rules.roster_conflicts import conflicts


def answer_for(problem: RosterProblem, assigned: dict[Slot, int], is_proven: bool = False) -> RosterAnswer:
    """What may be said of a roster, however it came about."""
    held = accounts(problem, assigned)
    return RosterAnswer(
        problem,
        assigned,
        empty_slots(problem, assigned),
        is_proven,
        held,
        {day_class: gap(problem, held, day_class) for day_class in CLASSES},
        gap(problem, held),
        conflicts(problem, assigned),
    )
