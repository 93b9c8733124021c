"""What a roster is planned from and what planning gives: plain data, people by their ids.

An amount of duty is a whole number of UNITS, so that accounts are exact: a duty of a post of weight 1 is `DUTY` units.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from functools import cached_property

from rules.errors import RuleViolation
from rules.roster_words import Assigned, DayClass, RosterKind, RosterRule, Severity

DUTY = 10_000
"""Units of a duty of weight 1."""
FULL_SHARE = 100
SHARE_STEP = 10


@dataclass(frozen=True)
class Post:
    """A place to be filled; `ends` not after `starts` means the next day, so equal ones mean 24 hours.

    `need` people on each day; `weight` is how much a duty there counts, 1 or more.
    """

    id: int
    name: str
    starts: time
    ends: time
    need: int = 1
    weight: int = 1


@dataclass(frozen=True, order=True)
class Slot:
    """One seat to fill; `seat` counts from 0 within the day and post."""

    day: date
    post_id: int
    seat: int = 0


@dataclass(frozen=True)
class RosterMember:
    """Who takes part, in which posts, from `first` to `last` (both inside; None is open).

    `share` in hundredths of a full one, in steps of ten: 50 carries half. `order` is the published order of turns.
    """

    person_id: int
    name: str
    posts: frozenset[int]
    first: date | None = None
    last: date | None = None
    share: int = FULL_SHARE
    order: int = 0


@dataclass(frozen=True)
class Absence:
    """Leave, a course, a journey: both days inside."""

    person_id: int
    first: date
    last: date


@dataclass(frozen=True)
class Wish:
    """A day that somebody would like to have off."""

    person_id: int
    day: date


@dataclass(frozen=True)
class Pair:
    """Two who are on duty on the same days only (搭班), or never on the same day.

    Together binds on days on which both take part and neither is away.
    """

    a: int
    b: int
    together: bool


@dataclass(frozen=True)
class Fixed:
    """A duty that planning keeps, whatever rule it breaks."""

    slot: Slot
    person_id: int
    how: Assigned = Assigned.SET


@dataclass(frozen=True)
class Engagement:
    """A duty outside this plan: of the period before or after, or of another roster. Rest and rows count it."""

    person_id: int
    day: date
    starts: time
    ends: time
    title: str


@dataclass(frozen=True)
class RosterLimits:
    """`rest_hours` from the end of one duty to the start of the next; at most `most_in_row` days running, 0 for any."""

    rest_hours: int = 0
    most_in_row: int = 0


@dataclass(frozen=True)
class Balance:
    """What a person brings from the periods before, in UNITS: above zero has served more than was due."""

    person_id: int
    carried: Mapping[DayClass, int]


@dataclass(frozen=True)
class RosterProblem:
    """All that planning needs. `classes` has every day of `slots`; `provisional` are those guessed by weekday (暂定).

    `turn_after` are those who served last in the period before: the published order goes on after them. On days of
    `doubled` two different people stand in each post (双人双岗 of a special period).
    Raises RuleViolation where its parts do not fit.
    """

    kind: RosterKind
    posts: tuple[Post, ...]
    slots: tuple[Slot, ...]
    classes: Mapping[date, DayClass]
    members: tuple[RosterMember, ...]
    limits: RosterLimits = RosterLimits()
    absences: tuple[Absence, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pairs: tuple[Pair, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    balances: tuple[Balance, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    turn_after: tuple[int, ...] = ()
    provisional: frozenset[date] = frozenset()
    doubled: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        _refuse_repeated("岗位", [post.id for post in self.posts])
        _refuse_repeated("班次", list(self.slots))
        _refuse_repeated("人员", [member.person_id for member in self.members])
        _refuse_repeated("锁定的班次", [fixed.slot for fixed in self.fixed])
        for refusal in self._refusals():
            raise RuleViolation(refusal)

    def _refusals(self) -> list[str]:
        known = set(self.slots)
        refusals = [f"班次 {s.day} 的岗位不存在。" for s in self.slots if s.post_id not in self.post_of]
        refusals += [f"没有给出 {s.day} 是哪类日子。" for s in self.slots if s.day not in self.classes]
        refusals += [f"锁定的班次 {f.slot.day} 不在本期。" for f in self.fixed if f.slot not in known]
        refusals += [f"岗位“{p.name}”的权重应为 1 或更大的整数。" for p in self.posts if p.weight < 1]
        refusals += [f"{m.name}的份额应为 10% 的整倍数。" for m in self.members if not _is_share(m.share)]
        return refusals

    @cached_property
    def post_of(self) -> dict[int, Post]:
        return {post.id: post for post in self.posts}

    @cached_property
    def member_of(self) -> dict[int, RosterMember]:
        return {member.person_id: member for member in self.members}

    @cached_property
    def absences_of(self) -> dict[int, list[Absence]]:
        found: dict[int, list[Absence]] = {}
        for absence in self.absences:
            found.setdefault(absence.person_id, []).append(absence)
        return found

    @cached_property
    def wished_off(self) -> frozenset[tuple[int, date]]:
        return frozenset((wish.person_id, wish.day) for wish in self.wishes)

    @cached_property
    def fixed_at(self) -> dict[Slot, Fixed]:
        return {fixed.slot: fixed for fixed in self.fixed}

    def name_of(self, person_id: int) -> str:
        member = self.member_of.get(person_id)
        return member.name if member else f"名单外人员（{person_id}）"

    def takes_part(self, person_id: int, day: date) -> bool:
        member = self.member_of.get(person_id)
        if member is None:
            return False
        return (member.first is None or member.first <= day) and (member.last is None or day <= member.last)

    def is_away(self, person_id: int, day: date) -> bool:
        return any(absence.first <= day <= absence.last for absence in self.absences_of.get(person_id, ()))

    def is_available(self, person_id: int, day: date) -> bool:
        return self.takes_part(person_id, day) and not self.is_away(person_id, day)


@dataclass(frozen=True)
class Conflict:
    """One rule that a roster breaks: who (0 for a post in which nobody stands), on which slots of it, in plain Chinese.
    `short` is it without the name."""

    rule: RosterRule
    severity: Severity
    person_id: int
    slots: tuple[Slot, ...]
    text: str
    short: str


@dataclass(frozen=True)
class EmptySlot:
    """A seat that nobody may take; one reason for each rule, with how many and whom it stops."""

    slot: Slot
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PersonAccount:
    """One person's duty by class, in UNITS: before + served − due = after, which is carried into the next period."""

    person_id: int
    name: str
    share: int
    before: Mapping[DayClass, int]
    due: Mapping[DayClass, int]
    served: Mapping[DayClass, int]
    after: Mapping[DayClass, int]
    duties: Mapping[DayClass, int]
    """How many times, whatever their weight."""

    @property
    def total_after(self) -> int:
        return sum(self.after.values())

    def level(self, day_class: DayClass) -> Fraction:
        """`after` of a class as it would be for a full share, in duties."""
        return Fraction(self.after[day_class] * FULL_SHARE, self.share * DUTY)

    @property
    def total_level(self) -> Fraction:
        return Fraction(self.total_after * FULL_SHARE, self.share * DUTY)

    @property
    def balance(self) -> Balance:
        """What the next period begins with."""
        return Balance(self.person_id, dict(self.after))


@dataclass(frozen=True)
class RosterAnswer:
    """A roster, and what may be said of it.

    `proven`: coverage, fairness and wishes are as good as they can be. `gaps` by class, and `overall_gap`, are the
    greatest differences in duties for a full share between two who could be asked for the same posts.
    """

    problem: RosterProblem
    assigned: Mapping[Slot, int]
    empty: tuple[EmptySlot, ...]
    proven: bool
    accounts: tuple[PersonAccount, ...]
    gaps: Mapping[DayClass, Fraction]
    overall_gap: Fraction
    conflicts: tuple[Conflict, ...] = field(default=())


def duties_text(units: int) -> str:
    """2.5 for 25,000 units, with at most two decimals, half up."""
    hundredths = (abs(units) * 100 + DUTY // 2) // DUTY
    text = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return f"-{text}" if units < 0 and hundredths else text


def _is_share(share: int) -> bool:
    return 0 < share <= FULL_SHARE and share % SHARE_STEP == 0


def _refuse_repeated(what: str, values: list) -> None:
    if len(set(values)) < len(values):
        raise RuleViolation(f"{what}有重复。")
