"""What a task's page and its actions ask before a step: where a line stands, what waits on it, what it owes next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from queries.office_rules import SIGN_DAYS, rule_on
from queries.petition_days import Days, light_of
from queries.terms import calendar_of
from rules.lights import Light
from rules.roles import Actor
from rules.supervision_clocks import Due, FeedbackPlan, LineFacts, next_due
from rules.supervision_states import Hands, LineState, Standing, TaskVerb, hands_of
from rules.supervision_words import FeedbackCycle
from rules.work_calendar import WorkCalendar

SENDING_BACK = (TaskVerb.RETURN, TaskVerb.REFUSE_CLOSING)
SETTLING = (*SENDING_BACK, TaskVerb.REPORT, TaskVerb.SUBMIT, TaskVerb.WITHDRAW)
"""What sends a line back, and what is heard of it last."""


@dataclass(frozen=True)
class LineSteps:
    """The steps of one line, oldest first, those of the whole task left out."""

    rows: list[SupervisionStep] = field(default_factory=list)

    @property
    def live(self) -> list[SupervisionStep]:
        return [s for s in self.rows if s.undone_at is None]

    @property
    def waiting(self) -> list[SupervisionStep]:
        return [s for s in self.live if s.waits_for]

    def waiting_for(self, verb: TaskVerb) -> SupervisionStep | None:
        """The oldest that this verb answers."""
        return next((s for s in self.waiting if s.waits_for == verb), None)

    def last_day_of(self, *verbs: TaskVerb) -> date | None:
        return next((s.happened_on for s in reversed(self.live) if s.verb in verbs), None)

    @property
    def last_judged(self) -> SupervisionStep | None:
        """The latest that sent something back or decided on an extension, by the day on which that was."""
        judging = (TaskVerb.RETURN, TaskVerb.REFUSE_CLOSING, TaskVerb.DECIDE_EXTENSION)
        found = [s for s in self.live if s.verb in judging]
        return max(found, key=lambda s: (s.happened_on, s.id), default=None)

    @property
    def sent_back(self) -> SupervisionStep | None:
        """The 退回 or 不予销号 that the unit has not answered yet."""
        last = next((s for s in reversed(self.live) if s.verb in SETTLING), None)
        return last if last is not None and last.verb in SENDING_BACK else None

    @property
    def answered_until(self) -> date | None:
        """Up to which day the feedbacks have answered: a late one answers all days that had gone by."""
        answering = [s for s in self.live if s.verb == TaskVerb.REPORT and s.report_due_on]
        return max((max(s.report_due_on, s.happened_on) for s in answering if s.report_due_on), default=None)


def steps_of_line(session: Session, line: SupervisionLine) -> LineSteps:
    statement = select(SupervisionStep).where(SupervisionStep.line_id == line.id).order_by(SupervisionStep.id)
    return LineSteps(list(session.scalars(statement)))


def by_line(steps: Sequence[SupervisionStep], line_id: int) -> LineSteps:
    """Of steps read for a whole task."""
    return LineSteps([s for s in steps if s.line_id == line_id])


def standing_of(line: SupervisionLine, steps: LineSteps) -> Standing:
    return Standing(
        state=LineState(line.state),
        due_on=line.due_on,
        waits_for=frozenset(TaskVerb(s.waits_for) for s in steps.waiting if s.waits_for),
        is_void=line.task.is_void,
    )


def hands_to(actor: Actor, task: SupervisionTask, line: SupervisionLine | None = None) -> Hands:
    return hands_of(
        actor.role,
        unit_id=actor.unit_id,
        scope_path=actor.scope_path,
        filing_unit_id=task.unit_id,
        line_path=line.unit.path if line is not None else None,
    )


def light_of_line(
    state: LineState, due_on: date, submitted_on: date | None, next_due_on: date | None, days: Days
) -> Light | None:
    """While it runs, of what is owed next; once the unit has applied to be struck off, of that day against its limit."""
    if state not in (LineState.SUBMITTED, LineState.CLOSED) or submitted_on is None:
        return light_of(next_due_on, days)
    return Light.MET if submitted_on <= due_on else Light.MET_LATE


def plan_of(line: SupervisionLine, calendar: WorkCalendar) -> FeedbackPlan:
    """Of a task that is issued."""
    assert line.task.issued_on is not None
    return FeedbackPlan(line.task.issued_on, FeedbackCycle(line.task.cycle), line.due_on, calendar)


def due_of(session: Session, line: SupervisionLine) -> Due | None:
    """What the line owes next, by its columns as they are; two statements."""
    facts = LineFacts(LineState(line.state), line.task.issued_on, line.due_on, line.report_due_on)
    since = line.task.issued_on or line.due_on
    return next_due(facts, rule_on(session, SIGN_DAYS, since), calendar_of(session))
