"""People of the offices, where they are posted, and the accounts some of them hold."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned
from models.organisation import Unit


class Person(Versioned, Model):
    """A member of staff, with or without an account. Never a petitioner."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    initials: Mapped[str] = mapped_column(String(40), default="")
    telephone: Mapped[str] = mapped_column(String(40), default="")
    """Office telephone, for the office's telephone book."""

    postings: Mapped[list["Posting"]] = relationship(back_populates="person", order_by="Posting.id")


class Posting(Model):
    """Where a person served, in which post, from which day to which."""

    __tablename__ = "posting"
    __table_args__ = (
        Index("ix_posting_person_from", "person_id", "from_date"),
        Index(
            "ix_posting_unit_open",
            "unit_id",
            sqlite_where=text("to_date IS NULL"),
            postgresql_where=text("to_date IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    post: Mapped[str] = mapped_column(String(60), default="")
    from_date: Mapped[date]
    to_date: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="postings")
    unit: Mapped[Unit] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "person", self.person_id


class Account(Versioned, Model):
    """A way in: one person acting for one unit with at most one role. Disabled, never deleted."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    """Case-folded and NFKC-normalised."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str | None] = mapped_column(String(20))
    """None until 安全管理员 grants one: an account opened by 系统管理员 can do nothing."""
    reads_sealed: Mapped[bool] = mapped_column(default=False)
    """One of the named staff who may read sealed accusation material (检举控告)."""
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    one_time_until: Mapped[datetime | None]
    """A one-time password is worthless after this moment (UTC)."""
    password_changed_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[str | None] = mapped_column(String(200))

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()


class PasswordPast(Model):
    """Hashes of earlier passwords, so that they are not used again."""

    __tablename__ = "password_past"
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    replaced_at: Mapped[datetime]
