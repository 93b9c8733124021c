"""Keeping the full-text table beside the petitions."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.search_rows import insert_rows
from models.petition import Petition


def index_petition(session: Session, petition: Petition, more: Iterable[str] = ()) -> None:
    """(Re)index one petition: number and texts as content, its contacts as names; `more` are attachments' names."""
    session.expire(petition, ["contacts"])
    session.execute(text("DELETE FROM petition_search WHERE rowid = :id"), {"id": petition.id})
    names = [c.name for c in petition.contacts]
    insert_rows(session, "petition_search", [(petition.id, searchable(petition, more), names)])


def searchable(petition: Petition, more: Iterable[str] = ()) -> str:
    """What free text finds a petition by; personal numbers and addresses are not among it."""
    return " ".join(
        (
            petition.number,
            petition.title,
            petition.content,
            petition.request,
            petition.source_number,
            petition.accused_text,
            petition.external_number or "",
            petition.campaign or "",
            *more,
        )
    )
