"""What a paper says before anybody has edited it: one line for each kind.

The words stand in `rules.papers`; here the record is turned into the plain facts that they are made of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.organisation import Unit
from queries.interview_papers import interview_notice, interview_record, notice_refusal
from queries.meeting_papers import (
    escalation_refusal,
    meeting_escalation,
    meeting_minutes,
    meeting_notice,
    minutes_refusal,
)
from queries.meeting_papers import notice_refusal as meeting_notice_refusal
from rules.letters.text import LetterText
from rules.papers.kinds import PaperKind


def _always(_subject: Any) -> str:
    return ""


@dataclass(frozen=True)
class PaperDraft:
    """`write` gives title, addressee, source and copies_to, of a subject as its office writes; `refusal` says why not now."""

    subject_type: str
    write: Callable[[Session, Any, Unit], LetterText]
    refusal: Callable[[Any], str] = _always


DRAFTS: dict[PaperKind, PaperDraft] = {
    PaperKind.INTERVIEW_NOTICE: PaperDraft("interview", interview_notice, notice_refusal),
    PaperKind.INTERVIEW_RECORD: PaperDraft("interview", interview_record),
    PaperKind.MEETING_NOTICE: PaperDraft("meeting", meeting_notice, meeting_notice_refusal),
    PaperKind.MINUTES: PaperDraft("meeting", meeting_minutes, minutes_refusal),
    PaperKind.ESCALATION: PaperDraft("meeting", meeting_escalation, escalation_refusal),
}


def kinds_about(subject_type: str) -> list[PaperKind]:
    """The kinds that such records have, in the order of the list."""
    return [kind for kind in PaperKind if kind in DRAFTS and DRAFTS[kind].subject_type == subject_type]


def written(session: Session, kind: PaperKind, subject: Any, unit: Unit) -> LetterText:
    return DRAFTS[kind].write(session, subject, unit)
