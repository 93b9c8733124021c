"""报结果、验收、退回、销号、终止, and taking back the latest step: how a lead assignment ends."""

import json
from dataclasses import replace
from datetime import date

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from actions import audit
from actions.leads.steps import LeadAct, begin, take
from actions.once import already_made, note_made
from actions.petitions.handling import resolve
from actions.petitions.steps import Act
from models.lead_assignment import LeadAssignment, LeadStep
from models.petition import Petition
from queries.attachments import room_taken
from queries.lead_standing import hands_to_lead, is_evidence_named, live_steps, steps_of_lead
from queries.petition_scope import load_petition
from queries.petition_standing import hands_to, standing_of, surroundings_of
from rules.errors import NotVisible, RuleViolation, StaleVersion
from rules.lead_rules import check_evidence, check_result, with_evidence
from rules.lead_states import UNDOABLE, WAYS, LeadResult, LeadVerb
from rules.petition_rules import LONGEST_REASON, check_text
from rules.petition_states import Verb, refusal
from rules.petition_words import Resolution

ATTACHED_TO = "lead_assignment"


def submit_result(session: Session, act: LeadAct, result: LeadResult | None, evidence: str = "") -> None:
    """报结果, on the day the work ended, and where its evidence is kept: later than the limit it stays late. Raises
    RuleViolation."""
    if begin(session, act, LeadVerb.SUBMIT) is None:
        return
    result = check_result(result, act.text)
    changes = {
        "result": result.value,
        "result_text": act.text.strip(),
        "concluded_on": act.on,
        "submitted_by_id": act.actor.person_id,
    }
    take(session, replace(act, text=with_evidence(act.text, evidence)), LeadVerb.SUBMIT, changes)


def accept_result(session: Session, act: LeadAct) -> None:
    """验收 by another than who reported."""
    if begin(session, act, LeadVerb.ACCEPT) is None:
        return
    text = check_text(act.text, "验收意见")
    accepted = {"accepted_on": act.on, "accepted_by_id": act.actor.person_id, "acceptance_text": text}
    take(session, act, LeadVerb.ACCEPT, accepted)


def return_result(session: Session, act: LeadAct) -> None:
    """退回 with the reason: the unit goes on, and its limit runs on."""
    if begin(session, act, LeadVerb.RETURN) is None:
        return
    check_text(act.text, "退回的理由")
    names = ("result", "concluded_on", "submitted_by_id", "accepted_on", "accepted_by_id")
    changes = dict.fromkeys(names) | {"result_text": "", "acceptance_text": ""}
    take(session, act, LeadVerb.RETURN, changes)


def close_lead(session: Session, act: LeadAct) -> bool:
    """销号 with evidence. 化解 is entered at the petition by its own step; returns whether it now stands there. Raises
    RuleViolation."""
    steps = begin(session, act, LeadVerb.CLOSE)
    if steps is None:
        return True
    attached, _size, _last = room_taken(session, ATTACHED_TO, act.row.id)
    check_evidence(act.text, attached, named=is_evidence_named(steps))
    take(session, act, LeadVerb.CLOSE, {"closed_on": act.on})
    return act.row.result != LeadResult.RESOLVED or _resolved(session, act)


def end_lead(session: Session, act: LeadAct) -> None:
    """终止: it is not led any more, with the reason."""
    if begin(session, act, LeadVerb.END) is None:
        return
    check_text(act.text, "终止的理由")
    take(session, act, LeadVerb.END)


def undo_lead_step(session: Session, act: LeadAct, step_id: int) -> None:
    """Take back the latest step, with the reason; its line stays and says so. Raises RuleViolation, StaleVersion."""
    row = act.row
    if already_made(session, act.submission_key, act.actor, LeadStep) is not None:
        return
    if row.version != act.version:
        raise StaleVersion
    live = live_steps(steps_of_lead(session, row))
    step = next((s for s in live if s.id == step_id), None)
    refused = undo_lead_refusal(act, live, step)
    if refused or step is None:
        raise RuleViolation(refused)
    reason = check_text(act.text, "撤销的理由", most=LONGEST_REASON)
    before = _restored(row, step)
    step.undone_at, step.undone_by_id, step.undo_reason = act.now, act.actor.person_id, reason
    step.waits_for = None
    row.version += 1
    session.flush()
    audit.record(
        session, actor=act.actor, now=act.now, action="lead_assignment.undo", subject=row, label=row.number,
        reason=reason, before=before | {"step": f"{step.verb} {step.happened_on}"},
        after=json.loads(step.before or "{}") | {"step": "undone"},
    )  # fmt: skip
    note_made(session, key=act.submission_key, actor=act.actor, now=act.now, subject=step)


def undo_lead_refusal(act: LeadAct, live: list[LeadStep], step: LeadStep | None) -> str:
    """Why a step may not be taken back; "" where it may."""
    if step is None or step is not (live[-1] if live else None):
        return "只能撤销最后一步。"
    verb = LeadVerb(step.verb)
    if verb not in UNDOABLE:
        return f"“{verb.label}”已生效，不能撤销。"
    if act.row.is_void:
        return "这件包案已作废。"
    own = step.unit_id == act.actor.unit_id and bool(WAYS[verb].by & hands_to_lead(act.actor, act.row))
    if not own and step.recorded_by_id != act.actor.person_id:
        return "只能由登记这一步的单位撤销。"
    if verb is LeadVerb.INSTRUCT and step.recorded_by_id != act.actor.person_id:
        return "领导批示只能由作批示的领导本人撤销。"
    return ""


def _restored(row: LeadAssignment, step: LeadStep) -> dict[str, object]:
    """Put back the columns as they stood before the step; returns what they were until now."""
    columns = {c.key: c for c in inspect(LeadAssignment).column_attrs}
    was: dict[str, object] = {}
    for name, value in json.loads(step.before or "{}").items():
        current = getattr(row, name)
        was[name] = current.isoformat() if isinstance(current, date) else current
        is_day = columns[name].columns[0].type.python_type is date
        setattr(row, name, date.fromisoformat(value) if is_day and value else value)
    return was


def _resolved(session: Session, act: LeadAct) -> bool:
    """By the petition's own step where it may be taken by this actor; else the petition stays as it is."""
    try:
        petition = load_petition(session, act.actor, act.row.petition_id)
    except NotVisible:
        return False
    if petition.resolution == Resolution.RESOLVED:
        return True
    if refusal(
        Verb.RESOLVE, standing_of(petition, surroundings_of(session, petition)), hands_to(act.actor, petition)
    ):
        return False
    resolve(session, _act_on(petition, act), Resolution.RESOLVED)
    return True


def _act_on(petition: Petition, act: LeadAct) -> Act:
    return Act(
        act.actor,
        act.now,
        act.today,
        petition,
        petition.version,
        act.on,
        text=f"包案 {act.row.number} 销号，结果化解。",
    )
