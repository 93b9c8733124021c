"""Two ways in which rosters are made without a solver, on the same problem and with the same eye for the rules.

Both go through the slots by day and take the first in their order whom no rule forbids, as far as it can be seen on the way:
a partner who must come along is only known afterwards.
"""

from collections.abc import Callable, Iterator

from rules.roster import RosterMember, RosterProblem, Slot
from rules.roster_conflicts import RosterBook
from rules.roster_words import RosterRule, Severity

Order = Callable[[RosterProblem, Slot, dict[int, int]], list[RosterMember]]


def round_robin(problem: RosterProblem, slot: Slot, last: dict[int, int]) -> list[RosterMember]:
    """The published order, from whoever comes after the last who served at one of these posts."""
    able = _able(problem, slot)
    latest = max(able, key=lambda m: last.get(m.person_id, -1))
    start = able.index(latest) + 1 if latest.person_id in last else 0
    return able[start:] + able[:start]


def longest_since(problem: RosterProblem, slot: Slot, last: dict[int, int]) -> list[RosterMember]:
    """The rule of linkedin/oncall: whose last duty lies furthest back comes first, who never served before all."""
    return sorted(_able(problem, slot), key=lambda m: last.get(m.person_id, -1))


def greedy(problem: RosterProblem, order: Order, last: dict[int, int]) -> dict[Slot, int]:
    """`last` holds by person when the last duty came, as a rising number; it is brought up to date."""
    assigned: dict[Slot, int] = {}
    moment = max(last.values(), default=0)
    for slot in sorted(problem.slots):
        moment += 1
        book = RosterBook(problem, assigned)
        free = (m.person_id for m in order(problem, slot, last) if _may(book, slot, m.person_id))
        for person_id in _first(free):
            assigned[slot], last[person_id] = person_id, moment
    return assigned


def _able(problem: RosterProblem, slot: Slot) -> list[RosterMember]:
    return [m for m in problem.members if slot.post_id in m.posts]


def _may(book: RosterBook, slot: Slot, person_id: int) -> bool:
    found = book.obstacles(slot, person_id)
    return all(c.severity is Severity.SOFT or c.rule is RosterRule.TOGETHER for c in found)


def _first(people: Iterator[int]) -> list[int]:
    chosen = next(people, None)
    return [] if chosen is None else [chosen]
