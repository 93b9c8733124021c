"""约谈: registered, corrected, voided; its demands reported as met, sent back, or struck off (信访工作条例第三十九条)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.numbers import take_number
from actions.once import already_made, note_made
from models.base import new_uid
from models.interview import Interview, InterviewNote, LookBack
from models.organisation import Unit
from models.petition import Petition
from models.supervision import SupervisionTask
from queries.accused import accused_of
from queries.attachments import room_taken
from queries.interviews import (
    is_entered_for,
    may_correct,
    notes_of,
    own_look_back,
    own_task,
    verb_refusal,
)
from queries.petition_scope import petition_numbered
from queries.scope import load_unit
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.interview_rules import InterviewValues, InterviewVerb, check_interview, refuse_new_demands
from rules.letters.accusation import REFUSAL
from rules.numbering import RecordKind
from rules.own_entries import own_day_problem
from rules.petition_rules import check_day, check_text
from rules.roles import Actor, Permission


@dataclass(frozen=True)
class InterviewData:
    """An interview as typed. `petition` and `task` are numbers, "" for none; `look_back_id` one of the own office."""

    unit_id: int
    values: InterviewValues
    petition: str = ""
    task: str = ""
    look_back_id: int | None = None


@dataclass(frozen=True)
class _Grounds:
    petition: Petition | None
    task: SupervisionTask | None
    look_back: LookBack | None


def register_interview(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    data: InterviewData,
    submission_key: str = "",
) -> Interview:
    """Held, or to be held, by the actor's own office. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, Interview)
    if made is not None:
        return session.get_one(Interview, made)
    if not actor.may(Permission.INTERVIEWS_WRITE) or actor.unit_id is None:
        raise RuleViolation("约谈由信访部门和单位负责人登记。")
    unit, grounds = _checked(session, actor, today, data)
    own = session.get_one(Unit, actor.unit_id)
    day = data.values.interviewed_on or today
    row = Interview(
        **_columns(data.values),
        uid=new_uid(),
        unit_id=unit.id,
        by_unit_id=own.id,
        number=take_number(session, own, RecordKind.INTERVIEW, day.year),
        registered_at=now,
        registered_by_id=actor.person_id,
        petition_id=grounds.petition.id if grounds.petition else None,
        task_id=grounds.task.id if grounds.task else None,
        look_back_id=grounds.look_back.id if grounds.look_back else None,
    )
    session.add(row)
    session.flush()
    _record(session, actor, now, row, "interview.register", after=audit.values_of(row))
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def correct_interview(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    row: Interview,
    values: InterviewValues,
    version: int,
    reason: str,
) -> None:
    """What was demanded is entered so, too. Unit and grounds stay. Raises RuleViolation(s), StaleVersion."""
    _require_own(actor, row, version)
    _require_same_demands(session, row, values, today)
    _refuse_all(check_interview(values, today))
    before = audit.values_of(row)
    for name, value in _columns(values).items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    after = audit.values_of(row)
    _record(session, actor, now, row, "interview.correct", before=before, after=after, reason=reason)


def void_interview(
    session: Session, *, actor: Actor, now: datetime, row: Interview, version: int, reason: str
) -> None:
    """It stays, with its number, and counts nowhere. Raises RuleViolation, StaleVersion."""
    _require_own(actor, row, version)
    make_void(session, actor=actor, now=now, row=row, action="interview.void", reason=reason)


def note_correction(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    row: Interview,
    version: int,
    verb: InterviewVerb,
    text: str,
    evidence: str = "",
    on: date | None = None,
) -> InterviewNote:
    """The unit reports what it did, with attachments or where its papers are kept (`evidence`), or another office enters
    for it what it reported on paper, dated by the day on which that came (`on`); the office that spoke to it sends that
    back, or somebody else than who entered it strikes the demands off, dated by the report. Raises RuleViolation,
    StaleVersion."""
    if row.version != version:
        raise StaleVersion
    notes = notes_of(session, row.id)
    if words := verb_refusal(actor, row, notes, verb):
        raise RuleViolation(words)
    if verb is not InterviewVerb.ACCEPT and len(text.strip()) < 5:
        raise RuleViolation("请写清楚，至少 5 个字。", "text")
    day = today
    if verb is InterviewVerb.REPORT:
        day = _reported_on(actor, row, notes, on or today, today)
        text = _with_evidence(session, row, text.strip(), evidence.strip()) + _entered_by(session, actor, row)
    before = audit.values_of(row)
    note = InterviewNote(
        interview_id=row.id,
        verb=verb.value,
        happened_on=day,
        recorded_at=now,
        recorded_by_id=actor.person_id,
        text=text.strip(),
    )
    session.add(note)
    if verb is InterviewVerb.ACCEPT:
        row.corrected_on, row.correction = notes[-1].happened_on, notes[-1].text
    row.version += 1
    session.flush()
    after = audit.values_of(row, note=text.strip())
    _record(session, actor, now, row, f"interview.{verb.value}", before=before, after=after)
    return note


