"""Lists of petitions, what they add up to, and petitions found by a number or by likeness."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from models.petition import Petition, PetitionContact
from queries.grams import matches
from queries.memory import remembered
from queries.paging import PAGE_SIZE, PageOf, page_of, readable
from queries.petition_days import Days
from queries.petition_filter import PetitionFilter
from queries.petition_rows import PetitionRow, petition_row, petition_rows, petition_statement
from queries.petition_scope import petition_is_visible, petition_names_are_plain, ways_into_scope
from queries.same_people import same_people, with_number
from queries.scope import sees_all, totals_in_scope
from queries.search_pages import SearchPage, search_page
from rules.petition_states import Stage
from rules.roles import Actor

P = Petition
_SHORTEST_TITLE = 4
"""Characters that say enough to look for the same words elsewhere."""


@dataclass(frozen=True)
class PetitionTotals:
    petitions: int
    persons: int
    at_least: bool = False
    """Counted no further: there are more."""


def list_petitions(
    session: Session,
    actor: Actor,
    chosen: PetitionFilter,
    days: Days,
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> PageOf[PetitionRow]:
    """One page of rows in scope."""
    which = _which(chosen, chosen.conditions(session, actor, days))
    page = page_of(session, which, chosen.order, after=after, before=before, size=size)
    return _filled(session, actor, page, days)


def list_and_count_petitions(
    session: Session, actor: Actor, chosen: PetitionFilter, days: Days, *, after: str = "", before: str = ""
) -> tuple[PageOf[PetitionRow], PetitionTotals]:
    """One page of rows in scope, and what all pages add up to; of frequent words as far as `search_pages` counts."""
    if chosen.q:
        cursors = (readable(cursor, chosen.order) for cursor in (after, before))
        found = _searched(session, actor, chosen, days, *cursors)
        total = PetitionTotals(found.rows, found.persons, found.at_least)
        return _filled(session, actor, found.page, days), total
    page_of_all = list_petitions(session, actor, chosen, days, after=after, before=before)
    return page_of_all, petition_totals(session, actor, chosen, days)


@remembered
def _searched(
    session: Session, actor: Actor, chosen: PetitionFilter, days: Days, after: str, before: str
) -> SearchPage:
    which = _which(chosen, replace(chosen, q="").conditions(session, actor, days)).add_columns(P.persons)
    narrow = not sees_all(actor)
    return search_page(
        session, chosen.searched(actor), which, chosen.order, narrow=narrow, after=after, before=before
    )


@remembered
def petition_totals(session: Session, actor: Actor, chosen: PetitionFilter, days: Days) -> PetitionTotals:
    asked = chosen.asked(session, actor, days)
    ways = ways_into_scope(actor)
    return PetitionTotals(*totals_in_scope(session, actor, P, ways, asked, chosen.near()))


def _which(chosen: PetitionFilter, conditions: list[Any]) -> Any:
    """First which rows, from an index alone."""
    return select(P.id.label("row_id"), chosen.order.column.label("sort_value")).where(*conditions)


def _filled(session: Session, actor: Actor, page: PageOf[Any], days: Days) -> PageOf[PetitionRow]:
    """Then what the rows say."""
    rows = petition_rows(session, actor, [r.row_id for r in page.rows], days)
    return PageOf(rows, page.after, page.before)


def petitions_with_number(
    session: Session, actor: Actor, digests: dict[str, str], days: Days, limit: int = 100
) -> list[PetitionRow]:
    """Petitions in scope by keyed digests: `{"id_number_digest": …}` or a tail. The look is logged by the caller."""
    statement = (
        petition_statement(actor)
        .where(
            P.id.in_(with_number(PetitionContact.petition_id, digests)),
            P.voided_at.is_(None),
            petition_is_visible(actor),
        )
        .order_by(P.registered_on.desc(), P.id.desc())
        .limit(limit)
    )
    return [petition_row(r, days) for r in session.execute(statement)]


@dataclass(frozen=True)
class SimilarPetition:
    id: int
    number: str
    registered_on: date
    title: str
    stage: str


def similar_petitions(
    session: Session,
    actor: Actor,
    *,
    names: list[str],
    id_digests: list[str],
    telephone_digests: list[str],
    today: date,
    title: str = "",
    days: int = 730,
    limit: int = 5,
) -> list[SimilarPetition]:
    """Petitions in the actor's scope, of the last `days`, that seem to be the same matter: a link to look at, never a
    merge. The same ID or telephone number, the same name where the actor reads names, or the words of the title."""
    same: list[Any] = list(
        same_people(
            PetitionContact.petition_id,
            P,
            petition_names_are_plain,
            actor,
            names=names,
            id_digests=id_digests,
            telephone_digests=telephone_digests,
        )
    )
    if len(title.strip()) >= _SHORTEST_TITLE:
        same.append(matches(session, title, "content", "petition_search"))
    if not same:
        return []
    statement = (
        select(P.id, P.number, P.registered_on, P.title, P.content, P.stage)
        .where(
            P.id.in_(union_all(*same)),
            P.voided_at.is_(None),
            P.registered_on >= today - timedelta(days=days),
            petition_is_visible(actor),
        )
        .order_by(P.registered_on.desc(), P.id.desc())
        .limit(limit)
    )
    return [
        SimilarPetition(r.id, r.number, r.registered_on, r.title or r.content, Stage(r.stage).label)
        for r in session.execute(statement)
    ]
