"""议定事项 whose completion was returned (退回重办): who returned it, when and why, and what had been said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.audit_entry import AuditEntry, RecordVersion
from models.meeting import MeetingDecision
from models.organisation import Unit
from queries.history import version_values

RETURNED = "meeting.reopen-decision"


@dataclass(frozen=True)
class DecisionReturn:
    """`at` is naive UTC, `who` is unit and name; `result` and `evidence` are what was returned."""

    at: datetime
    who: str
    reason: str
    result: str
    evidence: str


def decision_sent_back(session: Session, row: MeetingDecision) -> DecisionReturn | None:
    """The last return of a decision of a loaded record that was not carried out since; one statement.

    The history stands under the meeting, so each entry names its decision. Those written before they did name none: such a
    return is of the only decision of its meeting that it can be of, if there is only one.
    """
    if row.done_on is not None:
        return None
    statement = (
        select(AuditEntry, RecordVersion, Unit.short_name, Unit.name)
        .join(RecordVersion, RecordVersion.audit_entry_id == AuditEntry.id)
        .outerjoin(Unit, AuditEntry.actor_unit_id == Unit.id)
        .where(AuditEntry.subject_type == "meeting", AuditEntry.subject_id == row.meeting_id)
        .where(AuditEntry.action == RETURNED)
        .order_by(AuditEntry.id.desc())
    )
    for entry, version, short, name in session.execute(statement):
        before, after = version_values(version)
        named = after.get("decision_id")
        if named == row.id or (named is None and _is_the_only_one(session, row, entry.at)):
            said = (before.get("result") or "", before.get("evidence") or "")
            return DecisionReturn(
                entry.at, f"{short or name or ''} {entry.actor_name}".strip(), entry.reason, *said
            )
    return None


def _is_the_only_one(session: Session, row: MeetingDecision, at: datetime) -> bool:
    """Whether no other decision of the meeting was open just after that moment."""
    other = select(MeetingDecision.id).where(
        MeetingDecision.meeting_id == row.meeting_id,
        MeetingDecision.id != row.id,
        or_(MeetingDecision.done_on.is_(None), MeetingDecision.recorded_at > at),
    )
    return session.scalar(other.limit(1)) is None
