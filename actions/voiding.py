"""Nothing is deleted: a void record stays, with its number, and counts nowhere."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from rules.roles import Actor


def make_void(
    session: Session, *, actor: Actor, now: datetime, row: Any, action: str, reason: str, label: str = ""
) -> None:
    """Void a versioned record and say so in the audit; the caller has asked whether it may be.

    `label` names one that has no number.
    """
    row.voided_at, row.voided_by_id, row.void_reason = now, actor.account_id, reason
    row.version += 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=label or row.number,
        reason=reason,
        before={"voided_at": None},
        after={"voided_at": now.isoformat()},
    )
