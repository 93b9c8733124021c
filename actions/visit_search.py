"""Keeping the full-text table beside the visits."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.visit import Visit
from queries.grams import grams, name_grams, tsvector


def index_visit(session: Session, visit: Visit) -> None:
    """Index a new visit: its number, texts and places as content, its contacts as names."""
    index_many(session, [(visit.id, searchable(visit), [c.name for c in visit.contacts])])


def index_again(session: Session, visit: Visit) -> None:
    """After its words or its contacts have changed."""
    session.expire(visit, ["contacts"])
    session.execute(text("DELETE FROM visit_search WHERE rowid = :id"), {"id": visit.id})
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
    sqlite = session.get_bind().dialect.name == "sqlite"
    write = (lambda tokens: " ".join(tokens)) if sqlite else tsvector
    values = [
        {"id": visit_id, "content": write(grams(content)), "names": write(name_grams(names))}
        for visit_id, content, names in rows
    ]
    if not values:
        return
    into = "INSERT INTO visit_search (rowid, content, names) VALUES "
    slots = (
        "(:id, :content, :names)" if sqlite else "(:id, CAST(:content AS tsvector), CAST(:names AS tsvector))"
    )
    session.execute(text(into + slots), values)
