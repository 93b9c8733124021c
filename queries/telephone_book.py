"""通讯录: everybody who serves, unit by unit in tree order. Every member of staff may read all of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.staff import Person, Posting
from queries.organisation import in_tree_order, open_units
from rules.errors import NotVisible
from rules.pinyin_match import matches


@dataclass(frozen=True)
class Line:
    person_id: int
    name: str
    post: str
    telephone: str
    initials: str


@dataclass(frozen=True)
class UnitPage:
    """A unit with its own telephone and its people, in order of entering."""

    id: int
    name: str
    depth: int
    telephone: str
    external: bool
    lines: list[Line] = field(default_factory=list)


def telephone_book(session: Session, today: date, q: str = "", unit: Unit | None = None) -> list[UnitPage]:
    """Open units (at and below `unit`), 外部单位 last. With `q` only what is found: a unit found shows whole.

    Two statements, however large the county.
    """
    units = open_units(session, today)
    if unit is not None:
        units = [u for u in units if u.id == unit.id or (unit.path and u.path.startswith(unit.path))]
    lines = _lines(session, today)
    ordered = sorted(in_tree_order(units), key=lambda pair: pair[0].path == "")
    pages = (_page(u, depth, lines.get(u.id, []), q) for u, depth in ordered)
    return [page for page in pages if page is not None]


def load_person(session: Session, person_id: int) -> Person:
    """Raises NotVisible."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotVisible("person")
    return person


def _page(unit: Unit, depth: int, lines: list[Line], q: str) -> UnitPage | None:
    kept: Iterable[Line] = lines
    if q and not matches(q, unit.name, unit.initials, unit.spelling) and q not in unit.short_name:
        kept = [line for line in lines if matches(q, line.name, line.initials, "") or q in line.telephone]
        if not kept:
            return None
    return UnitPage(unit.id, unit.name, depth, unit.telephone, not unit.path, list(kept))


def _lines(session: Session, today: date) -> dict[int, list[Line]]:
    statement = (
        select(Posting.unit_id, Person.id, Person.name, Posting.post, Person.telephone, Person.initials)
        .join(Person, Posting.person_id == Person.id)
        .where(Posting.to_date.is_(None) | (Posting.to_date >= today))
        .order_by(Posting.id)
    )
    found: dict[int, list[Line]] = {}
    for r in session.execute(statement):
        found.setdefault(r.unit_id, []).append(Line(r.id, r.name, r.post, r.telephone, r.initials))
    return found
