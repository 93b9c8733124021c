"""交办积案: the petitions of a 交办批次, all of them together and each one alone.

Assigned are those sent to a unit in the period; concluded are those of them that were concluded by the period's end.
"""

from functools import lru_cache

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from indicators.definition import Count, Indicator, Rate, Tally, Where
from indicators.petition_sources import CAMPAIGNS
from indicators.reckoning import conditions
from indicators.scope import FigureScope
from models.petition import Petition

CODES = ("campaign_assigned", "campaign_concluded", "campaign_rate")
GROUP = "交办积案"


def _is_concluded(scope: FigureScope) -> ColumnElement[bool]:
    return Petition.concluded_on <= scope.period.end


def _by_period_end(scope: FigureScope) -> dict[str, str]:
    return {"concluded_to": str(scope.period.end)}


def _belongs_to(campaign: str) -> Where:
    return lambda _scope: Petition.campaign == campaign


def _both(first: Where | None, second: Where) -> Where:
    return second if first is None else lambda scope: first(scope) & second(scope)


def _three(campaign: str = "") -> tuple[Indicator, ...]:
    """交办, 办结, 办结率 of one campaign; "" stands for all of them."""
    of, code = (f"（{campaign}）", f":{campaign}") if campaign else ("", "")
    belongs = _belongs_to(campaign) if campaign else None
    records = {"campaign": campaign} if campaign else {}
    assigned = Tally(CAMPAIGNS, belongs, records=records)
    concluded = Tally(CAMPAIGNS, _both(belongs, _is_concluded), records=records, records_in=_by_period_end)
    excludes = "没有交办批次的、没有转送交办日期的，以及作废的登记；纳入统计与否都计。"
    return (
        Count(
            code=f"campaign_assigned{code}",
            name=f"交办积案件数{of}",
            group=f"{GROUP}{of}",
            column="交办",
            measure="件",
            says=f"{campaign or '各交办批次'}的信访事项中，转送交办日期在期间内的；按责任单位计。",
            formula="转送交办日期在期间内、有交办批次的件数",
            excludes=excludes,
            tally=assigned,
        ),
        Count(
            code=f"campaign_concluded{code}",
            name=f"交办积案办结件数{of}",
            group=f"{GROUP}{of}",
            column="办结",
            measure="件",
            says=f"上述{campaign}交办积案中，期末以前（含当日）办结的。",
            formula="交办积案中办结日期不晚于期末的件数",
            excludes=excludes,
            tally=concluded,
        ),
        Rate(
            code=f"campaign_rate{code}",
            name=f"交办积案办结率{of}",
            group=f"{GROUP}{of}",
            column="办结率",
            measure="%",
            says=f"{campaign}交办积案办结件数占交办积案件数的比率。",
            formula="交办积案办结件数 ÷ 交办积案件数",
            excludes=excludes,
            numerator=concluded,
            denominator=assigned,
        ),
    )


ALL_CAMPAIGNS = _three()


@lru_cache(256)
def campaign_figures(campaign: str) -> tuple[Indicator, ...]:
    """The same definitions each time, so that numbers reckoned once are found again."""
    return _three(campaign)


def campaign_figure(code: str) -> Indicator | None:
    """`campaign_rate:百日攻坚`; None where the code is none of these."""
    kind, colon, campaign = code.partition(":")
    if kind not in CODES or not colon or not campaign:
        return None
    return campaign_figures(campaign)[CODES.index(kind)]


def campaigns_of(session: Session, scope: FigureScope) -> list[str]:
    """Those of which the scope counts anything in the period, by name; one statement."""
    found = session.scalars(select(Petition.campaign).where(*conditions(CAMPAIGNS, scope)).distinct())
    return sorted(name for name in found if name)
