"""办理倒查 of a petition: what its record says today, and those that were kept."""

import json
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.deadline import Deadline
from models.interview import LookBack
from models.petition import Petition, PetitionStep
from rules.look_back_rules import ClockFact, Finding, MatterFacts, from_rows, look_back
from rules.petition_states import Verb
from rules.petition_words import Conclusion, HandlingClass
from rules.roles import Actor, Permission

_SHOWN = (Verb.RECORD_PROGRESS, Verb.DECIDE_EXTENSION, Verb.APPROVE_REPLY)
"""Acts that have a line of their own besides what meets a clock; of each the first."""


def findings_now(session: Session, petition: Petition, today: date) -> list[Finding]:
    """The caller has loaded the petition in scope. Two statements."""
    return look_back(_facts(session, petition), today)


def look_backs_of(session: Session, petition_id: int) -> list[LookBack]:
    """Kept ones, the latest first."""
    statement = select(LookBack).where(LookBack.petition_id == petition_id, LookBack.voided_at.is_(None))
    parts = (joinedload(LookBack.unit), joinedload(LookBack.registered_by))
    return list(session.scalars(statement.options(*parts).order_by(LookBack.id.desc())))


def findings_of(row: LookBack) -> list[Finding]:
    """As they stood when it was made."""
    return from_rows(json.loads(row.findings))


def may_keep(actor: Actor) -> bool:
    return actor.may(Permission.INTERVIEWS_WRITE) and actor.unit_id is not None


def _facts(session: Session, petition: Petition) -> MatterFacts:
    clocks = session.scalars(
        select(Deadline)
        .where(Deadline.petition_id == petition.id)
        .options(joinedload(Deadline.unit))
        .order_by(Deadline.started_on, Deadline.id)
    )
    handled_by = petition.handling_unit.label if petition.handling_unit else ""
    answered = petition.handling_class == HandlingClass.PETITION and petition.concluded_on is not None
    return MatterFacts(
        received_on=petition.received_on,
        registered_on=petition.registered_on,
        registered_by=petition.unit.label,
        clocks=[_clock(row) for row in clocks],
        done=_acts(session, petition),
        handled_by=handled_by,
        signed_on=petition.unit_received_on,
        must_be_served=answered,
        served_on=petition.served_on,
        must_be_executed=petition.conclusion == Conclusion.SUPPORTED,
        executed_on=petition.executed_on,
    )


def _clock(row: Deadline) -> ClockFact:
    office = row.unit.label if row.unit else ""
    return ClockFact(row.key, office, row.due_on, row.met_on, row.ended_on)


def _acts(session: Session, petition: Petition) -> list[tuple[str, str, date]]:
    steps = session.scalars(
        select(PetitionStep)
        .where(
            PetitionStep.petition_id == petition.id,
            PetitionStep.undone_at.is_(None),
            PetitionStep.verb.in_([verb.value for verb in _SHOWN]),
        )
        .options(joinedload(PetitionStep.unit))
        .order_by(PetitionStep.happened_on, PetitionStep.id)
    )
    first: dict[str, PetitionStep] = {}
    for step in steps:
        first.setdefault(step.verb, step)
    return [
        (_WORDS.get(Verb(verb), Verb(verb).label), step.unit.label if step.unit else "", step.happened_on)
        for verb, step in first.items()
    ]


_WORDS = {Verb.RECORD_PROGRESS: "第一次办理记录", Verb.DECIDE_EXTENSION: "审批延期（第三十四条）"}
