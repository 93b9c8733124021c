"""Printed pages of the blank register, and how much of each has been typed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session

from models.office import PaperPage
from models.organisation import Unit
from models.visit import Visit
from queries.scope import in_scope, load_in_scope, visible_visits, visit_is_visible
from rules.roles import Actor, Permission, handles

MOST_VISITS = 100


@dataclass(frozen=True)
class PageLine:
    id: int
    number: str
    unit: str
    lines: int
    printed_at: datetime
    entered_at: datetime | None
    visits: int


def pages_in_scope(session: Session, actor: Actor, *, limit: int = 100) -> list[PageLine]:
    """Newest first; pages not yet declared entered before the others."""
    typed = (
        select(func.count(Visit.id))
        .where(Visit.paper_page == PaperPage.number, Visit.voided_at.is_(None))
        .scalar_subquery()
    )
    scoped = in_scope(PaperPage, actor, Permission.RECEPTION_WRITE).with_only_columns(
        PaperPage.id,
        PaperPage.number,
        func.coalesce(func.nullif(Unit.short_name, ""), Unit.name),
        PaperPage.lines,
        PaperPage.printed_at,
        PaperPage.entered_at,
        typed,
    )
    statement = (
        scoped.join(Unit, PaperPage.unit_id == Unit.id)
        .order_by(PaperPage.entered_at.is_not(None), PaperPage.id.desc())
        .limit(limit)
    )
    return [PageLine(*row) for row in session.execute(statement)]


def page_numbered(session: Session, actor: Actor, number: str) -> PaperPage | None:
    return session.scalar(
        in_scope(PaperPage, actor, Permission.RECEPTION_WRITE).where(PaperPage.number == number)
    )


def visits_of_page(session: Session, actor: Actor, number: str) -> list[Visit]:
    """The live visits typed in from it that this actor may see, as they were typed."""
    return list(
        session.scalars(
            visible_visits(actor).where(*_typed_from(number)).order_by(Visit.id).limit(MOST_VISITS)
        )
    )


def may_read_scans(session: Session, actor: Actor, page: PaperPage) -> bool:
    """A scan shows every line as it was written: it is for the page's own office, and there only while whoever looks
    may read all of its visits plainly. Two statements."""
    if not handles(actor, session.get_one(Unit, page.unit_id).path):
        return False
    masked = or_(Visit.confidential, visit_is_visible(actor).is_not(true()))
    return session.scalar(select(Visit.id).where(*_typed_from(page.number), masked).limit(1)) is None


def _typed_from(number: str) -> tuple[Any, ...]:
    return Visit.paper_page == number, Visit.voided_at.is_(None)


def pages_printed_together(session: Session, actor: Actor, first: int, most: int) -> list[PaperPage]:
    """A page and those that were numbered with it after it, at most `most`. Raises NotVisible."""
    page = load_in_scope(session, PaperPage, actor, first, Permission.RECEPTION_WRITE)
    statement = (
        select(PaperPage)
        .where(
            PaperPage.unit_id == page.unit_id, PaperPage.printed_at == page.printed_at, PaperPage.id >= first
        )
        .order_by(PaperPage.id)
        .limit(most)
    )
    return list(session.scalars(statement))
