"""Named reads about units."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.organisation import Unit


def unit_by_code(session: Session, code: str) -> Unit | None:
    return session.scalar(select(Unit).where(Unit.code == code.strip()))


def root_unit(session: Session) -> Unit | None:
    return session.scalar(select(Unit).where(Unit.parent_id.is_(None), Unit.path != ""))


def open_units(session: Session, today: date) -> list[Unit]:
    """All units still in being, those outside the tree too, in tree order."""
    statement = select(Unit).where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today)).order_by(Unit.path, Unit.id)
    return list(session.scalars(statement))
