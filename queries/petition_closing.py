"""From when on a petition counts as it stands: its first due date is over, or a paper of it went out."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.deadline import Deadline
from models.petition import Petition
from models.petition_letter import PetitionLetter
from rules.petition_clocks import RIGHTS


def closed_because(session: Session, petition: Petition, today: date) -> str:
    """Why whoever registered it no longer decides alone whether and when it counts, in plain words; "" while he does.
    At most two statements."""
    due_on = _first_due(session, petition)
    if due_on < today:
        return f"这件的期限 {due_on} 已过"
    return "这件已印发文书" if _was_written_of(session, petition) else ""


def _first_due(session: Session, petition: Petition) -> date:
    """Of the clocks that people work by and of the days that figures count by."""
    clocks = select(func.min(Deadline.due_on)).where(
        Deadline.petition_id == petition.id, Deadline.key.not_in(RIGHTS), Deadline.ended_on.is_(None)
    )
    days = (petition.dispatch_due_on, petition.notice_due_on, petition.reply_due_on, session.scalar(clocks))
    return min(day for day in days if day is not None)


def _was_written_of(session: Session, petition: Petition) -> bool:
    issued = select(PetitionLetter.id).filter_by(petition_id=petition.id, state="issued").limit(1)
    return session.scalar(issued) is not None
