"""Lines of desks' logs for tests of what is counted and listed; straight to the database, without audit."""

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from actions.desk_search import index_line
from models.duty_desk import DeskDispatch, DeskEntry
from rules.office_time import OFFICE_OFFSET
from tests.people import NOW, unit

_serial = count(50_001)


def office(text: str) -> datetime:
    """`2026-07-15 09:30` by the office's clock as it is stored."""
    return datetime.fromisoformat(text) - OFFICE_OFFSET


def desk_line(
    session: Session,
    happened: str = "2026-07-15 09:00",
    kind: str = "information",
    *,
    desk: str = "AL01",
    responsible: str = "",
    due: str = "",
    replied: str = "",
    **values: Any,
) -> DeskEntry:
    """A line of the county's desk; moments by the office's clock."""
    row = DeskEntry(
        **{
            "number": f"ZZ-{desk}-2026-{next(_serial):05d}",
            "unit_id": unit(session, desk).id,
            "happened_at": office(happened),
            "kind": kind,
            "source_unit_id": unit(session, "EX01").id,
            "content": "河道水位上涨，请加强巡查。",
            "responsible_unit_id": unit(session, responsible).id if responsible else None,
            "due_at": office(due) if due else None,
            "replied_at": office(replied) if replied else None,
            "registered_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    index_line(session, row)
    return row


def received_at(session: Session, line: DeskEntry, code: str) -> DeskEntry:
    """The line sent on to a unit's desk and taken down there."""
    copy = desk_line(session, kind=line.kind, desk=code, happened_at=line.happened_at, due_at=line.due_at)
    session.add(
        DeskDispatch(
            entry_id=line.id,
            unit_id=copy.unit_id,
            sent_at=line.happened_at,
            received_at=line.happened_at,
            received_entry_id=copy.id,
            due_at=line.due_at,
        )
    )
    session.flush()
    return copy
