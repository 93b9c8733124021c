"""Which lead assignments (包案) an actor may see, the lists of them, and the lines of those lists.

County roles see the whole county, a leader his own assignments only, a unit what it proposed and what was given to it or to
units below it. What hangs on a sealed petition is for who may read that petition; who is in scope by his unit but may not
see the petition reads the assignment without its number and title (条例第三十条).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from models.lead_assignment import LeadAssignment, LeadStep
from models.organisation import Unit
from models.petition import Petition
from queries.lead_hands import hands_of
from queries.lead_standing import SETTLING
from queries.paging import PAGE_SIZE, Order, PageOf, page_of
from queries.petition_days import Days, days_left_in_words
from queries.petition_scope import petition_is_visible
from queries.register_filter import (
    args_of,
    below_unit,
    days_in_words,
    days_of,
    free_text_of,
    live_or_void,
    number_of,
    one_of,
    unit_in_words,
)
from queries.scope import in_scope_of, is_root, unsealed_for
from queries.wordings import InSubquery
from rules.errors import NotVisible
from rules.lead_states import LeadResult, LeadState, LeadVerb
from rules.lights import Light
from rules.roles import Actor, Permission, Role

L, S = LeadAssignment, LeadStep
_PROPOSING = aliased(Unit, name="lead_unit")
_LATER = aliased(LeadStep, name="later_lead_step")
_RESPONSIBLE = aliased(Unit, name="lead_responsible")
MOST_EXPORTED = 20_000
HIDDEN = "（事项不在您的查看范围）"
_RUNNING = (LeadState.PROPOSED.value, LeadState.WORKING.value, LeadState.SUBMITTED.value)
RUNNING_NOW = L.state.in_(_RUNNING)
WEEKLY = (LeadVerb.PROGRESS.value, LeadVerb.MEET.value)
"""What counts as this week's report."""

ORDERS = {
    "proposed": Order("proposed", "提出日期（新的在前）", L.proposed_on, L.id),
    "due": Order("due", "时限（先到的在前）", L.due_on, L.id, descending=False),
    "due-down": Order("due-down", "时限（后到的在前）", L.due_on, L.id),
}


def lead_is_visible(actor: Actor) -> ColumnElement[bool]:
    """Condition on LeadAssignment joined with Petition."""
    return and_(_stands_in_scope(actor), unsealed_for(actor, Petition))


def _stands_in_scope(actor: Actor) -> ColumnElement[bool]:
    if not actor.may(Permission.LEADS_READ) or not actor.scope_path:
        return false()
    own = L.leader_id == (actor.person_id or 0)
    if actor.role is Role.LEADER:
        return own
    if actor.sees_county and is_root(actor.scope_path):
        return true()
    return or_(in_scope_of(actor, L.unit_id), in_scope_of(actor, L.responsible_unit_id), own)


def load_lead(session: Session, actor: Actor, assignment_id: int) -> LeadAssignment:
    """One in scope, void ones included. Raises NotVisible, the same for missing and foreign."""
    row = session.scalar(
        select(L)
        .join(Petition, L.petition_id == Petition.id)
        .where(L.id == assignment_id, lead_is_visible(actor))
        .options(joinedload(L.petition), joinedload(L.unit), joinedload(L.responsible_unit))
    )
    if row is None:
        raise NotVisible("lead_assignment")
    return row


def leads_with_petition(actor: Actor) -> Select[LeadAssignment]:
    """Those whose petition the actor sees too: their papers name it."""
    return (
        select(L)
        .join(Petition, L.petition_id == Petition.id)
        .where(lead_is_visible(actor), petition_is_visible(actor))
    )


def running_lead(session: Session, petition_id: int) -> str | None:
    """The number of the assignment under way, whoever may see it."""
    return session.scalar(
        select(L.number).where(L.petition_id == petition_id, L.voided_at.is_(None), RUNNING_NOW)
    )


def sees_petition(session: Session, actor: Actor, row: LeadAssignment) -> bool:
    asked = select(Petition.id).where(Petition.id == row.petition_id, petition_is_visible(actor))
    return session.scalar(asked) is not None


def leads_of_petition(session: Session, actor: Actor, petition_id: int) -> list[LeadAssignment]:
    """Those of one petition that the actor may see, the latest first; void ones left out. One statement."""
    return list(
        session.scalars(
            select(L)
            .join(Petition, L.petition_id == Petition.id)
            .where(L.petition_id == petition_id, L.voided_at.is_(None), lead_is_visible(actor))
            .order_by(L.id.desc())
        )
    )


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def has_no_report_since(day: date) -> ColumnElement[bool]:
    """No live progress and no meeting from that day on; what was assigned later owes none yet."""
    reported = exists().where(
        S.assignment_id == L.id, S.verb.in_(WEEKLY), S.happened_on >= day, S.undone_at.is_(None)
    )
    return and_(L.assigned_on < day, ~reported)


