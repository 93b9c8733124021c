"""What a time limit is: how long, from which event, for whom, since when, on which basis. Values only."""

from dataclasses import dataclass
from datetime import date

from rules.taxonomy import Labelled


class DayUnit(Labelled):
    """How the days of a limit are counted"""

    DAY = "day", "日"
    WORKING_DAY = "working_day", "工作日"
    ON_THE_SPOT = "on_the_spot", "当场"
    GIVEN_DATE = "given_date", "指定日期"


class StartEvent(Labelled):
    """What sets a clock going; its day is the day zero."""

    BUREAU_RECEIVED = "bureau_received", "信访部门收到"
    UNIT_RECEIVED = "unit_received", "责任单位收到"
    ACCEPTED = "accepted", "受理"
    ASSIGNED = "assigned", "交办"
    REPLY_SERVED = "reply_served", "处理意见送达"
    REVIEW_REQUESTED = "review_requested", "收到复查申请"
    REVIEW_SERVED = "review_served", "复查意见送达"
    REREVIEW_REQUESTED = "rereview_requested", "收到复核申请"
    SUGGESTION_SERVED = "suggestion_served", "建议书送达"


class LimitActor(Labelled):
    """Who must act before a limit runs out"""

    BUREAU = "bureau", "信访部门"
    UNIT = "unit", "责任单位"
    PETITIONER = "petitioner", "信访人"
    REVIEWER = "reviewer", "复查机关"
    REREVIEWER = "rereviewer", "复核机关"
    SUGGESTED = "suggested", "收到建议的单位"


class LimitBasis(Labelled):
    """性质: only the first may be called a violation of the regulation."""

    STATUTE = "statute", "法定"
    LOCAL = "local", "本地要求"


@dataclass(frozen=True)
class TimeLimit:
    """One version of one limit, in force from `valid_from` until the next version of the same key."""

    key: str
    name: str
    article: str
    """In full, e.g. 《信访工作条例》第二十二条."""
    days: int
    """0 where the unit is 当场 or 指定日期."""
    unit: DayUnit
    start: StartEvent
    actor: LimitActor
    action: str
    """What must be done, as in 应不晚于 … 转送或交办."""
    valid_from: date
    basis: LimitBasis
    most_extension: int = 0
    """Days that may be added at most."""
    pauses: bool = False
    """Whether days of a hearing are left out (条例第三十六条: re-review only)."""
    counts_start_day: bool = False
    """民法典第二百零一条 does not count it."""
    in_use: bool = True
    """False for a requirement that an office has to switch on."""
    note: str = ""

    @property
    def version(self) -> str:
        return f"{self.key}@{self.valid_from}"

    @property
    def length(self) -> str:
        """15 日, 5 个工作日, 当场, 指定日期."""
        words = {DayUnit.DAY: f"{self.days} 日", DayUnit.WORKING_DAY: f"{self.days} 个工作日"}
        return words.get(self.unit, self.unit.label)


@dataclass(frozen=True)
class Pause:
    """Days of a hearing, both ends inside."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Due:
    """When a limit runs out, and how it was reckoned."""

    limit_key: str
    limit_valid_from: date
    start: date
    due_on: date
    """考核到期日: shown, warned of, compared with; the last day that is in time."""
    original_due_on: date
    """限办日期 before an extension; the same as `due_on` where none counts."""
    legal_due_on: date | None
    """法定届满日 (民法典第二百零三条), for display; never before `due_on`. None while the calendar does not reach."""
    provisional: bool
    """暂定: `due_on` was guessed by weekdays, since the calendar does not reach; reckon again when it does. Or its start is
    assumed."""
    extension_counted: bool
    trace: tuple[str, ...]
    """Sentences that a person can check by hand."""

    @property
    def incomplete(self) -> bool:
        """Whether a calendar that comes later can add to it or change it."""
        return self.provisional or self.legal_due_on is None
