"""From when on a petition counts as it stands: its first due date is over, or a paper of it went out."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.deadline import Deadline
from models.petition import Petition
from models.petition_letter import PetitionLetter
from queries.petition_standing import is_bureau
from rules.petition_clocks import RIGHTS
from rules.petition_due import registered_notice_due
from rules.petition_words import DispatchKind


def closed_because(session: Session, petition: Petition, today: date) -> str:
    """Why whoever registered it no longer decides alone whether and when it counts, in plain words; "" while he does.
    At most two statements."""
    due_on = _first_due(session, petition)
    if due_on < today:
        return f"这件的期限 {due_on} 已过"
    return "这件已印发文书" if _was_written_of(session, petition) else ""


def late_because(petition: Petition, today: date) -> str:
    """By which of the days that figures count by it was missed, in plain words; "" where none was, or not yet."""
    missed = (
        f"这件的{words} {due} 已超期" for words, due, met in _counted_days(petition) if (met or today) > due
    )
    return next(missed, "")


def _counted_days(petition: Petition) -> Iterator[tuple[str, date, date | None]]:
    """What is counted, the last day on which it was in time, and when it was done (`rules.petition_due`)."""
    if is_bureau(petition.unit):
        told = petition.notified_on if petition.dispatch_kind == DispatchKind.DIRECT else None
        yield "转送交办期限", petition.dispatch_due_on, petition.dispatched_on or told
    if petition.responsible_unit_id is not None:
        yield "告知期限", registered_notice_due(petition.registered_on), petition.notified_on
    if petition.notice_due_on is not None:
        yield "告知期限", petition.notice_due_on, petition.notified_on
    if petition.reply_due_on is not None:
        yield "限办日期", petition.reply_due_on, petition.concluded_on


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
