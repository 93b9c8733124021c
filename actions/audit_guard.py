"""The session guard: a change that no audit entry describes is not committed."""

from functools import cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from actions.audit import DESCRIBED, DESCRIBED_TABLES
from models.base import Model, metadata

_CHANGED = "changed"
_CHANGED_TABLES = "changed_tables"
_MARKS = (DESCRIBED, DESCRIBED_TABLES, _CHANGED, _CHANGED_TABLES)


class UnauditedChange(RuntimeError):
    """A programmer forgot `actions.audit.record`."""


def install_audit_guard(sessions: Any) -> None:
    """Listen on a Session class, sessionmaker or scoped session."""
    event.listen(sessions, "after_flush", _note_rows)
    event.listen(sessions, "do_orm_execute", _note_statement)
    event.listen(sessions, "before_commit", _refuse_undescribed)
    event.listen(sessions, "after_commit", _forget)
    event.listen(sessions, "after_rollback", _forget)


def _note_rows(session: Session, _context: Any) -> None:
    changed = session.info.setdefault(_CHANGED, set())
    for row in (*session.new, *(r for r in session.dirty if session.is_modified(r)), *session.deleted):
        if isinstance(row, Model) and row.audited:
            changed.add(row.audit_subject())


def _note_statement(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = getattr(state.statement, "table", None)
    if table is not None and table.name in _audited_tables():
        state.session.info.setdefault(_CHANGED_TABLES, set()).add(table.name)


@cache
def _audited_tables() -> frozenset[str]:
    audited = {m.local_table.name for m in Model.registry.mappers if m.class_.audited}  # type: ignore[attr-defined]
    return frozenset(audited & metadata.tables.keys())


def _refuse_undescribed(session: Session) -> None:
    session.flush()
    rows = session.info.get(_CHANGED, set()) - session.info.get(DESCRIBED, set())
    tables = session.info.get(_CHANGED_TABLES, set()) - session.info.get(DESCRIBED_TABLES, set())
    if rows or tables:
        raise UnauditedChange(f"no audit entry describes {sorted(rows, key=str)} {sorted(tables)}")


def _forget(session: Session) -> None:
    for mark in _MARKS:
        session.info.pop(mark, None)
