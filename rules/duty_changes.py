"""What may be changed in a published roster, when, and what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.duty_words import AbsenceKind
from rules.errors import RuleViolation
from rules.roster import Conflict
from rules.roster_words import RosterRule, Severity

PART_SEAT = 100
"""A divided duty: the longer part keeps its seat and counts in its holder's account; the shorter ones are seated at
101, 201 … beside seat 1, and count in nobody's."""
LONGEST_ABSENCE = timedelta(days=366)
_LATEST_BEGINNING = timedelta(days=550)
_FOR_LEAVE_TAKEN = timedelta(days=62)
_MAY_BE_CONFIRMED = frozenset({RosterRule.TOGETHER})
"""When one of a pair cannot come, the other stands there with somebody else."""
_MAY_BE_OVERRULED = frozenset({RosterRule.REST, RosterRule.ROW, RosterRule.APART, RosterRule.POST})
"""Where somebody must stand there tonight, a manager answers for these; nobody can be in two places, or be called
from leave, or stand in without taking part."""


@dataclass(frozen=True)
class Parts:
    """A running duty cut in two at a moment (naive UTC); the later part is the new holder's."""

    cut_at: datetime
    earlier_is_longer: bool


def is_over(ends_at: datetime, now: datetime) -> bool:
    return ends_at <= now


def parts_of(starts_at: datetime, ends_at: datetime, now: datetime) -> Parts | None:
    """None where the duty has not begun: it changes hands whole. To the minute."""
    cut_at = now.replace(second=0, microsecond=0)
    if not starts_at < cut_at < ends_at:
        return None
    return Parts(cut_at, earlier_is_longer=cut_at - starts_at > ends_at - cut_at)


def hindrances(conflicts: Iterable[Conflict], *, by_manager: bool = False) -> tuple[Conflict, ...]:
    """Those that forbid the change."""
    return tuple(c for c in conflicts if _forbids(c, by_manager))


def doubts(conflicts: Iterable[Conflict], *, by_manager: bool = False) -> tuple[Conflict, ...]:
    """Those that must be confirmed."""
    return tuple(c for c in conflicts if not _forbids(c, by_manager))


def may_have_been_confirmed(rule: RosterRule) -> bool:
    """Whether a swap or a manager may lawfully have left it so."""
    return rule in _MAY_BE_CONFIRMED | _MAY_BE_OVERRULED


def require_possible(conflicts: Iterable[Conflict], *, confirmed: bool, by_manager: bool = False) -> None:
    """Raises RuleViolation: of the whole form where it is forbidden, on `confirmed` where it must be confirmed."""
    found = tuple(conflicts)
    if forbidden := hindrances(found, by_manager=by_manager):
        raise RuleViolation("不能这样调：" + "".join(c.text for c in forbidden))
    doubtful = doubts(found, by_manager=by_manager)
    if doubtful and not confirmed:
        raise RuleViolation("请先核对，确定要调的打勾：" + "".join(c.text for c in doubtful), "confirmed")


def check_absence(
    first: date | None, last: date | None, kind: AbsenceKind, today: date
) -> list[RuleViolation]:
    """Leave may be noted afterwards too; a wish is for days to come."""
    if first is None:
        return [RuleViolation("请填写开始日期。", "first_day")]
    if last is None:
        return [RuleViolation("请填写结束日期。", "last_day")]
    if last < first:
        return [RuleViolation("结束日期不能早于开始日期。", "last_day")]
    if last - first >= LONGEST_ABSENCE:
        return [RuleViolation(f"一次最多登记 {LONGEST_ABSENCE.days} 天。", "last_day")]
    if first > today + _LATEST_BEGINNING:
        return [RuleViolation("开始日期太远，请核对年份。", "first_day")]
    if kind is AbsenceKind.WISH and first <= today:
        return [RuleViolation("愿休日要写今天以后的日子。", "first_day")]
    if last < today - _FOR_LEAVE_TAKEN:
        return [RuleViolation("两个月以前的请假不用补登。", "last_day")]
    return []


def _forbids(conflict: Conflict, by_manager: bool) -> bool:
    if conflict.severity is Severity.SOFT or conflict.rule in _MAY_BE_CONFIRMED:
        return False
    return not (by_manager and conflict.rule in _MAY_BE_OVERRULED)
