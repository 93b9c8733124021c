"""联席会议 of county and townships: agenda, attendance, what was decided, what a level above must settle (第十一至十三条)."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.petition import Petition
from models.staff import Person
from models.supervision import SupervisionTask
from models.visit import live_index

NO_ID_TWICE = {"sqlite_autoincrement": True}
"""Rows may be taken out again; tasks, attachments and the audit log name them by id."""


class Meeting(Registered, Voidable, Versioned, Model):
    """One meeting. A sheet tells its topics and the number of decisions only."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("level IN ('county', 'township')", name="level"),
        CheckConstraint("state IN ('planned', 'held', 'minuted')", name="state"),
        live_index("ix_meeting_date", "held_on", "id", "unit_id", "level", "kind", "state", "voided_at"),
        live_index("ix_meeting_unit", "unit_id", "held_on", "id"),
        Index("uq_meeting_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The county's office or the township that holds it."""
    level: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(20))
    """`rules.meeting_words.MeetingKind`: 联席会议, or the body above that was asked."""
    title: Mapped[str] = mapped_column(String(80), default="")
    session_no: Mapped[str] = mapped_column(String(40), default="")
    """届次、期号."""
    held_on: Mapped[date]
    starts_at: Mapped[time | None]
    place: Mapped[str] = mapped_column(String(80), default="")
    convenor: Mapped[str] = mapped_column(String(80), default="")
    """召集人."""
    chair: Mapped[str] = mapped_column(String(80), default="")
    """主持人."""
    topics: Mapped[str] = mapped_column(Text, default="")
    """议题 as a sheet tells them; here the agenda is in `meeting_item`."""
    told_decisions: Mapped[int | None]
    """议定事项数 as a sheet tells it."""
    notes: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(12), default="planned")

    unit: Mapped[Unit] = relationship()
    registered_by: Mapped[Person | None] = relationship(foreign_keys="Meeting.registered_by_id")
    attendees: Mapped[list["MeetingAttendee"]] = relationship(order_by="MeetingAttendee.position")
    items: Mapped[list["MeetingItem"]] = relationship(
        back_populates="meeting",
        order_by="MeetingItem.position",
        foreign_keys="MeetingItem.meeting_id",
    )
    decisions: Mapped[list["MeetingDecision"]] = relationship(
        back_populates="meeting", order_by="MeetingDecision.position"
    )


class MeetingAttendee(Model):
    """Who was asked and who came: an official or a unit, by post."""

    __tablename__ = "meeting_attendee"
    __table_args__ = (Index("ix_meeting_attendee_meeting", "meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(40), default="")
    post: Mapped[str] = mapped_column(String(60), default="")
    part: Mapped[str] = mapped_column(String(12))
    """出席, 列席, 记录."""
    presence: Mapped[str] = mapped_column(String(12))
    """到会, 请假, 缺席; 待定 before the meeting."""

    unit: Mapped[Unit | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "meeting", self.meeting_id


class MeetingItem(Versioned, Model):
    """议题: a petition, a task or another matter; decided, put off, or sent up to a body above whose answer comes back."""

    __tablename__ = "meeting_item"
    __table_args__ = (
        Index("ix_meeting_item_meeting", "meeting_id", "position"),
        Index("ix_meeting_item_escalated", "escalated_to", "answered_on", "escalated_on"),
        NO_ID_TWICE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    petition_id: Mapped[int | None] = mapped_column(ForeignKey("petition.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_task.id"), index=True)
    reporting_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """汇报单位."""
    discussion: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str | None] = mapped_column(String(12))
    """`rules.meeting_words.ItemOutcome`."""
    escalated_to: Mapped[str | None] = mapped_column(String(20))
    """`rules.meeting_words.MeetingKind` of the body above."""
    escalated_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answer_read_at: Mapped[datetime | None]
    """When somebody of the office that asked first opened it."""
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_item.id"), index=True)
    """The item of the meeting below that this one answers."""
    answered_by_item_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_item.id"), index=True)
    """The item of the meeting above that gave the answer; empty where it came without a meeting."""

    meeting: Mapped[Meeting] = relationship(back_populates="items", foreign_keys=[meeting_id])
    petition: Mapped[Petition | None] = relationship()
    task: Mapped[SupervisionTask | None] = relationship()
    reporting_unit: Mapped[Unit | None] = relationship()
    asked_by: Mapped["MeetingItem | None"] = relationship(remote_side=[id], foreign_keys=[asked_by_id])

    def audit_subject(self) -> tuple[str, int | None]:
        return "meeting", self.meeting_id


class MeetingDecision(Versioned, Model):
    """议定事项: what, which unit, which post, by when. It ends with evidence, or through the task it became."""

    __tablename__ = "meeting_decision"
    __table_args__ = (
        Index("ix_meeting_decision_meeting", "meeting_id", "position"),
        Index("ix_meeting_decision_due", "done_on", "unit_id", "due_on"),
        Index("ix_meeting_decision_limit", "due_on", "unit_id", "done_on", "meeting_id", "item_id", "id"),
        NO_ID_TWICE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_item.id"), index=True)
    position: Mapped[int]
    content: Mapped[str] = mapped_column(String(500))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """责任单位."""
    person: Mapped[str] = mapped_column(String(60), default="")
    """责任人职务."""
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    recorded_at: Mapped[datetime | None]
    """When `done_on` was entered."""
    result: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(String(200), default="")
    """Where the papers that prove it are kept; "" where they are attached."""

    meeting: Mapped[Meeting] = relationship(back_populates="decisions")
    item: Mapped[MeetingItem | None] = relationship()
    unit: Mapped[Unit] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "meeting", self.meeting_id
