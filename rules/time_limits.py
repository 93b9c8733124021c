"""When a time limit of the regulation, or of the office, runs out. The only place that reckons due dates.

Two dates stand side by side: 考核到期日 is the start day + n days without a roll, the date that counts in all figures;
法定届满日 is that day rolled over a holiday (民法典第二百零三条), for display only. The start day is not counted (第二百零一条).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules.errors import RuleViolation
from rules.time_limit_kinds import DayUnit, Due, Pause, TimeLimit
from rules.time_limit_trace import Credit, Reckoning, sentences
from rules.work_calendar import ONE_DAY, BeyondCalendar, WorkCalendar


class NotInForce(RuleViolation):
    """No version of the limit is in force on the day."""

    def __init__(self, key: str, day: date) -> None:
        super().__init__(f"{day} 还没有规定这项时限（{key}）。")
        self.key = key
        self.day = day


def limit_on(limits: Iterable[TimeLimit], key: str, day: date) -> TimeLimit:
    """The version of `key` in force on `day`, the day its clock starts. Raises NotInForce."""
    versions = (limit for limit in limits if limit.key == key and limit.valid_from <= day)
    found = max(versions, key=lambda limit: limit.valid_from, default=None)
    if found is None:
        raise NotInForce(key, day)
    return found


def reckon(
    limit: TimeLimit,
    start: date,
    calendar: WorkCalendar,
    *,
    extension_days: int = 0,
    extension_approved_on: date | None = None,
    pauses: Sequence[Pause] = (),
    set_for: date | None = None,
    statutory_due_on: date | None = None,
) -> Due:
    """The due dates of a clock that started on `start`.

    An extension counts only when it was approved before the original due day (条例第三十四条; that day itself is too
    late): where an office has set itself a stricter limit, before `statutory_due_on`, which is the day that the
    regulation gives. Days of a hearing are left out once. `set_for` is the date that a letter gives, for limits of
    指定日期.

    Raises RuleViolation on `extension_days`, `pauses` or `set_for` where the limit does not allow them.
    """
    _require_extension(limit, extension_days)
    _require_pauses(limit, pauses)
    _require_date(limit, start, set_for)
    asked = Reckoning(
        limit,
        start,
        extension_days,
        extension_approved_on,
        tuple(sorted(pauses, key=_start)),
        extend_before=statutory_due_on,
    )
    if limit.unit in (DayUnit.ON_THE_SPOT, DayUnit.GIVEN_DATE):
        return _settled(asked, set_for or start)
    return _counted(asked, calendar)


def _require_extension(limit: TimeLimit, days: int) -> None:
    if not days:
        return
    if not limit.most_extension:
        raise RuleViolation(f"“{limit.name}”的期限不能延长。", "extension_days")
    if not 0 < days <= limit.most_extension:
        raise RuleViolation(f"延期最多 {limit.most_extension} 日，填的是 {days} 日。", "extension_days")


def _require_pauses(limit: TimeLimit, pauses: Sequence[Pause]) -> None:
    if pauses and not limit.pauses:
        raise RuleViolation(f"“{limit.name}”的期限不扣除听证时间，只有复核可以。", "pauses")
    before: Pause | None = None
    for pause in sorted(pauses, key=_start):
        if pause.end < pause.start:
            raise RuleViolation(f"听证的止日 {pause.end} 早于起日 {pause.start}。", "pauses")
        if before and pause.start <= before.end:
            raise RuleViolation(
                f"听证 {pause.start} 与前一次（至 {before.end}）重叠，同一天只能扣一次。", "pauses"
            )
        before = pause


def _require_date(limit: TimeLimit, start: date, set_for: date | None) -> None:
    given = limit.unit is DayUnit.GIVEN_DATE
    if given and set_for is None:
        raise RuleViolation("请填写来文指定的办理期限。", "set_for")
    if not given and set_for is not None:
        raise RuleViolation(f"“{limit.name}”的期限已有规定（{limit.length}），不能另外指定日期。", "set_for")
    if set_for is not None and set_for < start:
        raise RuleViolation(f"指定的期限 {set_for} 早于{limit.start.label}的 {start}。", "set_for")


def _start(pause: Pause) -> date:
    return pause.start


@dataclass(frozen=True)
class _Count:
    """How days pass: `after(day, n)` is the n-th day after it, `between(a, b)` counts those after a up to b."""

    after: Callable[[date, int], date]
    between: Callable[[date, date], int]


_CALENDAR_DAYS = _Count(lambda day, n: day + timedelta(days=n), lambda a, b: (b - a).days)


def _settled(asked: Reckoning, due_on: date) -> Due:
    """A date that nothing moves: on the spot, or given by a letter."""
    return _due(replace(asked, plain_due=due_on, original_due=due_on, due=due_on, legal_due=due_on))


def _counted(asked: Reckoning, calendar: WorkCalendar) -> Due:
    if asked.limit.unit is DayUnit.DAY:
        run_out = _run_out(asked, _CALENDAR_DAYS)
        return _due(_with_legal_due(run_out, calendar))
    try:
        exact = _Count(calendar.add_working_days, calendar.working_days_between)
        run_out = _with_special_days(_run_out(asked, exact), calendar)
        return _due(replace(run_out, legal_due=run_out.due))
    except BeyondCalendar as beyond:
        guess = _Count(calendar.guess_working_days, calendar.guess_working_days_between)
        run_out = _with_special_days(_run_out(asked, guess), calendar)
        return _due(replace(run_out, guessed_without=beyond.year))


def _run_out(asked: Reckoning, count: _Count) -> Reckoning:
    days = asked.limit.days
    original, credits = _without_pauses(asked, count, days)
    last = asked.extend_before or original
    in_time = asked.extension_approved_on is not None and asked.extension_approved_on < last
    due = original
    if asked.extension_days and in_time:
        days += asked.extension_days
        due, credits = _without_pauses(asked, count, days)
    return replace(
        asked,
        plain_due=count.after(asked.eve, asked.limit.days),
        extended_due=count.after(asked.eve, days),
        original_due=original,
        due=due,
        extension_counts=days > asked.limit.days,
        credits=credits,
    )


def _without_pauses(asked: Reckoning, count: _Count, days: int) -> tuple[date, tuple[Credit, ...]]:
    """The n-th day after the eve that lies in no pause; a pause that begins after it comes too late to matter."""
    due = count.after(asked.eve, days)
    credits = []
    for pause in asked.pauses:
        paused = count.between(max(pause.start - ONE_DAY, asked.eve), pause.end)
        if pause.start > due or paused <= 0:
            credits.append(Credit(pause, 0, due))
            continue
        due = count.after(due, paused)
        credits.append(Credit(pause, paused, due))
    return due, tuple(credits)


def _with_special_days(run_out: Reckoning, calendar: WorkCalendar) -> Reckoning:
    return replace(run_out, special_days=calendar.special_days(run_out.eve, run_out.due))


def _with_legal_due(run_out: Reckoning, calendar: WorkCalendar) -> Reckoning:
    try:
        legal = calendar.end_of_holiday_after(run_out.due)
    except BeyondCalendar as beyond:
        return replace(run_out, legal_due=None, legal_without=beyond.year)
    return replace(run_out, legal_due=legal, due_is=calendar.special_day(run_out.due))


def _due(run_out: Reckoning) -> Due:
    return Due(
        limit_key=run_out.limit.key,
        limit_valid_from=run_out.limit.valid_from,
        start=run_out.start,
        due_on=run_out.due,
        original_due_on=run_out.original_due,
        legal_due_on=run_out.legal_due,
        provisional=run_out.guessed_without is not None,
        extension_counted=run_out.extension_counts,
        trace=tuple(sentences(run_out)),
    )
