"""Each campaign of a period on a line of its own."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from indicators.campaigns import campaign_figures, campaigns_of
from indicators.scope import FigureScope
from indicators.table import Figure, figure_table


@dataclass(frozen=True)
class CampaignRow:
    """`figures` are 交办, 办结 and 办结率."""

    campaign: str
    figures: tuple[Figure, ...]


def campaign_rows(session: Session, scope: FigureScope) -> tuple[CampaignRow, ...]:
    """By name; two statements, one where there are none."""
    names = campaigns_of(session, scope)
    if not names:
        return ()
    table = figure_table(session, scope, None, [i for name in names for i in campaign_figures(name)])
    return tuple(CampaignRow(name, tuple(table[i.code] for i in campaign_figures(name))) for name in names)
