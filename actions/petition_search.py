"""Keeping the full-text table beside the petitions."""

from collections.abc import Callable, Iterable
from functools import partial

from sqlalchemy.orm import Session

from actions.search_rows import insert_rows, remove_row
from models.petition import Petition
from queries.attachments import attachments_of

SEARCHED = (
    *("number", "external_number", "source_number", "title", "content", "request", "accused_text"),
    "campaign",
)


def index_petition(session: Session, petition: Petition) -> None:
    """(Re)index one petition: its numbers, texts and attachments' names as content, its contacts as names."""
    session.expire(petition, ["contacts"])
    remove_row(session, "petition_search", petition.id)
    names = [contact.name for contact in petition.contacts]
    attached = [row.file_name for row in attachments_of(session, "petition", petition.id)]
    content = searchable(partial(getattr, petition), attached)
    index_many_petitions(session, [(petition.id, content, names)])


def searchable(value: Callable[[str], str | None], more: Iterable[str] = ()) -> str:
    """What free text finds a petition by, `value` giving its columns; personal numbers and addresses are not among
    it."""
    return " ".join((*(value(name) or "" for name in SEARCHED), *more))


def index_many_petitions(session: Session, rows: Iterable[tuple[int, str, list[str]]]) -> None:
    """Insert (petition id, content, names) for petitions not indexed yet."""
    insert_rows(session, "petition_search", rows)
