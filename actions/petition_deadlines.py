"""Keeping the clocks of a petition: made from its dated facts, stored with their trace, moved by nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.deadline import Deadline
from models.petition import Petition
from queries.petition_standing import Surroundings, facts_of, surroundings_of
from queries.terms import terms_of
from rules.calendar_effects import DeadlineFact, Terms
from rules.clock_inputs import inputs_of
from rules.petition_clocks import RIGHTS, Clock, PetitionFacts, clocks_of
from rules.petition_due import dispatch_due, notice_due, reply_due
from rules.petition_words import Acceptance, HandlingClass
from rules.time_limit_kinds import Pause

Identity = tuple[str, int, int | None, date]
"""Limit, occasion, unit, start: one clock of one petition."""


def clocks_before(session: Session, petition: Petition) -> frozenset[Identity]:
    """The clocks that the facts give as they stand, before they are corrected."""
    facts = facts_of(petition, surroundings_of(session, petition))
    return frozenset(_identity(clock) for clock in clocks_of(facts))


def settle_deadlines(
    session: Session,
    petition: Petition,
    today: date,
    around: Surroundings | None = None,
    terms: Terms | None = None,
    corrected: frozenset[Identity] = frozenset(),
) -> None:
    """Bring the stored clocks into line with the facts, and the petition's own due dates with the clocks. `around` and
    `terms` are looked up where the caller has not read them already. Of the clocks that it no longer has those end that
    still ran, and those of `corrected`, met or not: facts that were wrong gave them."""
    session.flush()
    terms = terms or terms_of(session)
    clocks = clocks_in_force(facts_of(petition, around or surroundings_of(session, petition)), terms)
    stored = {
        _identity_of(row): row for row in session.scalars(select(Deadline).filter_by(petition_id=petition.id))
    }
    running = []
    for clock in clocks:
        row = stored.pop(_identity(clock), None)
        if row is None:
            row = Deadline(petition_id=petition.id, **deadline_columns(clock, terms))
            session.add(row)
        else:
            _follow(row, clock, terms)
        running.append(row)
    for identity, row in stored.items():
        if identity in corrected:
            row.met_on = None
        if row.met_on is None and row.ended_on is None:
            row.ended_on = today
    _set_due_dates(petition, running)
    session.flush()


def deadline_rows(facts: PetitionFacts, petition_id: int, terms: Terms) -> list[dict[str, Any]]:
    """The rows of a petition that comes whole, as an import brings it."""
    return [{"petition_id": petition_id, **deadline_columns(c, terms)} for c in clocks_in_force(facts, terms)]


def clocks_in_force(facts: PetitionFacts, terms: Terms) -> list[Clock]:
    """Those that a limit existed for on the day they started: old matters began before some of them."""
    return [clock for clock in clocks_of(facts) if terms.has_limit(clock.key, clock.started_on)]


def deadline_columns(clock: Clock, terms: Terms) -> dict[str, Any]:
    due = terms.due(deadline_fact(clock))
    return {
        "key": clock.key,
        "occasion": clock.occasion,
        "unit_id": clock.unit_id,
        "started_on": clock.started_on,
        "due_on": due.due_on,
        "legal_due_on": due.legal_due_on,
        "provisional": due.provisional,
        "limit_from": due.limit_valid_from,
        "trace": "\n".join(due.trace),
        "inputs": inputs_of(clock),
        "met_on": clock.met_on,
        "ended_on": clock.ended_on,
    }


def deadline_fact(clock: Clock) -> DeadlineFact:
    return DeadlineFact(
        id=0,
        key=clock.key,
        start=clock.started_on,
        extension_days=clock.extension_days,
        extension_approved_on=clock.extension_approved_on,
        pauses=tuple(Pause(first, last) for first, last in clock.pauses),
        set_for=clock.fixed_due_on,
        assumed=clock.assumed,
    )


@dataclass(frozen=True)
class NextDue:
    on: date | None = None
    key: str | None = None


def next_due(rows: Iterable[Any]) -> NextDue:
    """The earliest duty still to be met; the petitioner's own time to ask is nobody's duty. Rows are Deadline rows or
    mappings of their columns."""
    values = (row if isinstance(row, dict) else deadline_values(row) for row in rows)
    open_ = [
        (v["due_on"], v["key"])
        for v in values
        if v["met_on"] is None and v["ended_on"] is None and v["key"] not in RIGHTS
    ]
    return NextDue(*min(open_)) if open_ else NextDue()


def deadline_values(row: Deadline) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("due_on", "key", "met_on", "ended_on")}


def _set_due_dates(petition: Petition, clocks: Iterable[Deadline]) -> None:
    """The petition's own columns, for lists and figures. A clock that is not among those of the facts has ended."""
    petition.dispatch_due_on = dispatch_due(petition.registered_on)
    petition.notice_due_on = notice_due(petition.unit_received_on)
    petition.reply_due_on = reply_due(
        Acceptance(petition.acceptance) if petition.acceptance else None,
        HandlingClass(petition.handling_class) if petition.handling_class else None,
        petition.notified_on,
        petition.extension_days,
        petition.extension_approved_on,
    )
    found = next_due(clocks)
    petition.next_due_on, petition.next_due_key = found.on, found.key


def _follow(row: Deadline, clock: Clock, terms: Terms) -> None:
    """While what it was reckoned with stays, the dates stay, whatever became of calendar or limits meanwhile."""
    row.met_on, row.ended_on = clock.met_on, clock.ended_on
    if row.inputs != inputs_of(clock):
        for name, value in deadline_columns(clock, terms).items():
            setattr(row, name, value)


def _identity(clock: Clock) -> Identity:
    return clock.key, clock.occasion, clock.unit_id, clock.started_on


def _identity_of(row: Deadline) -> Identity:
    return row.key, row.occasion, row.unit_id, row.started_on
