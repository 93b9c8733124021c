"""Many lines of desks' logs at once: plain rows by bulk insert, one audit entry for each lot."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from actions.bulk_registers import Units, Values, describe, insert_found_again, numbered
from actions.desk_search import index_many
from models.duty_desk import DeskEntry
from rules.numbering import RecordKind
from rules.office_time import day_of
from rules.roles import Actor

_OFFICE_DAY = "office_day"


def add_desk_entries(
    session: Session, *, actor: Actor, now: datetime, units: Units, rows: Sequence[Values], reason: str
) -> list[int]:
    """`rows` are columns of DeskEntry without number, the same ones in every row; returns ids in their order.

    A number belongs to the year of the office's day on which the message came.
    """
    dated = [{**row, _OFFICE_DAY: day_of(row["happened_at"])} for row in rows]
    columns = numbered(session, units, RecordKind.DESK_ENTRY, _OFFICE_DAY, dated)
    for row in columns:
        del row[_OFFICE_DAY]
    ids = insert_found_again(session, DeskEntry, columns)
    index_many(session, [(id_, _searchable(row)) for id_, row in zip(ids, columns, strict=True)])
    describe(session, actor, now, "desk_entry.add-many", "desk_entry", len(ids), reason, ())
    return ids


def _searchable(row: Values) -> str:
    """As `actions.desk_search.searchable`, from plain columns."""
    names = ("number", "source", "content", "proposal", "instruction", "instructed_by", "reply")
    return " ".join(str(row.get(name) or "") for name in names)
