"""Lists of visits: one Filter from the address to SQL and to words."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache
from typing import Any, Self

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session, aliased

from models.category import Category
from models.organisation import Unit
from models.visit import Visit, VisitContact
from queries.memory import remembered
from queries.names import names_are_plain, shown_name
from queries.paging import PAGE_SIZE, Order, PageOf, page_of, readable
from queries.register_filter import (
    args_of,
    below_category,
    below_unit,
    days_alone,
    days_in_words,
    days_of,
    free_text_of,
    live_or_void,
    number_of,
    one_of,
    word_of,
)
from queries.same_people import same_people, with_number
from queries.scope import sees_all, visible_totals, visit_is_visible
from queries.sealed_left_out import matters_left_out
from queries.search_pages import SearchPage, Words, search_page
from rules.roles import Actor, handles
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind

_AT_ONCE = 500
"""Ids in one statement, well below what either database takes."""

REGISTERING = aliased(Unit, name="registering_unit")
RESPONSIBLE = aliased(Unit, name="responsible_unit")
PARENT_CATEGORY = aliased(Category, name="parent_category")

_NAMED = aliased(Visit, name="named_visit")
ORDERS = {
    "date": Order("date", "来访日期（新的在前）", Visit.visit_date, Visit.id),
    "date-up": Order("date-up", "来访日期（旧的在前）", Visit.visit_date, Visit.id, descending=False),
    "persons": Order("persons", "人数（多的在前）", Visit.persons, Visit.id, read=int),
    "due": Order("due", "限办日期（先到的在前）", Visit.due_date, Visit.id, descending=False),
    "entered": Order("entered", "登记先后（新的在前）", Visit.id, Visit.id, read=int),
}
SOON = timedelta(days=7)
STATES = {
    "": "有效登记",
    "open": "未办结（有限办日期）",
    "overdue": "超过限办日期未办结",
    "due_soon": "七天内到期未办结",
    "completed": "已办结",
    "void": "已作废",
}


@dataclass(frozen=True)
class VisitFilter:
    """What a list of visits shows. Each field is one name of the query string; empty means no limit."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    type: ReceptionType | None = None
    kind: VisitKind | None = None
    category: int | None = None
    purpose: Purpose | None = None
    outcome: Outcome | None = None
    responsible: int | None = None
    state: str = ""
    group: bool = False
    batch: int | None = None
    q: str = ""
    sort: str = "date"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string. Raises RuleViolation naming the field."""
        first, last = days_of(args)
        chosen = cls(
            from_=first,
            to=last,
            unit=number_of(args.get("unit", "")),
            type=word_of(ReceptionType, args.get("type", "")),
            kind=word_of(VisitKind, args.get("kind", "")),
            category=number_of(args.get("category", "")),
            purpose=word_of(Purpose, args.get("purpose", "")),
            outcome=word_of(Outcome, args.get("outcome", "")),
            responsible=number_of(args.get("responsible", "")),
            state=one_of(STATES, args.get("state", ""), ""),
            group=args.get("group") == "1",
            batch=number_of(args.get("batch", "")),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), "date"),
        )
        return chosen

    def to_args(self) -> dict[str, str]:
        """The query string again, without what is empty."""
        return args_of(self)

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def conditions(self, session: Session, actor: Actor, *, today: date, group_threshold: int) -> list[Any]:
        """All that a visit must meet to be shown to the actor."""
        visible = visit_is_visible(actor, live=self.is_live)
        asked = self.asked(session, actor, today=today, group_threshold=group_threshold)
        return [visible, *asked]

    @property
    def is_live(self) -> bool:
        return self.state != "void"

    def asked(self, session: Session, actor: Actor, *, today: date, group_threshold: int) -> list[Any]:
        """What the address asks, without what the actor may see."""
        found = [live_or_void(Visit, not self.is_live)]
        found += self._about_dates() + self._about_keys(session) + self._about_words()
        if self.group:
            found.append(Visit.persons >= group_threshold)
        if self.batch is not None:
            found.append(Visit.import_batch_id == self.batch)
        if self.sort == "due":
            found.append(Visit.due_date.is_not(None))
        if self.state in ("open", "overdue", "due_soon"):
            found += [Visit.completed_on.is_(None), Visit.due_date.is_not(None)]
        if self.state == "overdue":
            found.append(Visit.due_date < today)
        if self.state == "due_soon":
            found += [Visit.due_date >= today, Visit.due_date <= today + SOON]
        if self.state == "completed":
            found.append(Visit.completed_on.is_not(None))
        if self.q:
            found.append(self.searched(actor).lead_to(session))
        return found

    def _about_dates(self) -> list[Any]:
        found: list[Any] = []
        if self.from_:
            found.append(Visit.visit_date >= self.from_)
        if self.to:
            found.append(Visit.visit_date <= self.to)
        return found

    def _about_keys(self, session: Session) -> list[Any]:
        pairs = ((Visit.unit_id, self.unit), (Visit.responsible_unit_id, self.responsible))
        found = [below_unit(session, column, unit_id) for column, unit_id in pairs if unit_id is not None]
        if self.category is not None:
            found.append(below_category(session, Visit.category_id, self.category))
        return found

    def _about_words(self) -> list[Any]:
        pairs = (
            (Visit.reception_type, self.type),
            (Visit.visit_kind, self.kind),
            (Visit.purpose, self.purpose),
            (Visit.outcome, self.outcome),
        )
        return [column == value.value for column, value in pairs if value is not None]

    def searched(self, actor: Actor) -> Words:
        """Content for all in scope, names only where this actor reads them."""
        return Words(self.q, "visit_search", Visit, _NAMED, lambda visit: names_are_plain(actor, visit))

    def sentence(self, session: Session, group_threshold: int) -> str:
        """What is shown, in words: `2026年7月1日至7月15日,柳溪镇及下级,集体访`."""
        parts = [days_in_words(self.from_, self.to)]
        if self.unit is not None:
            unit = session.get(Unit, self.unit)
            parts.append(f"{unit.label}及下级登记" if unit else "未知单位登记")
        if self.responsible is not None:
            unit = session.get(Unit, self.responsible)
            parts.append(f"责任单位{unit.label if unit else '未知'}")
        parts += [w.label for w in (self.type, self.kind, self.purpose, self.outcome) if w is not None]
        if self.category is not None:
            category = session.get(Category, self.category)
            parts.append(f"内容分类“{category.label if category else '未知'}”")
        if self.group:
            parts.append(f"集体访（{group_threshold} 人及以上）")
        if self.batch is not None:
            parts.append(f"导入批次 {self.batch}")
        if self.q:
            parts.append(f"含“{self.q}”")
        if self.state:
            parts.append(STATES[self.state])
        return "，".join(p for p in parts if p)

    def left_out(self, session: Session, actor: Actor) -> str:
        """What the list says of sealed visits that it does not show."""
        days = days_alone(self, *(["sort"] if self.sort != "due" else []))
        return matters_left_out(session, actor, self.unit, Visit, days)

    def only(self, **changes: Any) -> Self:
        return replace(self, **changes)


@dataclass(frozen=True)
class VisitRow:
    """One line of a list, its name already masked where the actor must not read it."""

    id: int
    number: str
    visit_date: date
    unit: str
    reception_type: str
    name: str
    names_are_masked: bool
    persons: int
    is_group: bool
    kind: str
    category: str
    content: str
    outcome: str
    responsible: str
    due_date: date | None
    completed_on: date | None
    is_void: bool
    sealed: bool
    is_overdue: bool
    visit_time: time | None


@dataclass(frozen=True)
class Totals:
    batches: int
    persons: int
    at_least: bool = False
    """Counted no further: there are more."""


@cache
def visit_statement() -> Any:
    """Everything a line of a list needs, in one statement."""
    first_name = (
        select(VisitContact.name)
        .where(VisitContact.visit_id == Visit.id, VisitContact.position == 1)
        .scalar_subquery()
    )
    return (
        select(
            Visit.id.label("row_id"),
            Visit.number,
            Visit.visit_date,
            Visit.visit_time,
            Visit.reception_type,
            Visit.persons,
            Visit.visit_kind,
            Visit.content,
            Visit.outcome,
            Visit.due_date,
            Visit.completed_on,
            Visit.voided_at,
            Visit.sealed,
            Visit.confidential,
            Visit.anonymous,
            first_name.label("first_name"),
            REGISTERING.short_name.label("unit_short"),
            REGISTERING.name.label("unit_name"),
            REGISTERING.path.label("unit_path"),
            RESPONSIBLE.short_name.label("responsible_short"),
            RESPONSIBLE.name.label("responsible_name"),
            RESPONSIBLE.path.label("responsible_path"),
            Category.name.label("category_name"),
            PARENT_CATEGORY.name.label("category_above"),
        )
        .join(REGISTERING, Visit.unit_id == REGISTERING.id)
        .join(Category, Visit.category_id == Category.id)
        .outerjoin(PARENT_CATEGORY, Category.parent_id == PARENT_CATEGORY.id)
        .outerjoin(RESPONSIBLE, Visit.responsible_unit_id == RESPONSIBLE.id)
    )


def list_visits(
    session: Session,
    actor: Actor,
    chosen: VisitFilter,
    *,
    today: date,
    group_threshold: int,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> PageOf[VisitRow]:
    """One page of rows in scope."""
    conditions = chosen.conditions(session, actor, today=today, group_threshold=group_threshold)
    which = _which(chosen, conditions)
    page = page_of(session, which, chosen.order, after=after, before=before, size=size)
    return _filled(session, actor, page, today, group_threshold)


def list_and_count_visits(
    session: Session,
    actor: Actor,
    chosen: VisitFilter,
    *,
    today: date,
    group_threshold: int,
    after: str = "",
    before: str = "",
) -> tuple[PageOf[VisitRow], Totals]:
    """One page of rows in scope, and what all pages add up to; of frequent words as far as `search_pages` counts."""
    if chosen.q:
        cursors = (readable(cursor, chosen.order) for cursor in (after, before))
        found = _searched(session, actor, chosen, today, group_threshold, *cursors)
        total = Totals(found.rows, found.persons, found.at_least)
        return _filled(session, actor, found.page, today, group_threshold), total
    page_of_all = list_visits(
        session, actor, chosen, today=today, group_threshold=group_threshold, after=after, before=before
    )
    return page_of_all, totals(session, actor, chosen, today=today, group_threshold=group_threshold)


@remembered
def _searched(
    session: Session,
    actor: Actor,
    chosen: VisitFilter,
    today: date,
    group_threshold: int,
    after: str,
    before: str,
) -> SearchPage:
    others = replace(chosen, q="").conditions(session, actor, today=today, group_threshold=group_threshold)
    which = _which(chosen, others).add_columns(Visit.persons)
    narrow = not sees_all(actor)
    return search_page(
        session, chosen.searched(actor), which, chosen.order, narrow=narrow, after=after, before=before
    )


def _which(chosen: VisitFilter, conditions: list[Any]) -> Any:
    """First which rows, from an index alone."""
    return select(Visit.id.label("row_id"), chosen.order.column.label("sort_value")).where(*conditions)


def _filled(
    session: Session, actor: Actor, page: PageOf[Any], today: date, group_threshold: int
) -> PageOf[VisitRow]:
    """Then what the rows say."""
    rows = rows_of(session, actor, [r.row_id for r in page.rows], today, group_threshold)
    return PageOf(rows, page.after, page.before)


def rows_of(
    session: Session, actor: Actor, ids: list[int], today: date, group_threshold: int
) -> list[VisitRow]:
    """The lines of these visits, in the order given; the caller chose them in scope."""
    found: dict[int, VisitRow] = {}
    for start in range(0, len(ids), _AT_ONCE):
        statement = visit_statement().where(Visit.id.in_(ids[start : start + _AT_ONCE]))
        found |= {r.row_id: _row(r, actor, today, group_threshold) for r in session.execute(statement)}
    return [found[visit_id] for visit_id in ids if visit_id in found]


@remembered
def totals(
    session: Session, actor: Actor, chosen: VisitFilter, *, today: date, group_threshold: int
) -> Totals:
    asked = chosen.asked(session, actor, today=today, group_threshold=group_threshold)
    return Totals(*visible_totals(session, actor, asked))


def is_overdue(due_date: date | None, completed_on: date | None, today: date) -> bool:
    return due_date is not None and completed_on is None and due_date < today


def _row(r: Any, actor: Actor, today: date, group_threshold: int) -> VisitRow:
    handled = handles(actor, r.unit_path, r.responsible_path)
    return VisitRow(
        id=r.row_id,
        number=r.number,
        visit_date=r.visit_date,
        unit=r.unit_short or r.unit_name,
        reception_type=ReceptionType(r.reception_type).label,
        name=shown_name(
            r.first_name,
            anonymous=r.anonymous,
            confidential=r.confidential,
            handled=handled,
        ),
        names_are_masked=r.confidential or not handled,
        persons=r.persons,
        is_group=r.persons >= group_threshold,
        kind=VisitKind(r.visit_kind).label,
        category=f"{r.category_above}/{r.category_name}" if r.category_above else r.category_name,
        content=r.content,
        outcome=Outcome(r.outcome).label,
        responsible=(r.responsible_short or r.responsible_name or ""),
        due_date=r.due_date,
        completed_on=r.completed_on,
        is_void=r.voided_at is not None,
        sealed=r.sealed,
        is_overdue=is_overdue(r.due_date, r.completed_on, today),
        visit_time=r.visit_time,
    )


def similar_visits(
    session: Session,
    actor: Actor,
    *,
    names: list[str],
    id_digests: list[str],
    telephone_digests: list[str],
    today: date,
    days: int = 365,
    limit: int = 5,
) -> list[Any]:
    """Visits in the actor's scope that seem to be the same person or matter: a link to look at, never a merge.

    The same ID or telephone number, or the same name where the actor reads names, within the last `days`.
    """
    same = same_people(
        VisitContact.visit_id,
        Visit,
        names_are_plain,
        actor,
        names=names,
        id_digests=id_digests,
        telephone_digests=telephone_digests,
    )
    if not same:
        return []
    statement = (
        select(Visit.id, Visit.number, Visit.visit_date, Visit.content, Visit.outcome)
        .where(
            Visit.id.in_(union_all(*same)),
            Visit.voided_at.is_(None),
            Visit.visit_date >= today - timedelta(days=days),
            visit_is_visible(actor),
        )
        .order_by(Visit.visit_date.desc(), Visit.id.desc())
        .limit(limit)
    )
    return list(session.execute(statement))


def found_by_number(
    session: Session,
    actor: Actor,
    *,
    digests: dict[str, str],
    today: date,
    group_threshold: int,
    limit: int = 100,
) -> list[VisitRow]:
    """Visits in scope by keyed digests: `{"id_number_digest": …}` or a tail. The look is logged by the caller."""
    statement = (
        visit_statement()
        .where(
            Visit.id.in_(with_number(VisitContact.visit_id, digests)),
            Visit.voided_at.is_(None),
            visit_is_visible(actor),
        )
        .order_by(Visit.visit_date.desc(), Visit.id.desc())
        .limit(limit)
    )
    return [_row(r, actor, today, group_threshold) for r in session.execute(statement)]
