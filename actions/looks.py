"""Looks at masked personal data of visits and petitions: who, when, from where, why."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from rules.roles import Actor


def note_look(session: Session, *, actor: Actor, now: datetime, record: Any, reason: str) -> None:
    """A look at the people of one record."""
    audit.record(
        session,
        actor=actor,
        now=now,
        action=f"{record.__tablename__}.reveal",
        subject=record,
        label=record.number,
        reason=reason,
    )


def note_number_search(
    session: Session, *, actor: Actor, now: datetime, register: str, kind: str, reason: str, found: int
) -> None:
    """A search of a register (`visit`, `petition`) by telephone or ID number; the number itself is not kept."""
    audit.record(
        session,
        actor=actor,
        now=now,
        action=f"{register}.search-{kind}",
        subject=(register, None),
        label=f"找到 {found} 条",
        reason=reason,
    )


def note_export(
    session: Session, *, actor: Actor, now: datetime, register: str, rows: int, reason: str
) -> None:
    """An export of a register with personal data unmasked."""
    audit.record(
        session,
        actor=actor,
        now=now,
        action=f"{register}.export-unmasked",
        subject=(register, None),
        label=f"{rows} 条",
        reason=reason,
    )
