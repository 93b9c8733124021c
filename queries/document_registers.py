"""Number registers and seals of an office."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.bulletin import DocumentNumber, DocumentRegister
from models.seal import Seal, SealUse
from rules.errors import NotVisible
from rules.numbering import DocumentSeries, document_number
from rules.roles import Actor


@dataclass(frozen=True)
class RegisterLine:
    """`last` is the last number of the year, "" before the first."""

    register: DocumentRegister
    last: str
    given: int


def register_lines(session: Session, actor: Actor, year: int) -> list[RegisterLine]:
    """The registers of the actor's own office, those in use first."""
    given = func.count(DocumentNumber.id)
    statement = (
        select(DocumentRegister, func.max(DocumentNumber.serial), given)
        .outerjoin(
            DocumentNumber,
            (DocumentNumber.register_id == DocumentRegister.id) & (DocumentNumber.year == year),
        )
        .where(DocumentRegister.unit_id == actor.unit_id)
        .group_by(DocumentRegister.id)
        .order_by(DocumentRegister.retired_at.is_not(None), DocumentRegister.id)
    )
    return [
        RegisterLine(row, document_number(row.word, year, last) if last else "", count)
        for row, last, count in session.execute(statement)
    ]


def open_registers(
    session: Session, unit_id: int, series: DocumentSeries = DocumentSeries.BULLETIN
) -> list[DocumentRegister]:
    statement = select(DocumentRegister).where(
        DocumentRegister.unit_id == unit_id,
        DocumentRegister.series == series.value,
        DocumentRegister.retired_at.is_(None),
    )
    return list(session.scalars(statement.order_by(DocumentRegister.id)))


def usable_seals(session: Session, unit_id: int) -> list[Seal]:
    statement = select(Seal).where(Seal.unit_id == unit_id, Seal.retired_at.is_(None))
    return list(session.scalars(statement.order_by(Seal.id)))


def seals_of(session: Session, actor: Actor) -> list[tuple[Seal, int]]:
    """The seals of the actor's own office, each with how often it was used."""
    statement = (
        select(Seal, func.count(SealUse.id))
        .outerjoin(SealUse, SealUse.seal_id == Seal.id)
        .where(Seal.unit_id == actor.unit_id)
        .group_by(Seal.id)
        .order_by(Seal.retired_at.is_not(None), Seal.id)
    )
    return [(seal, count) for seal, count in session.execute(statement)]


def load_own(session: Session, actor: Actor, model: Any, row_id: int) -> Any:
    """A register, seal or template of the actor's own office. Raises NotVisible."""
    row = session.get(model, row_id)
    if row is None or row.unit_id != actor.unit_id:
        raise NotVisible(model.__tablename__)
    return row


def next_number(session: Session, register: DocumentRegister, year: int) -> str:
    """The number that the next document would get; only issuing takes it."""
    last = session.scalar(
        select(func.max(DocumentNumber.serial)).where(
            DocumentNumber.register_id == register.id, DocumentNumber.year == year
        )
    )
    return document_number(register.word, year, (last or 0) + 1)
