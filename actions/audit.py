"""Writing the audit chain: each change is described in its own transaction, or it is not committed."""

import json
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models.audit_entry import AuditEntry, RecordVersion, version_place
from models.audit_line import GENESIS, line_of
from models.base import Model
from models.engine import ENTERED
from models.protected import audit_digest, chain_value, protect
from rules.roles import Actor

Values = dict[str, Any]
"""Column name → value, as plain JSON values."""

DESCRIBED = "described"
DESCRIBED_TABLES = "described_tables"

__all__ = [
    "DESCRIBED",
    "DESCRIBED_TABLES",
    "GENESIS",
    "Values",
    "line_of",
    "record",
    "values_of",
    "version_place",
]

_LAST = select(AuditEntry.id, AuditEntry.chain).order_by(AuditEntry.id.desc()).limit(1)
_NOT_VALUES = frozenset({"id", "version", "content_digest", "password_hash", "uid"})


def values_of(row: Model, **more: Any) -> Values:
    """The columns of a row as plain JSON values; `more` adds what stands in child rows."""
    columns = inspect(row).mapper.column_attrs
    return {c.key: _plain(getattr(row, c.key)) for c in columns if c.key not in _NOT_VALUES} | {
        k: _plain(v) for k, v in more.items()
    }


def record(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    action: str,
    subject: Model | tuple[str, int | None],
    label: str = "",
    before: Values | None = None,
    after: Values | None = None,
    reason: str = "",
    tables: tuple[str, ...] = (),
) -> AuditEntry:
    """Append one entry and, where values are given, a version row under the record's own scope.

    `action` is `noun.verb`, e.g. `visit.register`; `tables` names tables written in bulk. Must run
    inside a unit of work (writers are served one after another, so the chain never forks).
    """
    session.flush()
    subject_type, subject_id = subject.audit_subject() if isinstance(subject, Model) else subject
    changes = _changes(before or {}, after or {})
    last = session.execute(_LAST).first()
    entry = AuditEntry(
        id=(last.id if last else 0) + 1,
        at=now.replace(microsecond=0),
        action=action,
        account_id=actor.account_id,
        actor_name=actor.name,
        actor_role=actor.role.value if actor.role else "",
        actor_unit_id=actor.unit_id,
        address=actor.address,
        subject_type=subject_type,
        subject_id=subject_id,
        subject_label=label[:80],
        reason=reason[:200],
        fields=json.dumps(sorted(changes)),
        digests=json.dumps(
            {
                f: [audit_digest(json.dumps(b)), audit_digest(json.dumps(a))]
                for f, (b, a) in sorted(changes.items())
            }
        ),
    )
    entry.chain = chain_value(last.chain if last else GENESIS, line_of(entry))
    session.add(entry)
    if changes and subject_id is not None:
        session.add(_version(entry, subject_type, subject_id, changes))
    session.info[ENTERED] = True
    session.info.setdefault(DESCRIBED, set()).add((subject_type, subject_id))
    session.info.setdefault(DESCRIBED_TABLES, set()).update(tables)
    session.flush()
    return entry


def _version(
    entry: AuditEntry, subject_type: str, subject_id: int, changes: dict[str, tuple[Any, Any]]
) -> RecordVersion:
    place = version_place(subject_type, subject_id)
    before = json.dumps({f: b for f, (b, _a) in changes.items()}, ensure_ascii=False)
    after = json.dumps({f: a for f, (_b, a) in changes.items()}, ensure_ascii=False)
    return RecordVersion(
        audit_entry_id=entry.id,
        subject_type=subject_type,
        subject_id=subject_id,
        before=protect(before, place=place),
        after=protect(after, place=place),
    )


def _changes(before: Values, after: Values) -> dict[str, tuple[Any, Any]]:
    names = before.keys() | after.keys()
    return {n: (before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
