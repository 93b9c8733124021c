"""议定事项 whose completion was returned (退回重办): who returned it, when and why, and what had been said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
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

    The history stands under the meeting, so each entry names its decision; those written before they did name none.
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
        if after.get("decision_id") == row.id:
            said = (before.get("result") or "", before.get("evidence") or "")
            return DecisionReturn(
                entry.at, f"{short or name or ''} {entry.actor_name}".strip(), entry.reason, *said
            )
    return None
