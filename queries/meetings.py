"""The register of joint meetings (联席会议)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.meeting import Meeting, MeetingDecision, MeetingItem
from models.organisation import Unit
from queries.meeting_decisions import is_open
from queries.meeting_quota import COUNTED
from queries.meeting_scope import is_looked_after_by, item_is_unsealed
from queries.paging import Order, PageOf, page_of
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
    word_of,
)
from queries.scope import in_scope
from rules.meeting_rules import name_of
from rules.meeting_words import MeetingKind, MeetingLevel, MeetingState
from rules.roles import Actor, Permission

M = Meeting
ORDERS = {
    "date": Order("date", "会议日期（新的在前）", M.held_on, M.id),
    "date-up": Order("date-up", "会议日期（旧的在前）", M.held_on, M.id, descending=False),
    "unit": Order("unit", "单位", Unit.path, M.id, descending=False, read=str),
}
STATES = {"": "有效登记"} | dict(MeetingState.choices()) | {"void": "已作废"}
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class MeetingFilter:
    """What a list of meetings shows. Each field is one name of the query string."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    level: MeetingLevel | None = None
    kind: MeetingKind | None = None
    mine: bool = False
    """Those that the actor's office looks after."""
    counted: bool = False
    """Only those that count towards the monthly number."""
    state: str = ""
    q: str = ""
    sort: str = "date"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string; `period` stands for both days. Raises RuleViolation naming the field."""
        first, last = days_of(args)
        return cls(
            from_=first,
            to=last,
            unit=number_of(args.get("unit", "")),
            level=word_of(MeetingLevel, args.get("level", "")),
            kind=word_of(MeetingKind, args.get("kind", "")),
            mine=args.get("mine") == "1",
            counted=args.get("counted") == "1",
            state=one_of(STATES, args.get("state", ""), ""),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), "date"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def select(self, session: Session, actor: Actor) -> Any:
        """Meetings in scope that the filter lets through."""
        statement = in_scope(M, actor, Permission.MEETINGS_READ).where(live_or_void(M, self.state == "void"))
        if self.from_:
            statement = statement.where(M.held_on >= self.from_)
        if self.to:
            statement = statement.where(M.held_on <= self.to)
        if self.unit is not None:
            statement = statement.where(below_unit(session, M.unit_id, self.unit))
        for column, word in ((M.level, self.level), (M.kind, self.kind)):
            if word is not None:
                statement = statement.where(column == word.value)
        if self.mine:
            statement = statement.where(is_looked_after_by(actor))
        if self.counted:
            statement = statement.where(*COUNTED)
        if self.state in {state.value for state in MeetingState}:
            statement = statement.where(M.state == self.state)
        return statement.where(self._holds(actor, self.q)) if self.q else statement

    def _holds(self, actor: Actor, text: str) -> Any:
        items = select(MeetingItem.meeting_id).where(
            MeetingItem.title.contains(text, autoescape=True), item_is_unsealed(actor)
        )
        columns = (M.title, M.session_no, M.place, M.convenor, M.chair, M.topics, M.notes)
        return or_(
            M.number.contains(text.upper(), autoescape=True),
            *(column.contains(text, autoescape=True) for column in columns),
            M.id.in_(items),
        )

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        parts = [days_in_words(self.from_, self.to)]
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [word.label for word in (self.level, self.kind) if word is not None]
        parts += ["本单位召开的"] if self.mine else []
        parts += ["计入次数的"] if self.counted else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(p for p in parts if p)


@dataclass(frozen=True)
class MeetingRow:
    """One line of the list. `items` and `decisions` are counts, of a meeting from a sheet those that it tells."""

    id: int
    number: str
    held_on: date
    unit: str
    level: str
    kind: str
    name: str
    chair: str
    place: str
    items: int
    decisions: int
    open_decisions: int
    state: str
    state_label: str
    topics: str
    void_reason: str | None


def list_meetings(
    session: Session,
    actor: Actor,
    chosen: MeetingFilter,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[MeetingRow]:
    """One page of rows in scope; one statement besides the chosen unit's."""
    statement = _lines(chosen, session, actor)
    page = page_of(session, statement, chosen.order, after=after, before=before, size=size)
    return PageOf([_row(r) for r in page.rows], page.after, page.before)


def all_meetings(session: Session, actor: Actor, chosen: MeetingFilter) -> list[MeetingRow]:
    """Every row, for a sheet or a printed register; one more than MOST_EXPORTED tells that there are too many."""
    return list(list_meetings(session, actor, chosen, size=MOST_EXPORTED + 1).rows)


def count_meetings(session: Session, actor: Actor, chosen: MeetingFilter) -> int:
    return int(session.scalar(chosen.select(session, actor).with_only_columns(func.count(M.id))) or 0)


def count_by_state(session: Session, actor: Actor, *, mine: bool = False) -> dict[str, int]:
    """Live meetings in scope by state, for the tabs; `mine` as the filter has it."""
    live = MeetingFilter(mine=mine).select(session, actor)
    statement = live.with_only_columns(M.state, func.count(M.id)).group_by(M.state)
    return {state: int(count) for state, count in session.execute(statement)}


def _lines(chosen: MeetingFilter, session: Session, actor: Actor) -> Any:
    items = select(func.count(MeetingItem.id)).where(MeetingItem.meeting_id == M.id, item_is_unsealed(actor))
    decisions = (
        select(func.count(MeetingDecision.id))
        .outerjoin(MeetingItem, MeetingDecision.item_id == MeetingItem.id)
        .where(MeetingDecision.meeting_id == M.id, item_is_unsealed(actor))
    )
    return (
        chosen.select(session, actor)
        .join(Unit, M.unit_id == Unit.id)
        .with_only_columns(
            M.id.label("row_id"),
            chosen.order.column.label("sort_value"),
            *(getattr(M, name) for name in _PLAIN),
            items.scalar_subquery().label("item_count"),
            decisions.scalar_subquery().label("decision_count"),
            decisions.where(*is_open()).scalar_subquery().label("open_count"),
            Unit.short_name.label("unit_short"),
            Unit.name.label("unit_name"),
        )
    )


_PLAIN = (
    "number",
    "held_on",
    "level",
    "kind",
    "title",
    "chair",
    "place",
    "state",
    "topics",
    "told_decisions",
    "void_reason",
)


def _row(r: Any) -> MeetingRow:
    unit, kind = r.unit_short or r.unit_name, MeetingKind(r.kind)
    return MeetingRow(
        id=r.row_id,
        number=r.number,
        held_on=r.held_on,
        unit=unit,
        level=MeetingLevel(r.level).label,
        kind=kind.label,
        name=name_of(r.title, MeetingLevel(r.level), unit, r.held_on, kind),
        chair=r.chair,
        place=r.place,
        items=r.item_count or (1 if r.topics else 0),
        decisions=r.decision_count or r.told_decisions or 0,
        open_decisions=r.open_count,
        state=r.state,
        state_label=MeetingState(r.state).label,
        topics=r.topics,
        void_reason=r.void_reason,
    )
