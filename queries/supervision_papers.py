"""督办函 of a task, from its record."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.office_paper import OfficePaper
from models.organisation import Unit
from models.supervision import SupervisionLine, SupervisionTask
from queries.office_rules import SIGN_DAYS, rule_on
from queries.petitions_told import matters_told, units_without_part
from rules.letters.text import LetterText
from rules.papers.kinds import PaperKind
from rules.papers.matters import untold_notice
from rules.papers.supervision import SupervisionFacts, UnitFacts, letter
from rules.supervision_states import LineState, TaskState
from rules.supervision_words import FeedbackCycle, Ground


def supervision_letter(session: Session, task: SupervisionTask, unit: Unit) -> LetterText:
    """To all of its units that are not out of it again."""
    lines = [line for line in task.lines if line.state != LineState.WITHDRAWN]
    return letter(
        SupervisionFacts(
            issuer=unit.name,
            title=task.title,
            content=task.content,
            demands=task.demands,
            due_on=task.due_on,
            cycle=FeedbackCycle(task.cycle),
            units=tuple(_unit(line) for line in lines),
            days_to_sign=rule_on(session, SIGN_DAYS, task.issued_on or task.filed_on),
            ground=Ground(task.ground) if task.ground else None,
            source_text=task.source_text,
            matters=matters_told(session, task.petitions, {line.unit_id for line in lines}),
            telephone=unit.telephone,
        )
    )


def _unit(line: SupervisionLine) -> UnitFacts:
    return UnitFacts(line.unit.name, line.unit.addressed_as, line.due_on, line.demand, line.person)


def untold_matters(session: Session, task: SupervisionTask) -> list[str]:
    """For who drafts the letter to all of its units: which matters it does not name, and because of whom."""
    units = {line.unit_id for line in task.lines if line.state != LineState.WITHDRAWN}
    untold = units_without_part(session, task.petitions, units)
    return [untold_notice(number, labels, len(units)) for number, labels in untold.items()]


def has_letter_draft(session: Session, task: SupervisionTask) -> bool:
    """Whether a 督办函 of it is neither issued nor given up; one statement."""
    of_it = (OfficePaper.subject_type == task.__tablename__, OfficePaper.subject_id == task.id)
    draft = select(OfficePaper.id).where(
        *of_it, OfficePaper.kind == PaperKind.SUPERVISION.value, OfficePaper.state == "draft"
    )
    return session.scalar(draft.limit(1)) is not None


def letter_refusal(task: SupervisionTask) -> str:
    if task.is_void:
        return "这件督办已作废。"
    return "这件督办已办结。" if task.state == TaskState.CLOSED else ""
