"""Setting a value of the office's own rules from a day on."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from models.office import OfficeRule
from queries.office_rules import DeclaredRule, rule_on
from rules.errors import RuleViolation
from rules.roles import Actor


def set_office_rule(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    rule: DeclaredRule,
    value: int,
    valid_from: date,
    basis: str,
    submission_key: str = "",
) -> OfficeRule:
    """A new value, never backwards: what was counted under a rule stays counted under it.

    Sent twice with one key it is set once. Raises RuleViolation on `value`, `valid_from` or `basis`.
    """
    made = already_made(session, submission_key, actor, OfficeRule)
    if made is not None:
        return session.get_one(OfficeRule, made)
    if not rule.least <= value <= rule.most:
        raise RuleViolation(f"“{rule.label}”应在 {rule.least} 至 {rule.most} 之间。", "value")
    if valid_from < today:
        raise RuleViolation(f"生效日期不能早于今天 {today}，已经统计的口径不能倒改。", "valid_from")
    if not basis.strip():
        raise RuleViolation("请写明依据（文件名称、文号或会议）。", "basis")
    before = rule_on(session, rule, valid_from)
    row = OfficeRule(key=rule.key, value=str(value), valid_from=valid_from, basis=basis.strip(), set_at=now)
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="office-rule.set",
        subject=row,
        label=rule.label,
        before={"value": before},
        after={"value": value, "valid_from": valid_from.isoformat(), "basis": row.basis},
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row
