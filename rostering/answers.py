"""What may be said of a roster, planned or not; reading one loads no solver."""

from rostering.explain import empty_slots
from rostering.levels import CLASSES
from rules.roster import RosterAnswer, RosterProblem, Slot
from rules.roster_accounts import accounts, gap
from rules.roster_conflicts import conflicts


def answer_for(
    problem: RosterProblem,
    assigned: dict[Slot, int],
    is_proven: bool = False,
    *,
    accounted: RosterProblem | None = None,
) -> RosterAnswer:
    """What may be said of a roster, however it came about.

    `accounted`: by what its accounts are reckoned, where other settings hold now than when it was published.
    """
    reckoned = accounted or problem
    held = accounts(reckoned, assigned)
    return RosterAnswer(
        problem,
        assigned,
        empty_slots(problem, assigned),
        is_proven,
        held,
        {day_class: gap(reckoned, held, day_class) for day_class in CLASSES},
        gap(reckoned, held),
        conflicts(problem, assigned),
    )
