"""Keeping the full-text table beside the lines of 值班日志."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from actions.search_rows import insert_rows, remove_row
from models.duty_desk import DeskEntry


def index_line(session: Session, line: DeskEntry) -> None:
    """Index a new line: its number and all its texts."""
    index_many(session, [(line.id, searchable(line))])


def index_again(session: Session, line: DeskEntry) -> None:
    """After its words have changed."""
    remove_row(session, "desk_search", line.id)
    index_line(session, line)


def searchable(line: DeskEntry) -> str:
    """What free text finds a line by."""
    texts = (line.number, line.source, line.content, line.proposal, line.instruction, line.instructed_by)
    return " ".join((*texts, line.reply))


def index_many(session: Session, lines: Iterable[tuple[int, str]]) -> None:
    """Insert (line id, content) for lines not indexed yet."""
    insert_rows(session, "desk_search", ((line_id, content, []) for line_id, content in lines))
