"""发文登记簿: every number that an office gave, and which document bears it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.bulletin import Bulletin, DocumentNumber, DocumentRegister
from models.office_paper import OfficePaper
from models.petition import Petition
from models.petition_letter import PetitionLetter
from models.seal import Seal, SealUse
from models.staff import Person
from queries.paging import Order, PageOf, page_of
from queries.paper_subjects import readable_papers
from queries.petition_scope import petition_is_visible
from queries.yearly_filter import YearFilter
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_rules import BulletinState
from rules.letters.kinds import LetterKind
from rules.papers.kinds import PaperKind
from rules.roles import Actor

MOST_EXPORTED = 10_000

ORDER = Order("number", "编号时间", DocumentNumber.taken_at, DocumentNumber.id, read=datetime)

_drafter, _signer = aliased(Person), aliased(Person)

PAPER_COLUMNS = (
    *(OfficePaper.id.label("paper_id"), OfficePaper.kind.label("paper_kind")),
    OfficePaper.title.label("paper_title"),
    *(OfficePaper.subject_type.label("paper_subject"), OfficePaper.subject_id.label("paper_subject_id")),
)
"""What a book asks of a paper of the office, to name it to who may know."""


@dataclass(frozen=True)
class NumberLine:
    """`seal` is the name of the seal it bears, "" without one. A letter is known by its petition's number only: its
    title would tell the matter; `petition_id` is there for who may see that petition, and a paper's title and
    `paper_id` for who may read its record."""

    bulletin_id: int | None
    petition_id: int | None
    paper_id: int | None
    number: str
    issued_on: date
    kind: str
    title: str
    addressees: str
    drafted_by: str
    issued_by: str
    seal: str
    state: str


class NumberFilter(YearFilter):
    """What the number register shows, of the actor's own office; a year is that of the number."""

    def conditions(self, actor: Actor) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [DocumentRegister.unit_id == actor.unit_id]
        found += [DocumentNumber.year == self.year] if self.year else []
        if self.q:
            columns = (
                *(Bulletin.number, Bulletin.title, Bulletin.addressees),
                *(PetitionLetter.number, PetitionLetter.addressee, Petition.number),
                *(OfficePaper.number, OfficePaper.addressee),
            )
            found.append(or_(*(column.icontains(self.q, autoescape=True) for column in columns)))
        return found

    def select(self, actor: Actor) -> Select[Any]:
        seal = (
            select(func.max(Seal.name))
            .join(SealUse, SealUse.seal_id == Seal.id)
            .where(
                or_(
                    SealUse.bulletin_id == DocumentNumber.bulletin_id,
                    SealUse.letter_id == DocumentNumber.letter_id,
                    SealUse.paper_id == DocumentNumber.paper_id,
                )
            )
            .scalar_subquery()
        )
        columns = (
            *(DocumentNumber.id.label("row_id"), ORDER.column.label("sort_value")),
            *(Bulletin.id.label("bulletin_id"), Bulletin.kind.label("bulletin_kind"), Bulletin.title),
            *(PetitionLetter.kind.label("letter_kind"), Petition.number.label("petition_number")),
            *PAPER_COLUMNS,
            *(_either(name).label(name) for name in ("number", "issued_on", "state")),
            func.coalesce(Bulletin.addressees, PetitionLetter.addressee, OfficePaper.addressee).label(
                "addressees"
            ),
            *(seal.label("seal"), _drafter.name.label("drafted_by"), _signer.name.label("issued_by")),
            case((petition_is_visible(actor), Petition.id)).label("petition_id"),
        )
        return (
            _joined(select(*columns).select_from(DocumentNumber))
            .outerjoin(_drafter, _drafter.id == _either("drafted_by_id"))
            .outerjoin(_signer, _signer.id == _either("issued_by_id"))
            .where(*self.conditions(actor))
        )