def _extension_waits() -> Any:
    asked = select(S.assignment_id).where(S.waits_for == LeadVerb.GRANT.value, S.undone_at.is_(None))
    return InSubquery(L.id, asked)


def _is_sent_back() -> ColumnElement[bool]:
    """As `queries.lead_standing.lead_sent_back`."""
    heard_later = exists().where(
        *(_LATER.assignment_id == S.assignment_id, _LATER.id > S.id),
        *(_LATER.verb.in_([verb.value for verb in SETTLING]), _LATER.undone_at.is_(None)),
    )
    return exists().where(
        *(S.assignment_id == L.id, S.verb == LeadVerb.RETURN.value, S.undone_at.is_(None)),
        ~heard_later.correlate(S),
    )


def _at(state: LeadState) -> Any:
    return L.state == state.value


def tab_conditions(days: Days) -> dict[str, list[Any]]:
    """Tab → conditions on live assignments."""
    working = _at(LeadState.WORKING)
    return {
        "to_assign": [_at(LeadState.PROPOSED)],
        "working": [working],
        "sent_back": [working, _is_sent_back()],
        "silent": [working, has_no_report_since(monday_of(days.today))],
        "near": [working, L.due_on >= days.today, L.due_on <= days.near_until],
        "overdue": [working, L.due_on < days.today],
        "to_extend": [working, _extension_waits()],
        "to_accept": [_at(LeadState.SUBMITTED), L.accepted_on.is_(None)],
        "to_close": [_at(LeadState.SUBMITTED), L.accepted_on.is_not(None)],
        "closed": [_at(LeadState.CLOSED)],
        "ended": [_at(LeadState.ENDED)],
    }


TABS = {
    "to_assign": "待批准",
    "working": "办理中",
    "sent_back": "被退回",
    "silent": "本周未报进展",
    "near": "临期（含当日）",
    "overdue": "超期",
    "to_extend": "待批延期",
    "to_accept": "待验收",
    "to_close": "待销号",
    "closed": "已销号",
}
STATES = {"": "全部有效包案"} | TABS | {"ended": "已终止", "void": "已作废"}


@dataclass(frozen=True)
class LeadFilter:
    """What a list of lead assignments shows. Each field is one name of the query string."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    """责任单位, with what stands below it."""
    campaign: str = ""
    mine: bool = False
    """我包的案."""
    todo: bool = False
    """Only those of the tab that wait for the actor, as the 工作台 counts them."""
    state: str = ""
    q: str = ""
    sort: str = "proposed"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string; `period` stands for both days. Raises RuleViolation naming the field."""
        first, last = days_of(args)
        return cls(
            from_=first,
            to=last,
            unit=number_of(args.get("unit", "")),
            campaign=" ".join(args.get("campaign", "").split())[:60],
            mine=args.get("mine") == "1",
            todo=args.get("todo") == "1",
            state=one_of(STATES, args.get("state", ""), ""),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), "proposed"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self, default_sort="proposed")

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def conditions(self, session: Session, actor: Actor, days: Days) -> list[Any]:
        """All that an assignment, joined with its petition, must meet to be shown to the actor."""
        found = [lead_is_visible(actor), live_or_void(L, self.state == "void")]
        found += tab_conditions(days).get(self.state, [])
        found += hands_of(actor, self.state) if self.todo else []
        found += [L.proposed_on >= self.from_] if self.from_ else []
        found += [L.proposed_on <= self.to] if self.to else []
        found += [below_unit(session, L.responsible_unit_id, self.unit)] if self.unit is not None else []
        found += [Petition.campaign == self.campaign, petition_is_visible(actor)] if self.campaign else []
        found += [L.leader_id == (actor.person_id or 0)] if self.mine else []
        return found + ([self._holds(actor)] if self.q else [])

    def _holds(self, actor: Actor) -> Any:
        """The petition's own words only for who may see it."""
        own = or_(
            L.number.contains(self.q.upper(), autoescape=True),
            *(
                c.contains(self.q, autoescape=True)
                for c in (L.leader_name, L.leader_post, L.responsible_person)
            ),
        )
        theirs = or_(
            Petition.number.contains(self.q.upper(), autoescape=True),
            Petition.title.contains(self.q, autoescape=True),
        )
        return or_(own, and_(theirs, petition_is_visible(actor)))

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        parts = [days_in_words(self.from_, self.to)]
        parts += [f"责任单位{unit_in_words(session, self.unit)}"] if self.unit is not None else []
        parts += [f"交办批次“{self.campaign}”"] if self.campaign else []
        parts += ["我包的案"] if self.mine else []
        parts += ["由我办理的"] if self.todo else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(p for p in parts if p)


@dataclass(frozen=True)
class LeadRow:
    """One line of a list. Of a petition that the reader may not see `petition_id` is None and its words are empty."""

    id: int
    number: str
    petition_id: int | None
    petition_number: str
    title: str
    campaign: str
    proposed_on: date
    unit: str
    leader: str
    post: str
    responsible: str
    person: str
    due_on: date
    state: LeadState
    state_words: str
    result: str
    concluded_on: date | None
    accepted_on: date | None
    closed_on: date | None
    last_report_on: date | None
    light: Light | None
    days_left: str
    void_reason: str


