"""值班室: the log of events and of offices' answers, hand-overs, special periods. Never about a person's movements."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.staff import Person
from models.visit import live_index


class DeskEntry(Registered, Voidable, Versioned, Model):
    """值班日志: one line. `happened_at` is when it came to the desk, `registered_at` when it was written down (UTC)."""

    __tablename__ = "desk_entry"
    __table_args__ = (
        CheckConstraint("report IN ('', 'first', 'follow', 'final')", name="report"),
        CheckConstraint("(report IN ('follow', 'final')) = (first_id IS NOT NULL)", name="chain"),
        live_index("ix_desk_entry_unit_time", "unit_id", "happened_at", "id"),
        live_index(
            "ix_desk_entry_time", "happened_at", "id", "kind", "unit_id", "responsible_unit_id", "voided_at"
        ),
        live_index("ix_desk_entry_open", "unit_id", "happened_at", "id", also="done_at IS NULL"),
        live_index(
            "ix_desk_entry_due",
            *("due_at", "kind", "unit_id", "responsible_unit_id", "replied_at", "voided_at"),
            also="due_at IS NOT NULL",
        ),
        live_index("ix_desk_entry_responsible", "responsible_unit_id", "happened_at", "id"),
        Index("uq_desk_entry_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """Whose desk it is."""
    happened_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    """`rules.desk_words.EntryKind`."""
    mode: Mapped[str] = mapped_column(String(16), default="")
    """`rules.desk_words.EntryMode`: 电话, 传真, 系统, 当面."""
    source_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    source: Mapped[str] = mapped_column(String(80), default="")
    """来源 in words: an office, or 群众来电; never a person's name."""
    content: Mapped[str] = mapped_column(Text)
    proposal: Mapped[str] = mapped_column(Text, default="")
    """拟办意见."""
    instruction: Mapped[str] = mapped_column(Text, default="")
    """领导批示."""
    instructed_by: Mapped[str] = mapped_column(String(60), default="")
    """Name and post of the leader who gave it."""
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """承办单位; the desk itself where empty."""
    due_at: Mapped[datetime | None]
    """要求回复时限."""
    replied_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    report: Mapped[str] = mapped_column(String(8), default="")
    """首报, 续报, 终报 of one event; empty where the line is no report."""
    first_id: Mapped[int | None] = mapped_column(ForeignKey("desk_entry.id"), index=True)
    """The 首报 that a 续报 or 终报 follows."""

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    source_unit: Mapped[Unit | None] = relationship(foreign_keys=[source_unit_id])
    responsible_unit: Mapped[Unit | None] = relationship(foreign_keys=[responsible_unit_id])
    registered_by: Mapped[Person | None] = relationship(foreign_keys="DeskEntry.registered_by_id")
    done_by: Mapped[Person | None] = relationship(foreign_keys=[done_by_id])
    first: Mapped["DeskEntry | None"] = relationship(remote_side=[id], foreign_keys=[first_id])
    dispatches: Mapped[list["DeskDispatch"]] = relationship(
        foreign_keys="DeskDispatch.entry_id", order_by="DeskDispatch.id"
    )

    @property
    def label(self) -> str:
        return self.number


