"""Nothing is deleted: a void record stays and counts nowhere, a retired one stays and is offered nowhere."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from rules.roles import Actor


def make_void(
    session: Session, *, actor: Actor, now: datetime, row: Any, action: str, reason: str, label: str = ""
) -> None:
    """Void a versioned record and say so in the audit; the caller has asked whether it may be. Without a `label` it
    is called by its number."""
    row.voided_at, row.voided_by_id, row.void_reason = now, actor.account_id, reason
    _end(session, actor, now, row, "voided_at", action, label or row.number, reason)


def make_retired(
    session: Session, *, actor: Actor, now: datetime, row: Any, action: str, label: str, reason: str = ""
) -> None:
    """Take something of an office (a phrase, a seal, a template) out of use, and say so in the audit."""
    row.retired_at = now
    _end(session, actor, now, row, "retired_at", action, label, reason)


def _end(
    session: Session, actor: Actor, now: datetime, row: Any, field: str, action: str, label: str, reason: str
) -> None:
    row.version += 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=label,
        reason=reason,
        before={field: None},
        after={field: now.isoformat()},
    )
