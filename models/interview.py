"""约谈 of units and officials, and 办理倒查: a look back at how a matter was handled (信访工作条例第三十九条)."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.petition import Petition
from models.staff import Person
from models.supervision import SupervisionTask
from models.visit import live_index


class LookBack(Registered, Voidable, Versioned, Model):
    """How one matter was handled, step by step, as the record stood on the day; with what a person concludes."""

    __tablename__ = "look_back"
    __table_args__ = (
        Index("ix_look_back_petition", "petition_id", "id"),
        live_index("ix_look_back_made", "made_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """Who looked back."""
    made_on: Mapped[date]
    findings: Mapped[str] = mapped_column(Text)
    """JSON of the lines of `queries.look_backs`: step, unit, due day, day, on time or not."""
    fell_short: Mapped[bool]
    """Whether any of them was late or missing: only then an interview may be proposed."""
    opinion: Mapped[str] = mapped_column(Text, default="")

    petition: Mapped[Petition] = relationship()
    unit: Mapped[Unit] = relationship()
    registered_by: Mapped[Person | None] = relationship(foreign_keys="LookBack.registered_by_id")


class Interview(Registered, Voidable, Versioned, Model):
    """One interview of one unit: on which ground, who sat there by post, what was demanded, how it was put right."""

    __tablename__ = "interview"
    __table_args__ = (
        CheckConstraint("persons BETWEEN 1 AND 999", name="persons"),
        live_index("ix_interview_date", "interviewed_on", "unit_id", "persons", "id", "voided_at"),
        live_index("ix_interview_unit", "unit_id", "interviewed_on", "id"),
        live_index(
            "ix_interview_correct_by",
            *("correct_by", "unit_id", "id"),
            also="correct_by IS NOT NULL AND corrected_on IS NULL",
        ),
        Index("uq_interview_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """被约谈单位."""
    by_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """约谈单位."""
    interviewed_on: Mapped[date]
    starts_at: Mapped[time | None]
    persons: Mapped[int]
    """约谈人数."""
    posts: Mapped[str] = mapped_column(String(200), default="")
    """被约谈人职务."""
    host: Mapped[str] = mapped_column(String(100), default="")
    """约谈人及职务."""
    place: Mapped[str] = mapped_column(String(80), default="")
    ground: Mapped[str | None] = mapped_column(String(24))
    """`rules.supervision_words.Ground`; a sheet names none."""
    reason: Mapped[str] = mapped_column(Text)
    """事由."""
    demands: Mapped[str] = mapped_column(Text, default="")
    """整改要求."""
    correct_by: Mapped[date | None]
    corrected_on: Mapped[date | None]
    correction: Mapped[str] = mapped_column(Text, default="")
    """整改情况."""
    petition_id: Mapped[int | None] = mapped_column(ForeignKey("petition.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_task.id"), index=True)
    look_back_id: Mapped[int | None] = mapped_column(ForeignKey("look_back.id"), index=True)

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    by_unit: Mapped[Unit] = relationship(foreign_keys=[by_unit_id])
    petition: Mapped[Petition | None] = relationship()
    task: Mapped[SupervisionTask | None] = relationship()
    look_back: Mapped[LookBack | None] = relationship()
    registered_by: Mapped[Person | None] = relationship(foreign_keys="Interview.registered_by_id")


class InterviewNote(Model):
    """What was reported or judged about an interview's demands afterwards; a line is never changed."""

    __tablename__ = "interview_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"), index=True)
    verb: Mapped[str] = mapped_column(String(16))
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text, default="")

    recorded_by: Mapped[Person | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "interview", self.interview_id
