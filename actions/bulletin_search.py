"""Keeping the full-text table beside the bulletins."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.bulletin import Bulletin
from queries.grams import grams, tsvector


def index_bulletin(session: Session, row: Bulletin, printed: str = "") -> None:
    """(Re)index one bulletin: number, title, and the text as printed, else as written."""
    session.execute(text("DELETE FROM bulletin_search WHERE rowid = :id"), {"id": row.id})
    tokens = grams(" ".join((row.number or "", row.title, printed or row.source)))
    if session.get_bind().dialect.name == "sqlite":
        into, content = (
            "INSERT INTO bulletin_search (rowid, content) VALUES (:id, :content)",
            " ".join(tokens),
        )
    else:
        into = "INSERT INTO bulletin_search (rowid, content) VALUES (:id, CAST(:content AS tsvector))"
        content = tsvector(tokens)
    session.execute(text(into), {"id": row.id, "content": content})
