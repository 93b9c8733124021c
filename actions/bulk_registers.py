"""Whole registers at once: plain rows by bulk insert, one audit entry for each lot.

Callers have checked the rows (`rules.visit_rules`, `rules.session_rules`); constraints check them again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from actions import audit
from actions.numbers import take_numbers
from actions.visit_search import index_many
from models.base import Model, new_uid
from models.contact_columns import contact_columns
from models.leader_reception import LeaderPromise, LeaderReception, LeaderReceptionVisit
from models.leader_schedule import LeaderSchedule
from models.meeting import Meeting, MeetingAttendee, MeetingDecision, MeetingItem
from models.organisation import Unit
from models.village_session import SessionMatter, VillageSession, VillageSessionVisit
from models.visit import Visit, VisitContact
from rules.numbering import RecordKind
from rules.roles import Actor

Values = dict[str, Any]

EVERY_COLUMN = {"render_nulls": True}
"""Without it each row with other empty columns becomes a statement of its own."""
Units = Mapping[int, Unit]
"""The units that register, by id: a number carries the unit's code."""


_LOT = 1_000


@dataclass(frozen=True)
class VisitRow:
    """`values` are columns of Visit without number; every row of a lot names the same columns."""

    values: Values
    contacts: Sequence[Mapping[str, str]] = ()
    """name, address, id_number, telephone: each may be empty but the name."""


@dataclass(frozen=True)
class SessionRow:
    values: Values
    matters: Sequence[Values] = ()
    visit_ids: Sequence[int] = ()


@dataclass(frozen=True)
class ReceptionRow:
    values: Values
    promises: Sequence[Values] = ()
    visit_ids: Sequence[int] = ()


@dataclass(frozen=True)
class MeetingRow:
    """`decisions` say by `item`, counted from 1, on which of the items they were taken; None on none."""

    values: Values
    items: Sequence[Values] = ()
    decisions: Sequence[Values] = ()
    attendees: Sequence[Values] = ()


def add_visits(
    session: Session, *, actor: Actor, now: datetime, units: Units, rows: Sequence[VisitRow], reason: str
) -> list[int]:
    """Ids in the order of the rows; numbers follow that order too."""
    columns = numbered(session, units, RecordKind.VISIT, "visit_date", [row.values for row in rows])
    ids = insert_found_again(session, Visit, columns)
    insert_children(
        session,
        VisitContact,
        [
            c
            for id_, row in zip(ids, rows, strict=True)
            for c in contact_rows(VisitContact, "visit_id", id_, row.contacts)
        ],
    )
    index_many(
        session,
        [
            (id_, _searchable(values), [c["name"] for c in row.contacts])
            for id_, values, row in zip(ids, columns, rows, strict=True)
        ],
    )
    describe(session, actor, now, "visit.add-many", "visit", len(ids), reason, ("visit_contact",))
    return ids


def add_sessions(
    session: Session, *, actor: Actor, now: datetime, units: Units, rows: Sequence[SessionRow], reason: str
) -> list[int]:
    columns = numbered(
        session, units, RecordKind.VILLAGE_SESSION, "session_date", [row.values for row in rows]
    )
    ids = insert_found_again(session, VillageSession, columns)
    both = list(zip(ids, rows, strict=True))
    insert_children(
        session,
        SessionMatter,
        [
            {"session_id": id_, "position": position, **matter}
            for id_, row in both
            for position, matter in enumerate(row.matters, start=1)
        ],
    )
    insert_children(
        session,
        VillageSessionVisit,
        [{"session_id": id_, "visit_id": visit_id} for id_, row in both for visit_id in row.visit_ids],
    )
    tables = ("session_matter", "village_session_visit")
    describe(session, actor, now, "session.add-many", "village_session", len(ids), reason, tables)
    return ids


def add_receptions(
    session: Session, *, actor: Actor, now: datetime, units: Units, rows: Sequence[ReceptionRow], reason: str
) -> list[int]:
    columns = numbered(
        session, units, RecordKind.LEADER_RECEPTION, "reception_date", [row.values for row in rows]
    )
    ids = insert_found_again(session, LeaderReception, columns)
    both = list(zip(ids, rows, strict=True))
    insert_children(
        session,
        LeaderPromise,
        [
            {"reception_id": id_, "position": position, **promise}
            for id_, row in both
            for position, promise in enumerate(row.promises, start=1)
        ],
    )
    insert_children(
        session,
        LeaderReceptionVisit,
        [{"reception_id": id_, "visit_id": visit_id} for id_, row in both for visit_id in row.visit_ids],
    )
    tables = ("leader_promise", "leader_reception_visit")
    describe(session, actor, now, "reception.add-many", "leader_reception", len(ids), reason, tables)
    return ids


