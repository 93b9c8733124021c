"""联席会议: how many the county and its townships held, and how many the townships owed."""

from sqlalchemy import ColumnElement

from indicators.definition import Count, Indicator, Quota, Slots, Tally
from indicators.due import township_meetings_due
from indicators.scope import FigureScope
from indicators.source import MEETINGS
from models.meeting import Meeting
from rules.meeting_rules import A_MONTH, months_due
from rules.meeting_words import MeetingLevel
from rules.periods import PeriodKind

GROUP = "联席会议"
_NOT_COUNTED = "计划、还没有开的；向上提请的县政府常务会议、县委常委会会议；作废的登记。"
_A_TOWNSHIP = A_MONTH[MeetingLevel.TOWNSHIP]


def is_countys(_scope: FigureScope) -> ColumnElement[bool]:
    return Meeting.level == MeetingLevel.COUNTY.value


def is_townships(_scope: FigureScope) -> ColumnElement[bool]:
    return Meeting.level == MeetingLevel.TOWNSHIP.value


def whole_months_only(scope: FigureScope) -> str:
    """Said where a month of the period is cut short or still runs: meetings of it count as held, none as owed."""
    months = scope.period.parts(PeriodKind.MONTH)
    return "只计过完的整月" if len(months_due(scope.period, scope.as_of)) < len(months) else ""


MEETING_FIGURES: tuple[Indicator, ...] = (
    Count(
        code="meetings_county",
        name="县联席会议次数",
        group=GROUP,
        column="县",
        measure="次",
        says="开过的县级联席会议，按会议日期。",
        excludes=_NOT_COUNTED,
        tally=Tally(MEETINGS, is_countys, records={"level": MeetingLevel.COUNTY.value}),
    ),
    Count(
        code="meetings_township",
        name="乡镇联席会议次数",
        group=GROUP,
        column="乡镇",
        measure="次",
        says="乡镇（街道）开过的联席会议和党政联席会议，按会议日期。",
        excludes=_NOT_COUNTED,
        tally=Tally(MEETINGS, is_townships, records={"level": MeetingLevel.TOWNSHIP.value}),
    ),
    Quota(
        code="meetings_township_due",
        name="乡镇联席会议应开次数",
        group=GROUP,
        column="乡镇应开",
        measure="次",
        says=f"每个乡镇（街道）每月应开 {_A_TOWNSHIP} 次，过完的整月才计。",
        formula=f"{_A_TOWNSHIP} × 乡镇（街道）数 × 整月在期间内的月数",
        excludes="统计截止日还没有过完的月份；乡镇（街道）撤销以后的月份。",
        slots=Slots(township_meetings_due, records="meeting_quota"),
        filled_by="meetings_township",
        leaves_out=whole_months_only,
    ),
)
