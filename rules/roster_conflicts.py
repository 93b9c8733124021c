"""What a roster breaks, whoever made it; and who could stand in for somebody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from rules import roster_checks as checks
from rules.roster import Conflict, Pair, PersonAccount, RosterMember, RosterProblem, Slot, duties_text
from rules.roster_accounts import accounts
from rules.roster_times import Duty, duties_by_person, duty_at
from rules.roster_words import Severity


@dataclass(frozen=True)
class Replacement:
    """Somebody who may take a duty, best first. `soft` holds what speaks against it without forbidding it."""

    person_id: int
    name: str
    is_deputy: bool
    reason: str
    soft: tuple[Conflict, ...]


@dataclass(frozen=True)
class RosterBook:
    """A roster as it is assigned, opened at each person and each day."""

    problem: RosterProblem
    assigned: Mapping[Slot, int]

    @cached_property
    def duties(self) -> dict[int, list[Duty]]:
        return duties_by_person(self.problem, self.assigned)

    @cached_property
    def pairs_of(self) -> dict[int, list[Pair]]:
        found: dict[int, list[Pair]] = {}
        for pair in self.problem.pairs:
            found.setdefault(pair.a, []).append(pair)
            found.setdefault(pair.b, []).append(pair)
        return found

    @cached_property
    def slots_on(self) -> dict[tuple[int, date], list[Slot]]:
        found: dict[tuple[int, date], list[Slot]] = {}
        for slot in sorted(self.assigned):
            found.setdefault((self.assigned[slot], slot.day), []).append(slot)
        return found

    def obstacles(self, slot: Slot, person_id: int) -> tuple[Conflict, ...]:
        """What would speak against this person in this slot, in place of whoever holds it, all else as it is."""
        found = list(checks.standing(self.problem, slot, person_id))
        candidate = duty_at(self.problem, slot)
        others = [duty for duty in self.duties.get(person_id, ()) if duty.slot != slot]
        found += self._of_times(person_id, candidate, others)
        found += (
            c for pair in self.pairs_of.get(person_id, ()) for c in self._of_pair(pair, slot, person_id)
        )
        return tuple(found)

    def is_free(self, slot: Slot, person_id: int) -> bool:
        return all(conflict.severity is Severity.SOFT for conflict in self.obstacles(slot, person_id))

    def _of_times(self, person_id: int, candidate: Duty, others: list[Duty]) -> Iterator[Conflict]:
        for other in others:
            if conflict := checks.clash(self.problem, person_id, candidate, other):
                yield conflict
        if self.problem.limits.most_in_row:
            for run in checks.rows([*others, candidate]):
                if candidate in run and (conflict := checks.row(self.problem, person_id, run)):
                    yield conflict

    def _of_pair(self, pair: Pair, slot: Slot, person_id: int) -> Iterator[Conflict]:
        if not checks.binds(self.problem, pair, slot.day):
            return
        other = checks.partner(pair, person_id)
        theirs = [s for s in self.slots_on.get((other, slot.day), ()) if s != slot]
        if pair.together and not theirs:
            yield checks.together(self.problem, pair, person_id, (slot,))
        if not pair.together and theirs:
            yield checks.apart(self.problem, pair, person_id, (slot, *theirs))

    def conflicts(self) -> Iterator[Conflict]:
        for slot in sorted(self.assigned):
            yield from checks.standing(self.problem, slot, self.assigned[slot])
        for person_id, duties in sorted(self.duties.items()):
            yield from self._among(person_id, duties)
        for pair in self.problem.pairs:
            yield from self._within(pair)
        yield from self._undoubled()

    def _undoubled(self) -> Iterator[Conflict]:
        seats: dict[tuple[date, int], list[Slot]] = {}
        for slot in sorted(self.problem.slots):
            if slot.day in self.problem.doubled:
                seats.setdefault((slot.day, slot.post_id), []).append(slot)
        for slots in seats.values():
            if conflict := checks.doubled(self.problem, slots, self.assigned):
                yield conflict

    def _among(self, person_id: int, duties: list[Duty]) -> Iterator[Conflict]:
        for a, b in combinations(duties, 2):
            is_ours = a.slot is not None or b.slot is not None
            if is_ours and (conflict := checks.clash(self.problem, person_id, a, b)):
                yield conflict
        for run in checks.rows(duties):
            conflict = checks.row(self.problem, person_id, run)
            if conflict and conflict.slots:
                yield conflict

    def _within(self, pair: Pair) -> Iterator[Conflict]:
        for day in sorted({slot.day for slot in self.assigned}):
            if not checks.binds(self.problem, pair, day):
                continue
            a, b = (tuple(self.slots_on.get((person_id, day), ())) for person_id in (pair.a, pair.b))
            if not pair.together and a and b:
                yield checks.apart(self.problem, pair, pair.a, (*a, *b))
            if pair.together and bool(a) != bool(b):
                yield checks.together(self.problem, pair, pair.a if a else pair.b, a or b)


def conflicts(problem: RosterProblem, assigned: Mapping[Slot, int]) -> tuple[Conflict, ...]:
    """Every rule that the roster breaks, each once, by day."""
    found = RosterBook(problem, assigned).conflicts()
    return tuple(sorted(found, key=lambda conflict: conflict.slots[0]))


def obstacles(
    problem: RosterProblem, assigned: Mapping[Slot, int], slot: Slot, person_id: int
) -> tuple[Conflict, ...]:
    """What would speak against this person in this slot, in place of whoever holds it, all else as it is."""
    return RosterBook(problem, assigned).obstacles(slot, person_id)


def replacements(
    problem: RosterProblem, assigned: Mapping[Slot, int], slot: Slot, deputy_id: int | None = None
) -> tuple[Replacement, ...]:
    """Who may take the duty under every rule: the deputy first (AB岗), then by the smallest account of that class of day.

    A wish to have the day off puts somebody behind all who have none. The holder of the slot is left out.
    """
    book = RosterBook(problem, assigned)
    held = {account.person_id: account for account in accounts(problem, assigned)}
    others = [m for m in problem.members if m.person_id != assigned.get(slot)]
    free = [m for m in others if book.is_free(slot, m.person_id)]
    found = [_replacement(book, slot, m, held[m.person_id], m.person_id == deputy_id) for m in free]
    order = {m.person_id: _rank(problem, slot, m, held[m.person_id]) for m in free}
    return tuple(sorted(found, key=lambda r: (not r.is_deputy, bool(r.soft), order[r.person_id])))


def _balance_text(units: int) -> str:
    """多值 0.5 次, 少值 1 次, 不多不少."""
    text = duties_text(abs(units))
    if text == "0":
        return "不多不少"
    return f"{'多' if units > 0 else '少'}值 {text} 次"


def _rank(problem: RosterProblem, slot: Slot, member: RosterMember, account: PersonAccount) -> tuple:
    level = account.level(problem.classes[slot.day])
    return level, account.total_level, member.order, member.person_id


def _replacement(
    book: RosterBook, slot: Slot, member: RosterMember, account: PersonAccount, is_deputy: bool
) -> Replacement:
    day_class = book.problem.classes[slot.day]
    said = f"{day_class.label}{_balance_text(account.after[day_class])}，本期已排 {sum(account.duties.values())} 次"
    soft = book.obstacles(slot, member.person_id)
    reason = "；".join(["AB岗", said] if is_deputy else [said]) + "".join(f"；{c.short}" for c in soft)
    return Replacement(member.person_id, member.name, is_deputy, reason, soft)
