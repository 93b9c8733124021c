"""接访安排: one row is one leader's day of receiving people, as it is made public beforehand (条例 art. 18)."""

from datetime import date, time

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.staff import Person
from models.visit import live_index


class LeaderSchedule(Registered, Voidable, Versioned, Model):
    """Whether the reception was held is told by the register (`models.leader_reception`), not here."""

    __tablename__ = "leader_schedule"
    __table_args__ = (
        live_index("uq_leader_schedule_unit_day", "unit_id", "day", "leader_name", unique=True),
        live_index("ix_leader_schedule_day", "day", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date]
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The member of staff whom the name means on that day, where it means one."""
    leader_name: Mapped[str] = mapped_column(String(40))
    post: Mapped[str] = mapped_column(String(60), default="")
    portfolio: Mapped[str] = mapped_column(String(80), default="")
    """分管工作."""
    mode: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(80), default="")
    telephone: Mapped[str] = mapped_column(String(40), default="")
    """联系电话 of the place, made public."""
    notes: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    leader: Mapped[Person | None] = relationship(foreign_keys=[leader_id])

    @property
    def label(self) -> str:
        """How the audit log and the pages name it; there is no number."""
        return f"{self.day} {self.leader_name}"
