"""每日报告 of a special period: columns of the workbook, and the day's printed sheet."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from documents.period_sheet import PeriodSheet, SheetLine
from models.duty_desk import SpecialPeriod
from queries.special_periods import ReportLine, counted, not_reported
from web.template_filters import hour_minute, moment

COLUMNS: dict[str, Callable[[ReportLine], Any]] = {
    "单位": lambda r: r.unit,
    "状态": lambda r: r.state.label,
    "报送时间": lambda r: moment(r.reported_at),
    "事件起数": lambda r: r.events if r.report_id else "",
    "情况": lambda r: r.content,
    "当天带班领导": lambda r: r.leader,
    "报送人": lambda r: r.reported_by,
}


def period_sheet(
    period: SpecialPeriod, day: date, lines: Sequence[ReportLine], made_at: datetime
) -> PeriodSheet:
    """`made_at` is the office's local time."""
    return PeriodSheet(
        unit=period.unit.name,
        name=period.name,
        day=day,
        report_at=hour_minute(period.report_at),
        made_at=made_at.strftime("%Y-%m-%d %H:%M"),
        summary=counted(lines).in_words(),
        owing="、".join(line.unit for line in not_reported(lines)),
        lines=tuple(_line(line) for line in lines),
    )


def _line(line: ReportLine) -> SheetLine:
    return SheetLine(
        unit=line.unit,
        state=line.state.label,
        reported_at=moment(line.reported_at)[5:],
        events=str(line.events) if line.report_id else "",
        content=line.content,
        leader=line.leader,
    )
