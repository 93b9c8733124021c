"""Writing the full-text tables: tokens as words on SQLite, as a tsvector on PostgreSQL."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from queries.grams import grams, name_grams, tsvector


def insert_rows(session: Session, searched: str, rows: Iterable[tuple[int, str, list[str]]]) -> None:
    """(record id, content, names) of records that the search table does not hold yet."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    write = (lambda tokens: " ".join(tokens)) if sqlite else tsvector
    values = [
        {"id": row_id, "content": write(grams(content)), "names": write(name_grams(names))}
        for row_id, content, names in rows
    ]
    if not values:
        return
    into = f"INSERT INTO {searched} (rowid, content, names) VALUES "  # noqa: S608
    slots = (
        "(:id, :content, :names)" if sqlite else "(:id, CAST(:content AS tsvector), CAST(:names AS tsvector))"
    )
    session.execute(text(into + slots), values)


def remove_row(session: Session, searched: str, row_id: int) -> None:
    session.execute(text(f"DELETE FROM {searched} WHERE rowid = :id"), {"id": row_id})  # noqa: S608
