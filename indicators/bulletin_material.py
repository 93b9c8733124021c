"""What the tables and charts of a bulletin are made from, read only where one of them needs it."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from sqlalchemy.orm import Session

from indicators.breakdown import ShareTable, share_tables
from indicators.bulletin_numbers import BulletinNumbers
from indicators.campaign_rows import CampaignRow, campaign_rows
from indicators.definition import Indicator
from indicators.scope import FigureScope
from indicators.series import Series, step_for, visit_series
from indicators.written_text import WrittenChart, WrittenTable
from models.leader_schedule import LeaderSchedule
from queries.leader_schedule import live_schedule


class Need(Enum):
    YOY = auto()
    MOM = auto()
    UNITS = auto()
    SHARES = auto()
    SERIES = auto()
    SERIES_BEFORE = auto()
    SCHEDULE = auto()
    CAMPAIGNS = auto()


@dataclass(frozen=True)
class Material:
    numbers: BulletinNumbers
    shares: Mapping[str, ShareTable] = field(default_factory=dict)
    series: Series | None = None
    series_before: Series | None = None
    schedule: Sequence[LeaderSchedule] = ()
    """The scope's own reception days, not those below it."""
    campaigns: Sequence[CampaignRow] = ()

    @property
    def scope(self) -> FigureScope:
        return self.numbers.scope


@dataclass(frozen=True, kw_only=True)
class TableKind:
    """A table that can be put in by its name. `make` takes the material and the number of its line."""

    name: str
    says: str
    needs: frozenset[Need] = frozenset()
    indicators: tuple[Indicator, ...] = ()
    make: Callable[[Material, int], WrittenTable]


@dataclass(frozen=True, kw_only=True)
class ChartKind:
    """Likewise a chart."""

    name: str
    says: str
    needs: frozenset[Need] = frozenset()
    indicators: tuple[Indicator, ...] = ()
    make: Callable[[Material, int], WrittenChart]


def gathered(session: Session, numbers: BulletinNumbers, needs: Set[Need]) -> Material:
    """One statement for each of shares, series, the series before and the schedule, two for campaigns, where needed.

    What is cut up goes to every recipient, the accused unit among them: sealed matters count in the totals only, never
    in a cell that tells their day or outcome (条例 art. 30).
    """
    scope = replace(numbers.scope, is_county=False)
    step = step_for(scope.period)
    days = (scope.period.start, scope.period.end)
    return Material(
        numbers,
        {table.key: table for table in share_tables(session, scope)} if Need.SHARES in needs else {},
        visit_series(session, scope, step) if Need.SERIES in needs else None,
        visit_series(session, _year_before(scope), step) if Need.SERIES_BEFORE in needs else None,
        live_schedule(session, scope.unit_id, *days) if Need.SCHEDULE in needs else (),
        campaign_rows(session, scope) if Need.CAMPAIGNS in needs else (),
    )


def _year_before(scope: FigureScope) -> FigureScope:
    """The whole period a year before, so that its points stand under those of this one."""
    return replace(scope, period=scope.period.year_before())
