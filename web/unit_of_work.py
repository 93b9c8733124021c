"""One unit of work: take the write turn, begin, run actions, commit once; any exception rolls back."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from extensions import db
from models.engine import begin_writing, end_writing


@contextmanager
def writing(*, turn_later: bool = False) -> Iterator[Session]:
    """`with writing() as session:` around actions only. Hash, render and read files before it.

    `turn_later` is for an action that itself calls `models.engine.take_turn` before it is done.

    Raises whatever the action raised, after rolling back.
    """
    session = db.session()
    begin_writing(session, turn_later=turn_later)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        end_writing(session)


@contextmanager
def rehearsing() -> Iterator[Session]:
    """A unit of work that is always taken back: what actions would do, without having done it.

    Raises whatever the action raised.
    """
    session = db.session()
    begin_writing(session)
    try:
        yield session
    finally:
        session.rollback()
        end_writing(session)
