"""终结、归档、并件、撤销一步: how a matter ends, and the ways back."""

import json
from collections.abc import Iterable

from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from actions.petition_deadlines import settle_deadlines
from actions.petitions.joining import take_back_joint_part
from actions.petitions.registering import decides_on_counting
from actions.petitions.reviewing import last_day_to_contest, take_back_hearing
from actions.petitions.serving import take_back_delivery
from actions.petitions.steps import Act, Begun, Line, begin, restore, take
from models.petition import Petition, PetitionStep
from models.petition_letter import PetitionLetter
from queries.leads import running_lead
from queries.petition_closing import late_because
from queries.petition_letters import letters_of
from queries.petition_standing import hands_to, surroundings_of
from rules.errors import RuleViolation, StaleVersion
from rules.letters.kinds import LetterKind
from rules.petition_rules import LONGEST_REASON, check_day, check_over, check_text
from rules.petition_states import WAYS, Stage, Verb
from rules.petition_words import ArchiveTerm, HandlingClass, ItemKind, ReviewKind, UnitPart
from rules.roles import COUNTY_OFFICE

UNDOABLE = frozenset(
    {
        *(Verb.FORWARD, Verb.ASSIGN, Verb.TAKE, Verb.RECEIVE, Verb.NOTIFY, Verb.RECORD_PROGRESS),
        *(Verb.CONCLUDE, Verb.REPORT, Verb.EXECUTE, Verb.RESOLVE, Verb.RATE, Verb.INSTRUCT),
        *(Verb.FINISH, Verb.ARCHIVE, Verb.REQUEST_EXTENSION, Verb.SERVE, Verb.HEAR),
        *(Verb.ADD_UNIT, Verb.END_UNIT),
    }
)
"""What was entered by mistake may be taken back while nothing stands on it; of a delivery or a hearing, which happened
outside, the entry is. What was decided may not: an approved extension or reply, a review's opinion are corrected by a
new act."""

_SAID_BY: dict[Verb, frozenset[LetterKind]] = {
    Verb.FORWARD: frozenset({LetterKind.FORWARD, LetterKind.DISPATCH_NOTICE}),
    Verb.ASSIGN: frozenset({LetterKind.ASSIGN, LetterKind.DISPATCH_NOTICE}),
    Verb.NOTIFY: frozenset(
        {LetterKind.ACCEPTANCE, LetterKind.REFUSAL, LetterKind.NO_LONGER, LetterKind.ALREADY_HANDLED}
    ),
    Verb.REQUEST_EXTENSION: frozenset({LetterKind.EXTENSION_APPROVAL}),
    Verb.CONCLUDE: frozenset({LetterKind.CONCLUSION_REPORT}),
    Verb.REPORT: frozenset({LetterKind.CONCLUSION_REPORT}),
    Verb.HEAR: frozenset({LetterKind.HEARING_NOTICE}),
}
"""The letters that tell somebody of a step: once one went out signed, the step is not taken back."""

_ANSWERED_BY = {
    Verb.OBJECT: Verb.DECIDE_OBJECTION,
    Verb.DISPUTE: Verb.DECIDE_DISPUTE,
    Verb.REQUEST_EXTENSION: Verb.DECIDE_EXTENSION,
}
_STILL_HANDLED = frozenset(
    {Stage.PENDING, Stage.SENT, Stage.OBJECTED, Stage.RECEIVED, Stage.HANDLING, Stage.REVIEWING}
)


def finish(session: Session, act: Act) -> None:
    """终结: nobody asked for a review in time, or the ways are at an end."""
    begun = begin(session, act, Verb.FINISH, since=act.petition.concluded_on, since_words="办结日期")
    if begun.done_before:
        return
    _require_uncontested(session, act, begun)
    take(session, act, Verb.FINISH, {"stage": Stage.FINISHED.value, "finished_on": act.on})


