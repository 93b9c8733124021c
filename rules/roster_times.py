"""When duties begin and end, in minutes since the first of January of the year 1."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from rules.roster import RosterProblem, Slot

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Duty:
    """One duty of one person; `slot` is None where it lies outside the plan."""

    day: date
    begins: int
    ends: int
    title: str
    slot: Slot | None

    def overlaps(self, other: "Duty") -> bool:
        return self.begins < other.ends and other.begins < self.ends

    def minutes_between(self, other: "Duty") -> int:
        """From the end of the earlier to the start of the later."""
        return max(self.begins, other.begins) - min(self.ends, other.ends)


def duty_at(problem: RosterProblem, slot: Slot) -> Duty:
    post = problem.post_of[slot.post_id]
    return Duty(slot.day, *span(slot.day, post.starts, post.ends), post.name, slot)


def duties_by_person(problem: RosterProblem, assigned: Mapping[Slot, int]) -> dict[int, list[Duty]]:
    """Those of the plan and those outside it, in order."""
    found: dict[int, list[Duty]] = {}
    for slot, person_id in assigned.items():
        found.setdefault(person_id, []).append(duty_at(problem, slot))
    for e in problem.engagements:
        outside = Duty(e.day, *span(e.day, e.starts, e.ends), e.title, None)
        found.setdefault(e.person_id, []).append(outside)
    return {person_id: sorted(duties, key=_in_order) for person_id, duties in found.items()}


def span(day: date, starts: time, ends: time) -> tuple[int, int]:
    begins = day.toordinal() * MINUTES_A_DAY + _minutes(starts)
    length = (_minutes(ends) - _minutes(starts)) % MINUTES_A_DAY or MINUTES_A_DAY
    return begins, begins + length


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _in_order(duty: Duty) -> tuple[int, int, str]:
    return duty.begins, duty.ends, str(duty.slot)
