"""答复: the clerk drafts, the unit's head approves or sends back (条例第三十一条第六项、第三十二条)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from actions.petitions.steps import Act, Begun, Line, begin, take
from models.petition import PetitionReply
from queries.petition_standing import surroundings_of
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.petition_rules import LONGEST_REASON, LONGEST_TEXT, check_day, check_text
from rules.petition_states import Verb
from rules.petition_words import Conclusion

PARTS = {
    "requests": "投诉请求",
    "facts": "事实和理由",
    "opinion": "处理意见",
    "legal_basis": "法律法规依据",
}
"""The parts that art. 32 asks for."""


@dataclass(frozen=True)
class ReplyData:
    conclusion: Conclusion | None
    requests: str
    facts: str
    opinion: str
    legal_basis: str
    version: int = 0
    """Of the reply that was open on the page; 0 where there was none."""


def save_reply(session: Session, act: Act, data: ReplyData) -> PetitionReply:
    """Keep a draft, the first or over the one there is; nothing need be complete yet. Sent twice with one key it is
    kept once. Raises RuleViolation(s), StaleVersion."""
    if already_made(session, act.submission_key, act.actor, PetitionReply) is not None:
        return present(surroundings_of(session, act.petition).reply)
    reply = begin(session, act, Verb.DRAFT_REPLY).around.reply
    if (reply.version if reply else 0) != data.version:
        raise StaleVersion
    _check_lengths(data)
    if data.conclusion is None:
        raise RuleViolation("请选择处理结论。", "conclusion")
    before = {name: getattr(reply, name) for name in (*PARTS, "conclusion")} if reply else {}
    if reply is None:
        reply = PetitionReply(
            petition_id=act.petition.id,
            unit_id=act.petition.handling_unit_id,
            conclusion=data.conclusion.value,
            drafted_at=act.now,
            drafted_by_id=act.actor.person_id,
            version=0,
        )
        session.add(reply)
    for name in PARTS:
        setattr(reply, name, getattr(data, name).strip())
    reply.conclusion, reply.state = data.conclusion.value, "draft"
    reply.version += 1
    audit.record(
        session,
        actor=act.actor,
        now=act.now,
        action=Verb.DRAFT_REPLY.audit_code,
        subject=act.petition,
        label=act.petition.number,
        before=before,
        after={name: getattr(reply, name) for name in (*PARTS, "conclusion")},
    )
    note_made(session, key=act.submission_key, actor=act.actor, now=act.now, subject=reply)
    return reply


def submit_reply(session: Session, act: Act) -> None:
    """Lay it before the head: every part must be there. Raises RuleViolations."""
    begun = begin(session, act, Verb.SUBMIT_REPLY, since=act.petition.notified_on, since_words="受理日期")
    if begun.done_before:
        return
    reply = present(begun.around.reply)
    missing = [
        RuleViolation(f"答复缺少“{words}”（《信访工作条例》第三十二条）。", name)
        for name, words in PARTS.items()
        if len(getattr(reply, name)) < 2
    ]
    if missing:
        raise RuleViolations(missing)
    reply.state, reply.submitted_at, reply.version = "submitted", act.now, reply.version + 1
    take(session, act, Verb.SUBMIT_REPLY)


def return_reply(session: Session, act: Act) -> None:
    """Back to the clerk, with the reason."""
    begun = begin(session, act, Verb.RETURN_REPLY)
    if begun.done_before:
        return
    not_before_it_was_submitted(act, begun)
    reply = present(begun.around.reply)
    reason = check_text(act.text, "退回的理由", most=LONGEST_REASON)
    reply.state, reply.returned_reason, reply.version = "draft", reason, reply.version + 1
    take(session, act, Verb.RETURN_REPLY)


def approve_reply(session: Session, act: Act, reply_version: int) -> None:
    """The head approves what he has seen: `reply_version` is that of the page. Raises StaleVersion."""
    begun = begin(session, act, Verb.APPROVE_REPLY, since=act.petition.notified_on, since_words="受理日期")
    if begun.done_before:
        return
    not_before_it_was_submitted(act, begun)
    reply = present(begun.around.reply)
    if reply.version != reply_version:
        raise StaleVersion
    reply.state, reply.approved_on, reply.approved_by_id = "approved", act.on, act.actor.person_id
    reply.returned_reason, reply.version = "", reply.version + 1
    changes = {"conclusion": reply.conclusion, "served_on": None}
    take(session, act, Verb.APPROVE_REPLY, changes, Line(outcome=reply.conclusion))


def not_before_it_was_submitted(act: Act, begun: Begun) -> None:
    submitted = begun.around.last_day_of(Verb.SUBMIT_REPLY)
    check_day(act.on, act.today, since=submitted, since_words="提交答复的日期")


def present(reply: PetitionReply | None) -> PetitionReply:
    if reply is None:
        raise RuleViolation("还没有答复。")
    return reply


def _check_lengths(data: ReplyData) -> None:
    long = [
        RuleViolation(f"“{words}”最多 {LONGEST_TEXT} 字。", name)
        for name, words in PARTS.items()
        if len(getattr(data, name)) > LONGEST_TEXT
    ]
    if long:
        raise RuleViolations(long)
