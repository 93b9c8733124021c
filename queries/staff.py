"""Named reads about people and their accounts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.staff import Account, PasswordPast

HISTORY = 5
"""How many earlier passwords may not come back (等保)."""


def past_password_hashes(session: Session, account_id: int) -> list[str]:
    statement = (
        select(PasswordPast.password_hash)
        .where(PasswordPast.account_id == account_id)
        .order_by(PasswordPast.id.desc())
        .limit(HISTORY - 1)
    )
    return list(session.scalars(statement))


def accounts_of(session: Session, person_id: int) -> list[Account]:
    return list(session.scalars(select(Account).where(Account.person_id == person_id).order_by(Account.id)))
