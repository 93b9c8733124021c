"""约谈通知书 and 约谈纪要 of an interview, from its record."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.interview import Interview
from models.organisation import Unit
from models.petition import Petition
from queries.petitions_told import matters_told
from rules.letters.text import LetterText
from rules.papers.interviews import InterviewFacts, notice, record
from rules.supervision_words import Ground


def interview_notice(session: Session, row: Interview, unit: Unit) -> LetterText:
    return notice(_facts(session, row, unit))


def interview_record(session: Session, row: Interview, unit: Unit) -> LetterText:
    return record(_facts(session, row, unit))


def notice_refusal(row: Interview) -> str:
    return "已经整改完毕，不再通知约谈。" if row.corrected_on else ""


def interview_petitions(row: Interview) -> Sequence[Petition]:
    """The matter that gave rise to it, else those of the task that did."""
    if row.petition is not None:
        return (row.petition,)
    return row.task.petitions if row.task is not None else ()


def _facts(session: Session, row: Interview, unit: Unit) -> InterviewFacts:
    return InterviewFacts(
        issuer=unit.name,
        unit=row.unit.name,
        addressee=row.unit.addressed_as,
        day=row.interviewed_on,
        starts_at=row.starts_at,
        posts=row.posts,
        persons=row.persons,
        host=row.host,
        place=row.place,
        ground=Ground(row.ground).label if row.ground else "",
        reason=row.reason,
        demands=row.demands,
        correct_by=row.correct_by,
        telephone=unit.telephone,
        matters=matters_told(session, interview_petitions(row), {row.unit_id}),
    )
