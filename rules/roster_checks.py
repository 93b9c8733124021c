"""Each rule of a roster by itself: does it forbid this person, these two duties, this row of days?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from rules.roster import Conflict, Pair, RosterProblem, Slot
from rules.roster_times import Duty
from rules.roster_words import RosterRule, Severity

ONE_DAY = timedelta(days=1)


def day_text(day: date) -> str:
    return f"{day.month}月{day.day}日"


def standing(problem: RosterProblem, slot: Slot, person_id: int) -> Iterator[Conflict]:
    """What speaks against the person whatever else is assigned: membership, post, leave, wish."""
    member = problem.member_of.get(person_id)
    if not problem.takes_part(person_id, slot.day):
        yield _of_slot(
            problem, RosterRule.MEMBER, slot, person_id, _membership_text(problem, slot, person_id)
        )
    if member and slot.post_id not in member.posts:
        post = problem.post_of[slot.post_id].name
        yield _of_slot(problem, RosterRule.POST, slot, person_id, f"不任“{post}”岗")
    if problem.is_away(person_id, slot.day):
        yield _of_slot(problem, RosterRule.LEAVE, slot, person_id, f"{day_text(slot.day)}请假")
    if (person_id, slot.day) in problem.wished_off:
        yield _of_slot(problem, RosterRule.WISH, slot, person_id, f"希望{day_text(slot.day)}不排")


def clash(problem: RosterProblem, person_id: int, a: Duty, b: Duty) -> Conflict | None:
    """Two duties at once, or too close to each other."""
    if a.overlaps(b):
        text = f"同时有{_duty_text(a)}和{_duty_text(b)}"
        return _conflict(problem, RosterRule.DOUBLE, person_id, (a, b), text, f"{_duty_text(b)}已值班")
    if a.minutes_between(b) >= problem.limits.rest_hours * 60:
        return None
    first, second = sorted((a, b), key=lambda duty: duty.begins)
    hours = f"{a.minutes_between(b) / 60:.1f}".removesuffix(".0")
    text = f"{_duty_text(first)}与{_duty_text(second)}之间休息 {hours} 小时，不足 {problem.limits.rest_hours} 小时"
    return _conflict(problem, RosterRule.REST, person_id, (a, b), text, f"{_duty_text(b)}有班，休息不足")


def row(problem: RosterProblem, person_id: int, duties: Sequence[Duty]) -> Conflict | None:
    """`duties` on days that follow each other without a gap."""
    days = sorted({duty.day for duty in duties})
    most = problem.limits.most_in_row
    if not most or len(days) <= most:
        return None
    text = f"{day_text(days[0])}至{day_text(days[-1])}连续值班 {len(days)} 天，最多 {most} 天"
    return _conflict(problem, RosterRule.ROW, person_id, duties, text, text)


def rows(duties: Sequence[Duty]) -> Iterator[list[Duty]]:
    """The duties of one person cut where a day is free."""
    current: list[Duty] = []
    for duty in sorted(duties, key=lambda d: d.day):
        if current and duty.day - current[-1].day > ONE_DAY:
            yield current
            current = []
        current.append(duty)
    if current:
        yield current


def apart(problem: RosterProblem, pair: Pair, person_id: int, slots: tuple[Slot, ...]) -> Conflict:
    """`slots` are those of the day that both are on duty."""
    other = problem.name_of(partner(pair, person_id))
    short = f"不能与{other}同日值班"
    text = f"{problem.name_of(person_id)}{short}，{day_text(slots[0].day)}两人都排了班。"
    return Conflict(RosterRule.APART, Severity.HARD, person_id, slots, text, short)


def together(problem: RosterProblem, pair: Pair, person_id: int, slots: tuple[Slot, ...]) -> Conflict:
    """`slots` are those of the day on which this one is alone."""
    other = problem.name_of(partner(pair, person_id))
    short = f"须与{other}同日搭班"
    text = f"{problem.name_of(person_id)}{short}，{day_text(slots[0].day)}{other}没有排班。"
    return Conflict(RosterRule.TOGETHER, Severity.HARD, person_id, slots, text, short)


def doubled(problem: RosterProblem, slots: Sequence[Slot], assigned: Mapping[Slot, int]) -> Conflict | None:
    """`slots` are all seats of one post on one day of a special period whose desks are doubled."""
    people = list(dict.fromkeys(assigned[slot] for slot in slots if slot in assigned))
    if len(people) > 1:
        return None
    day, post = slots[0].day, problem.post_of[slots[0].post_id].name
    short = "特殊时段要双人双岗"
    stands = f"只有{problem.name_of(people[0])}一人" if people else "没有人"
    text = f"{day_text(day)}“{post}”{stands}，{short}。"
    first = people[0] if people else 0
    return Conflict(RosterRule.DOUBLED, Severity.SOFT, first, tuple(slots), text, short)


def partner(pair: Pair, person_id: int) -> int:
    return pair.b if pair.a == person_id else pair.a


def binds(problem: RosterProblem, pair: Pair, day: date) -> bool:
    """A pair that must not meet never may; one that must meet need not while either is away."""
    return not pair.together or (problem.is_available(pair.a, day) and problem.is_available(pair.b, day))


def _membership_text(problem: RosterProblem, slot: Slot, person_id: int) -> str:
    member = problem.member_of.get(person_id)
    if member is None:
        return "不在本表值班人员之列"
    if member.first and slot.day < member.first:
        return f"{day_text(member.first)}起才参加值班"
    return f"{day_text(member.last or slot.day)}后不再参加值班"


def _of_slot(problem: RosterProblem, rule: RosterRule, slot: Slot, person_id: int, short: str) -> Conflict:
    severity = Severity.SOFT if rule is RosterRule.WISH else Severity.HARD
    text = f"{problem.name_of(person_id)}{short}，却排在{day_text(slot.day)}“{problem.post_of[slot.post_id].name}”。"
    return Conflict(rule, severity, person_id, (slot,), text, short)


def _conflict(
    problem: RosterProblem, rule: RosterRule, person_id: int, duties: Sequence[Duty], text: str, short: str
) -> Conflict:
    slots = tuple(sorted(duty.slot for duty in duties if duty.slot is not None))
    return Conflict(rule, Severity.HARD, person_id, slots, f"{problem.name_of(person_id)}{text}。", short)


def _duty_text(duty: Duty) -> str:
    return f"{day_text(duty.day)}“{duty.title}”"
