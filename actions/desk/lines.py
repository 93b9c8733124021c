"""What all changes of a line share: who may, on which version, and the audit entry that says so."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.desk_search import index_again
from models.duty_desk import DeskEntry
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Actor

_SEARCHED = frozenset({"source", "content", "proposal", "instruction", "instructed_by", "reply"})


def require_current(line: DeskEntry, version: int) -> None:
    """Raises StaleVersion, RuleViolation for a void line."""
    if line.version != version:
        raise StaleVersion
    if line.is_void:
        raise RuleViolation("这条日志已作废，不能再改。")


def require_open(line: DeskEntry, version: int) -> None:
    """Raises StaleVersion, RuleViolation for a line that is void or done."""
    require_current(line, version)
    if line.done_at is not None:
        raise RuleViolation("这条日志已办结；要接着办，请先“重新办理”。")


def change(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    line: DeskEntry,
    action: str,
    values: dict[str, Any],
    reason: str = "",
) -> None:
    """Set columns of a line, keep what stood there as a version, index its words again where they changed."""
    before = audit.values_of(line)
    for name, value in values.items():
        setattr(line, name, value)
    line.version += 1
    session.flush()
    if _SEARCHED & values.keys():
        index_again(session, line)
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=line,
        label=line.number,
        before=before,
        after=audit.values_of(line),
        reason=reason,
    )
