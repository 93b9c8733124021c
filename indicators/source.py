"""The registers that figures are made from: which day a row belongs to, and which unit it counts for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column
from sqlalchemy.orm import join

from indicators.scope import FigureScope
from models.duty_desk import DeskDispatch, DeskEntry
from models.interview import Interview
from models.leader_reception import LeaderReception
from models.meeting import Meeting
from models.office_register import Publication
from models.village_session import BUSY, VillageSession
from models.visit import GUARDED, Visit
from queries.meeting_quota import COUNTED
from queries.owed_replies import COUNTED_FOR, IS_MESSAGE, IS_NO_COPY, IS_OWED_BY_RECEIVER
from rules.office_time import day_begins
from rules.periods import ONE_DAY


@dataclass(frozen=True, eq=False)
class Source:
    """One register, by one of its days and one of its units. Void rows count nowhere; rows that are `sealed` count in
    the county's own figures only."""

    key: str
    """Which list of the site shows its rows."""
    label: str
    day: Any
    unit: Any
    """A column, or an expression over several."""
    voided: Any
    sealed: Any | None = None
    sealed_lie_in: Any | None = None
    """True of every sealed row, in the words of the small index that holds them."""
    sums_lie_in: Any | None = None
    """True of every row that adds anything to a sum, in the words of the small index that holds them."""
    only: tuple[Any, ...] = ()
    """What else every row that counts must meet."""
    days_later: int = 0
    """A row belongs to the day that comes so many days after `day`."""
    is_due: bool = False
    """The day is one by which something must be done: one after the day of the report is not counted yet."""
    unit_name: str = "unit"
    """What the list's address calls the unit that a row counts for."""
    at_moments: bool = False
    """`day` holds moments (naive UTC) instead of days of the office."""
    day_name: str = ""
    """What it calls the day: `concluded` for `concluded_from`; "" for plain `from` and `to`."""
    records: Mapping[str, str] = field(default_factory=dict)
    """The names and values by which the list shows these rows only."""
    table: Any | None = None
    """Where the rows stand, where `voided` is of what they hang on."""
    hangs_on: tuple[tuple[Any, Any], ...] = ()
    """What is joined to it: (table, condition)."""
    below_zero: bool = False
    """It shares a list with another register: the ids of its rows are told below zero."""

    @property
    def row_id(self) -> Any:
        return -self.row.id if self.below_zero else self.row.id

    @property
    def row(self) -> Any:
        """The table that the rows stand in."""
        return self.voided.class_ if self.table is None else self.table

    @property
    def rows(self) -> Any:
        """That table with what it hangs on."""
        found = self.row
        for table, condition in self.hangs_on:
            found = join(found, table, condition)
        return found

    def lies_in(self, scope: FigureScope) -> ColumnElement[bool]:
        """Whether a row's day is one of the scope's."""
        first, last = self.days(scope)
        if not self.at_moments:
            found: ColumnElement[bool] = self.day.between(first, last)
            return found
        return and_(self.day >= day_begins(first), self.day < day_begins(last + ONE_DAY))

    def days(self, scope: FigureScope) -> tuple[date, date]:
        """First and last day of `day`; the last lies before the first where nothing can be due yet."""
        last = scope.last_day if self.is_due else scope.period.end
        back = timedelta(days=self.days_later)
        return scope.period.start - back, last - back

    def listed(self, scope: FigureScope, unit_id: int) -> dict[str, str] | None:
        """Days and unit as the list's address writes them; None where no day of the scope can have come."""
        first, last = self.days(scope)
        prefix = f"{self.day_name}_" if self.day_name else ""
        if last < first:
            return None
        return {f"{prefix}from": str(first), f"{prefix}to": str(last), self.unit_name: str(unit_id)}


VISITS = Source(
    "visits",
    "来访登记",
    Visit.visit_date,
    Visit.unit_id,
    Visit.voided_at,
    Visit.sealed,
    literal_column(GUARDED),
)
VILLAGE_SESSIONS = Source(
    "village_sessions",
    "村级接访登记",
    VillageSession.session_date,
    VillageSession.unit_id,
    VillageSession.voided_at,
    sums_lie_in=literal_column(BUSY),
)
LEADER_RECEPTIONS = Source(
    "leader_receptions",
    "领导接访登记",
    LeaderReception.reception_date,
    LeaderReception.unit_id,
    LeaderReception.voided_at,
)
INTERVIEWS = Source(
    "interviews",
    "约谈登记",
    Interview.interviewed_on,
    Interview.unit_id,
    Interview.voided_at,
    is_due=True,
)
"""One that is arranged for a day to come is not counted yet."""

PUBLICATIONS = Source(
    "publications",
    "信息稿件登记",
    Publication.published_on,
    Publication.unit_id,
    Publication.voided_at,
)
MEETINGS = Source(
    "meetings",
    "联席会议登记",
    Meeting.held_on,
    Meeting.unit_id,
    Meeting.voided_at,
    only=COUNTED,
    records={"counted": "1"},
)
DUTY_MESSAGES = Source(
    "duty_messages",
    "值班信息",
    DeskEntry.happened_at,
    COUNTED_FOR,
    DeskEntry.voided_at,
    only=(IS_MESSAGE, IS_NO_COPY),
    at_moments=True,
)
DUTY_REPLIES_DUE = replace(
    DUTY_MESSAGES, day=DeskEntry.due_at, is_due=True, day_name="due", records={"owed": "1"}
)
SENT_ON_REPLIES_DUE = replace(
    DUTY_REPLIES_DUE,
    label="值班转办",
    day=DeskDispatch.due_at,
    unit=DeskDispatch.unit_id,
    voided=DeskDispatch.voided_at,
    only=(IS_OWED_BY_RECEIVER,),
    below_zero=True,
)