def archive(session: Session, act: Act, term: ArchiveTerm | None) -> None:
    """归档 with its term. Raises RuleViolation on `term`."""
    petition = act.petition
    since = petition.finished_on or petition.concluded_on or petition.notified_on
    begun = begin(session, act, Verb.ARCHIVE, since=since, since_words="办结日期")
    if begun.done_before:
        return
    if petition.stage == Stage.CONCLUDED:
        _require_uncontested(session, act, begun)
    if term is None:
        raise RuleViolation("请选择保管期限。", "term")
    changes = {"stage": Stage.ARCHIVED.value, "archived_on": act.on, "archive_term": term.value}
    take(session, act, Verb.ARCHIVE, changes, Line(outcome=term.value))


def _require_uncontested(session: Session, act: Act, begun: Begun) -> None:
    """The petitioner's time to ask for 复查, and after one for 复核, has run out, or it is said why not to wait for
    it. Raises RuleViolation."""
    petition = act.petition
    if petition.handling_class != HandlingClass.PETITION:
        return
    reviewed = [r for r in begun.around.live_reviews if r.kind == ReviewKind.REVIEW and r.decided_on]
    kind = ReviewKind.RE_REVIEW if reviewed else ReviewKind.REVIEW
    served_on = reviewed[-1].served_on if reviewed else petition.served_on
    if served_on is None and reviewed:
        raise RuleViolation("复查意见还没有送达。")
    if served_on is None:
        return  # imported: nobody wrote down when its reply was served
    last = last_day_to_contest(session, petition, kind, served_on)
    check_over(act.on, last, f"申请{kind.label}", act.text)


def merge(session: Session, act: Act, into: Petition | None) -> None:
    """并件: the same matter came twice; it goes on under `into`, whose clocks are not started again (第十九条第三款). From
    then on it is a 重件 and no rate counts it; so one that is late already is merged by the county's director alone."""
    if begin(session, act, Verb.MERGE).done_before:
        return
    petition = act.petition
    if into is None or into.id == petition.id:
        raise RuleViolation("请填写并入哪一件的编号。", "into")
    if into.is_void or into.stage == Stage.MERGED:
        raise RuleViolation("那一件已作废或已并入别的事项，不能再并入它。", "into")
    if into.stage not in _STILL_HANDLED:
        raise RuleViolation(f"那一件{Stage(into.stage).label}，不再办理，不能并入它。", "into")
    if into.sealed != petition.sealed:
        raise RuleViolation("检举控告与其他事项不能并件。", "into")
    if led := running_lead(session, petition.id):
        raise RuleViolation(f"这件事项正在包案（{led}），请先终止包案。")
    late = late_because(petition, act.today)
    if late and not decides_on_counting(act.actor):
        raise RuleViolation(f"{late}，并件后不再计入考核，由县信访局负责人办理。")
    changes = {
        "stage": Stage.MERGED.value,
        "merged_into_id": into.id,
        "item_kind": ItemKind.REPEAT.value,
        "earlier_id": petition.earlier_id or into.id,
    }
    take(session, act, Verb.MERGE, changes, Line(outcome=into.number))


def unmerge(session: Session, act: Act) -> None:
    """Back to where and what it was: its own clocks run on from their own days, and it counts again."""
    begun = begin(session, act, Verb.UNMERGE)
    if begun.done_before:
        return
    merged_on = begun.around.last_day_of(Verb.MERGE)
    check_day(act.on, act.today, since=merged_on, since_words="并件日期")
    check_text(act.text, "撤销并件的理由")
    step = next((s for s in reversed(begun.around.live_steps) if s.verb == Verb.MERGE), None)
    stage = step.from_stage if step else Stage.PENDING.value
    before = json.loads(step.before or "{}") if step else {}
    counted = {name: before[name] for name in ("item_kind", "earlier_id") if name in before}
    take(session, act, Verb.UNMERGE, {"stage": stage, "merged_into_id": None, **counted})


