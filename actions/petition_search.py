"""Keeping the full-text table beside the petitions."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from actions.search_rows import insert_rows, remove_row
from models.petition import Petition


def index_petition(session: Session, petition: Petition, more: Iterable[str] = ()) -> None:
    """(Re)index one petition: its numbers and texts as content, its contacts as names; `more` are the names of its
    attachments."""
    session.expire(petition, ["contacts"])
    remove_row(session, "petition_search", petition.id)
    names = [contact.name for contact in petition.contacts]
    index_many_petitions(session, [(petition.id, searchable(petition, more), names)])


def searchable(petition: Petition, more: Iterable[str] = ()) -> str:
    """What free text finds a petition by; personal numbers and addresses are not among it."""
    return " ".join(
        (
            petition.number,
            petition.external_number or "",
            petition.source_number,
            petition.title,
            petition.content,
            petition.request,
            petition.accused_text,
            petition.campaign or "",
            *more,
        )
    )


def index_many_petitions(session: Session, rows: Iterable[tuple[int, str, list[str]]]) -> None:
    """Insert (petition id, content, names) for petitions not indexed yet."""
    insert_rows(session, "petition_search", rows)
