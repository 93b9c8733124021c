"""What is tidied away at night: expired sessions and old keys of forms. Neither is a record of the office."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, Delete, delete, or_
from sqlalchemy.orm import Session

from models.sign_in import SignInAttempt, SignInSession
from models.visit import Submission

SESSION_LIFE = timedelta(days=30)
SUBMISSION_LIFE = timedelta(days=30)
ATTEMPT_LIFE = timedelta(days=400)
"""The history of sign-ins is kept for more than the six months that 网络安全法 asks of network logs."""


def prune(session: Session, *, now: datetime) -> int:
    """Delete what has outlived its use. Returns the number of rows."""
    before = now - SESSION_LIFE
    outlived = (
        delete(SignInSession).where(
            or_(SignInSession.ended_at < before, SignInSession.last_seen_at < before)
        ),
        delete(Submission).where(Submission.at < now - SUBMISSION_LIFE),
        delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPT_LIFE),
    )
    return sum(_deleted(session, statement) for statement in outlived)


def _deleted(session: Session, statement: Delete) -> int:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return result.rowcount
