"""签收, 阶段反馈, 申请延期, 申请销号: what the unit does on its line."""

from datetime import date

from sqlalchemy.orm import Session

from actions.supervision.steps import Act, Said, begin, take
from queries.supervision_evidence import has_evidence
from queries.supervision_standing import plan_of
from queries.terms import calendar_of
from rules.errors import RuleViolation
from rules.petition_rules import check_text
from rules.supervision_clocks import roll_forward
from rules.supervision_rules import check_extension
from rules.supervision_states import LineState, TaskVerb


def receive(session: Session, act: Act) -> None:
    """签收: the first feedback is due by the cycle from the day of issue."""
    if begin(session, act, TaskVerb.RECEIVE).done_before:
        return
    assert act.task.issued_on is not None
    first = plan_of(act.line, calendar_of(session)).after(act.task.issued_on)
    changes = {"state": LineState.WORKING.value, "received_on": act.on, "report_due_on": first}
    take(session, act, TaskVerb.RECEIVE, changes)


def report(session: Session, act: Act) -> None:
    """阶段反馈: it answers the feedback day that is due, late if it comes after it; one for all days that have gone by. What
    comes before the day before it is read too, but answers nothing."""
    begun = begin(session, act, TaskVerb.REPORT)
    if begun.done_before:
        return
    check_text(act.text, "办理进展")
    line, plan = act.line, plan_of(act.line, calendar_of(session))
    due = line.report_due_on
    if due is None or not plan.is_answered(due, act.on):
        take(session, act, TaskVerb.REPORT)
        return
    done_until = max(filter(None, (due, act.on, begun.steps.answered_until)))
    said = Said(report_due_on=due)
    take(session, act, TaskVerb.REPORT, {"report_due_on": plan.after(done_until)}, said)


def ask_extension(session: Session, act: Act, until: date | None) -> None:
    """申请延期, with its reason, before the day; a day off moves to the next working day. Raises RuleViolation."""
    if begin(session, act, TaskVerb.ASK_EXTENSION).done_before:
        return
    day = roll_forward(check_extension(until, act.line.due_on), calendar_of(session))
    check_text(act.text, "延期的理由")
    take(session, act, TaskVerb.ASK_EXTENSION, {}, Said(until=day))


def submit(session: Session, act: Act, evidence: str) -> None:
    """申请销号: what was achieved, and its evidence: an attachment of the unit, or where the papers are kept. Raises
    RuleViolation."""
    if begin(session, act, TaskVerb.SUBMIT).done_before:
        return
    result = check_text(act.text, "办理结果")
    where = evidence.strip()
    if not where and not has_evidence(session, act.line):
        raise RuleViolation("请上传佐证材料，或写明材料存放何处。", "evidence")
    if where:
        where = f"\n佐证材料：{check_text(where, '佐证材料', 'evidence', 200)}"
    act = Act(**vars(act) | {"text": f"{result}{where}"})
    changes = {"state": LineState.SUBMITTED.value, "submitted_on": act.on}
    take(session, act, TaskVerb.SUBMIT, changes)
