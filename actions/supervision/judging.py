"""复核, 退回, 审批延期, 销号, 撤回: what the unit that filed the task decides on a line. Never who entered it himself."""

from datetime import date

from sqlalchemy.orm import Session

from actions.supervision.steps import Act, Begun, Said, asked, begin, take
from models.supervision import SupervisionStep
from queries.supervision_standing import plan_of
from queries.terms import calendar_of
from rules.petition_rules import check_text
from rules.supervision_clocks import roll_forward
from rules.supervision_rules import check_in_force, check_other_eyes, check_redo
from rules.supervision_states import LineState, TaskVerb


def accept(session: Session, act: Act) -> None:
    """认可反馈."""
    begun = begin(session, act, TaskVerb.ACCEPT)
    if begun.done_before:
        return
    said = Said(answers=_examined(begun, act, TaskVerb.ACCEPT))
    take(session, act, TaskVerb.ACCEPT, {}, said)


def return_report(session: Session, act: Act, until: date | None) -> None:
    """退回反馈, with the reason and the day by which it is made again; a feedback day that comes sooner stays. Raises
    RuleViolation."""
    begun = begin(session, act, TaskVerb.RETURN)
    if begun.done_before:
        return
    answered = _examined(begun, act, TaskVerb.ACCEPT)
    check_text(act.text, "退回的理由")
    day = roll_forward(check_redo(until, act.on), calendar_of(session))
    again = min(filter(None, (day, act.line.report_due_on)))
    said = Said(until=day, answers=answered)
    take(session, act, TaskVerb.RETURN, {"report_due_on": again}, said)


def decide_extension(session: Session, act: Act, *, granted: bool) -> None:
    """审批延期: granted, the new day counts; the feedback days go on up to it. Raises RuleViolation."""
    begun = begin(session, act, TaskVerb.DECIDE_EXTENSION)
    if begun.done_before:
        return
    answered = _examined(begun, act, TaskVerb.DECIDE_EXTENSION)
    if not granted:
        check_text(act.text, "不同意的理由")
        take(session, act, TaskVerb.DECIDE_EXTENSION, {}, Said(outcome="refused", answers=answered))
        return
    check_in_force(act.today, act.line.due_on)
    said = Said(outcome="granted", until=answered.until, answers=answered)
    assert answered.until is not None
    take(session, act, TaskVerb.DECIDE_EXTENSION, _extended(session, begun, act, answered.until), said)


def _extended(session: Session, begun: Begun, act: Act, until: date) -> dict[str, date | None]:
    """A feedback that is owed stays owed; where the cycle had come to its end, it goes on."""
    line = act.line
    changes: dict[str, date | None] = {"due_on": until}
    if line.report_due_on is None and line.task.issued_on is not None:
        was, line.due_on = line.due_on, until
        done_until = max(filter(None, (begun.steps.answered_until, line.task.issued_on)))
        changes["report_due_on"] = plan_of(line, calendar_of(session)).after(done_until)
        line.due_on = was
    return changes


def close(session: Session, act: Act) -> None:
    """销号: what the unit shows for it was examined and is enough; with the last line the task is at its end."""
    begun = begin(session, act, TaskVerb.CLOSE)
    if begun.done_before:
        return
    said = Said(answers=_examined(begun, act, TaskVerb.CLOSE))
    changes = {"state": LineState.CLOSED.value, "closed_on": act.on}
    take(session, act, TaskVerb.CLOSE, changes, said)


def refuse_closing(session: Session, act: Act) -> None:
    """不予销号: the unit goes on; its day stays, and late stays late. Raises RuleViolation."""
    begun = begin(session, act, TaskVerb.REFUSE_CLOSING)
    if begun.done_before:
        return
    check_text(act.text, "不予销号的理由")
    said = Said(answers=_examined(begun, act, TaskVerb.CLOSE))
    changes = {"state": LineState.WORKING.value, "submitted_on": None}
    take(session, act, TaskVerb.REFUSE_CLOSING, changes, said)


def withdraw(session: Session, act: Act) -> None:
    """撤回 a line that ought not to go on, with the reason; what waits on it waits no longer. Raises RuleViolation."""
    begun = begin(session, act, TaskVerb.WITHDRAW)
    if begun.done_before:
        return
    check_text(act.text, "撤回的理由")
    for waiting in begun.steps.waiting:
        waiting.waits_for = None
    take(session, act, TaskVerb.WITHDRAW, {"state": LineState.WITHDRAWN.value, "closed_on": act.on})


def _examined(begun: Begun, act: Act, verb: TaskVerb) -> SupervisionStep:
    """The step that is answered; somebody else has entered it. Raises RuleViolation."""
    found = asked(begun, act, verb)
    check_other_eyes(found.recorded_by_id, act.actor.person_id)
    return found
