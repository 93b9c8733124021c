"""Sheets brought in, and background work."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned
from models.organisation import Unit
from models.staff import Account

STAGED = "导入未完成"
"""Void reason of rows that an import has written but not published; no list shows them, not even as void."""


class ImportBatch(Versioned, Model):
    """One file: `checking` → `ready` or `refused` → `importing` → `done` → `undone`; `failed` is a broken run."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_unit", "unit_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """One of the sheets: organisations, staff, visits, petitions, village-sessions, leader-receptions,
    meetings, duty-messages, interviews, publications, figures."""
    file_name: Mapped[str] = mapped_column(String(120))
    stored_name: Mapped[str] = mapped_column(String(64))
    file_digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    """Rows of the sheet; then how many are new, known already, and how far the work has come."""
    new_rows: Mapped[int] = mapped_column(default=0)
    known_rows: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    errors: Mapped[str] = mapped_column(Text, default="[]")
    """JSON list of {sheet, row, column, heading, message}, the first thousand."""
    error_count: Mapped[int] = mapped_column(default=0)

    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])

    @property
    def updated_rows(self) -> int:
        """Rows that add to a record which is here already: all that are neither new nor known. A sheet with an error
        has none."""
        return 0 if self.error_count else max(self.rows - self.new_rows - self.known_rows, 0)


class Job(Model):
    """Work for the worker process; its row is committed together with what caused it."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "id"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[str] = mapped_column(Text, default="{}")
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    """`waiting`, `running`, `done` or `failed`."""
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(400), default="")
