"""What an office sets for itself: rules with dates, common phrases, last choices, half-filled forms, paper pages."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, Versioned


class OfficeRule(Model):
    """One value of a named rule from one day on, with its basis (文件依据)."""

    __tablename__ = "office_rule"
    __table_args__ = (Index("ix_office_rule_key_from", "key", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    basis: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]


class Phrase(Versioned, Model):
    """常用语 of one unit, for one field of a form."""

    __tablename__ = "phrase"
    __table_args__ = (Index("ix_phrase_unit_field", "unit_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    field: Mapped[str] = mapped_column(String(20))
    """`content`, `reply` or `place`."""
    text: Mapped[str] = mapped_column(String(300))
    retired_at: Mapped[datetime | None]


class RecentChoice(Model):
    """What an account last chose for a field, so that it is offered first."""

    __tablename__ = "recent_choice"
    audited = False

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(80), primary_key=True)
    used_at: Mapped[datetime]


class FormDraft(Model):
    """A half-filled form, encrypted, kept for its owner until it is saved."""

    __tablename__ = "form_draft"
    audited = False

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(40), primary_key=True)
    uid: Mapped[str] = mapped_column(String(32))
    cipher: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]


class PaperPage(Model):
    """A printed page of the blank register, so that what comes back on paper can be told apart and missed."""

    __tablename__ = "paper_page"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    lines: Mapped[int]
    printed_at: Mapped[datetime]
    entered_at: Mapped[datetime | None]
    """When somebody declared the page fully entered."""
