"""督办函 of a task, from its record."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.petition import PetitionUnit
from models.supervision import SupervisionTask
from queries.office_rules import SIGN_DAYS, rule_on
from rules.letters.text import LetterText
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
            units=tuple(UnitFacts(line.unit.name, line.due_on, line.demand, line.person) for line in lines),
            days_to_sign=rule_on(session, SIGN_DAYS, task.issued_on or task.filed_on),
            ground=Ground(task.ground) if task.ground else None,
            source_text=task.source_text,
            numbers=_told(session, task, {line.unit_id for line in lines}),
            telephone=unit.telephone,
        )
    )


def letter_refusal(task: SupervisionTask) -> str:
    if task.is_void:
        return "这件督办已作废。"
    return "这件督办已办结。" if task.state == TaskState.CLOSED else ""


def _told(session: Session, task: SupervisionTask, unit_ids: set[int]) -> tuple[str, ...]:
    """The numbers of those of its petitions in which every addressee has a part: others must not learn of them."""
    matters = {petition.id: petition for petition in task.petitions}
    known = {p.id: {p.unit_id, p.responsible_unit_id} for p in matters.values()}
    parts = select(PetitionUnit.petition_id, PetitionUnit.unit_id).where(
        PetitionUnit.petition_id.in_(matters), PetitionUnit.until.is_(None)
    )
    for petition_id, unit_id in session.execute(parts):
        known[petition_id].add(unit_id)
    return tuple(matters[id_].number for id_, units in known.items() if unit_ids <= units)
