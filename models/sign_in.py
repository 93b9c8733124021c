"""Sessions, sign-in history and throttling. Each is its own record of what happened, so none is audited twice."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model


class SignInSession(Model):
    """One signed-in browser. Only the SHA-256 of its token is kept."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index("ix_sign_in_session_account_open", "account_id", "ended_at"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = mapped_column(String(200), default="")


class SignInAttempt(Model):
    """The history an account's owner can read; a wrong name is kept only as a keyed digest."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_account_at", "account_id", "at"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    """`ok`, `signed`, `wrong`, `locked`, `disabled` or `expired`."""
    address: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = mapped_column(String(200), default="")


class SignInThrottle(Model):
    """Failures since the last success, for one account name or one address."""

    __tablename__ = "sign_in_throttle"
    audited = False

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    """`name:<keyed digest>` or `address:<ip>`."""
    failures: Mapped[int] = mapped_column(default=0)
    first_failure_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
