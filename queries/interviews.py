"""约谈: which interviews an actor may read, their list, and what may be done now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from models.interview import Interview, InterviewNote, LookBack
from models.organisation import Unit
from models.supervision import SupervisionTask
from queries.accountability_filter import AccountabilityFilter, ListColumns, ListState, nothing
from queries.accountability_work import interview_is_announced_to, interview_waits_for
from queries.organisation import listed_by_tree
from queries.paging import Order
from queries.petition_days import Days, light_of
from queries.register_filter import live_or_void
from queries.scope import in_scope_of, is_root
from queries.sealed_matters import hides_no_matter, hides_nothing
from rules.errors import NotVisible
from rules.interview_rules import InterviewState, InterviewVerb, refuse_correction, state_of_interview
from rules.lights import Light
from rules.roles import Actor, Permission
from rules.supervision_words import Ground

I = Interview  # noqa: E741
OWN_REPORT = "整改情况是您本人录入的，请由他人复核。"


def visible_interviews(actor: Actor) -> Select[Interview]:
    """Those of units in scope and those that units in scope held; void ones included."""
    if not actor.may(Permission.SUPERVISION_READ) or not actor.scope_path:
        return nothing(I)
    near = hides_nothing(actor, I.petition_id)
    if is_root(actor.scope_path):
        return select(I).where(near)
    units = (I.unit_id, I.by_unit_id)
    return select(I).where(and_(or_(*(in_scope_of(actor, unit) for unit in units)), near))


_WHOLE = tuple(
    joinedload(part) for part in (I.unit, I.by_unit, I.petition, I.task, I.look_back, I.registered_by)
)


def load_interview(session: Session, actor: Actor, interview_id: int) -> Interview:
    """Raises NotVisible, the same for missing and foreign."""
    row = session.scalar(visible_interviews(actor).where(I.id == interview_id).options(*_WHOLE))
    if row is None:
        raise NotVisible("interview")
    return row


def notes_of(session: Session, interview_id: int) -> list[InterviewNote]:
    """In the order in which they were entered."""
    statement = select(InterviewNote).where(InterviewNote.interview_id == interview_id)
    return list(
        session.scalars(statement.options(joinedload(InterviewNote.recorded_by)).order_by(InterviewNote.id))
    )


def may_correct(actor: Actor, row: Interview) -> bool:
    """Whoever registers for the office that held it."""
    return actor.may(Permission.INTERVIEWS_WRITE) and row.by_unit_id == actor.unit_id


def verb_refusal(actor: Actor, row: Interview, notes: Sequence[InterviewNote], verb: InterviewVerb) -> str:
    """Why the actor may not do this now; "" where he may."""
    if verb is InterviewVerb.REPORT and not _answers_for(actor, row):
        return "整改情况由被约谈单位报送。"
    if verb is not InterviewVerb.REPORT and not may_correct(actor, row):
        return "整改情况由约谈单位复核。"
    last = InterviewVerb(notes[-1].verb) if notes else None
    owed = row.correct_by is not None and row.corrected_on is None
    refused = refuse_correction(verb, is_void=row.is_void, is_owed=owed, last=last)
    if refused or verb is not InterviewVerb.ACCEPT:
        return refused
    reporter = notes[-1].recorded_by_id
    return OWN_REPORT if reporter is not None and reporter == actor.person_id else ""


def is_entered_for(actor: Actor, row: Interview) -> bool:
    """Whether what the actor enters of the unit's report is another office's entry: 代为录入."""
    return row.unit_id != actor.unit_id


def interview_sent_back(actor: Actor, row: Interview, notes: Sequence[InterviewNote]) -> InterviewNote | None:
    """The 退回整改 that the actor's own unit has to answer; None for whoever is not that unit."""
    if is_entered_for(actor, row) or verb_refusal(actor, row, notes, InterviewVerb.REPORT) or not notes:
        return None
    return notes[-1] if notes[-1].verb == InterviewVerb.RETURN else None


