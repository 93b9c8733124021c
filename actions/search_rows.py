"""Writing full-text rows on either database."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Text, bindparam, cast, column, delete, insert, table
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Session

from queries.grams import grams, name_grams, tsvector


def insert_rows(session: Session, searched: str, rows: Iterable[tuple[int, str, list[str]]]) -> None:
    """Insert (record id, content, names) for records not indexed yet; `searched` is a table of `queries.grams`."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    write = (lambda tokens: " ".join(tokens)) if sqlite else tsvector
    values = [
        {"id": record_id, "content_words": write(grams(content)), "name_words": write(name_grams(names))}
        for record_id, content, names in rows
    ]
    if values:
        session.execute(_statement(searched, sqlite), values)


def remove_row(session: Session, searched: str, record_id: int) -> None:
    rows = table(searched, column("rowid"))
    session.execute(delete(rows).where(rows.c.rowid == record_id))


@cache
def _statement(searched: str, sqlite: bool) -> Any:
    into = table(searched, column("rowid"), column("content"), column("names"))
    words: Any = Text if sqlite else TSVECTOR
    return insert(into).values(
        rowid=bindparam("id"),
        content=cast(bindparam("content_words", type_=Text), words),
        names=cast(bindparam("name_words", type_=Text), words),
    )
