"""Why a seat is empty, and why it was this person's turn, in sentences that an office can check by hand."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from rules.roster import (
    FULL_SHARE,
    Conflict,
    EmptySlot,
    PersonAccount,
    RosterAnswer,
    RosterMember,
    RosterProblem,
    Slot,
    duties_text,
)
from rules.roster_conflicts import RosterBook
from rules.roster_words import RosterRule, Severity

MOST_NAMES = 5
MOST_REASONS = 3


def empty_slots(problem: RosterProblem, assigned: Mapping[Slot, int]) -> tuple[EmptySlot, ...]:
    """What is left over, and which rule stops whom; only people of that post are spoken of."""
    book = RosterBook(problem, assigned)
    left = [slot for slot in sorted(problem.slots) if slot not in assigned]
    return tuple(EmptySlot(slot, _reasons(book, slot)) for slot in left)


def why(answer: RosterAnswer, slot: Slot) -> str:
    """One sentence: how many could be asked, how this one's account stood beside theirs, and what stopped the others.

    For an empty slot, what stops everybody.
    """
    problem = answer.problem
    if slot not in answer.assigned:
        return "；".join(_reasons(RosterBook(problem, answer.assigned), slot)) + "。"
    person_id = answer.assigned[slot]
    if slot in problem.fixed_at:
        return f"{problem.fixed_at[slot].how.label}安排{problem.name_of(person_id)}，排班时保留不动。"
    return _why_chosen(answer, slot, person_id)


def _why_chosen(answer: RosterAnswer, slot: Slot, person_id: int) -> str:
    book = RosterBook(answer.problem, answer.assigned)
    candidates = [m for m in answer.problem.members if slot.post_id in m.posts]
    found = {m.person_id: _hard(book, slot, m.person_id) for m in candidates}
    free = {p for p, stops in found.items() if not stops} | {person_id}
    held = {account.person_id: account for account in answer.accounts}
    said = [f"可排 {len(free)} 人，{_standing(answer, slot, held[person_id], [held[p] for p in free])}"]
    said += _stopped(answer, slot, person_id, found)
    return "；".join(said) + "。"


def _standing(answer: RosterAnswer, slot: Slot, account: PersonAccount, free: Sequence[PersonAccount]) -> str:
    """The place among those free, without this duty."""
    day_class = answer.problem.classes[slot.day]
    own = _level_without(answer, slot, account)
    less = [a for a in free if a is not account and a.level(day_class) < own]
    others = f"（更少的{_names(less)}排在别的日子）" if less else ""
    place = f"{day_class.label}账{f'第 {len(less) + 1} ' if less else '最'}少{others}"
    before, due = duties_text(account.before[day_class]), duties_text(account.due[day_class])
    times = account.duties[day_class]
    return f"{account.name}{place}：上期结转 {before} 次，本期应值 {due} 次、排了 {times} 次"


def _level_without(answer: RosterAnswer, slot: Slot, account: PersonAccount) -> Fraction:
    worth = Fraction(answer.problem.post_of[slot.post_id].weight * FULL_SHARE, account.share)
    return account.level(answer.problem.classes[slot.day]) - worth


def _stopped(
    answer: RosterAnswer, slot: Slot, person_id: int, found: Mapping[int, list[Conflict]]
) -> list[str]:
    """Those with no larger an account: they would have been asked first."""
    day_class = answer.problem.classes[slot.day]
    held = {account.person_id: account for account in answer.accounts}
    own = _level_without(answer, slot, held[person_id])
    stopped = [p for p, stops in found.items() if stops and held[p].level(day_class) <= own]
    stopped.sort(key=lambda p: (held[p].level(day_class), p))
    told = [f"{held[p].name}{found[p][0].short}" for p in stopped[:MOST_REASONS]]
    return [*told, f"另有 {len(stopped) - MOST_REASONS} 人也不能排"] if len(stopped) > MOST_REASONS else told


def _hard(book: RosterBook, slot: Slot, person_id: int) -> list[Conflict]:
    return [c for c in book.obstacles(slot, person_id) if c.severity is Severity.HARD]


def _reasons(book: RosterBook, slot: Slot) -> tuple[str, ...]:
    candidates = [m for m in book.problem.members if slot.post_id in m.posts]
    if not candidates:
        return (f"没有人任“{book.problem.post_of[slot.post_id].name}”岗",)
    stopped: dict[RosterRule | None, list[RosterMember]] = {}
    for member in candidates:
        stops = _hard(book, slot, member.person_id)
        stopped.setdefault(stops[0].rule if stops else None, []).append(member)
    ordered = [rule for rule in (*RosterRule, None) if rule in stopped]
    return tuple(_reason(book.problem, rule, stopped[rule]) for rule in ordered)


def _reason(problem: RosterProblem, rule: RosterRule | None, members: Sequence[RosterMember]) -> str:
    label = "还可以排、但没有算到" if rule is None else rule.label
    if rule is RosterRule.REST:
        label = f"两班之间休息不足 {problem.limits.rest_hours} 小时"
    if rule is RosterRule.ROW:
        label = f"连续值班将超过 {problem.limits.most_in_row} 天"
    return f"{label} {len(members)} 人：{_names(members)}"


def _names(people: Iterable[RosterMember | PersonAccount]) -> str:
    names = [person.name for person in people]
    return "、".join(names[:MOST_NAMES]) + ("等" if len(names) > MOST_NAMES else "")
