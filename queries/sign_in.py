"""Who a browser's session belongs to."""

import hashlib
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.protected import search_digest
from models.sign_in import SignInAttempt, SignInSession, SignInThrottle
from models.staff import Account, Person
from queries.scope import is_root, units_below
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


def is_live(row: SignInSession, now: datetime, idle: timedelta, longest: timedelta) -> bool:
    return row.ended_at is None and now - row.last_seen_at <= idle and now - row.started_at <= longest


def never(_changed_at: datetime) -> bool:
    return False


def actor_of(
    session: Session, account_id: int, address: str = "", password_expired: Callable[[datetime], bool] = never
) -> Actor | None:
    """The actor an account stands for now; None when it is disabled.

    `password_expired` judges by the moment of the last change; an expired password must be changed like a
    one-time one.
    """
    found = session.execute(
        select(Account, Person, Unit)
        .join(Person, Account.person_id == Person.id)
        .join(Unit, Account.unit_id == Unit.id)
        .where(Account.id == account_id, Account.disabled_at.is_(None))
    ).first()
    if found is None:
        return None
    account, person, unit = found
    role = Role(account.role) if account.role else None
    county_path = county_path_above(session, unit) if role in COUNTY_ROLES else unit.path
    scope_path = scope_path_for(role, unit.path, county_path)
    return Actor(
        account_id=account.id,
        person_id=person.id,
        name=person.name,
        role=role,
        unit_id=unit.id,
        unit_path=unit.path,
        scope_path=scope_path,
        reads_sealed=account.reads_sealed,
        must_change_password=account.must_change_password or password_expired(account.password_changed_at),
        address=address,
        unit_name=unit.label,
        scope_ids=() if is_root(scope_path) else tuple(session.scalars(units_below(scope_path))),
    )


def county_path_above(session: Session, unit: Unit) -> str:
    """Path of the nearest 县委县政府 at or above a unit; the unit's own path where there is none."""
    line = [int(part) for part in unit.path.split("/") if part]
    paths = session.scalars(
        select(Unit.path).where(Unit.id.in_(line), Unit.category == UnitCategory.COUNTY_COMMITTEE.value)
    ).all()
    return max(paths, key=len, default=unit.path)


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
