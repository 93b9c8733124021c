"""用印登记: every use of an office's seals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from models.bulletin import Bulletin
from models.office_paper import OfficePaper
from models.petition import Petition
from models.petition_letter import PetitionLetter
from models.seal import Seal, SealUse
from models.staff import Person
from queries.document_numbers import PAPER_COLUMNS, document_title, open_papers_of
from queries.paging import Order, PageOf, page_of
from queries.petition_scope import petition_is_visible
from queries.yearly_filter import YearFilter, year_bounds
from rules.office_time import OFFICE_OFFSET
from rules.roles import Actor

MOST_EXPORTED = 10_000

ORDER = Order("used", "用印时间", SealUse.used_at, SealUse.id, read=datetime)


@dataclass(frozen=True)
class UseLine:
    """`used_at` is UTC; `digest` is the SHA-256 of the content that was sealed. A letter is known by its petition's
    number only; `petition_id` is there for who may see that petition, a paper's title and `paper_id` for who may read
    its record."""

    used_at: datetime
    seal: str
    bulletin_id: int | None
    petition_id: int | None
    paper_id: int | None
    number: str
    title: str
    used_by: str
    digest: str


class UseFilter(YearFilter):
    """What the book of uses shows, of the actor's own office."""

    def conditions(self, actor: Actor) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [Seal.unit_id == actor.unit_id]
        if self.year:
            first, next_first = year_bounds(self.year)
            found += [SealUse.used_at >= first, SealUse.used_at < next_first]
        if self.q:
            columns = (
                *(Bulletin.number, Bulletin.title, Seal.name, Person.name),
                *(PetitionLetter.number, Petition.number, OfficePaper.number),
            )
            found.append(or_(*(column.icontains(self.q, autoescape=True) for column in columns)))
        return found

    def select(self, actor: Actor) -> Select[Any]:
        columns = (
            *(SealUse.id.label("row_id"), ORDER.column.label("sort_value")),
            *(SealUse.used_at, Seal.name.label("seal"), Bulletin.id.label("bulletin_id"), Bulletin.title),
            *PAPER_COLUMNS,
            func.coalesce(Bulletin.number, PetitionLetter.number, OfficePaper.number).label("number"),
            *(PetitionLetter.kind.label("letter_kind"), Petition.number.label("petition_number")),
            case((petition_is_visible(actor), Petition.id)).label("petition_id"),
            *(Person.name.label("used_by"), SealUse.content_digest),
        )
        return _joined(select(*columns)).where(*self.conditions(actor))


def seal_use_lines(
    session: Session, actor: Actor, chosen: UseFilter, *, after: str = "", before: str = ""
) -> PageOf[UseLine]:
    """One page, the latest first; one statement, and one for each kind of record that papers on it are about."""
    page = page_of(session, chosen.select(actor), ORDER, after=after, before=before)
    return PageOf(_lines(session, actor, page.rows), page.after, page.before)


def all_seal_use_lines(session: Session, actor: Actor, chosen: UseFilter) -> list[UseLine]:
    """As a book reads, the first use first; one more than a sheet may hold."""
    statement = chosen.select(actor).order_by(SealUse.used_at, SealUse.id).limit(MOST_EXPORTED + 1)
    return _lines(session, actor, session.execute(statement).all())


def count_seal_uses(session: Session, actor: Actor, chosen: UseFilter) -> int:
    statement = _joined(select(func.count()).select_from(SealUse)).where(*chosen.conditions(actor))
    return session.scalar(statement) or 0


def years_of_seal_uses(session: Session, actor: Actor) -> list[int]:
    """From the last use's year to the first one's."""
    statement = select(func.min(SealUse.used_at), func.max(SealUse.used_at)).join(
        Seal, Seal.id == SealUse.seal_id
    )
    first, last = session.execute(statement.where(Seal.unit_id == actor.unit_id)).one()
    if first is None:
        return []
    return list(range((last + OFFICE_OFFSET).year, (first + OFFICE_OFFSET).year - 1, -1))


def _joined(statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(Seal, Seal.id == SealUse.seal_id)
        .outerjoin(Bulletin, Bulletin.id == SealUse.bulletin_id)
        .outerjoin(PetitionLetter, PetitionLetter.id == SealUse.letter_id)
        .outerjoin(Petition, Petition.id == PetitionLetter.petition_id)
        .outerjoin(OfficePaper, OfficePaper.id == SealUse.paper_id)
        .outerjoin(Person, Person.id == SealUse.used_by_id)
    )


def _lines(session: Session, actor: Actor, rows: Sequence[Any]) -> list[UseLine]:
    open_papers = open_papers_of(session, actor, rows)
    return [_line(row, open_papers) for row in rows]


def _line(row: Any, open_papers: set[int]) -> UseLine:
    return UseLine(
        used_at=row.used_at,
        seal=row.seal,
        bulletin_id=row.bulletin_id,
        petition_id=row.petition_id,
        paper_id=row.paper_id if row.paper_id in open_papers else None,
        number=row.number or "",
        title=document_title(row, open_papers),
        used_by=row.used_by or "",
        digest=row.content_digest,
    )
