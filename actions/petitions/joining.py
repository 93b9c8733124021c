"""协办: further units that help the responsible one, and see the matter while they do."""

from sqlalchemy.orm import Session

from actions.petitions.dispatching import give_part, receiver
from actions.petitions.steps import Act, Line, begin, take
from models.petition import Petition, PetitionStep, PetitionUnit
from rules.errors import RuleViolation
from rules.petition_rules import LONGEST_TASK, check_day, check_length
from rules.petition_states import Verb
from rules.petition_words import UnitPart


def add_unit(session: Session, act: Act, unit_id: int | None) -> None:
    """协办: the responsible unit leads, this one helps and sees the matter; the text says with what. Raises
    RuleViolation on `to_unit`, `text`, `compared`."""
    if begin(session, act, Verb.ADD_UNIT).done_before:
        return
    unit = receiver(session, act, unit_id)
    if unit.id == act.petition.responsible_unit_id:
        raise RuleViolation("它已是责任单位。", "to_unit")
    if any(p.unit_id == unit.id and p.until is None for p in act.petition.parts):
        raise RuleViolation(f"{unit.label}已在其中。", "to_unit")
    task = check_length(act.text, "分工", "text", LONGEST_TASK)
    take(session, act, Verb.ADD_UNIT, {}, Line(to_unit_id=unit.id))
    give_part(session, act, unit, UnitPart.JOINT, task)


def end_unit(session: Session, act: Act, unit_id: int | None) -> None:
    """The unit's part is over: it no longer sees the matter. Raises RuleViolation on `to_unit`, `on`."""
    if begin(session, act, Verb.END_UNIT).done_before:
        return
    part = next((p for p in live_joint_parts(act.petition) if p.unit_id == unit_id), None)
    if part is None:
        raise RuleViolation("请选择协办单位。", "to_unit")
    check_day(act.on, act.today, since=part.since, since_words="增加协办单位的日期")
    part.until = act.on
    take(session, act, Verb.END_UNIT, {}, Line(to_unit_id=unit_id))


def take_back_joint_part(petition: Petition, step: PetitionStep) -> None:
    """What an undone step did to the unit's part: the latest of that unit is the one it began or ended."""
    part = next(p for p in reversed(petition.parts) if _is_joint(p) and p.unit_id == step.to_unit_id)
    part.until = part.since if step.verb == Verb.ADD_UNIT else None


def live_joint_parts(petition: Petition) -> list[PetitionUnit]:
    return [part for part in petition.parts if _is_joint(part) and part.until is None]


def _is_joint(part: PetitionUnit) -> bool:
    return part.part == UnitPart.JOINT
