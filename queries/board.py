"""What the 工作台 shows: what is due, what is missing, what happened today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from models.audit_entry import AuditEntry
from models.import_batch import ImportBatch
from models.office import FormDraft, PaperPage
from models.organisation import Unit
from models.sign_in import SignInThrottle
from models.staff import Account
from models.village_session import VillageSession
from models.visit import Visit
from queries.bulletins import bulletins_returned, bulletins_to_issue, bulletins_unread
from queries.memory import remembered
from queries.paging import PageOf
from queries.scope import in_scope, visit_is_visible, within
from queries.village_sessions import monday_of
from queries.visits import RESPONSIBLE, SOON, VisitFilter, VisitRow, list_visits
from rules.roles import Actor, Permission
from rules.taxonomy import VILLAGE_LEVEL, UnitCategory

K = TypeVar("K")
MOST_DUE = 10


@dataclass(frozen=True)
class Today:
    batches: int
    persons: int
    overdue: int
    due_soon: int


@remembered
def today_in_scope(session: Session, actor: Actor, today: date) -> Today:
    """The day's visits, and matters whose due date has passed or comes within a week."""
    came = select(func.count(), func.coalesce(func.sum(Visit.persons), 0)).where(
        visit_is_visible(actor, live=True),
        within(Visit.unit_id, actor.scope_path),
        Visit.visit_date == today,
        Visit.voided_at.is_(None),
    )
    late = Visit.due_date < today
    soon = and_(~late, Visit.due_date <= today + SOON)
    due = select(*(func.coalesce(func.sum(case((which, 1), else_=0)), 0) for which in (late, soon))).where(
        *_open(actor), Visit.due_date <= today + SOON
    )
    first, second = came.subquery("came"), due.subquery("due")
    both = select(first, second).select_from(first.join(second, true()))
    return Today(*session.execute(both).one())


def due_rows(session: Session, actor: Actor, today: date, group_threshold: int) -> list[VisitRow]:
    """The matters due first."""
    statement_filter = VisitFilter(state="open", to=today, sort="due")
    page: PageOf[VisitRow] = list_visits(
        session, actor, statement_filter, today=today, group_threshold=group_threshold, size=MOST_DUE
    )
    return list(page.rows)


@dataclass(frozen=True)
class LateUnit:
    """What a responsible unit and all below it were given and have not finished; `unit_id` is None where no list shows
    just that: of the county itself, below which everybody stands."""

    unit_id: int | None
    label: str
    open: int
    late: int


@remembered
def overdue_by_unit(session: Session, actor: Actor, today: date) -> list[LateUnit]:
    """Those that let a day pass, in the order of the tree."""
    late = func.sum(case((Visit.due_date < today, 1), else_=0))
    counted = (
        select(Visit.responsible_unit_id, func.count().label("open"), late.label("late"))
        .where(*_open(actor))
        .group_by(Visit.responsible_unit_id)
        .subquery()
    )
    name = func.coalesce(func.nullif(RESPONSIBLE.short_name, ""), RESPONSIBLE.name)
    statement = select(
        RESPONSIBLE.id,
        name.label("label"),
        RESPONSIBLE.path,
        RESPONSIBLE.category,
        counted.c.open,
        counted.c.late,
    ).join_from(counted, RESPONSIBLE, counted.c.responsible_unit_id == RESPONSIBLE.id)
    return [unit for unit in _with_all_below(session.execute(statement).all()) if unit.late]


def _with_all_below(rows: Iterable[Any]) -> list[LateUnit]:
    """Each with those below it, as the list that it opens has them; what stands in another one has no line of its own."""
    found: dict[int, LateUnit] = {}
    outer = None
    for row in sorted(rows, key=lambda r: (r.path, r.id)):
        if outer is not None and outer.path and row.path.startswith(outer.path):
            line = found[outer.id]
            found[outer.id] = replace(line, open=line.open + row.open, late=line.late + int(row.late))
            continue
        is_county = row.category == UnitCategory.COUNTY_COMMITTEE.value
        outer = None if is_county else row
        found[row.id] = LateUnit(None if is_county else row.id, row.label, row.open, int(row.late))
    return list(found.values())


