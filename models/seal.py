"""Seals (印章): the image of an office's seal, and every use of it (用印登记)."""

from base64 import b64decode
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned, new_uid
from models.bulletin import ONE_DOCUMENT, Bulletin
from models.office_paper import OfficePaper
from models.organisation import Unit
from models.petition_letter import PetitionLetter
from models.protected import reveal
from models.staff import Person


class Seal(Versioned, Model):
    """The image is a transparent PNG, encrypted at rest; only issuing puts it on a page."""

    __tablename__ = "seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), default=new_uid, unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    """As the seal reads, e.g. 安澜县信访局."""
    cipher: Mapped[str] = mapped_column(Text)
    """The PNG in base64, encrypted."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the plain image."""
    width_mm: Mapped[int]
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship()

    @property
    def image(self) -> bytes:
        """The PNG. Raises Unreadable."""
        return b64decode(reveal(self.cipher, place=seal_place(self.uid)))


def seal_place(uid: str) -> str:
    return f"seal|{uid}|cipher"


class SealUse(Model):
    """One line of the 用印登记; the database refuses to change or delete it."""

    __tablename__ = "seal_use"
    __table_args__ = (
        Index("ix_seal_use_seal_used", "seal_id", "id"),
        CheckConstraint(ONE_DOCUMENT, name="one_document"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    bulletin_id: Mapped[int | None] = mapped_column(ForeignKey("bulletin.id"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("petition_letter.id"), index=True)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("office_paper.id"), index=True)
    used_at: Mapped[datetime]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content_digest: Mapped[str] = mapped_column(String(64))
    """Of the frozen content that was sealed."""

    seal: Mapped[Seal] = relationship()
    bulletin: Mapped[Bulletin | None] = relationship()
    letter: Mapped[PetitionLetter | None] = relationship()
    paper: Mapped[OfficePaper | None] = relationship()
    used_by: Mapped[Person | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        own = self.letter or self.paper
        return own.audit_subject() if own else ("bulletin", self.bulletin_id)
