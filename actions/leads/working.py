"""记进展、会面、批示、延期: what is done while a lead assignment runs."""

from datetime import date

from sqlalchemy.orm import Session

from actions.leads.steps import LeadAct, begin, take
from models.lead_assignment import LeadStep
from queries.lead_standing import extension_asked
from rules.errors import RuleViolation
from rules.lead_rules import check_extended
from rules.lead_states import LeadVerb
from rules.petition_rules import check_text


def record_lead_progress(session: Session, act: LeadAct) -> None:
    """This week's report: what was done about the matter."""
    _note(session, act, LeadVerb.PROGRESS, "进展")


def meet_people(session: Session, act: LeadAct) -> None:
    """会面沟通 with the people concerned: what was talked over, nothing about where they were."""
    _note(session, act, LeadVerb.MEET, "会面沟通的情况")


def instruct_lead(session: Session, act: LeadAct, until: date | None) -> None:
    """批示 of the leader himself."""
    if begin(session, act, LeadVerb.INSTRUCT) is None:
        return
    check_text(act.text, "批示内容")
    if until is not None and until < act.on:
        raise RuleViolation(f"要求期限 {until} 早于批示日期 {act.on}。", "until")
    take(session, act, LeadVerb.INSTRUCT, until=until)


def ask_extension(session: Session, act: LeadAct, until: date | None) -> None:
    """Asked for before the limit is over, decided by the head of who proposed."""
    if begin(session, act, LeadVerb.ASK_EXTENSION) is None:
        return
    check_text(act.text, "延期的理由")
    last = check_extended(until, act.row.due_on, act.today)
    take(session, act, LeadVerb.ASK_EXTENSION, until=last, waits_for=LeadVerb.GRANT)


def decide_extension(session: Session, act: LeadAct, *, granted: bool) -> None:
    """Granted moves the limit, strictly before it is over; refused leaves it. Raises RuleViolation."""
    verb = LeadVerb.GRANT if granted else LeadVerb.REFUSE
    steps = begin(session, act, verb)
    if steps is None:
        return
    asked = _waiting(steps)
    if not granted:
        check_text(act.text, "不同意的理由")
        take(session, act, verb, answers=asked)
        return
    if act.today >= act.row.due_on:
        raise RuleViolation(f"时限 {act.row.due_on} 已到，不能再同意延期；超期照实计算。")
    take(session, act, verb, {"due_on": asked.until}, until=asked.until, answers=asked)


def _waiting(steps: list[LeadStep]) -> LeadStep:
    asked = extension_asked(steps)
    if asked is None:
        raise RuleViolation("已经处理过了，请刷新页面查看。")
    return asked


def _note(session: Session, act: LeadAct, verb: LeadVerb, words: str) -> None:
    if begin(session, act, verb) is None:
        return
    check_text(act.text, words)
    take(session, act, verb)
