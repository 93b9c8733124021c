"""特殊时段 (会议、节日): which days, until which hour each unit reports, and how a report stands against that hour.

Days and hours are the office's; moments are naive UTC. A report of no event is a report, too (零报告); one that came late
keeps its time.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rules.errors import RuleViolation
from rules.office_time import OFFICE_OFFSET
from rules.periods import ONE_DAY
from rules.secrecy import REFUSAL, bears_secrecy_mark
from rules.taxonomy import Labelled

MOST_DAYS = 92
LONGEST_NAME = 60
LONGEST_TEXT = 2000
MOST_EVENTS = 999
NOTHING_HAPPENED = "零报告：无情况。"
NEAR = timedelta(hours=1)
USUAL_HOUR = time(17, 0)


class PeriodState(Labelled):
    COMING = "coming", "未开始"
    RUNNING = "running", "进行中"
    PAST = "past", "已结束"
    VOID = "void", "已作废"


class ReportState(Labelled):
    """The codes of open ones are those of `rules.lights.Light`, so that they are shown in the same colours."""

    ON_TIME = "met", "按时报送"
    LATE = "met_late", "迟报"
    WAITING = "normal", "未到时"
    NEAR = "near", "即将到时"
    MISSING = "overdue", "超时未报"


REPORTED = frozenset({ReportState.ON_TIME, ReportState.LATE})


def due_at(day: date, report_at: time) -> datetime:
    """The moment (UTC) until which the report of a day is asked for."""
    return datetime.combine(day, report_at) - OFFICE_OFFSET


def report_state(due: datetime, reported_at: datetime | None, now: datetime) -> ReportState:
    """A report at the hour itself, to the minute, is in time; late stays late."""
    if reported_at is not None:
        return ReportState.ON_TIME if reported_at < due + timedelta(minutes=1) else ReportState.LATE
    if now >= due + timedelta(minutes=1):
        return ReportState.MISSING
    return ReportState.NEAR if due - now <= NEAR else ReportState.WAITING


def period_state(first_day: date, last_day: date, is_void: bool, today: date) -> PeriodState:
    if is_void:
        return PeriodState.VOID
    if today < first_day:
        return PeriodState.COMING
    return PeriodState.RUNNING if today <= last_day else PeriodState.PAST


@dataclass(frozen=True)
class PeriodValues:
    name: str
    first_day: date | None
    last_day: date | None
    report_at: time | None
    demands: str = ""


def check_period(
    values: PeriodValues, today: date, *, reported: tuple[date, date] | None = None, is_new: bool = True
) -> list[RuleViolation]:
    """Refusals by field; `reported` are the first and last day of which a unit has reported already."""
    found = []
    if not values.name:
        found.append(RuleViolation("请填写名称。", "name"))
    if values.report_at is None:
        found.append(RuleViolation("请填写每天报送的时间。", "report_at"))
    if bears_secrecy_mark(f"{values.name}\n{values.demands}"):
        found.append(RuleViolation(REFUSAL, "demands"))
    return found + _check_days(values.first_day, values.last_day, today, reported, is_new)


def _check_days(
    first: date | None, last: date | None, today: date, reported: tuple[date, date] | None, is_new: bool
) -> list[RuleViolation]:
    if first is None or last is None:
        missing = (("first_day", first, "请填写第一天。"), ("last_day", last, "请填写最后一天。"))
        return [RuleViolation(message, field) for field, day, message in missing if day is None]
    if last < first:
        return [RuleViolation("最后一天早于第一天。", "last_day")]
    if (last - first) // ONE_DAY >= MOST_DAYS:
        return [RuleViolation(f"一个特殊时段最长 {MOST_DAYS} 天。", "last_day")]
    if is_new and last < today:
        return [RuleViolation("最后一天已经过去。", "last_day")]
    return _keep_reports(first, last, reported)


def _keep_reports(first: date, last: date, reported: tuple[date, date] | None) -> list[RuleViolation]:
    if reported is None:
        return []
    if first > reported[0]:
        return [RuleViolation(f"{reported[0]} 已有单位报送，第一天不能更晚。", "first_day")]
    if last < reported[1]:
        return [RuleViolation(f"{reported[1]} 已有单位报送，最后一天不能更早。", "last_day")]
    return []


def check_ending(first_day: date, last_day: date, new_last: date | None, today: date) -> None:
    """End early: from tomorrow on, or with a day before where nobody has reported since. Raises RuleViolation."""
    if new_last is None:
        raise RuleViolation("请填写最后一天。", "last_day")
    if today > last_day:
        raise RuleViolation("这个特殊时段已经结束。", "last_day")
    if not first_day <= new_last < last_day:
        raise RuleViolation("应在第一天以后、原定最后一天以前；还没有开始的请作废。", "last_day")


def check_report(
    events: int | None, content: str, day: date, first_day: date, last_day: date, today: date
) -> str:
    """What is stored as content: 零报告 where nothing happened and nothing was said. Raises RuleViolation by field."""
    if not first_day <= day <= last_day:
        raise RuleViolation("这一天不在特殊时段内。", "day")
    if day > today:
        raise RuleViolation("这一天还没有到，不能提前报送。", "day")
    if events is None or not 0 <= events <= MOST_EVENTS:
        raise RuleViolation(f"事件起数应在 0 到 {MOST_EVENTS} 之间。", "events")
    if events and not content:
        raise RuleViolation("有事件的，请写明时间、地点、起因和处置情况。", "content")
    if bears_secrecy_mark(content):
        raise RuleViolation(REFUSAL, "content")
    return content or NOTHING_HAPPENED
