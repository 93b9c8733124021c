"""Every look at what is masked is written down, before anything is shown."""

from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from models.petition import Petition
from rules.roles import Actor


def note_petition_look(
    session: Session, *, actor: Actor, now: datetime, petition: Petition, reason: str
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action="petition.reveal",
        subject=petition,
        label=petition.number,
        reason=reason,
    )


def note_case_file(
    session: Session, *, actor: Actor, now: datetime, petition: Petition, reason: str = ""
) -> None:
    """The whole file goes out with names and papers as they are."""
    audit.record(
        session,
        actor=actor,
        now=now,
        action="petition.case-file",
        subject=petition,
        label=petition.number,
        reason=reason,
    )
