"""The registers that figures are made from: which day a row belongs to, and which unit it counts for."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal_column

from models.leader_reception import LeaderReception
from models.village_session import BUSY, VillageSession
from models.visit import GUARDED, Visit


@dataclass(frozen=True, eq=False)
class Source:
    """One register. Void rows count nowhere; rows that are `sealed` count in the county's own figures only."""

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
