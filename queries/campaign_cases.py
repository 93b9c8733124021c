"""The cases of one batch (台账): each with its lead assignment, this week's progress, and what is overdue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import and_, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from models.lead_assignment import Campaign, LeadAssignment, LeadStep
from models.organisation import Unit
from models.petition import Petition, PetitionStep
from queries.leads import WEEKLY, lead_is_visible, monday_of, state_in_words
from queries.paging import PAGE_SIZE, Order, PageOf, page_of
from queries.petition_days import Days
from queries.petition_scope import petition_is_visible
from queries.register_filter import below_unit, number_of, one_of, unit_in_words
from rules.lead_states import LeadState
from rules.petition_states import Stage
from rules.petition_words import Acceptance, Resolution
from rules.roles import Actor

P, L = Petition, LeadAssignment
_RESPONSIBLE = aliased(Unit, name="case_unit")
_RUNNING = aliased(LeadAssignment, name="running_lead")
MOST_EXPORTED = 20_000
ORDER = Order("registered", "登记日期（旧的在前）", P.registered_on, P.id, descending=False)
TABS = {
    "": "全部",
    "open": "未办结",
    "overdue": "超期",
    "silent": "本周无进展",
    "unled": "没有包案",
    "unresolved": "办结未化解",
}


@dataclass(frozen=True)
class CaseFilter:
    """What a batch's page shows of its cases."""

    tab: str = ""
    unit: int | None = None
    """责任单位, with what stands below it."""

    @classmethod
    def from_args(cls, args: Any) -> Self:
        return cls(one_of(TABS, args.get("tab", ""), ""), number_of(args.get("unit", "")))

    def to_args(self) -> dict[str, str]:
        found = {"tab": self.tab, "unit": str(self.unit or "")}
        return {name: value for name, value in found.items() if value}

    def conditions(self, session: Session, actor: Actor, campaign: Campaign, days: Days) -> list[Any]:
        found = [P.campaign == campaign.name, P.voided_at.is_(None), petition_is_visible(actor)]
        found += _TABS[self.tab](campaign, days) if self.tab else []
        return found + ([below_unit(session, P.responsible_unit_id, self.unit)] if self.unit else [])

    def sentence(self, session: Session) -> str:
        parts = [f"责任单位{unit_in_words(session, self.unit)}"] if self.unit else []
        return "，".join([*parts, TABS[self.tab]])


_OVER = (Stage.CLOSED.value, Stage.FINISHED.value, Stage.MERGED.value, Stage.ARCHIVED.value)
_NOT_TAKEN = (Acceptance.REFUSED.value, Acceptance.NO_LONGER.value)
STILL_HANDLED = and_(
    P.concluded_on.is_(None),
    P.stage.not_in(_OVER),
    or_(P.acceptance.is_(None), P.acceptance.not_in(_NOT_TAKEN)),
)
"""不予受理, 不再受理 and 并件 end a case without 办结, whatever stage follows: nothing more is due of it, though no rate counts
it as concluded."""


def _is_led(running: bool = False) -> Any:
    states = ("proposed", "working", "submitted") + (() if running else ("closed",))
    return exists().where(L.petition_id == P.id, L.voided_at.is_(None), L.state.in_(states))


def _moved_since(day: date) -> Any:
    """Any step of the petition, or a report of its lead assignment, from that day on."""
    own = exists().where(
        PetitionStep.petition_id == P.id, PetitionStep.happened_on >= day, PetitionStep.undone_at.is_(None)
    )
    led = exists().where(
        LeadStep.assignment_id == L.id,
        L.petition_id == P.id,
        L.voided_at.is_(None),
        LeadStep.verb.in_(WEEKLY),
        LeadStep.happened_on >= day,
        LeadStep.undone_at.is_(None),
    )
    return or_(own, led)


def _is_overdue(campaign: Campaign, days: Days) -> Any:
    """Still handled, and past its own next due date, its leader's, or the batch's."""
    led_late = exists().where(
        L.petition_id == P.id, L.voided_at.is_(None), L.state == "working", L.due_on < days.today
    )
    late = [and_(P.next_due_on.is_not(None), P.next_due_on < days.today), led_late]
    if campaign.due_on and campaign.due_on < days.today:
        late.append(true())
    return and_(STILL_HANDLED, or_(*late))


