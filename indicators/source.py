"""The registers that figures are made from: which day a row belongs to, and which unit it counts for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal_column

from indicators.scope import FigureScope
from models.leader_reception import LeaderReception
from models.village_session import BUSY, VillageSession
from models.visit import GUARDED, Visit


@dataclass(frozen=True, eq=False)
class Source:
    """One register, by one of its days and one of its units. Void rows count nowhere; rows that are `sealed` count in
    the county's own figures only."""

    key: str
    """Which list of the site shows its rows."""
    label: str
    day: Any
    unit: Any
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
    day_name: str = ""
    """What it calls the day: `concluded` for `concluded_from`; "" for plain `from` and `to`."""
    records: Mapping[str, str] = field(default_factory=dict)
    """The names and values by which the list shows these rows only."""

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