def list_leads(
    session: Session, actor: Actor, chosen: LeadFilter, days: Days, *, after: str = "", before: str = "",
    size: int = PAGE_SIZE,
) -> PageOf[LeadRow]:  # fmt: skip
    """One page of rows in scope; one statement besides the chosen unit's."""
    statement = _lines(actor, chosen).where(*chosen.conditions(session, actor, days))
    page = page_of(session, statement, chosen.order, after=after, before=before, size=size)
    return PageOf([_row(r, days) for r in page.rows], page.after, page.before)


def count_leads(session: Session, actor: Actor, chosen: LeadFilter, days: Days) -> int:
    statement = (
        select(func.count(L.id))
        .join(Petition, L.petition_id == Petition.id)
        .where(*chosen.conditions(session, actor, days))
    )
    return int(session.scalar(statement) or 0)


@dataclass(frozen=True)
class TabCount:
    key: str
    label: str
    count: int


def lead_counts(session: Session, actor: Actor, days: Days) -> list[TabCount]:
    """Each tab with how many it holds; one statement."""
    live = (L.voided_at.is_(None), lead_is_visible(actor))
    found = tab_conditions(days)
    counts = [
        select(func.count(L.id))
        .join(Petition, L.petition_id == Petition.id)
        .where(*live, *found[key])
        .scalar_subquery()
        for key in TABS
    ]
    row = session.execute(select(*counts)).one()
    return [TabCount(key, label, int(n)) for (key, label), n in zip(TABS.items(), row, strict=True)]


_PLAIN = (
    *(L.number, L.petition_id, L.proposed_on, L.leader_name, L.leader_post, L.responsible_person, L.due_on),
    *(L.state, L.result, L.concluded_on, L.accepted_on, L.closed_on, L.void_reason),
)


def _lines(actor: Actor, chosen: LeadFilter) -> Any:
    last = (
        select(func.max(S.happened_on))
        .where(S.assignment_id == L.id, S.verb.in_(WEEKLY), S.undone_at.is_(None))
        .scalar_subquery()
    )
    return (
        select(
            L.id.label("row_id"),
            chosen.order.column.label("sort_value"),
            *_PLAIN,
            last.label("last_report_on"),
            petition_is_visible(actor).label("sees_petition"),
            Petition.number.label("petition_number"),
            Petition.title.label("title"),
            Petition.content.label("content"),
            Petition.campaign.label("campaign"),
            *(_PROPOSING.short_name.label("unit_short"), _PROPOSING.name.label("unit_name")),
            *(
                _RESPONSIBLE.short_name.label("responsible_short"),
                _RESPONSIBLE.name.label("responsible_name"),
            ),
        )
        .join(Petition, L.petition_id == Petition.id)
        .join(_PROPOSING, L.unit_id == _PROPOSING.id)
        .join(_RESPONSIBLE, L.responsible_unit_id == _RESPONSIBLE.id)
    )


def _row(r: Any, days: Days) -> LeadRow:
    state, seen = LeadState(r.state), bool(r.sees_petition)
    return LeadRow(
        id=r.row_id,
        number=r.number,
        petition_id=r.petition_id if seen else None,
        petition_number=r.petition_number if seen else "",
        title=(r.title or r.content) if seen else HIDDEN,
        campaign=(r.campaign or "") if seen else "",
        proposed_on=r.proposed_on,
        unit=r.unit_short or r.unit_name,
        leader=r.leader_name,
        post=r.leader_post,
        responsible=r.responsible_short or r.responsible_name,
        person=r.responsible_person,
        due_on=r.due_on,
        state=state,
        state_words=state_in_words(state, r.accepted_on),
        result=LeadResult(r.result).label if r.result else "",
        concluded_on=r.concluded_on,
        accepted_on=r.accepted_on,
        closed_on=r.closed_on,
        last_report_on=r.last_report_on,
        light=lead_light(state, r.due_on, r.concluded_on, days),
        days_left=days_left_in_words(r.due_on, days.today) if state is LeadState.WORKING else "",
        void_reason=r.void_reason or "",
    )


def state_in_words(state: LeadState, accepted_on: date | None) -> str:
    return "已验收，待销号" if state is LeadState.SUBMITTED and accepted_on else state.label


def lead_light(state: LeadState, due_on: date, concluded_on: date | None, days: Days) -> Light | None:
    """Of what was ended or not yet begun there is none; late stays late."""
    if state in (LeadState.ENDED, LeadState.PROPOSED):
        return None
    if concluded_on is not None and state is not LeadState.WORKING:
        return Light.MET if concluded_on <= due_on else Light.MET_LATE
    if due_on <= days.today:
        return Light.TODAY if due_on == days.today else Light.OVERDUE
    return Light.NEAR if due_on <= days.near_until else Light.NORMAL
