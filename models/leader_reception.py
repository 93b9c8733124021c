"""领导接访: one row is one leader at one reception."""

from datetime import date, time

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.staff import Person
from models.visit import Visit, live_index


class LeaderReception(Registered, Voidable, Versioned, Model):
    __tablename__ = "leader_reception"
    __table_args__ = (
        live_index("ix_leader_reception_date", "reception_date", "id"),
        live_index("ix_leader_reception_unit_date", "unit_id", "reception_date", "id"),
        Index("uq_leader_reception_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reception_date: Mapped[date]
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    leader_name: Mapped[str] = mapped_column(String(40))
    post: Mapped[str] = mapped_column(String(60), default="")
    portfolio: Mapped[str] = mapped_column(String(80), default="")
    """分管工作."""
    mode: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(80), default="")
    companions: Mapped[str] = mapped_column(String(200), default="")
    """陪同单位、人员."""
    batches: Mapped[int] = mapped_column(default=0)
    persons: Mapped[int] = mapped_column(default=0)
    solved: Mapped[int] = mapped_column(default=0)
    """解决件数."""
    notes: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    leader: Mapped[Person | None] = relationship(foreign_keys=[leader_id])
    promises: Mapped[list["LeaderPromise"]] = relationship(order_by="LeaderPromise.position")
    visits: Mapped[list[Visit]] = relationship(secondary="leader_reception_visit", viewonly=True)


class LeaderPromise(Model):
    """What the leader promised, who must do it, by when, and what came of it."""

    __tablename__ = "leader_promise"
    __table_args__ = (Index("ix_leader_promise_due", "completed_on", "due_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reception_id: Mapped[int] = mapped_column(ForeignKey("leader_reception.id"), index=True)
    position: Mapped[int]
    summary: Mapped[str] = mapped_column(String(300))
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    due_date: Mapped[date | None]
    result: Mapped[str] = mapped_column(String(300), default="")
    completed_on: Mapped[date | None]

    responsible_unit: Mapped[Unit | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "leader_reception", self.reception_id


class LeaderReceptionVisit(Model):
    """A registered visit whom the leader received; shown beside the typed totals."""

    __tablename__ = "leader_reception_visit"

    reception_id: Mapped[int] = mapped_column(ForeignKey("leader_reception.id"), primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True, index=True)

    def audit_subject(self) -> tuple[str, int | None]:
        return "leader_reception", self.reception_id
