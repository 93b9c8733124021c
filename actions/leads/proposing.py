"""提出包案、批准、调整四定: who answers for a matter, with which unit and people, until when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.leads.steps import LeadAct, begin, take
from actions.numbers import take_number
from actions.once import already_made, note_made
from models.base import new_uid
from models.lead_assignment import LeadAssignment, LeadStep
from models.organisation import Unit
from models.petition import Petition
from models.staff import Posting
from queries.lead_standing import hands_to_lead, serves_county
from queries.leader_receptions import posting_of_leader
from queries.leads import running_lead
from queries.letter_facts import accused_names
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.lead_rules import LeadValues, check_lead, check_matter
from rules.lead_states import LeadBy, LeadState, LeadVerb, replacement_refusal
from rules.letters.accusation import names_any_of
from rules.numbering import RecordKind
from rules.petition_rules import check_text
from rules.petition_states import Stage
from rules.roles import Actor
from rules.taxonomy import Purpose, UnitCategory

_OVER = (Stage.MERGED, Stage.ARCHIVED)
_WHO = ("leader_name", "leader_post", "responsible_unit_id")
"""What is replaced only by who may approve; the post where nothing else tells who the leader is."""


@dataclass(frozen=True)
class LeadData:
    """四定一包 as typed: shape checked, rules not yet asked."""

    values: LeadValues
    text: str = ""
    """Why a leader takes it on."""


def propose_lead(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    petition: Petition | None,
    data: LeadData,
    submission_key: str = "",
) -> LeadAssignment:
    """待批准. A matter has one running assignment; sent twice with one key it is made once. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, LeadAssignment)
    if made is not None:
        return session.get_one(LeadAssignment, made)
    petition = _open_petition(session, petition)
    values, responsible = _checked(session, data.values, today)
    unit = session.get_one(Unit, actor.unit_id)
    posting = _posting(session, values.leader_name, responsible, unit, today)
    _check_matter(session, petition, values.leader_name, posting.person_id if posting else None)
    row = LeadAssignment(
        uid=new_uid(),
        number=take_number(session, unit, RecordKind.LEAD_ASSIGNMENT, today.year),
        petition_id=petition.id,
        unit_id=unit.id,
        proposed_on=today,
        state=LeadState.PROPOSED.value,
        registered_at=now,
        registered_by_id=actor.person_id,
        **_columns(values, posting),
    )
    session.add(row)
    session.flush()
    session.add(
        LeadStep(
            assignment_id=row.id,
            verb=LeadVerb.PROPOSE.value,
            happened_on=today,
            recorded_at=now,
            recorded_by_id=actor.person_id,
            unit_id=unit.id,
            text=data.text.strip(),
            before="{}",
        )  # fmt: skip
    )
    session.flush()
    audit.record(
        session, actor=actor, now=now, action=LeadVerb.PROPOSE.audit_code, subject=row, label=row.number,
        after=audit.values_of(row),
    )  # fmt: skip
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def assign_lead(session: Session, act: LeadAct) -> None:
    """批准: from this day the unit works on it and reports each week. The matter is looked at once more: it may have become
    an accusation, or one about the leader, since it was proposed. Raises RuleViolation."""
    if begin(session, act, LeadVerb.ASSIGN) is None:
        return
    _check_matter(session, act.row.petition, act.row.leader_name, act.row.leader_id)
    if act.row.due_on < act.today:
        raise RuleViolation(f"办理时限 {act.row.due_on} 已过，请先调整四定。")
    take(session, act, LeadVerb.ASSIGN, {"assigned_on": act.on, "assigned_by_id": act.actor.person_id})


def void_lead(session: Session, act: LeadAct) -> None:
    """Proposed by mistake and not yet approved: it stays with its number and counts nowhere. Raises RuleViolation."""
    row = act.row
    if row.version != act.version:
        raise StaleVersion
    hands = hands_to_lead(act.actor, row)
    if row.is_void or row.state != LeadState.PROPOSED or LeadBy.PROPOSER not in hands:
        raise RuleViolation("只有提出以后、批准以前，提出单位才能作废；已经批准的，由负责人终止包案。")
    reason = check_text(act.text, "作废的理由", most=200)
    make_void(session, actor=act.actor, now=act.now, row=row, action="lead_assignment.void", reason=reason)