def number_lines(
    session: Session, actor: Actor, chosen: NumberFilter, *, after: str = "", before: str = ""
) -> PageOf[NumberLine]:
    """One page, the latest first; one statement, and one for each kind of record that papers on it are about."""
    page = page_of(session, chosen.select(actor), ORDER, after=after, before=before)
    return PageOf(_lines(session, actor, page.rows), page.after, page.before)


def all_number_lines(session: Session, actor: Actor, chosen: NumberFilter) -> list[NumberLine]:
    """As a book reads: word by word, from number 1 on; one more than a sheet may hold."""
    order = (DocumentNumber.year, DocumentNumber.register_id, DocumentNumber.serial)
    statement = chosen.select(actor).order_by(*order).limit(MOST_EXPORTED + 1)
    return _lines(session, actor, session.execute(statement).all())


def count_number_lines(session: Session, actor: Actor, chosen: NumberFilter) -> int:
    statement = _joined(select(func.count()).select_from(DocumentNumber))
    return session.scalar(statement.where(*chosen.conditions(actor))) or 0


def years_of_numbers(session: Session, actor: Actor) -> list[int]:
    """In which the actor's office gave numbers, the latest first."""
    statement = (
        select(DocumentNumber.year)
        .join(DocumentRegister, DocumentRegister.id == DocumentNumber.register_id)
        .where(DocumentRegister.unit_id == actor.unit_id)
    )
    return list(session.scalars(statement.distinct().order_by(DocumentNumber.year.desc())))


def _joined(statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(DocumentRegister, DocumentRegister.id == DocumentNumber.register_id)
        .outerjoin(Bulletin, Bulletin.id == DocumentNumber.bulletin_id)
        .outerjoin(PetitionLetter, PetitionLetter.id == DocumentNumber.letter_id)
        .outerjoin(Petition, Petition.id == PetitionLetter.petition_id)
        .outerjoin(OfficePaper, OfficePaper.id == DocumentNumber.paper_id)
    )


def _either(name: str) -> Any:
    """The column of that name of whichever document bears the number."""
    return func.coalesce(*(getattr(model, name) for model in (Bulletin, PetitionLetter, OfficePaper)))


def _lines(session: Session, actor: Actor, rows: Sequence[Any]) -> list[NumberLine]:
    open_papers = open_papers_of(session, actor, rows)
    return [_line(row, open_papers) for row in rows]


def open_papers_of(session: Session, actor: Actor, rows: Sequence[Any]) -> set[int]:
    """Of rows with `PAPER_COLUMNS` the papers whose record the actor may read; a statement for each kind of record."""
    papers = [(row.paper_id, row.paper_subject, row.paper_subject_id) for row in rows if row.paper_id]
    return readable_papers(session, actor, papers)


def document_title(row: Any, open_papers: set[int]) -> str:
    """Of a letter its kind and its petition's number, of a paper its title for who may read its record."""
    if row.letter_kind is not None:
        return letter_title(row.letter_kind, row.petition_number)
    if row.paper_id is None:
        return str(row.title)
    return str(row.paper_title) if row.paper_id in open_papers else PaperKind(row.paper_kind).label


def _kind_of(row: Any) -> str:
    if row.letter_kind is not None:
        return "信访文书"
    return PaperKind(row.paper_kind).label if row.paper_id else BulletinKind(row.bulletin_kind).label


def _line(row: Any, open_papers: set[int]) -> NumberLine:
    return NumberLine(
        bulletin_id=row.bulletin_id,
        petition_id=row.petition_id,
        paper_id=row.paper_id if row.paper_id in open_papers else None,
        number=row.number,
        issued_on=row.issued_on,
        kind=_kind_of(row),
        title=document_title(row, open_papers),
        addressees=(row.addressees or "信访人") if row.letter_kind is not None else row.addressees,
        drafted_by=row.drafted_by or "",
        issued_by=row.issued_by or "",
        seal=row.seal or "",
        state=BulletinState(row.state).label,
    )


def letter_title(kind: str, petition_number: str) -> str:
    """转送单（XF-AL01-2026-00017）"""
    return f"{LetterKind(kind).label}（{petition_number}）"
