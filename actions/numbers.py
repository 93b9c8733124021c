"""Serial numbers, per unit, kind and year, taken inside the transaction that uses them."""

from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.visit import SerialCounter
from rules.numbering import RecordKind, record_number

_COUNTER: Any = SerialCounter.__table__
_STEP = (
    update(_COUNTER)
    .where(_COUNTER.c.unit_id == bindparam("of_unit"), _COUNTER.c.kind == bindparam("of_kind"))
    .where(_COUNTER.c.year == bindparam("of_year"))
    .values(last=_COUNTER.c.last + bindparam("taken"))
    .returning(_COUNTER.c.last)
)


def take_numbers(session: Session, unit: Unit, kind: RecordKind, year: int, count: int = 1) -> list[str]:
    """The next `count` numbers. Writers take turns, so no number is given twice or skipped."""
    last = _counted_on(session, unit.id, kind.value, year, count)
    return [record_number(kind, unit.code, year, serial) for serial in range(last - count + 1, last + 1)]


def take_number(session: Session, unit: Unit, kind: RecordKind, year: int) -> str:
    return take_numbers(session, unit, kind, year)[0]


def _counted_on(session: Session, unit_id: int, kind: str, year: int, count: int) -> int:
    """The last serial after taking `count` more; one statement where the counter stands already."""
    key = {"of_unit": unit_id, "of_kind": kind, "of_year": year}
    last = session.scalar(_STEP, {**key, "taken": count})
    if last is None:
        session.add(SerialCounter(unit_id=unit_id, kind=kind, year=year, last=count))
        session.flush()
        return count
    return int(last)
