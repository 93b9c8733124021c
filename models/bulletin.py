"""Bulletins (通报) and public notices: the draft, what was frozen when it was issued, who has read it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned, Voidable, new_uid
from models.office_paper import OfficePaper
from models.organisation import Unit
from models.petition_letter import PetitionLetter
from models.staff import Person
from rules.numbering import DocumentSeries

ISSUED_NUMBER = text("number IS NOT NULL")
ONE_DOCUMENT = (
    " + ".join(
        f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in ("bulletin_id", "letter_id", "paper_id")
    )
    + " = 1"
)
"""A line of a book belongs to a bulletin, to a letter or to another paper of the office."""


class Bulletin(Voidable, Versioned, Model):
    """One bulletin of one office. Its text may change until it is issued, and never afterwards."""

    __tablename__ = "bulletin"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'submitted', 'issued', 'withdrawn')", name="state"),
        CheckConstraint(
            "(state IN ('issued', 'withdrawn')) = (number IS NOT NULL AND issued_on IS NOT NULL)",
            name="issued_has_number",
        ),
        Index("ix_bulletin_unit_state", "unit_id", "state", "id"),
        Index("ix_bulletin_listed", "listed_on", "id"),
        Index("ix_bulletin_period", "period_start", "id"),
        Index(
            "ix_bulletin_number",
            "number",
            unique=True,
            sqlite_where=ISSUED_NUMBER,
            postgresql_where=ISSUED_NUMBER,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), default=new_uid, unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The office that issues it."""
    subject_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit, with all below it, whose figures it quotes; in the drafting office's scope."""
    kind: Mapped[str] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(24))
    """As `rules.periods` writes it, and its two ends."""
    period_start: Mapped[date]
    period_end: Mapped[date]
    format: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(120))
    addressees: Mapped[str] = mapped_column(String(400), default="")
    source: Mapped[str] = mapped_column(Text)
    """The text with its tokens, as the author writes it (`rules.bulletin_text`)."""
    copies_to: Mapped[str] = mapped_column(String(400), default="")
    urgency: Mapped[str] = mapped_column(String(8), default="")
    note: Mapped[str] = mapped_column(String(60), default="")
    """附注, e.g. 此件公开发布."""
    state: Mapped[str] = mapped_column(String(12), default="draft")
    drafted_at: Mapped[datetime]
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    returned_reason: Mapped[str] = mapped_column(String(200), default="")
    number: Mapped[str | None] = mapped_column(String(40))
    issued_on: Mapped[date | None]
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    listed_on: Mapped[date]
    """The day it stands under in the list: of issuing, until then of drafting."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("bulletin.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdraw_reason: Mapped[str] = mapped_column(String(200), default="")

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    subject_unit: Mapped[Unit] = relationship(foreign_keys=[subject_unit_id])
    drafted_by: Mapped[Person | None] = relationship(foreign_keys=[drafted_by_id])
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])
    corrects: Mapped["Bulletin | None"] = relationship(remote_side=[id], foreign_keys=[corrects_id])
    issue: Mapped["BulletinIssue | None"] = relationship(back_populates="bulletin")
    recipients: Mapped[list["BulletinRecipient"]] = relationship(back_populates="bulletin")

    @property
    def is_issued(self) -> bool:
        """It has left the office, even if it was withdrawn later."""
        return self.number is not None

    @property
    def is_draft(self) -> bool:
        return self.state in ("draft", "submitted") and not self.is_void


class BulletinIssue(Model):
    """What was frozen at issue; the database refuses to change or delete it. Later corrections of records do not
    reach it."""

    __tablename__ = "bulletin_issue"

    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    """JSON from which the pages are made, with every figure as printed (`documents.bulletin`)."""
    content_digest: Mapped[str] = mapped_column(String(64))
    record_ids: Mapped[str] = mapped_column(Text, deferred=True)
    """JSON: for each quoted figure the ids of the rows that it counted, `code` of the period itself, `code@period` of
    one set beside it."""
    records_digest: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]

    bulletin: Mapped[Bulletin] = relationship(back_populates="issue")

    def audit_subject(self) -> tuple[str, int | None]:
        return "bulletin", self.bulletin_id


class BulletinFile(Model):
    """A kept file of an issued bulletin: its pages as they were first made, known by their SHA-256."""

    __tablename__ = "bulletin_file"

    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(4), primary_key=True)
    """`pdf` or `docx`."""
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    kept_at: Mapped[datetime]

    def audit_subject(self) -> tuple[str, int | None]:
        return "bulletin", self.bulletin_id


class BulletinRecipient(Model):
    """A unit that a bulletin was sent to, and when somebody of it first opened it."""

    __tablename__ = "bulletin_recipient"
    __table_args__ = (Index("ix_bulletin_recipient_unit", "unit_id", "read_at"),)

    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    read_at: Mapped[datetime | None]
    read_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    bulletin: Mapped[Bulletin] = relationship(back_populates="recipients")
    unit: Mapped[Unit] = relationship()
    read_by: Mapped[Person | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "bulletin", self.bulletin_id


class BulletinTemplate(Versioned, Model):
    """An office's own version of a kind of bulletin; the shipped one stays beside it."""

    __tablename__ = "bulletin_template"
    __table_args__ = (Index("ix_bulletin_template_unit_kind", "unit_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    addressees: Mapped[str] = mapped_column(String(400), default="")
    copies_to: Mapped[str] = mapped_column(String(400), default="")
    source: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship()


class DocumentRegister(Versioned, Model):
    """发文字号 of one office: the 机关代字 that its documents bear, e.g. 云信通."""

    __tablename__ = "document_register"
    __table_args__ = (UniqueConstraint("word", name="uq_document_register_word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    word: Mapped[str] = mapped_column(String(16))
    mark: Mapped[str] = mapped_column(String(60))
    """发文机关标志 without 文件: the office's full or standard name."""
    grid: Mapped[str] = mapped_column(String(8), default="strict")
    """How its pages are laid out: `strict`, or `word` as the office's own Word template has it."""
    series: Mapped[str] = mapped_column(String(10), default=DocumentSeries.BULLETIN.value)
    """`rules.numbering.DocumentSeries`: for which papers it counts."""
    opened_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship()


class DocumentNumber(Model):
    """One line of the number register. Serials of a register and year run from 1 without a gap; none is given twice,
    changed or taken back."""

    __tablename__ = "document_number"
    __table_args__ = (
        UniqueConstraint("register_id", "year", "serial", name="uq_document_number_serial"),
        CheckConstraint(ONE_DOCUMENT, name="one_document"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("document_register.id"))
    year: Mapped[int]
    serial: Mapped[int]
    bulletin_id: Mapped[int | None] = mapped_column(ForeignKey("bulletin.id"), unique=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("petition_letter.id"), unique=True)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("office_paper.id"), unique=True)
    taken_at: Mapped[datetime]

    register: Mapped[DocumentRegister] = relationship()
    bulletin: Mapped[Bulletin | None] = relationship()
    letter: Mapped[PetitionLetter | None] = relationship()
    paper: Mapped[OfficePaper | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        own = self.letter or self.paper
        return own.audit_subject() if own else ("bulletin", self.bulletin_id)