def light_of_interview(row: Interview, days: Days) -> Light | None:
    """Of the demands; None where there are none."""
    if row.correct_by is None:
        return None
    if row.corrected_on is not None:
        return Light.MET if row.corrected_on <= row.correct_by else Light.MET_LATE
    return light_of(row.correct_by, days)


def state_of(row: Interview, today: date) -> InterviewState:
    return state_of_interview(
        is_void=row.is_void, correct_by=row.correct_by, corrected_on=row.corrected_on, today=today
    )


def units_to_interview(session: Session, actor: Actor) -> list[Unit]:
    """Units in scope but the own office, in tree order; of the county those above villages."""
    statement = select(Unit).where(
        Unit.path.startswith(actor.scope_path), Unit.valid_to.is_(None), Unit.id != actor.unit_id
    )
    if actor.sees_county:
        above = ("county_committee", "village", "community")
        statement = statement.where(Unit.category.not_in(above))
    return listed_by_tree(session, statement)


def own_task(session: Session, actor: Actor, number: str) -> SupervisionTask | None:
    """The task of the actor's own office with this number, unless seals hide its matter."""
    return session.scalar(
        select(SupervisionTask).where(
            SupervisionTask.number == number.strip().upper(),
            SupervisionTask.unit_id == actor.unit_id,
            SupervisionTask.voided_at.is_(None),
            hides_no_matter(actor, SupervisionTask.id),
        )
    )


def own_look_back(session: Session, actor: Actor, look_back_id: int | None) -> LookBack | None:
    """A look back of the actor's own office, unless seals hide its matter."""
    return session.scalar(
        select(LookBack).where(
            LookBack.id == (look_back_id or 0),
            LookBack.unit_id == actor.unit_id,
            LookBack.voided_at.is_(None),
            hides_nothing(actor, LookBack.petition_id),
        )
    )


def _answers_for(actor: Actor, row: Interview) -> bool:
    return actor.may(Permission.SUPERVISION_ANSWER) and row.unit.path.startswith(actor.scope_path)


def _owed() -> ColumnElement[bool]:
    return and_(I.voided_at.is_(None), I.correct_by.is_not(None), I.corrected_on.is_(None))


_HOLDS: dict[InterviewState, Callable[[date], ColumnElement[bool]]] = {
    InterviewState.OPEN: lambda _today: _owed(),
    InterviewState.OVERDUE: lambda today: and_(_owed(), I.correct_by < today),
    InterviewState.DONE: lambda _today: and_(I.voided_at.is_(None), I.corrected_on.is_not(None)),
    InterviewState.PLAIN: lambda _today: and_(I.voided_at.is_(None), I.correct_by.is_(None)),
    InterviewState.VOID: lambda _today: live_or_void(I, True),
}
STATES = {
    "": ListState("全部有效登记", lambda _today: I.voided_at.is_(None)),
    "to_judge": ListState("待我复核", lambda _today: true(), interview_waits_for),
    "announced": ListState(
        "已通知本单位、待约谈", lambda today: I.interviewed_on >= today, interview_is_announced_to
    ),
} | {state.value: ListState(state.label, holds) for state, holds in _HOLDS.items()}
"""What a row is called stands in `InterviewState`; the two others say for whom it waits. 待整改 holds those that are late."""
ORDERS = {
    "date": Order("date", "约谈日期（新的在前）", I.interviewed_on, I.id),
    "date-up": Order("date-up", "约谈日期（旧的在前）", I.interviewed_on, I.id, descending=False),
}


@dataclass(frozen=True)
class InterviewFilter(AccountabilityFilter):
    """`unit` is the one that was spoken to, `kind` the ground."""

    columns: ClassVar[ListColumns] = ListColumns(
        I,
        visible_interviews,
        I.interviewed_on,
        I.unit_id,
        STATES,
        (I.number, I.reason, I.posts, I.demands),
        ORDERS,
        Ground,
        I.ground,
        (joinedload(I.unit), joinedload(I.by_unit)),
        {
            "被约谈单位 {} 个": func.count(I.unit_id.distinct()),
            "约谈 {} 人次": func.coalesce(func.sum(I.persons), 0),
        },
    )
