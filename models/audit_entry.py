"""The audit chain, and the versions of records that stand under each record's own scope."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model


class AuditEntry(Model):
    """Who did what to which record, from where. Append-only: triggers refuse UPDATE and DELETE.

    `fields` names what changed, `digests` holds keyed digests of before and after; no personal
    data is here, so that an auditor reads no petition data. `chain` is HMAC-SHA-256 over this
    row and the chain value before it.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_type", "subject_id"),
        Index("ix_audit_entry_actor", "account_id", "id"),
        Index("ix_audit_entry_action", "action", "id"),
        Index("ix_audit_entry_at", "at"),
    )
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(40))
    actor_role: Mapped[str] = mapped_column(String(20))
    actor_unit_id: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(64))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    subject_label: Mapped[str] = mapped_column(String(80), default="")
    """The record's number or code; never a petitioner's name."""
    reason: Mapped[str] = mapped_column(String(200), default="")
    fields: Mapped[str] = mapped_column(Text, default="[]")
    digests: Mapped[str] = mapped_column(Text, default="{}")
    chain: Mapped[str] = mapped_column(String(64))


class RecordVersion(Model):
    """What a record held before and after one change (JSON), encrypted when it is personal data."""

    __tablename__ = "record_version"
    __table_args__ = (Index("ix_record_version_subject", "subject_type", "subject_id", "id"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)


def version_place(subject_type: str, subject_id: int) -> str:
    """Associated data under which a version row's values are encrypted."""
    return f"record_version|{subject_type}:{subject_id}|values"
