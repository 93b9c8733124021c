"""登记纸质批准: the head of a unit without an account signs on paper, the county's office enters it with the scan.

The step bears the day of the paper. An extension counts from that day only if it was entered within PAPER_DAYS working
days; else from the day of entry, and where that is no longer before the 60 days are over, it does not count (第三十四条).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.petitions.handling import plain_reply_due
from actions.petitions.replying import not_before_it_was_submitted, present
from actions.petitions.steps import Act, Begun, Line, begin, take, waiting_for
from models.attachment import Attachment
from models.petition import PetitionPaperApproval, PetitionStep
from queries.attachments import load_attachment
from queries.heads import has_head
from queries.petition_standing import hands_to, standing_of
from queries.terms import terms_of
from rules.errors import NotVisible, RuleViolation, StaleVersion
from rules.petition_rules import LONGEST_REASON, PAPER_DAYS, approval_counts_on, check_length, check_text
from rules.petition_states import Verb, refusal

LONGEST_NAME = 60
LATE = "late"
"""Outcome of an extension that was approved, or entered, too late to count."""


@dataclass(frozen=True)
class Paper:
    """`agreed` is what the paper says; `attachment_id` its scan, attached to the petition."""

    agreed: bool
    approver: str
    post: str
    attachment_id: int | None


def approve_reply_on_paper(session: Session, act: Act, paper: Paper, reply_version: int) -> None:
    """The reply as the paper has it, or back to be written anew. Raises RuleViolation, StaleVersion."""
    begun = begin(session, act, Verb.APPROVE_ON_PAPER, since=act.petition.notified_on, since_words="受理日期")
    if begun.done_before:
        return
    _require_no_head(session, act, begun, Verb.APPROVE_ON_PAPER)
    not_before_it_was_submitted(act, begun)
    scan = _checked(session, act, paper)
    reply = present(begun.around.reply)
    if reply.version != reply_version:
        raise StaleVersion
    reply.version += 1
    if not paper.agreed:
        reply.state, reply.returned_reason = "draft", check_text(act.text, "退回的理由", most=LONGEST_REASON)
        step = take(session, act, Verb.APPROVE_ON_PAPER, {}, Line(outcome="refused"))
    else:
        reply.state, reply.approved_on, reply.returned_reason = "approved", act.on, ""
        changes = {"conclusion": reply.conclusion, "served_on": None}
        step = take(session, act, Verb.APPROVE_ON_PAPER, changes, Line(outcome=reply.conclusion))
    _keep(session, act, step, paper, scan)


def decide_extension_on_paper(session: Session, act: Act, paper: Paper) -> None:
    """Raises RuleViolation on `on`, `approver`, `post`, `attachment`, `text`."""
    begun = begin(session, act, Verb.EXTEND_ON_PAPER)
    if begun.done_before:
        return
    _require_no_head(session, act, begun, Verb.EXTEND_ON_PAPER)
    asked = waiting_for(act, begun.around, Verb.DECIDE_EXTENSION)
    scan = _checked(session, act, paper)
    changes, outcome = _extended(session, act, asked.days or 0) if paper.agreed else ({}, "refused")
    if not paper.agreed:
        check_text(act.text, "不批准的理由")
    line = Line(outcome=outcome, days=asked.days if changes else None, answers=asked)
    _keep(session, act, take(session, act, Verb.EXTEND_ON_PAPER, changes, line), paper, scan)


def _extended(session: Session, act: Act, days: int) -> tuple[dict[str, Any], str]:
    """An approval that does not count before the 60 days are over is told, and moves nothing."""
    counts_on = approval_counts_on(act.on, act.today, _last_day_to_enter(session, act))
    if counts_on >= plain_reply_due(act):
        return {}, LATE
    return {"extension_days": days, "extension_approved_on": counts_on}, "agreed"


def _last_day_to_enter(session: Session, act: Act) -> date:
    return (act.terms or terms_of(session)).calendar.guess_working_days(act.on, PAPER_DAYS)


def _require_no_head(session: Session, act: Act, begun: Begun, verb: Verb) -> None:
    standing = standing_of(act.petition, begun.around, has_head=has_head(session, act.petition.handling_unit))
    if words := refusal(verb, standing, hands_to(act.actor, act.petition)):
        raise RuleViolation(words)


def _checked(session: Session, act: Act, paper: Paper) -> Attachment:
    for name, words in (("approver", "批准人"), ("post", "职务")):
        if not getattr(paper, name).strip():
            raise RuleViolation(f"请填写{words}。", name)
        check_length(getattr(paper, name), words, name, LONGEST_NAME)
    try:
        if paper.attachment_id is None:
            raise NotVisible("attachment")
        scan = load_attachment(session, "petition", act.petition.id, paper.attachment_id)
    except NotVisible as missing:
        raise RuleViolation("请上传批件的扫描件，或从附件中选择。", "attachment") from missing
    if scan.is_void:
        raise RuleViolation("所选的附件已作废，请另选。", "attachment")
    return scan


def _keep(session: Session, act: Act, step: PetitionStep, paper: Paper, scan: Attachment) -> None:
    session.add(
        PetitionPaperApproval(
            petition_id=act.petition.id,
            step_id=step.id,
            approver=paper.approver.strip(),
            post=paper.post.strip(),
            attachment_id=scan.id,
        )
    )
    session.flush()
