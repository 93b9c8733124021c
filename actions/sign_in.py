"""Opening and ending sessions, and counting failures. Password checks happen before, outside any transaction."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from actions import audit
from models.sign_in import SignInAttempt, SignInSession, SignInThrottle
from models.staff import Account
from queries.sign_in import address_key, name_key, token_digest
from rules.roles import Actor
from rules.throttle import FAILURES_PER_ADDRESS, FAILURES_PER_NAME, counts_again, locked_until


def note_failure(
    session: Session,
    *,
    account: Account | None,
    username: str,
    address: str,
    browser: str,
    now: datetime,
    outcome: str,
) -> None:
    """Count a failed attempt against the name and the address."""
    _attempt(session, account.id if account else None, outcome, address, browser, now)
    _count(session, name_key(username), FAILURES_PER_NAME, now)
    _count(session, address_key(address), FAILURES_PER_ADDRESS, now)
    session.flush()


def note_locked_out(
    session: Session, *, account: Account | None, address: str, browser: str, now: datetime
) -> None:
    """An attempt during a lock-out: in the history, but not counted, or a guesser could prolong the lock-out."""
    _attempt(session, account.id if account else None, "locked", address, browser, now)
    session.flush()


def open_session(
    session: Session,
    *,
    account: Account,
    token: str,
    username: str,
    address: str,
    browser: str,
    now: datetime,
) -> SignInSession:
    """Record a success: a new session under a fresh token, and the name's failures forgotten."""
    _attempt(session, account.id, "ok", address, browser, now)
    _forgive(session, username)
    row = SignInSession(
        token_digest=token_digest(token),
        account_id=account.id,
        started_at=now,
        last_seen_at=now,
        address=address,
        browser=browser[:200],
    )
    session.add(row)
    session.flush()
    return row


def note_signature(session: Session, *, account: Account, address: str, browser: str, now: datetime) -> None:
    """The password was given again to sign something: no session begins, the name's failures are forgotten."""
    _attempt(session, account.id, "signed", address, browser, now)
    _forgive(session, account.username)
    session.flush()


def note_seen(session: Session, *, session_id: int, now: datetime) -> None:
    """Keep a session from idling out. Never revives one that ended meanwhile."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
        .values(last_seen_at=now)
    )


def end_sessions(
    session: Session,
    *,
    account_id: int,
    now: datetime,
    why: str,
    only: int | None = None,
    except_for: int | None = None,
) -> int:
    """End one session, all others, or all. `why` is `out`, `everywhere`, `replaced`, `password`, `role`, `moved` or
    `disabled`."""
    statement = update(SignInSession).where(
        SignInSession.account_id == account_id, SignInSession.ended_at.is_(None)
    )
    if only is not None:
        statement = statement.where(SignInSession.id == only)
    if except_for is not None:
        statement = statement.where(SignInSession.id != except_for)
    return session.execute(statement.values(ended_at=now, ended_why=why)).rowcount  # type: ignore[attr-defined]


def unlock(session: Session, *, actor: Actor, now: datetime, account: Account, reason: str = "") -> None:
    """安全管理员 lifts a lock-out before its time."""
    _forgive(session, account.username)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="account.unlock",
        subject=account,
        label=account.username,
        reason=reason,
    )


def _attempt(
    session: Session, account_id: int | None, outcome: str, address: str, browser: str, now: datetime
) -> None:
    session.add(
        SignInAttempt(at=now, account_id=account_id, outcome=outcome, address=address, browser=browser[:200])
    )


def _forgive(session: Session, username: str) -> None:
    throttle = session.get(SignInThrottle, name_key(username))
    if throttle is not None:
        throttle.failures, throttle.locked_until = 0, None


def _count(session: Session, key: str, allowed: int, now: datetime) -> None:
    row = session.get(SignInThrottle, key)
    if row is None:
        row = SignInThrottle(key=key, failures=0, first_failure_at=now)
        session.add(row)
    elif counts_again(row.first_failure_at, row.locked_until, now):
        row.failures, row.first_failure_at, row.locked_until = 0, now, None
    row.failures += 1
    row.locked_until = locked_until(row.failures, allowed, now) or row.locked_until


IDLE_TOUCH = timedelta(seconds=60)
"""How stale `last_seen_at` may get before it is written again."""
