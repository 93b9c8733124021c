"""转送、交办、直接办理、签收、异议、争议: how a matter finds who must handle it (条例第二十二至二十四条)."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.petitions.steps import Act, Begun, Line, begin, handler_at, take, waiting_for
from models.deadline import Deadline
from models.organisation import Unit
from models.petition import Petition, PetitionUnit
from queries.accused import accused_of
from queries.petition_standing import SENDINGS, Surroundings
from rules.errors import RuleViolation
from rules.petition_clocks import OBJECTION
from rules.petition_rules import (
    check_compared,
    check_day,
    check_objection,
    check_target,
    check_text,
)
from rules.petition_states import Stage, Verb
from rules.petition_words import DispatchKind, UnitPart
from rules.taxonomy import Purpose


def forward(session: Session, act: Act, to_unit_id: int | None) -> None:
    """转送 to the unit that is responsible. Raises RuleViolation on `to_unit`."""
    if _begin_sending(session, act, Verb.FORWARD).done_before:
        return
    unit = _addressee(session, act, to_unit_id)
    take(session, act, Verb.FORWARD, _sent(act, unit, DispatchKind.FORWARD), Line(to_unit_id=unit.id))
    give_part(session, act, unit, UnitPart.RESPONSIBLE)


def assign(session: Session, act: Act, to_unit_id: int | None, feedback_due_on: date | None) -> None:
    """交办 with a day by which the unit reports (第二十二条第一款第三项). Raises RuleViolation."""
    if _begin_sending(session, act, Verb.ASSIGN).done_before:
        return
    unit = _addressee(session, act, to_unit_id)
    if feedback_due_on is None:
        raise RuleViolation("交办要写明反馈期限（《信访工作条例》第二十二条）。", "until")
    if feedback_due_on <= act.on:
        raise RuleViolation(f"反馈期限 {feedback_due_on} 应晚于交办日期 {act.on}。", "until")
    changes = _sent(act, unit, DispatchKind.ASSIGN) | {"feedback_due_on": feedback_due_on}
    take(session, act, Verb.ASSIGN, changes, Line(to_unit_id=unit.id, until=feedback_due_on))
    give_part(session, act, unit, UnitPart.RESPONSIBLE)


def take_directly(session: Session, act: Act) -> None:
    """直接办理: the office that registered handles the matter itself."""
    if _begin_sending(session, act, Verb.TAKE).done_before:
        return
    petition = act.petition
    accused = accused_of(session, petition, petition.received_on)
    check_target(Purpose(petition.purpose), accused.paths, petition.unit.path or None)
    changes = {
        "stage": Stage.RECEIVED.value,
        "dispatch_kind": DispatchKind.DIRECT.value,
        "responsible_unit_id": petition.unit_id,
        "unit_received_on": petition.received_on,
        "handler_id": handler_at(petition.unit_id, act),
    }
    take(session, act, Verb.TAKE, changes, Line(to_unit_id=petition.unit_id))
    give_part(session, act, petition.unit, UnitPart.RESPONSIBLE)


def receive(session: Session, act: Act) -> None:
    """签收: the unit's own clocks run from this day."""
    begun = begin(session, act, Verb.RECEIVE)
    if begun.done_before:
        return
    sent = begun.around.last_day_of(*SENDINGS) or act.petition.dispatched_on
    check_day(act.on, act.today, since=sent, since_words="转送交办日期")
    handler = handler_at(act.petition.responsible_unit_id, act)
    changes = {"stage": Stage.RECEIVED.value, "unit_received_on": act.on, "handler_id": handler}
    take(session, act, Verb.RECEIVE, changes)


def object_to(session: Session, act: Act, suggested_unit_id: int | None) -> None:
    """提出异议: within five working days, with reasons; the sender decides. Raises RuleViolation."""
    petition = act.petition
    begun = begin(session, act, Verb.OBJECT)
    if begun.done_before:
        return
    since = petition.unit_received_on or begun.around.last_day_of(*SENDINGS) or petition.dispatched_on
    check_day(act.on, act.today, since=since, since_words="收到日期")
    check_text(act.text, "异议的详细理由")
    check_objection(act.on, _last_day_to_object(session, petition, begun.around))
    suggested = open_target(session, act, suggested_unit_id) if suggested_unit_id is not None else None
    changes = {"stage": Stage.OBJECTED.value, "unit_received_on": petition.unit_received_on or act.on}
    line = Line(to_unit_id=suggested.id if suggested else None, waits_for=Verb.DECIDE_OBJECTION)
    take(session, act, Verb.OBJECT, changes, line)


def decide_objection(session: Session, act: Act, *, agreed: bool) -> None:
    """The sender verifies: agreed, the matter comes back to be sent elsewhere, and a dispute about it is over; not
    agreed, the unit goes on and its clock has never stopped."""
    begun = begin(session, act, Verb.DECIDE_OBJECTION)
    if begun.done_before:
        return
    objection = waiting_for(act, begun.around, Verb.DECIDE_OBJECTION)
    check_text(act.text, "答复异议的理由")
    line = Line(outcome="agreed" if agreed else "refused", answers=objection)
    if not agreed:
        take(session, act, Verb.DECIDE_OBJECTION, {"stage": Stage.RECEIVED.value}, line)
        return
    _end_waiting(begun)
    end_parts(act, UnitPart.RESPONSIBLE)
    take(session, act, Verb.DECIDE_OBJECTION, _unsent(), line)


