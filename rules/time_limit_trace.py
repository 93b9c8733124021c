"""How a due date was reckoned, in sentences that a person can check by hand and print."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rules.time_limit_kinds import DayUnit, LimitActor, Pause, TimeLimit
from rules.work_calendar import ONE_DAY, DayKind, SpecialDay

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Credit:
    """What one pause gave: so many days, until this date."""

    pause: Pause
    days: int
    due: date


@dataclass(frozen=True)
class Reckoning:
    """What was asked, and step by step what came of it. `rules.time_limits` fills it."""

    limit: TimeLimit
    start: date
    extension_days: int
    extension_approved_on: date | None
    pauses: tuple[Pause, ...]
    extend_before: date | None = None
    """法定的限办日期, by which an extension is judged under a stricter limit of the office; None: its own."""
    plain_due: date = date.min
    """Neither extension nor pauses."""
    extended_due: date = date.min
    """With an extension that counts, without pauses."""
    original_due: date = date.min
    """With pauses, without an extension."""
    due: date = date.min
    legal_due: date | None = None
    extension_counts: bool = False
    credits: tuple[Credit, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    """For limits of working days: those on the way."""
    due_is: SpecialDay | None = None
    """For limits of days: what the due day itself is."""
    guessed_without: int | None = None
    """The year whose calendar the due date lacks."""
    legal_without: int | None = None

    @property
    def eve(self) -> date:
        """The day after which counting begins."""
        return self.start - ONE_DAY if self.limit.counts_start_day else self.start


def sentences(reckoned: Reckoning) -> Iterator[str]:
    """Start and rule; then what moved the date; then what the calendar adds."""
    yield _rule(reckoned)
    if reckoned.extension_days:
        yield _extension(reckoned)
    yield from map(_credit, reckoned.credits)
    if reckoned.limit.unit is DayUnit.WORKING_DAY:
        yield from _special_days(reckoned.special_days)
    if reckoned.guessed_without:
        yield f"暂定：{reckoned.guessed_without} 年的节假日安排还没有导入，先按周一至周五估算，导入后重算。"
    yield from _legal(reckoned)


def _rule(r: Reckoning) -> str:
    opening = f"{r.limit.start.label} {r.start}，{r.limit.article}"
    if r.limit.unit is DayUnit.ON_THE_SPOT:
        return f"{opening}，应当场{r.limit.action}。"
    if r.limit.unit is DayUnit.GIVEN_DATE:
        return f"{opening}，按来文指定的期限，应不晚于 {r.due} {r.limit.action}。"
    first = "起始日计入" if r.limit.counts_start_day else "起始日不计"
    return f"{opening} {r.limit.length}，{first}，应不晚于 {r.plain_due} {r.limit.action}。"


def _extension(r: Reckoning) -> str:
    if r.extension_approved_on is None:
        return f"延期 {r.extension_days} 日没有批准日期，不改变限办日期。"
    last = r.extend_before or r.original_due
    named = f"{'法定' if r.extend_before else '原'}限办日期 {last}"
    if r.extension_counts:
        return f"延期 {r.extension_days} 日于 {r.extension_approved_on} 批准，早于{named}，改为不晚于 {r.extended_due}。"
    word = "当天才批准" if r.extension_approved_on == last else "之后才批准"
    return f"延期 {r.extension_days} 日在{named} {word}（{r.extension_approved_on}），已晚，不改变限办日期。"


def _credit(credit: Credit) -> str:
    span = f"听证 {_span(credit.pause.start, credit.pause.end)}"
    if not credit.days:
        return f"{span}，不在期限之内，不改变限办日期。"
    return f"{span}，扣除 {credit.days} 日，改为不晚于 {credit.due}。"


def _special_days(days: tuple[SpecialDay, ...]) -> Iterator[str]:
    for (kind, name, notice), named in _stretches(days):
        meaning = f"{name}放假，不计" if kind is DayKind.OFF else f"{name}调休上班，计入"
        yield f"{_span(named[0], named[-1])} {meaning}（{notice}）。"


def _stretches(days: tuple[SpecialDay, ...]) -> Iterator[tuple[tuple[DayKind, str, str], list[date]]]:
    """Days one after the other that say the same: their distance from their place in the row stays the same."""
    placed = enumerate(days)
    for key, group in groupby(
        placed, lambda p: (p[1].day.toordinal() - p[0], p[1].kind, p[1].name, p[1].notice)
    ):
        yield key[1:], [special.day for _, special in group]


def _legal(r: Reckoning) -> Iterator[str]:
    if r.legal_without:
        yield f"{r.legal_without} 年的节假日安排还没有导入，法定届满日暂缺。"
    if r.legal_due and r.legal_due > r.due:
        why = f"是{r.due_is.name}假期" if r.due_is else f"是星期{_WEEKDAYS[r.due.weekday()]}"
        yield f"{r.due} {why}，按民法典第二百零三条，法定届满日为 {r.legal_due}；{_which_holds(r)}。"


def _which_holds(r: Reckoning) -> str:
    """Whoever works here goes by the earlier date; a right to apply lasts to the later one."""
    if r.limit.actor is LimitActor.PETITIONER:
        return f"{r.limit.actor.label}当日{r.limit.action}不算逾期"
    return f"考核仍以 {r.due} 为准"


def _span(start: date, end: date) -> str:
    return f"{start}" if start == end else f"{start} 至 {end}"
