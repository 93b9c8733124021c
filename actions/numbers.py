"""Serial numbers, per unit, kind and year, taken inside the transaction that uses them."""

from sqlalchemy.orm import Session

from models.organisation import Unit
from models.visit import SerialCounter
from rules.numbering import RecordKind, record_number


def take_numbers(session: Session, unit: Unit, kind: RecordKind, year: int, count: int = 1) -> list[str]:
    """The next `count` numbers. Writers take turns, so no number is given twice or skipped."""
    counter = session.get(SerialCounter, (unit.id, kind.value, year))
    if counter is None:
        counter = SerialCounter(unit_id=unit.id, kind=kind.value, year=year, last=0)
        session.add(counter)
    first = counter.last + 1
    counter.last += count
    session.flush()
    return [record_number(kind, unit.code, year, serial) for serial in range(first, first + count)]


def take_number(session: Session, unit: Unit, kind: RecordKind, year: int) -> str:
    return take_numbers(session, unit, kind, year)[0]
