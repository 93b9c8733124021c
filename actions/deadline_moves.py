"""Writing new dates to many running clocks at once, and the next due dates of their petitions after them."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from models.deadline import Deadline
from models.petition import Petition
from queries.deadline_moves import OPEN, DeadlineMove
from rules.petition_clocks import RIGHTS

_Next = tuple[date | None, str | None]
_NOTHING: _Next = (None, None)


def write_moves(session: Session, moves: Collection[DeadlineMove]) -> int:
    """The dates, their trace and the version of the limit; then the petitions. Returns how many petitions' next due date
    changed. The caller writes the audit entry: it names the tables `deadline` and `petition`."""
    if not moves:
        return 0
    session.flush()
    table: Any = Deadline.__table__
    statement = update(table).where(table.c.id == bindparam("clock"))
    session.execute(statement, [_columns(move) for move in moves])
    return refresh_next_due(session, {move.petition_id for move in moves})


def _columns(move: DeadlineMove) -> dict[str, Any]:
    new = move.new
    return {
        "clock": move.deadline_id,
        "due_on": new.due_on,
        "legal_due_on": new.legal_due_on,
        "provisional": new.provisional,
        "limit_from": new.limit_valid_from,
        "trace": "\n".join(new.trace),
    }


def refresh_next_due(session: Session, petition_ids: Collection[int] | None = None) -> int:
    """Bring `next_due_on` and `next_due_key` into line with the running clocks, of these petitions or of all.

    Returns how many were wrong. Two statements to look, one to write; the rows' versions stay, since nobody's own words
    changed."""
    wrong = [
        {"petition": petition_id, "next_due_on": right[0], "next_due_key": right[1]}
        for petition_id, right in _out_of_line(session, petition_ids)
    ]
    if wrong:
        table: Any = Petition.__table__
        session.execute(update(table).where(table.c.id == bindparam("petition")), wrong)
        session.expire_all()
    return len(wrong)


def _out_of_line(session: Session, only: Collection[int] | None) -> Iterable[tuple[int, _Next]]:
    due: dict[int, _Next] = _earliest(session)
    running = select(Deadline.petition_id).where(*OPEN)
    held = select(Petition.id, Petition.next_due_on, Petition.next_due_key).where(
        Petition.next_due_on.is_not(None) | Petition.id.in_(running)
    )
    for petition_id, on, key in session.execute(held):
        right = due.get(petition_id, _NOTHING)
        if (only is None or petition_id in only) and right != (on, key):
            yield petition_id, right


def _earliest(session: Session) -> dict[int, _Next]:
    """Of each petition the first duty; a right is nobody's duty (as `actions.petition_deadlines.next_due`)."""
    found: dict[int, _Next] = {}
    statement = (
        select(Deadline.petition_id, Deadline.due_on, Deadline.key)
        .where(*OPEN, Deadline.key.not_in(sorted(RIGHTS)))
        .order_by(Deadline.due_on.desc(), Deadline.key.desc())
    )
    for petition_id, due_on, key in session.execute(statement):
        found[petition_id] = (due_on, key)
    return found