def dispute(session: Session, act: Act) -> None:
    """受理争议: units cannot agree who is responsible (第二十四条)."""
    if begin(session, act, Verb.DISPUTE).done_before:
        return
    check_text(act.text, "争议的情况")
    take(session, act, Verb.DISPUTE, {}, Line(waits_for=Verb.DECIDE_DISPUTE))


def decide_dispute(session: Session, act: Act, to_unit_id: int | None) -> None:
    """The common superior names the unit: another one gets the matter anew, the one that has it goes on, and its clock
    has never stopped. An objection still open is answered by it."""
    begun = begin(session, act, Verb.DECIDE_DISPUTE)
    if begun.done_before:
        return
    asked = waiting_for(act, begun.around, Verb.DECIDE_DISPUTE)
    unit = receiver(session, act, to_unit_id)
    check_text(act.text, "裁定的依据")
    _end_waiting(begun)
    line = Line(to_unit_id=unit.id, answers=asked)
    if unit.id == act.petition.handling_unit_id:
        take(session, act, Verb.DECIDE_DISPUTE, {"stage": _stage_at_the_unit(act.petition)}, line)
        return
    end_parts(act, UnitPart.RESPONSIBLE)
    take(session, act, Verb.DECIDE_DISPUTE, _sent(act, unit, _kind_of_sending(act.petition)), line)
    give_part(session, act, unit, UnitPart.RESPONSIBLE)


def _begin_sending(session: Session, act: Act, verb: Verb) -> Begun:
    begun = begin(session, act, verb)
    returned = begun.around.last_day_of(Verb.DECIDE_OBJECTION)
    if not begun.done_before:
        check_day(act.on, act.today, since=returned, since_words="答复异议的日期")
    return begun


def _addressee(session: Session, act: Act, unit_id: int | None) -> Unit:
    """Sending it to itself would stop the clock of the office without anything done. Raises RuleViolation."""
    unit = receiver(session, act, unit_id)
    if unit.id == act.petition.unit_id:
        raise RuleViolation(f"{unit.label}是登记单位；由它自己办理的，请用“直接办理”。", "to_unit")
    return unit


def receiver(session: Session, act: Act, unit_id: int | None) -> Unit:
    """A unit that gets to read the matter: of an accusation whose accused no unit is, somebody has compared the names.
    Raises RuleViolation on `to_unit` or `compared`."""
    unit, petition = open_target(session, act, unit_id), act.petition
    known = accused_of(session, petition, petition.received_on).is_known
    check_compared(Purpose(petition.purpose), accused_is_known=known, compared=act.compared)
    return unit


def open_target(session: Session, act: Act, unit_id: int | None) -> Unit:
    """A unit that is open and does not stand accused. Raises RuleViolation on `to_unit`."""
    unit = session.get(Unit, unit_id) if unit_id is not None else None
    if unit is None:
        raise RuleViolation("请选择单位。", "to_unit")
    if not unit.is_open(act.today):
        raise RuleViolation(f"{unit.label}已撤销，请选择承接它的单位。", "to_unit")
    petition = act.petition
    accused = accused_of(session, petition, petition.received_on)
    check_target(Purpose(petition.purpose), accused.paths, unit.path or None)
    return unit


def _sent(act: Act, unit: Unit, kind: DispatchKind) -> dict[str, Any]:
    """The day the bureau met its own clock stays the first on which it sent the matter on."""
    return {
        "stage": Stage.SENT.value,
        "dispatch_kind": kind.value,
        "dispatched_on": act.petition.dispatched_on or act.on,
        "responsible_unit_id": unit.id,
        "unit_received_on": None,
        "handler_id": None,
    }


def _unsent() -> dict[str, Any]:
    return {
        "stage": Stage.PENDING.value,
        "responsible_unit_id": None,
        "unit_received_on": None,
        "handler_id": None,
        "feedback_due_on": None,
    }


def _kind_of_sending(petition: Petition) -> DispatchKind:
    """As it was sent before; what was received directly is now sent for the first time."""
    assigned = petition.dispatch_kind == DispatchKind.ASSIGN
    return DispatchKind.ASSIGN if assigned else DispatchKind.FORWARD


def _stage_at_the_unit(petition: Petition) -> str:
    unsigned = petition.unit_received_on is None and petition.dispatch_kind != DispatchKind.DIRECT
    return (Stage.SENT if unsigned else Stage.RECEIVED).value


def give_part(session: Session, act: Act, unit: Unit, part: UnitPart, task: str = "") -> None:
    session.add(
        PetitionUnit(petition_id=act.petition.id, unit_id=unit.id, part=part.value, task=task, since=act.on)
    )
    session.flush()
    session.expire(act.petition, ["parts", "responsible_unit"])


def _end_waiting(begun: Begun) -> None:
    for line in begun.around.waiting:
        line.waits_for = None


def end_parts(act: Act, part: UnitPart) -> None:
    for row in act.petition.parts:
        if row.part == part and row.until is None:
            row.until = act.on


def _last_day_to_object(session: Session, petition: Petition, around: Surroundings) -> date | None:
    """Of the unit that has the matter now, from the day it signed, else from the day it was sent; an objection that was
    refused does not begin its time anew."""
    received = petition.unit_received_on
    signed = any(s.verb == Verb.RECEIVE and s.happened_on == received for s in around.live_steps)
    sent = around.last_day_of(*SENDINGS) or petition.dispatched_on
    return session.scalar(
        select(Deadline.due_on).filter_by(
            petition_id=petition.id,
            key=OBJECTION,
            unit_id=petition.responsible_unit_id,
            started_on=received if signed else sent,
        )
    )
