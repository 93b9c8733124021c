"""Who may be chosen for what at all, before anything is weighed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from rules.roster import RosterMember, RosterProblem, Slot
from rules.roster_conflicts import RosterBook
from rules.roster_times import Duty, duty_at
from rules.roster_words import RosterRule, Severity


class Shift(NamedTuple):
    """All seats of one post on one day: they differ in nothing."""

    day: date
    post_id: int


@dataclass(frozen=True)
class Choices:
    """`problem` in an order of its own, so that the order in which things were handed in changes nothing."""

    problem: RosterProblem

    @cached_property
    def kept(self) -> dict[Slot, int]:
        return {fixed.slot: fixed.person_id for fixed in sorted(self.problem.fixed, key=lambda f: f.slot)}

    @cached_property
    def members(self) -> tuple[RosterMember, ...]:
        return tuple(sorted(self.problem.members, key=lambda m: (m.order, m.person_id)))

    @cached_property
    def free(self) -> dict[Shift, list[Slot]]:
        """The slots of each shift that nothing is fixed in."""
        found: dict[Shift, list[Slot]] = {}
        for slot in sorted(self.problem.slots):
            if slot not in self.kept:
                found.setdefault(Shift(slot.day, slot.post_id), []).append(slot)
        return found

    @cached_property
    def allowed(self) -> dict[Shift, list[int]]:
        """Whom no rule forbids, given what is fixed; a missing partner may still come, so that rule waits."""
        book = RosterBook(self.problem, self.kept)
        return {
            shift: [m.person_id for m in self.members if _is_allowed(book, slots[0], m.person_id)]
            for shift, slots in self.free.items()
        }

    @cached_property
    def kept_days(self) -> dict[int, set[date]]:
        """By person: days that are taken whatever is chosen, inside this plan or outside."""
        found: dict[int, set[date]] = {}
        for person_id, duties in RosterBook(self.problem, self.kept).duties.items():
            found[person_id] = {duty.day for duty in duties}
        return found

    @cached_property
    def kept_here(self) -> frozenset[tuple[int, date]]:
        return frozenset((person_id, slot.day) for slot, person_id in self.kept.items())

    @cached_property
    def duty_of(self) -> dict[Shift, Duty]:
        return {shift: duty_at(self.problem, slots[0]) for shift, slots in self.free.items()}

    def exclude_each_other(self, shifts: list[Shift]) -> bool:
        """Whether nobody can have two of them."""
        return all(self._clash(self.duty_of[a], self.duty_of[b]) for a, b in combinations(shifts, 2))

    def _clash(self, a: Duty, b: Duty) -> bool:
        return a.overlaps(b) or a.minutes_between(b) < self.problem.limits.rest_hours * 60

    def seated(self, chosen: Mapping[Shift, list[int]]) -> dict[Slot, int]:
        """The whole roster: what is kept, and the chosen in published order from the first free seat on."""
        order = {m.person_id: place for place, m in enumerate(self.members)}
        assigned = dict(self.kept)
        for shift, people in chosen.items():
            for slot, person_id in zip(self.free[shift], sorted(people, key=order.__getitem__), strict=False):
                assigned[slot] = person_id
        return dict(sorted(assigned.items()))


def _is_allowed(book: RosterBook, slot: Slot, person_id: int) -> bool:
    return all(
        conflict.severity is Severity.SOFT or conflict.rule is RosterRule.TOGETHER
        for conflict in book.obstacles(slot, person_id)
    )