def undo_step(session: Session, act: Act, step_id: int) -> None:
    """Take back the latest step, with the reason; its line stays and says so. Raises RuleViolation, StaleVersion."""
    petition = act.petition
    if already_made(session, act.submission_key, act.actor, PetitionStep) is not None:
        return
    if petition.version != act.version:
        raise StaleVersion
    around = surroundings_of(session, petition)
    step = next((s for s in around.live_steps if s.id == step_id), None)
    refused = undo_refusal(act, around.live_steps, step, letters_of(session, petition.id))
    if refused or step is None:
        raise RuleViolation(refused)
    reason = check_text(act.text, "撤销的理由", most=LONGEST_REASON)
    before = restore(petition, json.loads(step.before or "{}"))
    _take_back_what_stood_beside(session, act, step)
    step.undone_at, step.undone_by_id, step.undo_reason = act.now, act.actor.person_id, reason
    step.waits_for = None
    petition.version += 1
    session.flush()
    session.expire(petition, ["responsible_unit"])
    settle_deadlines(session, petition, act.today)
    audit.record(
        session,
        actor=act.actor,
        now=act.now,
        action="petition.undo",
        subject=petition,
        label=petition.number,
        reason=reason,
        before=before | {"step": f"{step.verb} {step.happened_on}"},
        after=json.loads(step.before or "{}") | {"step": "undone"},
    )
    note_made(session, key=act.submission_key, actor=act.actor, now=act.now, subject=step)


def _take_back_what_stood_beside(session: Session, act: Act, step: PetitionStep) -> None:
    """The rows that the step had left besides the petition's own: a part, a line it answered, a delivery, a hearing."""
    if step.verb in (Verb.FORWARD, Verb.ASSIGN, Verb.TAKE):
        for part in act.petition.parts:
            if part.part == UnitPart.RESPONSIBLE and part.until is None:
                part.until = step.happened_on
    answered = session.get(PetitionStep, step.answers_id) if step.answers_id else None
    if answered is not None:
        answered.waits_for = _ANSWERED_BY[Verb(answered.verb)].value
    if step.verb == Verb.SERVE:
        take_back_delivery(session, step, act.now)
    if step.verb == Verb.HEAR:
        take_back_hearing(session, act.petition)
    if step.verb in (Verb.ADD_UNIT, Verb.END_UNIT):
        take_back_joint_part(act.petition, step)


def undo_refusal(
    act: Act, live: list[PetitionStep], step: PetitionStep | None, letters: Iterable[PetitionLetter]
) -> str:
    """Why a step may not be taken back; "" where it may. `letters` are those of the petition."""
    if step is None or step is not (live[-1] if live else None):
        return "只能撤销最后一步。"
    verb = Verb(step.verb)
    if verb not in UNDOABLE:
        return f"“{verb.label}”已生效，不能撤销；确有错误的，另行登记更正。"
    if act.petition.is_void:
        return "这件信访事项已作废。"
    if WAYS[verb].to not in (None, act.petition.stage):
        return f"目前是“{Stage(act.petition.stage).label}”，这一步已不能撤销。"
    if told := _told_by(step, letters):
        return f"{LetterKind(told.kind).label}{told.number or ''}已经印发，不能撤销这一步；确有错误的，另行登记更正。"
    if _came_by_import(act.petition, step):
        return "" if act.actor.role in COUNTY_OFFICE else "导入的经过只能由县信访局撤销。"
    if step.unit_id != act.actor.unit_id or not WAYS[verb].by & hands_to(act.actor, act.petition).by:
        return "只能由登记这一步的单位撤销。"
    if verb is Verb.INSTRUCT and step.recorded_by_id != act.actor.person_id:
        return "领导批示只能由作批示的领导本人撤销。"
    return ""


def _told_by(step: PetitionStep, letters: Iterable[PetitionLetter]) -> PetitionLetter | None:
    kinds = _SAID_BY.get(Verb(step.verb), frozenset())
    issued = (row for row in letters if row.state == "issued" and row.kind in kinds)
    return next((row for row in issued if row.issued_at and row.issued_at >= step.recorded_at), None)


def _came_by_import(petition: Petition, step: PetitionStep) -> bool:
    """Such a line bears the unit that the sheet names, which has entered nothing here."""
    return petition.import_batch_id is not None and step.recorded_at <= petition.registered_at
