"""What a paper says before anybody has edited it: one line for each kind.

The words stand in `rules.papers`; here the record is turned into the plain facts that they are made of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.organisation import Unit
from queries.inspections import feedback_paper, feedback_refusal, notice_paper
from queries.interview_papers import interview_notice, interview_record, notice_refusal
from queries.lead_papers import lead_notice_of, lead_notice_refusal
from queries.meeting_papers import (
    escalation_refusal,
    meeting_escalation,
    meeting_minutes,
    meeting_notice,
    minutes_mark,
    minutes_notices,
    minutes_refusal,
)
from queries.meeting_papers import notice_refusal as meeting_notice_refusal
from queries.suggestions import has_paper, suggestion_paper
from queries.supervision_papers import letter_refusal, supervision_letter, untold_matters
from rules.letters.text import LetterText
from rules.papers.kinds import PaperKind
from rules.suggestion_rules import PAPERS


def _always(_subject: Any) -> str:
    return ""


def _fits(_subject: Any) -> bool:
    return True


def _no_mark(_subject: Any) -> str:
    return ""


def _nothing_to_tell(_session: Session, _subject: Any) -> list[str]:
    return []


@dataclass(frozen=True)
class PaperDraft:
    """`write` gives title, addressee, source and copies_to, of a subject as its office writes; `refusal` says why not now;
    `fits` whether such a record has papers of this kind at all; `mark` is whose 纪要 it is, as their head says;
    `notices` tell who drafts it what its words leave out, and why."""

    subject_type: str
    write: Callable[[Session, Any, Unit], LetterText]
    refusal: Callable[[Any], str] = _always
    fits: Callable[[Any], bool] = _fits
    mark: Callable[[Any], str] = _no_mark
    notices: Callable[[Session, Any], list[str]] = _nothing_to_tell


DRAFTS: dict[PaperKind, PaperDraft] = {
    kind: PaperDraft("suggestion", suggestion_paper, fits=has_paper(kind)) for kind in PAPERS.values()
} | {
    PaperKind.INSPECTION_NOTICE: PaperDraft("inspection", notice_paper),
    PaperKind.INSPECTION_FEEDBACK: PaperDraft("inspection_visit", feedback_paper, feedback_refusal),
    PaperKind.INTERVIEW_NOTICE: PaperDraft("interview", interview_notice, notice_refusal),
    PaperKind.INTERVIEW_RECORD: PaperDraft("interview", interview_record),
    PaperKind.SUPERVISION: PaperDraft(
        "supervision_task", supervision_letter, letter_refusal, notices=untold_matters
    ),
    PaperKind.LEAD_NOTICE: PaperDraft("lead_assignment", lead_notice_of, lead_notice_refusal),
    PaperKind.MEETING_NOTICE: PaperDraft("meeting", meeting_notice, meeting_notice_refusal),
    PaperKind.MINUTES: PaperDraft(
        "meeting", meeting_minutes, minutes_refusal, mark=minutes_mark, notices=minutes_notices
    ),
    PaperKind.ESCALATION: PaperDraft("meeting", meeting_escalation, escalation_refusal),
}


def kinds_about(subject_type: str, subject: Any) -> list[PaperKind]:
    """The kinds that such a record has, in the order of the list."""
    known = [kind for kind in PaperKind if kind in DRAFTS and DRAFTS[kind].subject_type == subject_type]
    return [kind for kind in known if DRAFTS[kind].fits(subject)]


def written(session: Session, kind: PaperKind, subject: Any, unit: Unit) -> LetterText:
    return DRAFTS[kind].write(session, subject, unit)
