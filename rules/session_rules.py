"""What a village session (村级接访) and a leader's reception must satisfy. Pure: plain values in, refusals out.

The three parts of a session add up to the whole in 批 and in 人: 现场解决 + 限期化解 + 梳理上报 (a county's rule).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.errors import RuleViolation
from rules.periods import WEDNESDAY
from rules.taxonomy import SessionMode
from rules.visit_rules import FIRST_DAY

_WEEKDAY_NAMES = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_WHOLE_AND_PARTS = {"": "总", "solved_": "现场解决", "committed_": "限期化解", "escalated_": "梳理上报"}


@dataclass(frozen=True)
class SessionValues:
    """A village session as entered; counts not filled in are 0."""

    session_date: date | None
    mode: SessionMode | None
    batches: int = 0
    persons: int = 0
    solved_batches: int = 0
    solved_persons: int = 0
    committed_batches: int = 0
    committed_persons: int = 0
    escalated_batches: int = 0
    escalated_persons: int = 0


@dataclass(frozen=True)
class LeaderReceptionValues:
    """One leader's reception as entered. `solved` counts cases (件), older ones among them: it has no upper bound."""

    reception_date: date | None
    batches: int = 0
    persons: int = 0
    solved: int = 0


def check_session(values: SessionValues, today: date, weekday: int | None = WEDNESDAY) -> list[RuleViolation]:
    """Every refusal at once. `weekday` is the office's day (0 is Monday); None where any day is accepted."""
    found = list(_day_problems("session_date", "接访日期", values.session_date, today))
    if not found and weekday is not None and values.session_date is not None:
        found += _weekday_problems(values.session_date, weekday, today)
    if values.mode is None:
        found.append(RuleViolation("请选择接访方式。", "mode"))
    elif values.mode is SessionMode.VISITORS and values.batches == 0:
        found.append(RuleViolation("方式为有访接访时，批次至少为 1。", "batches"))
    for prefix, name in _WHOLE_AND_PARTS.items():
        found += _pair_problems(values, prefix, name)
    return [*found, *_sum_problems(values, "batches", "批"), *_sum_problems(values, "persons", "人")]


def check_leader_reception(values: LeaderReceptionValues, today: date) -> list[RuleViolation]:
    """Every refusal at once; a leader who received nobody is a reception all the same."""
    found = list(_day_problems("reception_date", "接访日期", values.reception_date, today))
    found += _pair_problems(values, "", "总")
    if values.solved < 0:
        found.append(RuleViolation("解决件数不能是负数。", "solved"))
    return found


def nearest_weekday(day: date, weekday: int) -> date:
    """The nearest such day, at most three days off."""
    return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


def _day_problems(field: str, name: str, day: date | None, today: date) -> Iterator[RuleViolation]:
    if day is None:
        yield RuleViolation(f"请填写{name}。", field)
    elif day > today:
        yield RuleViolation(f"{name} {day} 晚于今天 {today}。", field)
    elif day < FIRST_DAY:
        yield RuleViolation(f"{name} {day} 早于 1990 年，请核对。", field)


def _weekday_problems(day: date, weekday: int, today: date) -> list[RuleViolation]:
    if day.weekday() == weekday:
        return []
    due, held = _WEEKDAY_NAMES[weekday], _WEEKDAY_NAMES[day.weekday()]
    nearest = nearest_weekday(day, weekday)
    if nearest > today:
        nearest -= timedelta(days=7)
    return [RuleViolation(f"村级接访日是{due}，{day} 是{held}；最近的{due}是 {nearest}。", "session_date")]


def _pair_problems(
    values: SessionValues | LeaderReceptionValues, prefix: str, name: str
) -> Iterator[RuleViolation]:
    """A batch is at least one person, and persons come in a batch."""
    batches, persons = getattr(values, f"{prefix}batches"), getattr(values, f"{prefix}persons")
    if batches < 0:
        yield RuleViolation(f"{name}批次不能是负数。", f"{prefix}batches")
    if persons < 0:
        yield RuleViolation(f"{name}人次不能是负数。", f"{prefix}persons")
    if batches < 0 or persons < 0:
        return
    if persons < batches:
        yield RuleViolation(f"{name}人次 {persons} 少于{name}批次 {batches}。", f"{prefix}persons")
    elif batches == 0 and persons > 0:
        yield RuleViolation(f"{name}批次为 0，{name}人次却是 {persons}。", f"{prefix}persons")


def _sum_problems(values: SessionValues, field: str, unit: str) -> Iterator[RuleViolation]:
    whole = getattr(values, field)
    parts = sum(getattr(values, f"{prefix}{field}") for prefix in ("solved_", "committed_", "escalated_"))
    if parts != whole:
        name = "批次" if unit == "批" else "人次"
        yield RuleViolation(
            f"三项去向合计 {parts} {unit}，与总{name} {whole} {unit}相差 {abs(parts - whole)} {unit}。", field
        )
