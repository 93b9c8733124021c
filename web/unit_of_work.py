"""One unit of work: take the write turn, begin, run actions, commit once; any exception rolls back."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from extensions import db
from models.engine import begin_writing, end_writing


@contextmanager
def writing() -> Iterator[Session]:
    """`with writing() as session:` around actions only. Hash, render and read files before it.

    Raises whatever the action raised, after rolling back.
    """
    session = db.session()
    begin_writing(session)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        end_writing(session)
