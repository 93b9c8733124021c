"""Batches of old cases (交办批次): what each holds, who has how far come with it. 办结 and 化解 are counted apart.

Everything is counted over the petitions that the reader may see, so that each number is its list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from models.lead_assignment import Campaign, LeadAssignment
from models.organisation import Unit
from models.petition import Petition
from queries.campaign_cases import STILL_HANDLED
from queries.petition_scope import petition_is_visible, visible_petitions
from queries.register_filter import args_of, live_or_void, one_of
from queries.scope import in_scope_of
from rules.errors import NotVisible
from rules.figures import rate, rate_text
from rules.petition_words import Resolution, SourceLevel
from rules.roles import Actor, Permission

C, P, L = Campaign, Petition, LeadAssignment
STATES = {"": "正在办理", "closed": "已办完", "void": "已作废"}


def campaign_is_visible(actor: Actor) -> ColumnElement[bool]:
    """County roles see every batch, a unit those that it keeps or has a case of."""
    if not actor.may(Permission.LEADS_READ) or not actor.scope_path:
        return false()
    if actor.sees_county:
        return true()
    mine = exists().where(P.campaign == C.name, petition_is_visible(actor, live=True))
    return or_(in_scope_of(actor, C.unit_id), mine)


def load_campaign(session: Session, actor: Actor, campaign_id: int) -> Campaign:
    """One in scope, void ones included. Raises NotVisible."""
    statement = select(C).where(C.id == campaign_id, campaign_is_visible(actor)).options(joinedload(C.unit))
    row = session.scalar(statement)
    if row is None:
        raise NotVisible("campaign")
    return row


@dataclass(frozen=True)
class CampaignFilter:
    """What the list of batches shows."""

    state: str = ""

    @classmethod
    def from_args(cls, args: Any) -> Self:
        return cls(state=one_of(STATES, args.get("state", ""), ""))

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    def conditions(self, actor: Actor) -> list[Any]:
        found = [campaign_is_visible(actor), live_or_void(C, self.state == "void")]
        if self.state == "void":
            return found
        return [*found, C.closed_on.is_not(None) if self.state == "closed" else C.closed_on.is_(None)]


@dataclass(frozen=True)
class Tallies:
    """Cases of a batch or of a unit; `led` have a running or closed lead assignment; of `open` something is still due."""

    cases: int = 0
    concluded: int = 0
    resolved: int = 0
    led: int = 0
    open: int = 0

    @property
    def concluded_rate(self) -> Decimal | None:
        return rate(self.concluded, self.cases)

    @property
    def concluded_text(self) -> str:
        return rate_text(self.concluded_rate)

    @property
    def resolved_text(self) -> str:
        return rate_text(rate(self.resolved, self.cases))


@dataclass(frozen=True)
class CampaignRow:
    """One line of the list."""

    id: int
    name: str
    level: str
    source: str
    document_number: str
    received_on: date
    due_on: date | None
    closed_on: date | None
    void_reason: str
    tallies: Tallies


MOST_CAMPAIGNS = 500


def list_campaigns(session: Session, actor: Actor, chosen: CampaignFilter) -> list[CampaignRow]:
    """The latest received first; two statements."""
    statement = (
        select(C)
        .where(*chosen.conditions(actor))
        .order_by(C.received_on.desc(), C.id.desc())
        .limit(MOST_CAMPAIGNS)
    )
    found = list(session.scalars(statement))
    counted = tallies_by(session, actor, P.campaign, P.campaign.in_([c.name for c in found])) if found else {}
    return [_row(c, counted.get(c.name, Tallies())) for c in found]


def unregistered_names(session: Session, actor: Actor) -> dict[str, Tallies]:
    """Names that petitions bear and no live batch does, with how many cases; known from sheets only. One statement."""
    known = exists().where(C.name == P.campaign, C.voided_at.is_(None))
    found = tallies_by(session, actor, P.campaign, ~known)
    return {name: found[name] for name in sorted(found)}


def tallies_by(session: Session, actor: Actor, key: Any, *conditions: Any) -> dict[Any, Tallies]:
    """`key` (a column of Petition) → what the visible live cases add up to; one statement."""
    led = exists().where(L.petition_id == P.id, L.voided_at.is_(None), L.state != "ended")
    statement = (
        select(
            key,
            func.count(),
            _sum(P.concluded_on.is_not(None)),
            _sum(P.resolution == Resolution.RESOLVED.value),
            _sum(led),
            _sum(STILL_HANDLED),
        )
        .where(P.campaign.is_not(None), P.voided_at.is_(None), petition_is_visible(actor), *conditions)
        .group_by(key)
    )
    return {row[0]: Tallies(*map(int, row[1:])) for row in session.execute(statement)}


def _sum(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


@dataclass(frozen=True)
class UnitTallies:
    """`unit_id` is None for cases without a responsible unit."""

    unit_id: int | None
    unit: str
    tallies: Tallies


def tallies_by_unit(session: Session, actor: Actor, name: str) -> list[UnitTallies]:
    """Of one batch, by 责任单位, in the order of the organisation: no ranking. Two statements."""
    counted = tallies_by(session, actor, P.responsible_unit_id, P.campaign == name)
    ids = [unit_id for unit_id in counted if unit_id is not None]
    units = session.execute(
        select(Unit.id, Unit.short_name, Unit.name)
        .where(Unit.id.in_(ids))
        .order_by(Unit.sort_order, Unit.code)
    )
    found = [UnitTallies(u.id, u.short_name or u.name, counted[u.id]) for u in units]
    return found + ([UnitTallies(None, "还没有责任单位", counted[None])] if None in counted else [])


def total_of(rows: Sequence[UnitTallies]) -> Tallies:
    names = ("cases", "concluded", "resolved", "led", "open")
    return Tallies(**{name: sum(getattr(row.tallies, name) for row in rows) for name in names})


def petitions_numbered(session: Session, actor: Actor, numbers: Sequence[str]) -> dict[str, Petition]:
    """Number as typed → the visible live petition that bears it, here or in the province's system. One statement."""
    upper = [number.upper() for number in numbers]
    bears = or_(P.number.in_(upper), P.external_number.in_(list(numbers)))
    rows = list(session.scalars(visible_petitions(actor).where(P.voided_at.is_(None), bears)))
    own, outside = {row.number: row for row in rows}, {row.external_number: row for row in rows}
    found = {number: own.get(number.upper()) or outside.get(number) for number in numbers}
    return {number: row for number, row in found.items() if row is not None}


def bears_cases(session: Session, name: str) -> bool:
    """Whether any live petition, seen or not, belongs to it."""
    return (
        session.scalar(select(P.id).where(and_(P.campaign == name, P.voided_at.is_(None))).limit(1))
        is not None
    )


def campaign_named(session: Session, name: str) -> Campaign | None:
    return session.scalar(select(C).where(C.name == name, C.voided_at.is_(None)))


def _row(c: Campaign, tallies: Tallies) -> CampaignRow:
    return CampaignRow(
        id=c.id,
        name=c.name,
        level=SourceLevel(c.source_level).label,
        source=c.source,
        document_number=c.document_number,
        received_on=c.received_on,
        due_on=c.due_on,
        closed_on=c.closed_on,
        void_reason=c.void_reason or "",
        tallies=tallies,
    )
