"""Keeping the full-text table beside the petitions."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from actions.audit import record
from actions.search_rows import insert_rows, remove_row
from models.petition import Petition
from queries.attachments import attachments_of
from queries.grams import words_of
from rules.roles import Actor

SEARCHED = (
    *("number", "external_number", "source_number", "title", "content", "request", "accused_text"),
    "campaign",
)


def index_petition(session: Session, petition: Petition) -> None:
    """(Re)index one petition: its numbers and texts as content, its contacts as names. A file is often called after who
    brought it, so the names of attachments are found by who reads the contacts' names, and stand with those."""
    session.expire(petition, ["contacts"])
    remove_row(session, "petition_search", petition.id)
    names = [contact.name for contact in petition.contacts]
    attached = [row.file_name for row in attachments_of(session, "petition", petition.id)]
    names += [word for file_name in attached for word in words_of(file_name)]
    index_many_petitions(session, [(petition.id, searchable(partial(getattr, petition)), names)])


def searchable(value: Callable[[str], str | None]) -> str:
    """What free text finds a petition by, `value` giving its columns; personal numbers, addresses and names of files
    are not among it."""
    return " ".join(value(name) or "" for name in SEARCHED)


def index_petitions_again(
    session: Session, petition_ids: Collection[int], *, actor: Actor, now: datetime
) -> None:
    """An entry tells of it, though no register changed: what searches found before is no longer true."""
    for petition_id in petition_ids:
        index_petition(session, session.get_one(Petition, petition_id))
    record(
        session, actor=actor, now=now, action="petition.index-again", subject=("petition", None),
        label=f"重建检索 {len(petition_ids)} 件",
    )  # fmt: skip


def index_many_petitions(session: Session, rows: Iterable[tuple[int, str, list[str]]]) -> None:
    """Insert (petition id, content, names) for petitions not indexed yet."""
    insert_rows(session, "petition_search", rows)