_TABS: dict[str, Callable[[Campaign, Days], list[Any]]] = {
    "open": lambda _c, _d: [STILL_HANDLED],
    "overdue": lambda c, d: [_is_overdue(c, d)],
    "silent": lambda _c, d: [STILL_HANDLED, ~_moved_since(monday_of(d.today))],
    "unled": lambda _c, _d: [~_is_led()],
    "unresolved": lambda _c, _d: [
        P.concluded_on.is_not(None),
        or_(P.resolution.is_(None), P.resolution != Resolution.RESOLVED.value),
    ],
}


@dataclass(frozen=True)
class CaseRow:
    """One case. `lead_id` is None where there is no lead assignment that the reader may see."""

    id: int
    number: str
    external_number: str
    title: str
    responsible: str
    stage: str
    concluded_on: date | None
    resolution: str
    next_due_on: date | None
    is_overdue: bool
    lead_id: int | None
    lead_number: str
    leader: str
    lead_state: str
    lead_due_on: date | None
    moved_this_week: bool | None
    """None once nothing more is due."""


def list_cases(
    session: Session, actor: Actor, campaign: Campaign, chosen: CaseFilter, days: Days, *, after: str = "",
    before: str = "", size: int = PAGE_SIZE,
) -> PageOf[CaseRow]:  # fmt: skip
    """One page of cases; one statement besides the chosen unit's."""
    statement = _lines(actor, campaign, days).where(*chosen.conditions(session, actor, campaign, days))
    page = page_of(session, statement, ORDER, after=after, before=before, size=size)
    return PageOf([_row(r) for r in page.rows], page.after, page.before)


def count_cases(session: Session, actor: Actor, campaign: Campaign, chosen: CaseFilter, days: Days) -> int:
    asked = select(func.count(P.id)).where(*chosen.conditions(session, actor, campaign, days))
    return int(session.scalar(asked) or 0)


def case_counts(session: Session, actor: Actor, campaign: Campaign, days: Days) -> dict[str, int]:
    """Tab → how many it holds; one statement."""
    counts = [
        select(func.count(P.id))
        .where(*CaseFilter(tab).conditions(session, actor, campaign, days))
        .scalar_subquery()
        for tab in TABS
    ]
    return dict(zip(TABS, map(int, session.execute(select(*counts)).one()), strict=True))


def _lines(actor: Actor, campaign: Campaign, days: Days) -> Any:
    latest = (
        select(func.max(L.id))
        .where(L.petition_id == P.id, L.voided_at.is_(None), L.state != "ended", lead_is_visible(actor))
        .scalar_subquery()
    )
    return (
        select(
            P.id.label("row_id"),
            P.registered_on.label("sort_value"),
            *(P.number, P.external_number, P.title, P.content, P.stage, P.concluded_on, P.resolution),
            P.next_due_on,
            _is_overdue(campaign, days).label("is_overdue"),
            _moved_since(monday_of(days.today)).label("moved"),
            STILL_HANDLED.label("is_handled"),
            *(_RESPONSIBLE.short_name.label("unit_short"), _RESPONSIBLE.name.label("unit_name")),
            *(_RUNNING.id.label("lead_id"), _RUNNING.number.label("lead_number"), _RUNNING.leader_name),
            *(_RUNNING.state.label("lead_state"), _RUNNING.accepted_on, _RUNNING.due_on.label("lead_due_on")),
        )
        .outerjoin(_RESPONSIBLE, P.responsible_unit_id == _RESPONSIBLE.id)
        .outerjoin(_RUNNING, _RUNNING.id == latest)
    )


def _row(r: Any) -> CaseRow:
    return CaseRow(
        id=r.row_id,
        number=r.number,
        external_number=r.external_number or "",
        title=r.title or r.content,
        responsible=r.unit_short or r.unit_name or "",
        stage=Stage(r.stage).label,
        concluded_on=r.concluded_on,
        resolution=Resolution(r.resolution).label if r.resolution else "",
        next_due_on=r.next_due_on,
        is_overdue=bool(r.is_overdue),
        lead_id=r.lead_id,
        lead_number=r.lead_number or "",
        leader=r.leader_name or "",
        lead_state=state_in_words(LeadState(r.lead_state), r.accepted_on) if r.lead_state else "",
        lead_due_on=r.lead_due_on,
        moved_this_week=bool(r.moved) if r.is_handled else None,
    )
