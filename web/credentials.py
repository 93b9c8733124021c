"""A typed username and password: compared outside any transaction, judged again inside one, every failure counted.

Signing in asks so, and signing a hand-over with the password again. All failures take as long and look the same.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from actions.sign_in import note_failure, note_locked_out
from extensions import db
from models.password_hash import password_matches
from models.staff import Account
from queries.sign_in import account_named, locked_now
from web import clock
from web.session import client_address, client_browser

OK = "ok"


@dataclass(frozen=True)
class Typed:
    """What was compared; between comparing and judging the account may have been locked or changed."""

    username: str
    account: Account | None
    checked: str | None
    matches: bool


def compare(username: str, password: str) -> Typed:
    """The slow part, before a unit of work."""
    found = account_named(db.session(), username)
    checked = found.password_hash if found else None
    db.session.commit()
    return Typed(username, found, checked, password_matches(checked, password))


def judge(session: Session, typed: Typed, now: datetime) -> str:
    """`ok`, or why not; a failure is written down, so the unit of work must be committed all the same."""
    outcome = _outcome(session, typed, now)
    told = {"account": typed.account, "address": client_address(), "browser": client_browser(), "now": now}
    if outcome == "locked":
        note_locked_out(session, **told)
    elif outcome != OK:
        note_failure(session, username=typed.username, outcome=outcome, **told)
    return outcome


def _outcome(session: Session, typed: Typed, now: datetime) -> str:
    account, matches = typed.account, typed.matches
    if account is not None:
        session.refresh(account)
        matches = matches and account.password_hash == typed.checked
    if locked_now(session, typed.username, client_address(), now):
        return "locked"
    if account is None or not matches:
        return "wrong"
    if account.disabled_at is not None:
        return "disabled"
    if account.must_change_password and account.one_time_until and account.one_time_until < clock.now():
        return "expired"
    return OK
