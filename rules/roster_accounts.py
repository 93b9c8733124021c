"""Who has served how much beside what was due, class by class.

Each duty is owed in equal parts, by share, by those who could be asked that day: who may fill that post, takes part then
and is not away. So leave earns no debt, and who comes or goes during the period owes only for the days of membership.
`before` is what earlier periods left, `after` what this one leaves; after swaps and replacements it is enough to reckon
again from the roster as it was served. What is due is rounded to hundredths of a duty for a full share, alike for
people in like circumstances, so that their accounts differ by whole duties only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from rules.roster import DUTY, FULL_SHARE, PersonAccount, RosterMember, RosterProblem, Slot
from rules.roster_words import DayClass

_FINE = 10**6
_HUNDREDTHS = 100
Amounts = dict[DayClass, int]


def accounts(problem: RosterProblem, assigned: Mapping[Slot, int]) -> tuple[PersonAccount, ...]:
    """Of every member, in the order of `problem.members`."""
    due = due_amounts(problem)
    before = {balance.person_id: balance.carried for balance in problem.balances}
    served: dict[int, list[Slot]] = defaultdict(list)
    for slot, person_id in assigned.items():
        served[person_id].append(slot)
    return tuple(
        _account(problem, member, before.get(member.person_id, {}), due, served[member.person_id])
        for member in problem.members
    )


def due_amounts(problem: RosterProblem) -> dict[int, Amounts]:
    """UNITS by person and class; zero for who could not be asked at all."""
    rates: dict[int, Amounts] = {member.person_id: dict.fromkeys(DayClass, 0) for member in problem.members}
    for slot in problem.slots:
        could = [m for m in problem.members if could_be_asked(problem, m, slot)]
        parts = sum(member.share for member in could)
        for member in could:
            rate = problem.post_of[slot.post_id].weight * FULL_SHARE * _HUNDREDTHS * _FINE
            rates[member.person_id][problem.classes[slot.day]] += rate // parts
    return {
        m.person_id: {c: _rounded(rate) * m.share for c, rate in rates[m.person_id].items()}
        for m in problem.members
    }


def could_be_asked(problem: RosterProblem, member: RosterMember, slot: Slot) -> bool:
    return slot.post_id in member.posts and problem.is_available(member.person_id, slot.day)


def circles(problem: RosterProblem) -> tuple[tuple[int, ...], ...]:
    """People among whom fairness is measured: those linked by posts that they can fill alike."""
    used = sorted({slot.post_id for slot in problem.slots})
    joined: list[tuple[set[int], set[int]]] = []
    for member in problem.members:
        posts, people = member.posts & set(used), {member.person_id}
        for circle in [c for c in joined if c[0] & posts]:
            joined.remove(circle)
            posts, people = posts | circle[0], people | circle[1]
        joined.append((set(posts), people))
    return tuple(tuple(m.person_id for m in problem.members if m.person_id in people) for _, people in joined)


def gap(problem: RosterProblem, held: Iterable[PersonAccount], day_class: DayClass | None = None) -> Fraction:
    """The greatest difference, in duties for a full share, within a circle; of all classes together for None.

    Only who could be asked in that class is compared.
    """
    by_id = {account.person_id: account for account in held}
    widths = [Fraction(0)]
    for circle in circles(problem):
        compared = [by_id[p] for p in circle if is_compared(by_id[p].due, day_class)]
        levels = [a.total_level if day_class is None else a.level(day_class) for a in compared]
        widths.append(max(levels, default=Fraction(0)) - min(levels, default=Fraction(0)))
    return max(widths)


def is_compared(due: Mapping[DayClass, int], day_class: DayClass | None) -> bool:
    return any(due.values()) if day_class is None else bool(due[day_class])


def _account(
    problem: RosterProblem,
    member: RosterMember,
    before: Mapping[DayClass, int],
    due: Mapping[int, Amounts],
    slots: list[Slot],
) -> PersonAccount:
    owed = due[member.person_id]
    served, times = dict.fromkeys(DayClass, 0), dict.fromkeys(DayClass, 0)
    for slot in slots:
        served[problem.classes[slot.day]] += problem.post_of[slot.post_id].weight * DUTY
        times[problem.classes[slot.day]] += 1
    carried = {c: before.get(c, 0) for c in DayClass}
    after = {c: carried[c] + served[c] - owed[c] for c in DayClass}
    return PersonAccount(member.person_id, member.name, member.share, carried, owed, served, after, times)


def _rounded(rate: int) -> int:
    """Half up; never to nothing, so that who could be asked is always known by owing something."""
    return max(1, (rate + _FINE // 2) // _FINE) if rate else 0