class DeskDispatch(Voidable, Versioned, Model):
    """转办: a line sent on to a unit's desk, its receipt there and the answer that came back."""

    __tablename__ = "desk_dispatch"
    __table_args__ = (
        live_index("uq_desk_dispatch_entry_unit", "entry_id", "unit_id", unique=True),
        live_index("ix_desk_dispatch_unit", "unit_id", "id", also="received_at IS NULL"),
        live_index(
            "ix_desk_dispatch_due",
            *("due_at", "unit_id", "replied_at", "entry_id", "voided_at"),
            also="due_at IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("desk_entry.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    demand: Mapped[str] = mapped_column(String(300), default="")
    """What the receiving unit is to do."""
    due_at: Mapped[datetime | None]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[datetime | None]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    received_entry_id: Mapped[int | None] = mapped_column(ForeignKey("desk_entry.id"), unique=True)
    """The line that the receipt opened in the receiving desk's own log."""
    replied_at: Mapped[datetime | None]
    replied_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reply: Mapped[str] = mapped_column(Text, default="")

    entry: Mapped[DeskEntry] = relationship(foreign_keys=[entry_id], back_populates="dispatches")
    received_entry: Mapped[DeskEntry | None] = relationship(foreign_keys=[received_entry_id])
    unit: Mapped[Unit] = relationship()
    received_by: Mapped[Person | None] = relationship(foreign_keys=[received_by_id])

    def audit_subject(self) -> tuple[str, int | None]:
        return "desk_entry", self.entry_id


class DeskHandover(Versioned, Model):
    """交接班: made from what is open, signed by both with their passwords. Complete once both have signed."""

    __tablename__ = "desk_handover"
    __table_args__ = (
        Index("ix_desk_handover_unit_shift", "unit_id", "shift_ends_at", "id"),
        Index("uq_desk_handover_shift", "unit_id", "shift_ends_at", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    shift_ends_at: Mapped[datetime]
    """The moment (UTC) at which the old shift ends and the new one begins."""
    made_at: Mapped[datetime]
    off_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """交班人."""
    on_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """接班人."""
    off_signed_at: Mapped[datetime | None]
    on_signed_at: Mapped[datetime | None]
    articles: Mapped[str] = mapped_column(String(300), default="")
    """物品."""
    notes: Mapped[str] = mapped_column(Text, default="")
    off_reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Why somebody left, or came, who does not stand in the roster of that shift."""
    on_reason: Mapped[str] = mapped_column(String(200), default="", server_default="")

    unit: Mapped[Unit] = relationship()
    off_person: Mapped[Person] = relationship(foreign_keys=[off_person_id])
    on_person: Mapped[Person | None] = relationship(foreign_keys=[on_person_id])
    matters: Mapped[list["DeskHandoverMatter"]] = relationship(order_by="DeskHandoverMatter.position")


class DeskHandoverMatter(Model):
    """An unfinished line handed over, with the explanation that the one who leaves gave."""

    __tablename__ = "desk_handover_matter"
    __table_args__ = (UniqueConstraint("handover_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("desk_handover.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("desk_entry.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(40))
    """With the four that follow, the line as both signed it: corrections since do not reach it."""
    happened_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    content: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(300), default="")

    entry: Mapped[DeskEntry] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "desk_handover", self.handover_id


class SpecialPeriod(Voidable, Versioned, Model):
    """特殊时段 (会议、节日): heightened posts, and a daily report of each unit below at a set hour."""

    __tablename__ = "special_period"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="order"),
        live_index("ix_special_period_unit", "unit_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The office that declares it."""
    name: Mapped[str] = mapped_column(String(60))
    first_day: Mapped[date]
    last_day: Mapped[date]
    report_at: Mapped[time]
    """Until when each unit reports each day."""
    demands: Mapped[str] = mapped_column(Text, default="")
    doubled: Mapped[bool] = mapped_column(default=True)
    """Whether each post of the desk is held by two."""
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    unit: Mapped[Unit] = relationship()


class PeriodReport(Versioned, Model):
    """每日报告 of one unit for one day of a special period."""

    __tablename__ = "period_report"
    __table_args__ = (
        UniqueConstraint("period_id", "day", "unit_id"),
        CheckConstraint("events >= 0", name="events"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("special_period.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    day: Mapped[date]
    events: Mapped[int] = mapped_column(default=0)
    """事件起数; 0 is a report, too (零报告)."""
    content: Mapped[str] = mapped_column(Text)
    leader: Mapped[str] = mapped_column(String(60), default="")
    """带班领导 of that day, name and post."""
    due_at: Mapped[datetime]
    """Until when it was asked for at that time: it stays in time, or late, whatever hour is set afterwards."""
    reported_at: Mapped[datetime]
    """The first time; a correction does not move it."""
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    period: Mapped[SpecialPeriod] = relationship()
    unit: Mapped[Unit] = relationship()
    reported_by: Mapped[Person | None] = relationship()
