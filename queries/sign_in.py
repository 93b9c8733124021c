"""Who a browser's session belongs to."""

import hashlib
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.audit_entry import AuditEntry
from models.organisation import Unit
from models.protected import search_digest
from models.sign_in import SignInAttempt, SignInSession, SignInThrottle
from models.staff import Account, Person
from queries.scope import is_root
from rules.roles import COUNTY_ROLES, Actor, Role, scope_path_for
from rules.taxonomy import UnitCategory


def normalised_username(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def name_key(username: str) -> str:
    return "name:" + search_digest("username", normalised_username(username))


def address_key(address: str) -> str:
    return f"address:{address}"


def account_named(session: Session, username: str) -> Account | None:
    return session.scalar(select(Account).where(Account.username == normalised_username(username)))


def locked_now(session: Session, username: str, address: str, now: datetime) -> bool:
    keys = (name_key(username), address_key(address))
    locks = session.scalars(select(SignInThrottle.locked_until).where(SignInThrottle.key.in_(keys)))
    return any(lock is not None and lock > now for lock in locks)


def session_row(session: Session, token: str) -> SignInSession | None:
    return session.scalar(select(SignInSession).where(SignInSession.token_digest == token_digest(token)))


def is_live(row: Any, now: datetime, idle: timedelta, longest: timedelta) -> bool:
    """`row` has the moments of a SignInSession."""
    return row.ended_at is None and now - row.last_seen_at <= idle and now - row.started_at <= longest


def never(_changed_at: datetime) -> bool:
    return False


_STANDING = (
    *(Account.id.label("account_id"), Account.role, Account.reads_sealed, Account.must_change_password),
    *(Account.password_changed_at, Person.id.label("person_id"), Person.name.label("person_name")),
    *(Unit.id.label("unit_id"), Unit.path, Unit.short_name, Unit.name.label("unit_name")),
)
_OF_ACCOUNT = (
    select(*_STANDING)
    .select_from(Account)
    .join(Person, Account.person_id == Person.id)
    .join(Unit, Account.unit_id == Unit.id)
    .where(Account.disabled_at.is_(None))
)
_BY_ACCOUNT = _OF_ACCOUNT.where(Account.id == bindparam("account_id"))
_BY_TOKEN = (
    _OF_ACCOUNT.add_columns(
        *(SignInSession.id.label("session_id"), SignInSession.last_seen_at),
        *(SignInSession.started_at, SignInSession.ended_at),
        select(AuditEntry.chain)
        .order_by(AuditEntry.id.desc())
        .limit(1)
        .scalar_subquery()
        .label("data_state"),
    )
    .join(SignInSession, SignInSession.account_id == Account.id)
    .where(SignInSession.token_digest == bindparam("digest"))
)
"""Every request asks this first: written once, and plain columns only."""


def signed_in_row(session: Session, token: str) -> Any | None:
    """The session that a token opened, with what its account stands for; None where either has ended."""
    return session.execute(_BY_TOKEN, {"digest": token_digest(token)}).first()


def actor_of(
    session: Session, account_id: int, address: str = "", password_expired: Callable[[datetime], bool] = never
) -> Actor | None:
    """The actor an account stands for now; None when it is disabled.

    `password_expired` judges by the moment of the last change; an expired password must be changed like a
    one-time one.
    """
    found = session.execute(_BY_ACCOUNT, {"account_id": account_id}).first()
    return actor_from(session, found, address, password_expired) if found else None


def actor_from(
    session: Session,
    row: Any,
    address: str,
    password_expired: Callable[[datetime], bool] = never,
    data_state: str | None = "",
) -> Actor:
    """From a row of `signed_in_row`. One statement at most, for the units of the scope."""
    role = Role(row.role) if row.role else None
    county_path = county_path_above(session, row.path) if role in COUNTY_ROLES else row.path
    scope_path = scope_path_for(role, row.path, county_path)
    return Actor(
        account_id=row.account_id,
        person_id=row.person_id,
        name=row.person_name,
        role=role,
        unit_id=row.unit_id,
        unit_path=row.path,
        scope_path=scope_path,
        reads_sealed=row.reads_sealed,
        must_change_password=row.must_change_password or password_expired(row.password_changed_at),
        address=address,
        unit_name=row.short_name or row.unit_name,
        scope_ids=() if is_root(scope_path) else _scope_ids(session, scope_path),
        data_state=data_state or "",
    )


_LINE = select(Unit.path).where(
    Unit.id.in_(bindparam("line", expanding=True)), Unit.category == UnitCategory.COUNTY_COMMITTEE.value
)
_BELOW = select(Unit.id).where(Unit.path.startswith(bindparam("path")))


def _scope_ids(session: Session, path: str) -> tuple[int, ...]:
    return tuple(session.scalars(_BELOW, {"path": path}))


def county_path_above(session: Session, path: str) -> str:
    """Path of the nearest 县委县政府 at or above the unit of a path; the path itself where there is none."""
    line = [int(part) for part in path.split("/") if part]
    return max(session.scalars(_LINE, {"line": line}), key=len, default=path)


def attempts_of(session: Session, account_id: int, limit: int = 50) -> list[SignInAttempt]:
    statement = (
        select(SignInAttempt)
        .where(SignInAttempt.account_id == account_id)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
        .limit(limit)
    )
    return list(session.scalars(statement))


def live_sessions_of(
    session: Session, account_id: int, *, seen_after: datetime, begun_after: datetime
) -> list[SignInSession]:
    """Sessions that would still be let in: not ended, not idle too long, not too old; last used first."""
    statement = (
        select(SignInSession)
        .where(
            SignInSession.account_id == account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.last_seen_at >= seen_after,
            SignInSession.started_at >= begun_after,
        )
        .order_by(SignInSession.last_seen_at.desc())
    )
    return list(session.scalars(statement))
