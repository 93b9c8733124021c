"""Keeping the full-text table beside the petitions."""

from collections.abc import Callable, Iterable
from functools import partial

from sqlalchemy.orm import Session

from actions.search_rows import insert_rows, remove_row
from models.petition import Petition

SEARCHED = (
    *("number", "external_number", "source_number", "title", "content", "request", "accused_text"),
    "campaign",
)


def index_petition(session: Session, petition: Petition, more: Iterable[str] = ()) -> None:
    """(Re)index one petition: its numbers and texts as content, its contacts as names; `more` are the names of its
    attachments."""
    session.expire(petition, ["contacts"])
    remove_row(session, "petition_search", petition.id)
    names = [contact.name for contact in petition.contacts]
    index_many_petitions(session, [(petition.id, searchable(partial(getattr, petition), more), names)])


def searchable(value: Callable[[str], str | None], more: Iterable[str] = ()) -> str:
    """What free text finds a petition by, `value` giving its columns; personal numbers and addresses are not among
    it."""
    return " ".join((*(value(name) or "" for name in SEARCHED), *more))


def index_many_petitions(session: Session, rows: Iterable[tuple[int, str, list[str]]]) -> None:
    """Insert (petition id, content, names) for petitions not indexed yet."""
    insert_rows(session, "petition_search", rows)
