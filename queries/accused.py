"""Whom a matter accuses, as places in the tree of units: what 条例第三十条第三款 keeps its material from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.staff import Posting
from rules.office_names import names_meant
from rules.petition_rules import is_sealed
from rules.taxonomy import Purpose


@dataclass(frozen=True)
class Accused:
    """`paths` are those of the accused unit and of the units in which the accused person serves. `is_known` is False
    where the tree cannot tell: then a person compares the names."""

    paths: tuple[str, ...]
    is_known: bool


def accused_of(session: Session, record: Any, since: date) -> Accused:
    """`record` is a visit, a petition, or what was typed for one; `since` the day it came. A text without a unit names
    those that bear its name, with or without a tail such as 政府. What is no accusation accuses nobody; it costs no
    statement."""
    if not is_sealed(Purpose(record.purpose)):
        return Accused((), is_known=True)
    units = _of_unit(session, record)
    posts = _of_person(session, record.accused_person_id, since)
    by_person = bool(posts) and not record.accused_text
    is_known = record.accused_unit_id is not None or bool(units) or by_person
    return Accused(tuple(dict.fromkeys(path for path in (*units, *posts) if path)), is_known)


def _of_unit(session: Session, record: Any) -> list[str]:
    if record.accused_unit_id is not None:
        return [session.get_one(Unit, record.accused_unit_id).path]
    names = names_meant(record.accused_text)
    if not names:
        return []
    bears = or_(Unit.name.in_(names), Unit.short_name.in_(names))
    return list(session.scalars(select(Unit.path).where(bears).order_by(Unit.path)))


def _of_person(session: Session, person_id: int | None, since: date) -> list[str]:
    """Where he served on that day or has served since."""
    if person_id is None:
        return []
    serving = or_(Posting.to_date.is_(None), Posting.to_date >= since)
    units = select(Unit.path).join(Posting, Posting.unit_id == Unit.id)
    return list(session.scalars(units.where(Posting.person_id == person_id, serving).order_by(Unit.path)))
