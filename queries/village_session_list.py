"""Lists of village sessions: one Filter from the address to SQL and to words."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from models.organisation import Unit
from models.village_session import BUSY, SessionMatter, VillageSession
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
from rules.roles import Actor
from rules.taxonomy import SessionMode

ABOVE = aliased(Unit, name="unit_above")
S = VillageSession
ORDERS = {
    "date": Order("date", "接访日期（新的在前）", S.session_date, S.id),
    "date-up": Order("date-up", "接访日期（旧的在前）", S.session_date, S.id, descending=False),
    "unit": Order("unit", "单位", Unit.path, S.id, descending=False, read=str),
    "batches": Order("batches", "批次（多的在前）", S.batches, S.id, read=int),
    "persons": Order("persons", "人次（多的在前）", S.persons, S.id, read=int),
}
STATES = {"": "有效登记", "void": "已作废"}
COUNTS = (
    "batches",
    "persons",
    "solved_batches",
    "solved_persons",
    "committed_batches",
    "committed_persons",
    "escalated_batches",
    "escalated_persons",
)
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class SessionFilter:
    """What a list of village sessions shows. Each field is one name of the query string; empty means no limit."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    mode: SessionMode | None = None
    visitors: bool = False
    state: str = ""
    q: str = ""
    sort: str = "date"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string; `period` (2026-07, 2026-W29 …) stands for both days. Raises RuleViolation."""
        first, last = days_of(args)
        return cls(
            from_=first,
            to=last,
            unit=number_of(args.get("unit", "")),
            mode=word_of(SessionMode, args.get("mode", "")),
            visitors=args.get("visitors") == "1",
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
        """Sessions in scope that the filter lets through."""
        statement = in_scope(S, actor).where(live_or_void(S, self.state == "void"))
        if self.from_:
            statement = statement.where(S.session_date >= self.from_)
        if self.to:
            statement = statement.where(S.session_date <= self.to)
        if self.unit is not None:
            statement = statement.where(below_unit(session, S.unit_id, self.unit))
        if self.mode is not None:
            statement = statement.where(S.mode == self.mode.value)
        if self.visitors:
            statement = statement.where(S.batches > 0)
        return statement.where(self._holds(self.q)) if self.q else statement

    def _holds(self, text: str) -> Any:
        matters = select(SessionMatter.session_id).where(
            SessionMatter.summary.contains(text, autoescape=True)
        )
        return or_(
            S.number.contains(text.upper(), autoescape=True),
            S.notes.contains(text, autoescape=True),
            S.attendees.contains(text, autoescape=True),
            S.id.in_(matters),
        )

    def sentence(self, session: Session) -> str:
        """What is shown, in words: `2026-07-01 至 2026-07-31,柳溪镇及下级,有访接访`."""
        parts = [days_in_words(self.from_, self.to)]
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [self.mode.label] if self.mode else []
        parts += ["有人来访的"] if self.visitors else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(p for p in parts if p)


@dataclass(frozen=True)
class SessionRow:
    """One line of the list."""

    id: int
    number: str
    session_date: date
    township: str
    village: str
    mode: str
    attendees: str
    counts: dict[str, int]
    matters: int
    notes: str
    void_reason: str | None


@dataclass(frozen=True)
class SessionTotals:
    sessions: int
    counts: dict[str, int]

    def in_words(self) -> str:
        c = self.counts
        return (
            f"共 {self.sessions} 场，{c['batches']} 批 {c['persons']} 人次："
            f"现场解决 {c['solved_batches']} 批 {c['solved_persons']} 人次，"
            f"限期化解 {c['committed_batches']} 批 {c['committed_persons']} 人次，"
            f"梳理上报 {c['escalated_batches']} 批 {c['escalated_persons']} 人次。"
        )


def list_sessions(
    session: Session,
    actor: Actor,
    chosen: SessionFilter,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[SessionRow]:
    """One page of rows in scope; one statement besides the chosen unit's."""
    page = page_of(
        session, _lines(chosen, session, actor), chosen.order, after=after, before=before, size=size
    )
    return PageOf([_row(r) for r in page.rows], page.after, page.before)


def all_sessions(session: Session, actor: Actor, chosen: SessionFilter) -> list[SessionRow]:
    """Every row, for a sheet or a printed register; one more than MOST_EXPORTED tells that there are too many."""
    return list(list_sessions(session, actor, chosen, size=MOST_EXPORTED + 1).rows)


def session_totals(session: Session, actor: Actor, chosen: SessionFilter) -> SessionTotals:
    """All are counted, and added up are those that somebody came to: nine of ten bring nothing to the sums."""
    held = chosen.select(session, actor)
    added = (func.coalesce(func.sum(getattr(S, name)), 0).label(name) for name in COUNTS)
    busy = held.where(literal_column(BUSY)).with_only_columns(*added).subquery()
    counted = held.with_only_columns(func.count(S.id)).scalar_subquery()
    sessions, *sums = session.execute(select(counted, *busy.c)).one()
    return SessionTotals(sessions, {name: int(value) for name, value in zip(COUNTS, sums, strict=True)})


def _lines(chosen: SessionFilter, session: Session, actor: Actor) -> Any:
    matters = select(func.count(SessionMatter.id)).where(SessionMatter.session_id == S.id).scalar_subquery()
    return (
        chosen.select(session, actor)
        .join(Unit, S.unit_id == Unit.id)
        .outerjoin(ABOVE, Unit.parent_id == ABOVE.id)
        .with_only_columns(
            S.id.label("row_id"),
            chosen.order.column.label("sort_value"),
            S.number,
            S.session_date,
            S.mode,
            S.attendees,
            S.notes,
            S.void_reason,
            *(getattr(S, name) for name in COUNTS),
            matters.label("matter_count"),
            Unit.short_name.label("village_short"),
            Unit.name.label("village_name"),
            ABOVE.short_name.label("above_short"),
            ABOVE.name.label("above_name"),
        )
    )


def _row(r: Any) -> SessionRow:
    return SessionRow(
        id=r.row_id,
        number=r.number,
        session_date=r.session_date,
        township=r.above_short or r.above_name or "",
        village=r.village_short or r.village_name,
        mode=SessionMode(r.mode).label,
        attendees=r.attendees,
        counts={name: getattr(r, name) for name in COUNTS},
        matters=r.matter_count,
        notes=r.notes,
        void_reason=r.void_reason,
    )
