"""Attachments (附件材料): scans, photographs and documents that belong to a record. The bytes stand encrypted in files."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned, Voidable, new_uid
from models.organisation import Unit
from models.staff import Person


class Attachment(Voidable, Versioned, Model):
    """One file of one record, which `subject_type` (a table) and `subject_id` name. It has no scope of its own: whoever
    may read the record may read it.

    The content is kept in INSTANCE_DIR/attachments under the uid, encrypted with a key of its own. Destroying that key
    destroys the content, in every backup of the file too.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_subject", "subject_type", "subject_id", "position"),
        Index(
            "uq_attachment_same_file",
            "subject_type",
            "subject_id",
            "sent_digest",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), default=new_uid, unique=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    position: Mapped[int]
    """From 1; the number of a void one is not given again."""
    file_name: Mapped[str] = mapped_column(String(120))
    """As shown, cleaned; the file on the disk is called by its uid."""
    media_type: Mapped[str] = mapped_column(String(80))
    """One of `rules.attachment_rules.KINDS`."""
    size: Mapped[int]
    """Bytes of what is kept."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what is kept, before encryption."""
    sent_digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the file as it was sent: the same one sent twice is one. A photograph is kept without what it says
    about its place and camera, so the two differ."""
    sealed_key: Mapped[str] = mapped_column(String(255))
    """The file's key, encrypted with the site's; empty once the content was destroyed."""
    pages: Mapped[int | None]
    """Of a PDF."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    """Pixels of a picture."""
    has_thumbnail: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(200), default="")
    paper_page: Mapped[str | None] = mapped_column(String(40))
    """The number read from the QR code of a scanned page of the blank register."""
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """Where the uploader worked then."""

    uploaded_by: Mapped[Person | None] = relationship()
    unit: Mapped[Unit | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return self.subject_type, self.subject_id


def attachment_place(uid: str, part: str) -> str:
    """What encrypted bytes are bound to; `part` is `key`, `content` or `thumbnail`."""
    return f"attachment|{uid}|{part}"
