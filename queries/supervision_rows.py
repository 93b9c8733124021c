"""The list of supervision: one row for each unit of each task; its counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.organisation import Unit
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from queries.paging import PageOf, page_of
from queries.petition_days import Days, days_left_in_words
from queries.supervision_filter import SupervisionFilter
from queries.supervision_standing import light_of_line
from rules.lights import Light
from rules.roles import Actor
from rules.supervision_clocks import Owed
from rules.supervision_states import LineState, TaskVerb
from rules.supervision_words import Ground, TaskSource

T, L = SupervisionTask, SupervisionLine
_UNIT, _FILER = aliased(Unit, name="line_unit"), aliased(Unit, name="filing_unit")
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class LineRow:
    """What one unit has to do of a task. Of its petition nothing is told here."""

    id: int
    task_id: int
    version: int
    number: str
    filed_on: date
    filer: str
    title: str
    source: str
    ground: str
    unit: str
    person: str
    demand: str
    issued_on: date | None
    received_on: date | None
    due_on: date
    submitted_on: date | None
    closed_on: date | None
    state: LineState
    next_due_on: date | None
    owed: str
    """What is due then."""
    days_left: str
    light: Light | None
    reports: int
    urged: int
    may_urge: bool
    """Filed by the reader's own unit, and still owing something."""

    @property
    def in_time(self) -> str:
        """按期 or 超期, once the unit has applied to be struck off."""
        return self.light.label if self.light in (Light.MET, Light.MET_LATE) else ""

    @property
    def state_label(self) -> str:
        return self.state.label


@dataclass(frozen=True)
class LineTotals:
    tasks: int
    lines: int

    def in_words(self) -> str:
        return f"共 {self.tasks} 件督办，按承办单位计 {self.lines} 件。"


def list_lines(
    session: Session,
    actor: Actor,
    chosen: SupervisionFilter,
    days: Days,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[LineRow]:
    """One page of rows in scope; one statement besides the chosen units'."""
    statement = _statement(chosen).where(*chosen.conditions(session, actor, days))
    page = page_of(session, statement, chosen.order, after=after, before=before, size=size)
    return PageOf([_row(r, actor, days) for r in page.rows], page.after, page.before)


def all_lines(session: Session, actor: Actor, chosen: SupervisionFilter, days: Days) -> list[LineRow]:
    """Every row, for a sheet; one more than MOST_EXPORTED tells that there are too many."""
    return list(list_lines(session, actor, chosen, days, size=MOST_EXPORTED + 1).rows)


def line_totals(session: Session, actor: Actor, chosen: SupervisionFilter, days: Days) -> LineTotals:
    statement = (
        select(func.count(L.task_id.distinct()), func.count(L.id))
        .join(T, L.task_id == T.id)
        .where(*chosen.conditions(session, actor, days))
    )
    return LineTotals(*map(int, session.execute(statement).one()))


def _statement(chosen: SupervisionFilter) -> Any:
    columns = [*(getattr(T, name) for name in _OF_TASK), *(getattr(L, name) for name in _OF_LINE)]
    return (
        select(
            L.id.label("row_id"),
            L.version,
            T.unit_id.label("filing_unit_id"),
            chosen.order.column.label("sort_value"),
            *columns,
            _UNIT.short_name.label("unit_short"),
            _UNIT.name.label("unit_name"),
            _FILER.short_name.label("filer_short"),
            _FILER.name.label("filer_name"),
            _counted(TaskVerb.REPORT).label("reports"),
            _counted(TaskVerb.URGE).label("urged"),
        )
        .join(T, L.task_id == T.id)
        .join(_UNIT, L.unit_id == _UNIT.id)
        .join(_FILER, T.unit_id == _FILER.id)
    )


_OF_TASK = ("number", "filed_on", "title", "source", "ground", "issued_on", "voided_at")
_OF_LINE = (
    *("task_id", "person", "demand", "received_on", "due_on", "submitted_on", "closed_on", "state"),
    *("next_due_on", "next_due_key"),
)


def _counted(verb: TaskVerb) -> Any:
    step = aliased(SupervisionStep)
    mine = (step.line_id == L.id, step.verb == verb.value, step.undone_at.is_(None))
    return select(func.count(step.id)).where(*mine).scalar_subquery()


def _row(r: Any, actor: Actor, days: Days) -> LineRow:
    state, due = LineState(r.state), r.next_due_on if r.voided_at is None else None
    return LineRow(
        id=r.row_id,
        task_id=r.task_id,
        version=r.version,
        number=r.number,
        filed_on=r.filed_on,
        filer=r.filer_short or r.filer_name,
        title=r.title,
        source=TaskSource(r.source).label,
        ground=Ground(r.ground).label if r.ground else "",
        unit=r.unit_short or r.unit_name,
        person=r.person,
        demand=r.demand,
        issued_on=r.issued_on,
        received_on=r.received_on,
        due_on=r.due_on,
        submitted_on=r.submitted_on,
        closed_on=r.closed_on,
        state=state,
        next_due_on=due,
        owed=Owed(r.next_due_key).label if due and r.next_due_key else "",
        days_left=days_left_in_words(due, days.today),
        light=light_of_line(state, r.due_on, r.submitted_on, due, days),
        reports=r.reports,
        urged=r.urged,
        may_urge=due is not None and r.filing_unit_id == actor.unit_id,
    )