def _reported_on(actor: Actor, row: Interview, notes: Sequence[InterviewNote], on: date, today: date) -> date:
    """Today, or the day on which the paper came to the office that spoke to the unit. Raises RuleViolation on `on`."""
    holds = row.by_unit_id == actor.unit_id
    if problem := own_day_problem(on, today, on_behalf=holds, office="约谈单位", field="on"):
        raise problem
    since, words = (notes[-1].happened_on, "退回的日期") if notes else (row.interviewed_on, "约谈日期")
    check_day(on, today, since=since if on != today else None, since_words=words)
    return on


def _entered_by(session: Session, actor: Actor, row: Interview) -> str:
    """Who entered it, where that was not the unit itself."""
    if not is_entered_for(actor, row):
        return ""
    office = session.get_one(Unit, actor.unit_id)
    return f"\n单位书面报送，由{office.label}{actor.name}代为录入。"


def _with_evidence(session: Session, row: Interview, text: str, where: str) -> str:
    """The report, and where its papers are kept. Raises RuleViolation on `evidence` where nothing proves it."""
    attached, _size, _last = room_taken(session, "interview", row.id)
    if not where and not attached:
        raise RuleViolation("请先上传佐证附件，或者写明佐证材料存放在哪里。", "evidence")
    return f"{text}\n佐证材料：{check_text(where, '佐证材料', 'evidence', 200)}" if where else text


def _require_same_demands(session: Session, row: Interview, values: InterviewValues, today: date) -> None:
    """Once they are due, reported on or met. Raises RuleViolation."""
    if (values.demands.strip(), values.correct_by) == (row.demands, row.correct_by):
        return
    notes = notes_of(session, row.id)
    last = InterviewVerb(notes[-1].verb) if notes else None
    done = row.corrected_on is not None
    if words := refuse_new_demands(row.correct_by, today, is_corrected=done, last=last):
        raise RuleViolation(words, "demands")


def _checked(session: Session, actor: Actor, today: date, data: InterviewData) -> tuple[Unit, _Grounds]:
    problems = check_interview(data.values, today)
    if data.values.ground is None:
        problems.append(RuleViolation("请选择约谈的依据。", "ground"))
    try:
        unit = load_unit(session, actor, data.unit_id)
    except NotVisible:
        raise RuleViolations([*problems, RuleViolation("请选择管辖范围内的单位。", "unit")]) from None
    if unit.id == actor.unit_id:
        problems.append(RuleViolation("不能约谈本单位。", "unit"))
    grounds = _grounds(session, actor, data, problems)
    if grounds.petition is not None and accuses(session, grounds.petition, unit):
        problems.append(RuleViolation(REFUSAL, "unit"))
    _refuse_all(problems)
    return unit, grounds


def accuses(session: Session, petition: Petition, unit: Unit) -> bool:
    """Whether an accusation names the unit or one above it (条例第三十条第三款)."""
    return any(
        unit.path.startswith(path) for path in accused_of(session, petition, petition.received_on).paths
    )


def _grounds(session: Session, actor: Actor, data: InterviewData, problems: list[RuleViolation]) -> _Grounds:
    found = _Grounds(None, None, None)
    if data.look_back_id is not None:
        look_back = own_look_back(session, actor, data.look_back_id)
        if look_back is None or not look_back.fell_short:
            problems.append(RuleViolation("这次倒查没有发现办理不到位，不能据此约谈。"))
        else:
            found = replace(found, look_back=look_back, petition=look_back.petition)
    if data.petition.strip() and found.petition is None:
        found = replace(found, petition=petition_numbered(session, actor, data.petition))
        if found.petition is None:
            problems.append(RuleViolation("没有找到这个编号的信访事项。", "petition"))
    if data.task.strip():
        found = replace(found, task=own_task(session, actor, data.task))
        if found.task is None:
            problems.append(RuleViolation("没有找到本单位立项的这件督办。", "task"))
        elif found.petition is None:
            found = replace(found, petition=found.task.petition)
    return found


def _columns(values: InterviewValues) -> dict[str, Any]:
    return {
        "interviewed_on": values.interviewed_on,
        "starts_at": values.starts_at,
        "persons": values.persons,
        "posts": values.posts.strip(),
        "host": values.host.strip(),
        "place": values.place.strip(),
        "ground": values.ground.value if values.ground else None,
        "reason": values.reason.strip(),
        "demands": values.demands.strip(),
        "correct_by": values.correct_by,
    }


def _require_own(actor: Actor, row: Interview, version: int) -> None:
    if not may_correct(actor, row):
        raise RuleViolation("约谈登记由约谈单位更正、作废。")
    if row.is_void:
        raise RuleViolation("这条约谈登记已作废。")
    if row.version != version:
        raise StaleVersion


def _refuse_all(problems: list[RuleViolation]) -> None:
    if problems:
        raise RuleViolations(problems)


def _record(
    session: Session,
    actor: Actor,
    now: datetime,
    row: Interview,
    action: str,
    *,
    after: audit.Values,
    before: audit.Values | None = None,
    reason: str = "",
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=row.number,
        before=before,
        after=after,
        reason=reason,
    )
