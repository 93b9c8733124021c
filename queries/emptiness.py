"""Whether anything has been entered into a site yet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.staff import Person
from models.visit import Visit


def is_empty_site(session: Session) -> bool:
    """No unit, no person, no visit; the shipped categories do not count."""
    return all(session.scalar(select(model.id).limit(1)) is None for model in (Unit, Person, Visit))
