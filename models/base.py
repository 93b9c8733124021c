"""What every table shares."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Model(DeclarativeBase):
    """Base of all tables. Moments are naive UTC; dates are local to the office (Asia/Shanghai)."""

    metadata = metadata
    type_annotation_map = {datetime: DateTime(timezone=False), dict[str, Any]: Text}

    audited = True
    """Whether a change to a row must be described by an audit entry before it may be committed."""

    def audit_subject(self) -> tuple[str, int | None]:
        """Table and id of the record that a change to this row belongs to; a child names its parent."""
        return self.__tablename__, getattr(self, "id", None)


def new_uid() -> str:
    return uuid.uuid4().hex


class Registered:
    """Columns of a record that a named person entered at a known moment."""

    uid: Mapped[str] = mapped_column(String(32), default=new_uid, unique=True)
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    import_batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    external_number: Mapped[str | None] = mapped_column(String(64))
    content_digest: Mapped[str | None] = mapped_column(String(64))
    """Keyed digest of the whole normalised row: how an import knows a row again (64 hex digits)."""


class Voidable:
    """Nothing is deleted: a void record stays, with who, when and why, and counts nowhere."""

    voided_at: Mapped[datetime | None]
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    void_reason: Mapped[str | None] = mapped_column(String(200))

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None


class Versioned:
    """An editable row: a save made over somebody else's newer one is refused."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")
