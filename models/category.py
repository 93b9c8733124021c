"""内容分类, two levels; the bureau edits the list, old entries are retired and keep their records."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned


class Category(Versioned, Model):
    __tablename__ = "category"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    """Two digits a level: `03` 城乡建设, `0305` below it."""
    name: Mapped[str] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    classic: Mapped[str] = mapped_column(String(40), default="")
    """Its name among the seventeen older categories."""
    aliases: Mapped[str] = mapped_column(String(200), default="")
    """Words people type for it, separated by `;`."""
    initials: Mapped[str] = mapped_column(String(80), default="")
    retired: Mapped[bool] = mapped_column(default=False)

    parent: Mapped["Category | None"] = relationship(remote_side=[id])

    @property
    def label(self) -> str:
        return f"{self.parent.name}/{self.name}" if self.parent else self.name