def add_meetings(
    session: Session, *, actor: Actor, now: datetime, units: Units, rows: Sequence[MeetingRow], reason: str
) -> list[int]:
    columns = numbered(session, units, RecordKind.MEETING, "held_on", [row.values for row in rows])
    ids = insert_found_again(session, Meeting, columns)
    both = list(zip(ids, rows, strict=True))
    insert_children(session, MeetingItem, _placed(both, "items"))
    insert_children(session, MeetingAttendee, _placed(both, "attendees"))
    if any(row.decisions for row in rows):
        places = _items_by_place(session, ids)
        decisions = [
            {**decision, "item_id": places.get((decision["meeting_id"], decision.pop("item")))}
            for decision in _placed(both, "decisions")
        ]
        insert_children(session, MeetingDecision, decisions)
    tables = ("meeting_item", "meeting_attendee", "meeting_decision")
    describe(session, actor, now, "meeting.add-many", "meeting", len(ids), reason, tables)
    return ids


def _placed(both: Sequence[tuple[int, MeetingRow]], name: str) -> list[Values]:
    return [
        {"meeting_id": id_, "position": position, **child}
        for id_, row in both
        for position, child in enumerate(getattr(row, name), start=1)
    ]


def _items_by_place(session: Session, meeting_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for start in range(0, len(meeting_ids), _LOT):
        lot = MeetingItem.meeting_id.in_(meeting_ids[start : start + _LOT])
        statement = select(MeetingItem.meeting_id, MeetingItem.position, MeetingItem.id).where(lot)
        found |= {(meeting, place): id_ for meeting, place, id_ in session.execute(statement)}
    return found


def add_scheduled(
    session: Session, *, actor: Actor, now: datetime, rows: Sequence[Values], reason: str
) -> None:
    """Days of leaders' schedules: columns of LeaderSchedule, the same ones in every row."""
    insert_children(session, LeaderSchedule, list(rows))
    describe(session, actor, now, "leader_schedule.add-many", "leader_schedule", len(rows), reason, ())


def numbered(session: Session, units: Units, kind: RecordKind, day: str, rows: list[Values]) -> list[Values]:
    wanted = Counter((row["unit_id"], row[day].year) for row in rows)
    taken = {
        (unit_id, year): iter(take_numbers(session, units[unit_id], kind, year, count))
        for (unit_id, year), count in wanted.items()
    }
    return [{**row, "number": next(taken[row["unit_id"], row[day].year])} for row in rows]


def insert_found_again(session: Session, model: type[Model], rows: list[Values]) -> list[int]:
    """Ids, found again by number: asking for them row by row with RETURNING is many times slower."""
    ids: dict[str, int] = {}
    for start in range(0, len(rows), _LOT):
        lot = rows[start : start + _LOT]
        session.execute(insert(model), lot, execution_options=EVERY_COLUMN)
        numbers = [row["number"] for row in lot]
        found = select(model.number, model.id).where(model.number.in_(numbers))  # type: ignore[attr-defined]
        ids |= {number: id_ for number, id_ in session.execute(found)}
    return [ids[row["number"]] for row in rows]


def insert_children(session: Session, model: type[Model], rows: list[Values]) -> None:
    if rows:
        session.execute(insert(model), rows, execution_options=EVERY_COLUMN)


def contact_rows(
    model: type[Model], owner: str, owner_id: int, contacts: Sequence[Mapping[str, str]]
) -> list[Values]:
    """Rows of `model` for the people of one record; `owner` is the column that names it, e.g. `visit_id`."""
    return [
        _contact(model.__tablename__, {owner: owner_id, "position": position}, contact)
        for position, contact in enumerate(contacts, start=1)
    ]


def _contact(table: str, place: Values, contact: Mapping[str, str]) -> Values:
    uid = new_uid()
    return {
        "uid": uid, **place,
        "name": contact["name"], "address": contact.get("address", ""),
        **contact_columns(table, uid, contact.get("id_number", ""), contact.get("telephone", "")),
    }  # fmt: skip


def _searchable(values: Values) -> str:
    """As `actions.visit_search.searchable`, from plain columns."""
    return " ".join(
        str(values.get(name) or "")
        for name in ("number", "content", "reply", "place", "receptionist", "accused_text", "external_number")
    )


def describe(
    session: Session,
    actor: Actor,
    now: datetime,
    action: str,
    subject: str,
    count: int,
    reason: str,
    children: tuple[str, ...],
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=(subject, None),
        label=f"{count} 条",
        reason=reason,
        tables=(subject, *children),
    )