def adjust_lead(session: Session, act: LeadAct, data: LeadValues) -> None:
    """Another leader, unit, person, team or measures, with the reason; once it is approved the limit moves only by an
    extension, and leader and unit are replaced by who may approve. Raises RuleViolation(s)."""
    if begin(session, act, LeadVerb.ADJUST) is None:
        return
    row = act.row
    reason = check_text(act.text, "调整的理由", most=200)
    if row.state != LeadState.PROPOSED and data.due_on != row.due_on:
        raise RuleViolation("批准以后，时限只能通过申请延期改变。", "due_on")
    until = max(act.today, row.due_on) if row.state == LeadState.PROPOSED else row.due_on
    values, responsible = _checked(session, data, min(act.today, until))
    posting = _posting(session, values.leader_name, responsible, row.unit, act.today)
    _check_matter(session, row.petition, values.leader_name, posting.person_id if posting else None)
    changes = _changed(row, _columns(values, posting))
    if not changes:
        raise RuleViolation("没有改动任何内容。")
    _check_replaced(session, act, changes)
    take(session, act, LeadVerb.ADJUST, changes, reason=reason)
    session.expire(row, ["leader", "responsible_unit"])


def _changed(row: LeadAssignment, columns: dict[str, Any]) -> dict[str, Any]:
    """Who was approved stays the same person while the name stays, wherever he is posted by now."""
    stays = row.state != LeadState.PROPOSED and columns["leader_name"] == row.leader_name
    kept = {"leader_id"} if stays else set()
    return {name: v for name, v in columns.items() if name not in kept and getattr(row, name) != v}


def _check_replaced(session: Session, act: LeadAct, changes: dict[str, Any]) -> None:
    """Raises RuleViolation at the first of the two that was replaced without the right to."""
    row = act.row
    replaced = [f for f in _WHO if f in changes and (f != "leader_post" or row.leader_id is None)]
    if not replaced:
        return
    before = (row.leader_id, row.leader_post)
    after = (changes.get("leader_id", row.leader_id), changes.get("leader_post", row.leader_post))
    county = any(serves_county(session, *leader, row.proposed_on) for leader in {before, after})
    hands = hands_to_lead(act.actor, row)
    if words := replacement_refusal(LeadState(row.state), hands, led_by_county=county):
        raise RuleViolation(words, "responsible_unit" if replaced == ["responsible_unit_id"] else "leader")


def _open_petition(session: Session, petition: Petition | None) -> Petition:
    if petition is None:
        raise RuleViolation("没有找到这件信访事项，请核对编号。", "petition")
    if petition.is_void or petition.stage in _OVER:
        raise RuleViolation("这件信访事项已作废、并件或归档，不能再提出包案。", "petition")
    if number := running_lead(session, petition.id):
        raise RuleViolation(f"这件信访事项已有正在办理的包案 {number}。", "petition")
    return petition


def _checked(session: Session, values: LeadValues, today: date) -> tuple[LeadValues, Unit]:
    problems = check_lead(values, today)
    unit = session.get(Unit, values.responsible_unit_id) if values.responsible_unit_id else None
    if values.responsible_unit_id and (unit is None or not unit.path):
        problems.append(RuleViolation("责任单位要在本县机构之内。", "responsible_unit"))
    elif unit is not None and unit.category == UnitCategory.BUREAU:
        problems.append(RuleViolation("县信访局验收结果，不能作责任单位；请选别的单位。", "responsible_unit"))
    if problems or unit is None:
        raise RuleViolations(problems)
    return values, unit


def _posting(session: Session, name: str, responsible: Unit, unit: Unit, day: date) -> Posting | None:
    """The one member of staff that the name means: at the responsible unit, below or above it, else where it was
    proposed. A name that is nobody's here stays a name."""
    found = posting_of_leader(session, name, responsible, day)
    return found or posting_of_leader(session, name, unit, day)


def _check_matter(session: Session, petition: Petition, name: str, leader_id: int | None) -> None:
    himself = petition.accused_person_id is not None and petition.accused_person_id == leader_id
    named = himself or names_any_of([name], accused_names(session, petition))
    check_matter(Purpose(petition.purpose), leader_is_accused=named)


def _columns(values: LeadValues, posting: Posting | None) -> dict[str, Any]:
    return {
        "leader_id": posting.person_id if posting else None,
        "leader_name": values.leader_name,
        "leader_post": values.leader_post or (posting.post if posting else ""),
        "responsible_unit_id": values.responsible_unit_id,
        "responsible_person": values.responsible_person,
        "team": values.team,
        "measures": values.measures,
        "due_on": values.due_on,
    }
