"""Many petitions at once, each with its people, its responsible unit, its history and its clocks.

Callers have checked the rows (`rules.petition_rules`, `rules.petition_sheet_facts`); constraints check them again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions.bulk_registers import (
    Units,
    Values,
    contact_rows,
    describe,
    insert_children,
    insert_found_again,
    numbered,
)
from actions.petition_deadlines import clocks_in_force, deadline_columns, next_due
from actions.petition_search import index_many_petitions, searchable
from models.base import Model
from models.deadline import Deadline
from models.petition import Petition, PetitionContact, PetitionStep, PetitionUnit
from queries.terms import terms_of
from rules.calendar_effects import DeadlineFact, Terms
from rules.numbering import RecordKind
from rules.petition_clocks import PetitionFacts
from rules.petition_history import PastStep, history_of
from rules.petition_stage_of import SheetFacts
from rules.petition_words import Conclusion, DispatchKind, UnitPart, matter_class
from rules.roles import Actor
from rules.taxonomy import Purpose
from rules.time_limit_kinds import Due

CHILDREN: tuple[type[Model], ...] = (PetitionContact, PetitionUnit, PetitionStep, Deadline)
"""What stands under a petition that came in bulk."""
_PLAIN = {
    **dict.fromkeys(
        ("source_number", "instruction", "title", "request", "accused_text", "other_procedure"), ""
    ),
    **dict.fromkeys(("oral", "confidential"), False),
}
"""Columns that no sheet fills in."""


@dataclass(frozen=True)
class PetitionRow:
    """`values` are columns of Petition without number and due dates of clocks; every row names the same columns."""

    values: Values
    facts: SheetFacts
    by_bureau: bool
    contacts: Sequence[Mapping[str, str]] = ()
    """name, address, id_number, telephone: each may be empty but the name."""


class KnownTerms(Terms):
    """Terms that reckon each clock once: thousands of petitions share their days."""

    def __init__(self, terms: Terms) -> None:
        super().__init__(terms.calendar, terms.limits)
        object.__setattr__(self, "_known", {})

    def due(self, fact: DeadlineFact) -> Due:
        known: dict[DeadlineFact, Due] = self.__dict__["_known"]
        if fact not in known:
            known[fact] = super().due(fact)
        return known[fact]


def add_petitions(
    session: Session, *, actor: Actor, now: datetime, units: Units, rows: Sequence[PetitionRow], reason: str
) -> list[int]:
    """Ids in the order of the rows; numbers follow that order too. `terms_of` is asked once."""
    terms = KnownTerms(terms_of(session))
    clocks = [_clocks(row, terms) for row in rows]
    plain = [{**_PLAIN, **row.values, **_next_due(found)} for row, found in zip(rows, clocks, strict=True)]
    columns = numbered(session, units, RecordKind.PETITION, "registered_on", plain)
    ids = insert_found_again(session, Petition, columns)
    each = list(zip(ids, rows, strict=True))
    insert_children(
        session, Deadline, [{"petition_id": i, **c} for i, f in zip(ids, clocks, strict=True) for c in f]
    )
    insert_children(
        session,
        PetitionContact,
        [c for i, row in each for c in contact_rows(PetitionContact, "petition_id", i, row.contacts)],
    )
    insert_children(
        session, PetitionUnit, [_part(i, row) for i, row in each if row.facts.responsible_unit_id]
    )
    insert_children(session, PetitionStep, [s for i, row in each for s in _history(i, row, actor, now)])
    index_many_petitions(
        session,
        [
            (i, searchable(values.get), [contact["name"] for contact in row.contacts])
            for (i, row), values in zip(each, columns, strict=True)
        ],
    )
    children = tuple(child.__tablename__ for child in CHILDREN)
    describe(session, actor, now, "petition.add-many", "petition", len(ids), reason, children)
    return ids


def _clocks(row: PetitionRow, terms: Terms) -> list[Values]:
    return [deadline_columns(clock, terms) for clock in clocks_in_force(_facts(row), terms)]


def _facts(row: PetitionRow) -> PetitionFacts:
    facts = row.facts
    return PetitionFacts(
        registering_unit_id=row.values["unit_id"],
        registered_by_bureau=row.by_bureau,
        received_on=row.values["received_on"],
        dispatched_on=facts.dispatched_on,
        taken_directly=row.values["dispatch_kind"] == DispatchKind.DIRECT,
        responsible_unit_id=facts.responsible_unit_id,
        unit_received_on=facts.unit_received_on,
        notified_on=facts.notified_on,
        acceptance=facts.acceptance,
        handling_class=facts.handling_class,
        extension_days=facts.extension_days,
        extension_approved_on=facts.extension_approved_on,
        concluded_on=facts.concluded_on,
        served_on=facts.served_on,
        anonymous=row.values["anonymous"],
        matter_class=matter_class(Purpose(row.values["purpose"])),
        judicial=row.values["judicial"],
    )


def _next_due(clocks: list[Values]) -> Values:
    found = next_due(clocks)
    return {"next_due_on": found.on, "next_due_key": found.key}


def _part(petition_id: int, row: PetitionRow) -> Values:
    facts = row.facts
    since: date = facts.dispatched_on or facts.unit_received_on or facts.registered_on
    part = UnitPart.RESPONSIBLE.value
    return {"petition_id": petition_id, "unit_id": facts.responsible_unit_id, "part": part, "since": since}


def _history(petition_id: int, row: PetitionRow, actor: Actor, now: datetime) -> list[Values]:
    conclusion = row.values["conclusion"]
    steps = history_of(row.facts, Conclusion(conclusion) if conclusion else None)
    return [_step(petition_id, row, step, actor, now) for step in steps]


def _step(petition_id: int, row: PetitionRow, step: PastStep, actor: Actor, now: datetime) -> Values:
    """Done by the unit that the sheet names, entered by who imported it."""
    registering, responsible = row.values["unit_id"], row.facts.responsible_unit_id
    return {
        "petition_id": petition_id,
        "verb": step.verb.value,
        "happened_on": step.happened_on,
        "recorded_at": now,
        "recorded_by_id": actor.person_id,
        "unit_id": registering if step.by_sender else responsible or registering,
        "to_unit_id": responsible if step.to_unit else None,
        "from_stage": step.from_stage.value,
        "outcome": step.outcome,
        "text": "",
        "days": step.days,
        "before": json.dumps(step.before),
    }