def _open(actor: Actor) -> list[Any]:
    return [
        visit_is_visible(actor, live=True),
        Visit.voided_at.is_(None),
        Visit.completed_on.is_(None),
        Visit.due_date.is_not(None),
    ]


@dataclass(frozen=True)
class SessionDay:
    day: date
    due: int
    held: int
    missing: list[str]


@remembered
def session_day(session: Session, actor: Actor, day: date) -> SessionDay:
    """Which villages in scope have and have not held the session of one day; any day of its week counts, as on
    the page of the week."""
    monday = monday_of(day)
    held = select(VillageSession.unit_id).where(
        VillageSession.session_date.between(monday, monday + timedelta(days=6)),
        VillageSession.voided_at.is_(None),
    )
    villages = (
        select(Unit.name, Unit.id.in_(held))
        .where(
            Unit.path.startswith(actor.scope_path),
            Unit.category.in_([c.value for c in VILLAGE_LEVEL]),
            or_(Unit.valid_from.is_(None), Unit.valid_from <= day),
            or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
        )
        .order_by(Unit.path)
    )
    rows = session.execute(villages).all()
    return SessionDay(day, len(rows), sum(1 for _n, h in rows if h), [n for n, h in rows if not h])


def last_session_day(today: date, weekday: int) -> date:
    """The latest session day not after today; `weekday` is 1 for Monday."""
    return today - timedelta(days=(today.isoweekday() - weekday) % 7)


DRAFTED = ("visit", "petition", "village_session", "village_week", "leader_day", "desk_entry")
"""Forms that survive a lost session (`web.drafts`)."""


def unfinished_counts(session: Session, actor: Actor) -> dict[str, Select[int]]:
    """What waits for the actor, counted by kind: paper pages, imports, bulletins to issue, to mend and to acknowledge,
    and by its name (`draft_visit`) each form that the account left half-filled. For one statement with others."""
    pages = in_scope(PaperPage, actor, Permission.RECEPTION_WRITE).where(PaperPage.entered_at.is_(None))
    batches = select(ImportBatch.id).where(
        ImportBatch.account_id == actor.account_id, ImportBatch.state == "ready"
    )
    rows = {
        "pages": pages.with_only_columns(PaperPage.id),
        "imports": batches,
        "to_issue": bulletins_to_issue(session, actor),
        "returned": bulletins_returned(session, actor),
        "unread": bulletins_unread(session, actor),
    } | {f"draft_{form}": _draft(actor, form) for form in DRAFTED}
    return {kind: select(func.count()).select_from(found.subquery()) for kind, found in rows.items()}


def count_all(session: Session, counts: Mapping[K, Select[int]]) -> dict[K, int]:
    """All of them in one statement."""
    if not counts:
        return {}
    found = session.execute(select(*(count.scalar_subquery() for count in counts.values()))).one()
    return dict(zip(counts, map(int, found), strict=True))


def _draft(actor: Actor, form: str) -> Any:
    return select(FormDraft.form).where(FormDraft.account_id == actor.account_id, FormDraft.form == form)


def account_counts(session: Session, now: datetime) -> dict[str, int]:
    """For 系统管理员 and 安全管理员: no names, counts only."""
    row = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((Account.disabled_at.is_not(None), 1), else_=0)), 0),
            func.coalesce(
                func.sum(case((and_(Account.role.is_(None), Account.disabled_at.is_(None)), 1), else_=0)), 0
            ),
        )
    ).one()
    locked = select(func.count()).where(
        SignInThrottle.locked_until > now, SignInThrottle.key.startswith("name:")
    )
    return {"all": row[0], "disabled": row[1], "without_role": row[2], "locked": session.scalar(locked) or 0}


_LOOKS = [
    f"{register}.{look}"
    for register in ("visit", "petition")
    for look in ("reveal", "search-number", "search-last-four", "export-unmasked")
]


def audit_counts(session: Session, now: datetime) -> dict[str, int]:
    """For 安全审计员: entries of the last seven days, and of those the looks at masked data."""
    week = AuditEntry.at >= now - timedelta(days=7)
    looks = AuditEntry.action.in_(_LOOKS)
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(case((looks, 1), else_=0)), 0)).where(week)
    ).one()
    return {"week": row[0], "looks": row[1]}
