"""The list of papers (公函): drafts of the own office and what offices in scope issued, each of a record that its reader
may read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.office_paper import OfficePaper
from models.organisation import Unit
from models.staff import Person
from queries.paging import PAGE_SIZE, Order, PageOf, page_of
from queries.paper_receivers import is_received_by
from queries.paper_subjects import SUBJECTS
from queries.register_filter import (
    args_of,
    below_unit,
    days_in_words,
    days_of,
    free_text_of,
    number_of,
    one_of,
    unit_in_words,
    word_of,
)
from queries.scope import in_scope_of
from rules.office_time import day_begins, day_of
from rules.papers.kinds import PaperKind
from rules.roles import Actor, Permission

P = OfficePaper
_DRAFTER, _ISSUER = aliased(Person, name="drafter"), aliased(Person, name="issuer")
RECEIVED = "received"
STATES = {
    "": "待签发和已印发", "draft": "待签发", "issued": "已印发", RECEIVED: "收到的", "void": "已作废的草稿",
}  # fmt: skip
MOST_EXPORTED = 20_000
_BEGUN = {
    "date": Order("date", "新的在前", P.drafted_at, P.id, read=datetime),
    "date-up": Order("date-up", "旧的在前", P.drafted_at, P.id, descending=False, read=datetime),
}
_ISSUED = {
    "date": Order("date", "新的在前", P.issued_on, P.id),
    "date-up": Order("date-up", "旧的在前", P.issued_on, P.id, descending=False),
}
ORDERS = _BEGUN
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PaperFilter:
    """What a list of papers shows. Each field is one name of the query string. The days are those of issuing where only
    what was issued is asked for, those of drafting otherwise."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    kind: PaperKind | None = None
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
            kind=word_of(PaperKind, args.get("kind", "")),
            state=one_of(STATES, args.get("state", ""), ""),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), "date"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    @property
    def order(self) -> Order:
        return (_ISSUED if self.is_of_issued else _BEGUN)[self.sort]

    @property
    def is_of_issued(self) -> bool:
        """Whether only what was issued is shown: then the days are those of issuing."""
        return self.state in ("issued", RECEIVED)

    def select(self, session: Session, actor: Actor) -> Any:
        """Papers that the actor may read and the filter lets through."""
        statement = select(P).where(self._which(actor), *self._days())
        if self.unit is not None:
            statement = statement.where(below_unit(session, P.unit_id, self.unit))
        if self.kind is not None:
            statement = statement.where(P.kind == self.kind.value)
        return statement.where(self._holds()) if self.q else statement

    def _which(self, actor: Actor) -> ColumnElement[bool]:
        if self.state == RECEIVED:
            return paper_is_received(actor)
        return and_(paper_is_visible(actor), P.state == self.state if self.state else P.state != "void")

    def _days(self) -> list[ColumnElement[bool]]:
        if self.is_of_issued:
            first, next_first, column = self.from_, self.to and self.to + _A_DAY, P.issued_on
        else:
            first = day_begins(self.from_) if self.from_ else None
            next_first, column = day_begins(self.to + _A_DAY) if self.to else None, P.drafted_at
        found = [column >= first] if first else []
        return [*found, column < next_first] if next_first else found

    def _holds(self) -> Any:
        return or_(*(c.contains(self.q, autoescape=True) for c in (P.number, P.title, P.addressee)))

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        parts = [days_in_words(self.from_, self.to)]
        parts += [unit_in_words(session, self.unit)] if self.unit is not None else []
        parts += [self.kind.label] if self.kind else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]]
        return "，".join(p for p in parts if p)


@dataclass(frozen=True)
class PaperRow:
    """One line of the list."""

    id: int
    kind: str
    state: str
    number: str
    title: str
    addressee: str
    unit_id: int
    unit: str
    unit_category: str
    subject_type: str
    subject_id: int
    drafted_on: date
    drafted_by: str
    issued_on: date | None
    issued_by: str
    void_reason: str


def paper_is_visible(actor: Actor) -> ColumnElement[bool]:
    """Condition on OfficePaper: of the own office all, of those below what they issued; nothing of a record that the actor
    may not read."""
    if not actor.may(Permission.PAPERS_READ) or not actor.scope_path:
        return false()
    issued = and_(P.state == "issued", in_scope_of(actor, P.unit_id))
    own = P.unit_id == actor.unit_id if actor.may(Permission.PAPERS_WRITE) else false()
    return and_(or_(own, issued), _is_of_readable_record(actor))


def paper_is_received(actor: Actor) -> ColumnElement[bool]:
    """Condition on OfficePaper: issued by another office to the actor's, about a record that he may read."""
    if not actor.may(Permission.PAPERS_READ) or not actor.scope_path:
        return false()
    return and_(is_received_by(actor), _is_of_readable_record(actor))


def list_papers(
    session: Session, actor: Actor, chosen: PaperFilter, *, after: str = "", before: str = "",
    size: int = PAGE_SIZE,
) -> PageOf[PaperRow]:  # fmt: skip
    """One page of rows; one statement besides the chosen unit's."""
    statement = (
        chosen.select(session, actor)
        .join(Unit, P.unit_id == Unit.id)
        .outerjoin(_DRAFTER, P.drafted_by_id == _DRAFTER.id)
        .outerjoin(_ISSUER, P.issued_by_id == _ISSUER.id)
        .with_only_columns(
            P.id.label("row_id"),
            chosen.order.column.label("sort_value"),
            *(P.kind, P.state, P.number, P.title, P.addressee, P.unit_id, P.subject_type, P.subject_id),
            *(P.drafted_at, P.issued_on, P.void_reason),
            func.coalesce(func.nullif(Unit.short_name, ""), Unit.name).label("unit_label"),
            Unit.category.label("unit_category"),
            *(_DRAFTER.name.label("drafted_by"), _ISSUER.name.label("issued_by")),
        )
    )
    page = page_of(session, statement, chosen.order, after=after, before=before, size=size)
    return PageOf([_row(r) for r in page.rows], page.after, page.before)


def count_papers(session: Session, actor: Actor, chosen: PaperFilter) -> int:
    return int(session.scalar(chosen.select(session, actor).with_only_columns(func.count(P.id))) or 0)


def _is_of_readable_record(actor: Actor) -> ColumnElement[bool]:
    return or_(*(_is_about(actor, name) for name in SUBJECTS))


def _is_about(actor: Actor, subject_type: str) -> ColumnElement[bool]:
    kind = SUBJECTS[subject_type]
    return and_(
        P.subject_type == subject_type,
        P.subject_id.in_(kind.readers(actor).with_only_columns(kind.model.id)),
    )


def _row(r: Any) -> PaperRow:
    return PaperRow(
        id=r.row_id,
        kind=PaperKind(r.kind).label,
        state=r.state,
        number=r.number or "",
        title=r.title,
        addressee=r.addressee,
        unit_id=r.unit_id,
        unit=r.unit_label,
        unit_category=r.unit_category,
        subject_type=r.subject_type,
        subject_id=r.subject_id,
        drafted_on=day_of(r.drafted_at),
        drafted_by=r.drafted_by or "",
        issued_on=r.issued_on,
        issued_by=r.issued_by or "",
        void_reason=r.void_reason,
    )
