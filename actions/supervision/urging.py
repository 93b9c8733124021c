"""催办: a reminder to a unit, on a working day, at most one a day."""

from sqlalchemy.orm import Session

from actions.supervision.steps import Act, Said, begin, take
from models.supervision import SupervisionLine
from queries.terms import calendar_of
from rules.errors import RuleViolation
from rules.supervision_clocks import is_worked
from rules.supervision_states import TaskVerb


def urge(session: Session, act: Act) -> None:
    """催办 what the unit owes. Raises RuleViolation on a day off, or where it was urged today already."""
    begun = begin(session, act, TaskVerb.URGE)
    if begun.done_before:
        return
    if not is_worked(act.today, calendar_of(session)):
        raise RuleViolation("今天是休息日，催办请在工作日发出。")
    if begun.steps.last_day_of(TaskVerb.URGE) == act.today:
        raise RuleViolation("今天已经催办过。")
    take(session, act, TaskVerb.URGE, {}, Said(until=act.line.next_due_on))


def urge_many(
    session: Session, acts: list[Act]
) -> tuple[list[SupervisionLine], list[tuple[SupervisionLine, str]]]:
    """Each line that may be urged; gives those that were, and the others with why not."""
    urged: list[SupervisionLine] = []
    left: list[tuple[SupervisionLine, str]] = []
    for act in acts:
        try:
            urge(session, act)
        except RuleViolation as violation:
            left.append((act.line, violation.message))
        else:
            urged.append(act.line)
    return urged, left
