"""办理倒查 kept by a person, with what he concludes: its lines stay as they stood that day."""

import json
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.once import already_made, note_made
from models.base import new_uid
from models.interview import LookBack
from models.petition import Petition
from queries.look_backs import findings_now, may_keep
from rules.errors import RuleViolation, StaleVersion
from rules.look_back_rules import as_rows, fell_short
from rules.roles import Actor

LONGEST_OPINION = 2_000


def keep_look_back(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    petition: Petition,
    opinion: str,
    submission_key: str = "",
) -> LookBack:
    """The caller has loaded the petition in scope. Raises RuleViolation."""
    made = already_made(session, submission_key, actor, LookBack)
    if made is not None:
        return session.get_one(LookBack, made)
    if not may_keep(actor):
        raise RuleViolation("办理倒查由信访部门和单位负责人登记。")
    if not opinion.strip() or len(opinion) > LONGEST_OPINION:
        raise RuleViolation(f"请写倒查意见，最多 {LONGEST_OPINION} 个字。", "opinion")
    findings = findings_now(session, petition, today)
    row = LookBack(
        uid=new_uid(),
        petition_id=petition.id,
        unit_id=actor.unit_id,
        made_on=today,
        findings=json.dumps(as_rows(findings), ensure_ascii=False),
        fell_short=fell_short(findings),
        opinion=opinion.strip(),
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="look_back.keep",
        subject=row,
        label=petition.number,
        after=audit.values_of(row),
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def void_look_back(
    session: Session, *, actor: Actor, now: datetime, row: LookBack, version: int, reason: str
) -> None:
    """Raises RuleViolation, StaleVersion."""
    if row.unit_id != actor.unit_id or row.is_void:
        raise RuleViolation("倒查由登记的单位作废；已作废的不能再作废。")
    if row.version != version:
        raise StaleVersion
    label = row.petition.number
    make_void(session, actor=actor, now=now, row=row, action="look_back.void", reason=reason, label=label)
