"""Letters of petitions (信访文书): drafted by an office, issued by its head, and never changed afterwards."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned
from models.organisation import Unit
from models.petition import Petition
from models.staff import Person

OPEN_DRAFT = text("state = 'draft'")


class PetitionLetter(Versioned, Model):
    """A draft may change until it is issued or given up. The database refuses to change what was issued."""

    __tablename__ = "petition_letter"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'issued', 'void')", name="state"),
        CheckConstraint(
            "(state = 'issued') = (issued_on IS NOT NULL AND content IS NOT NULL AND content_digest IS NOT NULL)",
            name="issued_is_frozen",
        ),
        CheckConstraint("number IS NULL OR state = 'issued'", name="number_is_issued"),
        Index("ix_petition_letter_petition", "petition_id", "id"),
        Index(
            "uq_petition_letter_draft",
            *("petition_id", "kind", "unit_id"),
            unique=True,
            sqlite_where=OPEN_DRAFT,
            postgresql_where=OPEN_DRAFT,
        ),
        Index("uq_petition_letter_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    kind: Mapped[str] = mapped_column(String(20))
    """`rules.letters.kinds.LetterKind`."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The office that issues it."""
    source: Mapped[str] = mapped_column(Text, default="")
    """The body as the office edited it; empty for a form."""
    entered: Mapped[str] = mapped_column(Text, default="{}")
    """JSON of what the record does not know and somebody entered: path of the fact → text (`rules.letters.facts`)."""
    state: Mapped[str] = mapped_column(String(12), default="draft")
    drafted_at: Mapped[datetime]
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str | None] = mapped_column(String(40))
    addressee: Mapped[str] = mapped_column(String(80), default="")
    """The office it went to; empty where it went to the petitioner."""
    issued_on: Mapped[date | None]
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content: Mapped[str | None] = mapped_column(Text, deferred=True)
    """JSON from which the pages are made (`rules.letters.issued`)."""
    content_digest: Mapped[str | None] = mapped_column(String(64))
    void_reason: Mapped[str] = mapped_column(String(200), default="")
    """Why a draft was given up."""

    petition: Mapped[Petition] = relationship()
    unit: Mapped[Unit] = relationship()
    drafted_by: Mapped[Person | None] = relationship(foreign_keys=[drafted_by_id])
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id
