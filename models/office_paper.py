"""Documents of the office that belong to no petition (督办函、建议书、约谈通知书、会议纪要 …): drafted, issued, never changed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned, new_uid
from models.organisation import Unit
from models.staff import Person


class OfficePaper(Versioned, Model):
    """One document about the record that `subject_type` (a table) and `subject_id` name. It has no scope of its own:
    whoever may read the record may read what was issued of it. The database refuses to change what was issued."""

    __tablename__ = "office_paper"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'issued', 'void')", name="state"),
        CheckConstraint(
            "(state = 'issued') = (issued_on IS NOT NULL AND content IS NOT NULL AND content_digest IS NOT NULL)",
            name="issued_is_frozen",
        ),
        CheckConstraint("number IS NULL OR state = 'issued'", name="number_is_issued"),
        Index("ix_office_paper_subject", "subject_type", "subject_id", "id"),
        Index("ix_office_paper_drafted", "drafted_at", "id"),
        Index("ix_office_paper_issued", "issued_on", "id"),
        Index("ix_office_paper_unit", "unit_id", "state", "drafted_at"),
        Index("uq_office_paper_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), default=new_uid, unique=True)
    kind: Mapped[str] = mapped_column(String(24))
    """`rules.papers.kinds.PaperKind`."""
    subject_type: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The office that issues it."""
    title: Mapped[str] = mapped_column(String(120))
    addressee: Mapped[str] = mapped_column(String(300), default="")
    """主送."""
    copies_to: Mapped[str] = mapped_column(String(300), default="")
    """抄送."""
    source: Mapped[str] = mapped_column(Text)
    """The body as the office edited it."""
    state: Mapped[str] = mapped_column(String(12), default="draft")
    drafted_at: Mapped[datetime]
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str | None] = mapped_column(String(40))
    issued_on: Mapped[date | None]
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content: Mapped[str | None] = mapped_column(Text, deferred=True)
    """JSON from which the pages are made (`rules.letters.issued`)."""
    content_digest: Mapped[str | None] = mapped_column(String(64))
    void_reason: Mapped[str] = mapped_column(String(200), default="")
    """Why a draft was given up."""

    unit: Mapped[Unit] = relationship()
    drafted_by: Mapped[Person | None] = relationship(foreign_keys=[drafted_by_id])
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])

    def audit_subject(self) -> tuple[str, int | None]:
        return self.subject_type, self.subject_id
