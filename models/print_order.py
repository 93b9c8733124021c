"""Long prints, made in the background and kept for some days."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model


class PrintOrder(Model):
    """打印任务: `waiting` → `running` → `done`; `failed` and `cancelled` have no file. A means, not a record."""

    __tablename__ = "print_order"
    __table_args__ = (Index("ix_print_order_account", "account_id", "id"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reach: Mapped[str] = mapped_column(String(400))
    """`rules.roles.Actor.reach` of who ordered it, when its rows were read: another one may not have the file."""
    kind: Mapped[str] = mapped_column(String(40))
    """One of `web.prints.kinds.PRINTS`."""
    arguments: Mapped[str] = mapped_column(Text)
    """JSON object of texts, such as the query string of a list."""
    title: Mapped[str] = mapped_column(String(80))
    sentence: Mapped[str] = mapped_column(String(400))
    """What is printed, in words."""
    state: Mapped[str] = mapped_column(String(12))
    step: Mapped[int] = mapped_column(default=0)
    """How many steps are done: the gathering, then one for each slice. A step that is run again is known by it."""
    pieces: Mapped[int]
    """Rows, sheets or letters; then how many of them are drawn, and on how many pages."""
    pieces_done: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(400), default="")
    file_digest: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256; empty without a file."""
    file_size: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    """When its file is deleted."""
