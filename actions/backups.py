"""That a backup was made or brought back, in the audit log."""

from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from rules.roles import Actor


def note_backup(session: Session, *, actor: Actor, now: datetime, file_name: str, audit_entries: int) -> None:
    """A copy of everything left the database: who made it, and how long the audit chain was in it."""
    audit.record(
        session,
        actor=actor,
        now=now,
        action="backup.create",
        subject=("backup", None),
        label=file_name,
        reason=f"审计链 {audit_entries} 条",
    )


def note_restore(session: Session, *, actor: Actor, now: datetime, file_name: str, made_at: str) -> None:
    """Written into the restored database, so that the gap after the backup is told."""
    audit.record(
        session,
        actor=actor,
        now=now,
        action="backup.restore",
        subject=("backup", None),
        label=file_name,
        reason=f"备份时间 {made_at}",
    )
