"""解除密封: what was sealed as an accusation by mistake is opened to everybody in scope, by an act of its own."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.petition_deadlines import settle_deadlines
from models.petition import Petition
from rules.errors import RuleViolation, StaleVersion
from rules.petition_rules import LONGEST_REASON, check_text, is_sealed
from rules.roles import Actor
from rules.taxonomy import Purpose


def unseal_petition(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    petition: Petition,
    version: int,
    purpose: Purpose | None,
    reason: str,
) -> None:
    """Give it the purpose that it has in truth. By who was named to read what is sealed, or the head of the county's
    office. Raises StaleVersion, or RuleViolation on `purpose` or `reason`."""
    _may_unseal(actor, petition, version)
    if purpose is None or is_sealed(purpose):
        raise RuleViolation("请选择实际的信访目的。", "purpose")
    why = check_text(reason, "解除密封的理由", "reason", LONGEST_REASON)
    before = {"purpose": petition.purpose, "sealed": True}
    petition.purpose, petition.sealed = purpose.value, False
    petition.version += 1
    session.flush()
    settle_deadlines(session, petition, today)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="petition.unseal",
        subject=petition,
        label=petition.number,
        reason=why,
        before=before,
        after={"purpose": purpose.value, "sealed": False},
    )


def _may_unseal(actor: Actor, petition: Petition, version: int) -> None:
    if petition.version != version:
        raise StaleVersion
    if petition.is_void or not petition.sealed:
        raise RuleViolation("这件信访事项已作废，或者没有密封。")
    if not actor.may_unseal:
        raise RuleViolation("解除密封由指定阅读密封材料的人员或者县信访局负责人办理。")
