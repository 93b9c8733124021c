"""One line of a list of petitions: what it says, its name already masked where the actor must not read it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from models.category import Category
from models.organisation import Unit
from models.petition import Petition, PetitionContact, PetitionUnit
from queries.names import shown_name
from queries.petition_days import CLOCK_WORDS, Days, days_left_in_words, light_of
from queries.petition_scope import petition_names_are_plain
from rules.lights import Light
from rules.petition_states import Stage
from rules.petition_without_clock import WithoutClock, why_nothing_is_due
from rules.petition_words import (
    Acceptance,
    Channel,
    Conclusion,
    DispatchKind,
    HandlingClass,
    ItemKind,
    Rating,
    Resolution,
    SourceLevel,
    UnitPart,
    matter_class,
)
from rules.roles import Actor
from rules.taxonomy import Labelled, Purpose

_AT_ONCE = 500
"""Ids in one statement, well below what either database takes."""

_REGISTERING = aliased(Unit, name="registering_unit")
_RESPONSIBLE = aliased(Unit, name="responsible_unit")
_ABOVE = aliased(Category, name="parent_category")
P = Petition

_COLUMNS = (
    *(P.number, P.external_number, P.registered_on, P.channel, P.source_level, P.persons, P.item_kind),
    *(P.title, P.content, P.purpose, P.included, P.judicial, P.confidential, P.sealed, P.anonymous),
    *(P.stage, P.dispatch_kind, P.dispatched_on, P.unit_received_on, P.notified_on, P.acceptance),
    *(P.handling_class, P.extension_days, P.reply_due_on, P.concluded_on, P.served_on, P.conclusion),
    *(P.resolution, P.bureau_rating, P.unit_rating, P.campaign, P.next_due_on, P.next_due_key, P.voided_at),
)


@dataclass(frozen=True)
class PetitionRow:
    id: int
    number: str
    external_number: str
    registered_on: date
    unit: str
    channel: str
    level: str
    name: str
    names_are_masked: bool
    persons: int
    kind: str
    category: str
    purpose: str
    title: str
    """As written, or the beginning of the content."""
    content: str
    responsible: str
    stage: str
    dispatch: str
    dispatched_on: date | None
    received_on: date | None
    """单位收到日期."""
    notified_on: date | None
    acceptance: str
    handling_class: str
    extension_days: int
    reply_due_on: date | None
    concluded_on: date | None
    served_on: date | None
    conclusion: str
    resolution: str
    bureau_rating: str
    unit_rating: str
    campaign: str
    included: bool
    judicial: bool
    next_due_on: date | None
    clock: str
    """What is due then."""
    days_left: str
    light: Light | None
    without_clock: WithoutClock | None
    """Why nothing is due, of what is still in hand."""
    is_void: bool
    sealed: bool
    has_joint_units: bool
    """协办: further units help the responsible one now."""


@lru_cache(maxsize=256)
def petition_statement(actor: Actor) -> Any:
    """Everything a line needs, in one statement; put together once for a reader."""
    first_name = (
        select(PetitionContact.name)
        .where(PetitionContact.petition_id == P.id, PetitionContact.position == 1)
        .scalar_subquery()
    )
    return (
        select(
            P.id.label("row_id"),
            *_COLUMNS,
            first_name.label("first_name"),
            petition_names_are_plain(actor).label("is_plain"),
            _REGISTERING.short_name.label("unit_short"),
            _REGISTERING.name.label("unit_name"),
            _RESPONSIBLE.short_name.label("responsible_short"),
            _RESPONSIBLE.name.label("responsible_name"),
            _has_joint_units().label("has_joint_units"),
            Category.name.label("category_name"),
            _ABOVE.name.label("category_above"),
        )
        .join(_REGISTERING, P.unit_id == _REGISTERING.id)
        .join(Category, P.category_id == Category.id)
        .outerjoin(_ABOVE, Category.parent_id == _ABOVE.id)
        .outerjoin(_RESPONSIBLE, P.responsible_unit_id == _RESPONSIBLE.id)
    )


def petition_rows(session: Session, actor: Actor, ids: list[int], days: Days) -> list[PetitionRow]:
    """The lines of these petitions, in the order given; the caller chose them in scope."""
    found: dict[int, PetitionRow] = {}
    for start in range(0, len(ids), _AT_ONCE):
        statement = petition_statement(actor).where(P.id.in_(ids[start : start + _AT_ONCE]))
        found |= {r.row_id: petition_row(r, days) for r in session.execute(statement)}
    return [found[petition_id] for petition_id in ids if petition_id in found]


def petition_row(r: Any, days: Days) -> PetitionRow:
    """From a row of `petition_statement`."""
    return PetitionRow(
        id=r.row_id,
        number=r.number,
        external_number=r.external_number or "",
        registered_on=r.registered_on,
        unit=r.unit_short or r.unit_name,
        channel=Channel(r.channel).label,
        level=SourceLevel(r.source_level).label,
        name=shown_name(r.first_name, anonymous=r.anonymous, confidential=r.confidential, handled=r.is_plain),
        names_are_masked=r.confidential or not r.is_plain,
        persons=r.persons,
        kind=ItemKind(r.item_kind).label,
        category=f"{r.category_above}/{r.category_name}" if r.category_above else r.category_name,
        purpose=Purpose(r.purpose).label,
        title=r.title or r.content,
        content=r.content,
        responsible=r.responsible_short or r.responsible_name or "",
        stage=Stage(r.stage).label,
        dispatch=_word(DispatchKind, r.dispatch_kind),
        dispatched_on=r.dispatched_on,
        received_on=r.unit_received_on,
        notified_on=r.notified_on,
        acceptance=_word(Acceptance, r.acceptance),
        handling_class=_word(HandlingClass, r.handling_class),
        extension_days=r.extension_days,
        reply_due_on=r.reply_due_on,
        concluded_on=r.concluded_on,
        served_on=r.served_on,
        conclusion=_word(Conclusion, r.conclusion),
        resolution=_word(Resolution, r.resolution),
        bureau_rating=_word(Rating, r.bureau_rating),
        unit_rating=_word(Rating, r.unit_rating),
        campaign=r.campaign or "",
        included=r.included,
        judicial=r.judicial,
        next_due_on=r.next_due_on,
        clock=CLOCK_WORDS.get(r.next_due_key or "", ""),
        days_left=days_left_in_words(r.next_due_on, days.today),
        light=light_of(r.next_due_on, days),
        without_clock=without_clock(r),
        is_void=r.voided_at is not None,
        sealed=r.sealed,
        has_joint_units=r.has_joint_units,
    )


def without_clock(r: Any) -> WithoutClock | None:
    """Why nothing is due, of a petition or a row with its columns; None where something is, or nothing is to be expected."""
    if r.voided_at is not None or r.next_due_on is not None:
        return None
    return why_nothing_is_due(
        Stage(r.stage),
        anonymous=r.anonymous,
        judicial=r.judicial,
        matter_class=matter_class(Purpose(r.purpose)),
        handling_class=HandlingClass(r.handling_class) if r.handling_class else None,
    )


def _has_joint_units() -> Any:
    part = PetitionUnit
    return exists().where(part.petition_id == P.id, part.part == UnitPart.JOINT.value, part.until.is_(None))


def _word(words: type[Labelled], code: str | None) -> str:
    return words(code).label if code else ""
