"""Keeping the full-text table beside the visits."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from actions.search_rows import insert_rows, remove_row
from models.visit import Visit


def index_visit(session: Session, visit: Visit) -> None:
    """Index a new visit: its number, texts and places as content, its contacts as names."""
    index_many(session, [(visit.id, searchable(visit), [c.name for c in visit.contacts])])


def index_again(session: Session, visit: Visit) -> None:
    """After its words or its contacts have changed."""
    session.expire(visit, ["contacts"])
    remove_row(session, "visit_search", visit.id)
    index_visit(session, visit)


def searchable(visit: Visit) -> str:
    """What free text finds a visit by; personal numbers and addresses are not among it."""
    return " ".join(
        (
            visit.number,
            visit.content,
            visit.reply,
            visit.place,
            visit.receptionist,
            visit.accused_text,
            visit.external_number or "",
        )
    )


def index_many(session: Session, rows: Iterable[tuple[int, str, list[str]]]) -> None:
    """Insert (visit id, content, names) for visits not indexed yet."""
    insert_rows(session, "visit_search", rows)
