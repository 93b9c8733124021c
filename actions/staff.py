"""People and accounts: opening, granting, disabling, passwords, handing over."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.sign_in import end_sessions
from models.organisation import Unit
from models.pinyin import initials_of
from models.staff import Account, PasswordPast, Person, Posting
from queries.sign_in import normalised_username
from rules.errors import RuleViolation
from rules.roles import Actor, Role

ONE_TIME_LIFE = timedelta(days=14)


def open_account(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    username: str,
    name: str,
    unit: Unit,
    password_hash: str,
    role: Role | None = None,
    post: str = "",
    telephone: str = "",
) -> Account:
    """A person, a posting and an account with a one-time password.

    Accounts opened on screen come without a role, which 安全管理员 grants; the console and an import
    name one. Raises RuleViolation on `username` or `unit`.
    """
    username = normalised_username(username)
    if not username:
        raise RuleViolation("请填写用户名。", "username")
    if not unit.path or not unit.is_open(today):
        raise RuleViolation(f"{unit.label}已撤销或是外部单位，不能在那里开账号。", "unit")
    if session.scalar(select(Account.id).where(Account.username == username)) is not None:
        raise RuleViolation(f"用户名 {username} 已经有人用了。", "username")
    person = Person(name=name, initials=initials_of(name, 40), telephone=telephone)
    session.add(person)
    session.flush()
    session.add(Posting(person_id=person.id, unit_id=unit.id, post=post, from_date=today))
    account = Account(
        username=username,
        person_id=person.id,
        unit_id=unit.id,
        role=role.value if role else None,
        password_hash=password_hash,
        password_changed_at=now,
        opened_at=now,
        one_time_until=now + ONE_TIME_LIFE,
    )
    session.add(account)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="person.add",
        subject=person,
        label=name,
        after=audit.values_of(person, post=post, unit_id=unit.id),
    )
    audit.record(
        session,
        actor=actor,
        now=now,
        action="account.open",
        subject=account,
        label=username,
        after=audit.values_of(account),
    )
    return account


def change_password(
    session: Session, *, actor: Actor, now: datetime, new_hash: str, keep_session_id: int | None
) -> None:
    """One's own password; every other session of the account ends. The old hash is kept against reuse."""
    account = session.get_one(Account, actor.account_id)
    session.add(PasswordPast(account_id=account.id, password_hash=account.password_hash, replaced_at=now))
    account.password_hash = new_hash
    account.must_change_password, account.one_time_until = False, None
    account.password_changed_at = now
    account.version += 1
    end_sessions(session, account_id=account.id, now=now, why="password", except_for=keep_session_id)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="account.change-password",
        subject=account,
        label=account.username,
    )
