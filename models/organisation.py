"""Units: the tree county → departments and townships → villages, and those outside it."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned
from rules.office_names import addressed_as


class Unit(Versioned, Model):
    """A node of the tree. `path` is the ids from the root, `/1/5/9/`; it never changes once stored,
    because a unit that moves is closed and succeeded by a new one."""

    __tablename__ = "unit"
    __table_args__ = (
        Index("ix_unit_parent_sort", "parent_id", "sort_order", "id"),
        Index(
            "ix_unit_path",
            "path",
            unique=True,
            sqlite_where=text("path <> ''"),
            postgresql_where=text("path <> ''"),
            postgresql_ops={"path": "text_pattern_ops"},
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(40), default="")
    category: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    path: Mapped[str] = mapped_column(String(200), default="")
    sort_order: Mapped[int] = mapped_column(default=0)
    initials: Mapped[str] = mapped_column(String(80), default="")
    """Pinyin initials of the name, `lxz` for 柳溪镇."""
    spelling: Mapped[str] = mapped_column(String(400), default="")
    telephone: Mapped[str] = mapped_column(String(40), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    """The last day; a unit with a past `valid_to` is offered nowhere, its records stay."""
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    parent: Mapped["Unit | None"] = relationship(remote_side=[id], foreign_keys=[parent_id])
    successor: Mapped["Unit | None"] = relationship(remote_side=[id], foreign_keys=[successor_id])

    @property
    def label(self) -> str:
        return self.short_name or self.name

    @property
    def addressed_as(self) -> str:
        """As a letter addresses it: 柳溪镇人民政府."""
        return addressed_as(self.name, self.category)

    def is_open(self, today: date) -> bool:
        return self.valid_to is None or self.valid_to >= today
