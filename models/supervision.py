"""督办: one task, a line for each unit that must act, and what was done on each line (信访工作条例第三十八至四十条)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.petition import Petition
from models.staff import Person
from models.visit import live_index

OPEN_LINE = text("next_due_on IS NOT NULL")
RUNNING = "state NOT IN ('closed', 'withdrawn')"
"""Lines not at their end, drafts among them: in the words of their index, which queries must repeat."""
_RUNNING_LINE = text(RUNNING)
_REPORT_DUE = text("report_due_on IS NOT NULL")


class SupervisionTask(Registered, Voidable, Versioned, Model):
    """督办事项: what is to be put right, where it came from, and by when. Issued by a person, never by the clock."""

    __tablename__ = "supervision_task"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'issued', 'closed')", name="state"),
        CheckConstraint("cycle IN ('none', 'weekly', 'fortnightly', 'monthly')", name="cycle"),
        live_index("ix_supervision_task_filed", "filed_on", "id", "unit_id", "state", "voided_at"),
        live_index("ix_supervision_task_unit", "unit_id", "filed_on", "id"),
        Index("ix_supervision_task_issued", "issued_on", "voided_at", "id"),
        Index("ix_supervision_task_source", "source_type", "source_id"),
        Index("ix_supervision_task_petition", "petition_id"),
        Index("uq_supervision_task_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """立项单位."""
    filed_on: Mapped[date]
    """立项日期."""
    title: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(String(16))
    """`rules.supervision_words.TaskSource`."""
    source_type: Mapped[str] = mapped_column(String(24), default="")
    """The table of the record it came from, "" where there is none here; `source_id` is its row."""
    source_id: Mapped[int | None]
    source_text: Mapped[str] = mapped_column(Text, default="")
    """批示内容, 议定内容, a figure with its period: as it stood when the task was filed."""
    figure_code: Mapped[str | None] = mapped_column(String(80))
    """Of the catalogue, where a figure gave rise to it; the figure's unit is `source_id`."""
    figure_period: Mapped[str | None] = mapped_column(String(40))
    """As `rules.periods` writes it."""
    figure_as_of: Mapped[date | None]
    """统计截止日."""
    petition_id: Mapped[int | None] = mapped_column(ForeignKey("petition.id"))
    """The matter whose handling it is about, where it is one alone; `petitions` has it too."""
    ground: Mapped[str | None] = mapped_column(String(24))
    """`rules.supervision_words.Ground` (第四十条)."""
    content: Mapped[str] = mapped_column(Text)
    """督办事由."""
    demands: Mapped[str] = mapped_column(Text, default="")
    """工作要求."""
    cycle: Mapped[str] = mapped_column(String(12), default="none")
    """阶段反馈周期."""
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(12), default="draft")
    issued_on: Mapped[date | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship()
    petition: Mapped[Petition | None] = relationship()
    petitions: Mapped[list[Petition]] = relationship(
        secondary="supervision_task_petition", viewonly=True, order_by=Petition.id
    )
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])
    registered_by: Mapped[Person | None] = relationship(foreign_keys="SupervisionTask.registered_by_id")
    lines: Mapped[list["SupervisionLine"]] = relationship(
        back_populates="task", order_by="SupervisionLine.id"
    )


class SupervisionTaskPetition(Model):
    """A matter that a task is about, alone or in a list: what seals hide of one of them hides the task."""

    __tablename__ = "supervision_task_petition"

    task_id: Mapped[int] = mapped_column(ForeignKey("supervision_task.id"), primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"), primary_key=True, index=True)

    def audit_subject(self) -> tuple[str, int | None]:
        return "supervision_task", self.task_id


class SupervisionLine(Versioned, Model):
    """What one unit has to do of a task: signed for, reported on by its cycle, examined, struck off (销号)."""

    __tablename__ = "supervision_line"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'sent', 'working', 'submitted', 'closed', 'withdrawn')", name="state"
        ),
        Index("uq_supervision_line_unit", "task_id", "unit_id", unique=True),
        Index("ix_supervision_line_unit", "unit_id", "state", "due_on", "id"),
        Index(
            "ix_supervision_line_limit",
            *("due_on", "unit_id", "state", "submitted_on", "closed_on", "task_id", "id"),
        ),
        Index(
            "ix_supervision_line_report",
            *("report_due_on", "unit_id", "state", "submitted_on", "closed_on", "task_id", "id"),
            sqlite_where=_REPORT_DUE,
            postgresql_where=_REPORT_DUE,
        ),
        Index(
            "ix_supervision_line_running",
            *("task_id", "unit_id", "state", "closed_on", "next_due_on", "next_due_key", "id"),
            sqlite_where=_RUNNING_LINE,
            postgresql_where=_RUNNING_LINE,
        ),
        Index(
            "ix_supervision_line_due",
            *("next_due_on", "unit_id", "id"),
            sqlite_where=OPEN_LINE,
            postgresql_where=OPEN_LINE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("supervision_task.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """承办单位."""
    demand: Mapped[str] = mapped_column(Text, default="")
    """What this unit in particular must do."""
    person: Mapped[str] = mapped_column(String(60), default="")
    """责任人职务."""
    due_on: Mapped[date]
    """As extended."""
    state: Mapped[str] = mapped_column(String(12), default="draft")
    """`rules.supervision_states.LineState`."""
    received_on: Mapped[date | None]
    """签收."""
    report_due_on: Mapped[date | None]
    """The next 阶段反馈; empty where the cycle asks for none any more."""
    submitted_on: Mapped[date | None]
    """申请销号."""
    closed_on: Mapped[date | None]
    """销号."""
    next_due_on: Mapped[date | None]
    """The earliest day by which the unit owes something; `next_due_key` says what."""
    next_due_key: Mapped[str | None] = mapped_column(String(12))

    task: Mapped[SupervisionTask] = relationship(back_populates="lines")
    unit: Mapped[Unit] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "supervision_task", self.task_id


class SupervisionStep(Model):
    """One thing that was done, dated by when it happened and stamped by when it was entered; undone, never deleted."""

    __tablename__ = "supervision_step"
    __table_args__ = (
        Index("ix_supervision_step_task", "task_id", "id"),
        Index("ix_supervision_step_line", "line_id", "id"),
        Index(
            "ix_supervision_step_report",
            *("report_due_on", "happened_on", "undone_at", "line_id", "id"),
            sqlite_where=_REPORT_DUE,
            postgresql_where=_REPORT_DUE,
        ),
        Index(
            "ix_supervision_step_waiting",
            *("waits_for", "line_id"),
            sqlite_where=text("waits_for IS NOT NULL"),
            postgresql_where=text("waits_for IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("supervision_task.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_line.id"))
    """Empty for what was done to the whole task."""
    verb: Mapped[str] = mapped_column(String(20))
    """`rules.supervision_states.TaskVerb`."""
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """Whose act it is."""
    text: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    until: Mapped[date | None]
    """The day asked for or granted."""
    report_due_on: Mapped[date | None]
    """Which day's 阶段反馈 a report answers: late if it came after."""
    waits_for: Mapped[str | None] = mapped_column(String(20))
    """The verb that will answer it; empty once it is answered."""
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_step.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undo_reason: Mapped[str] = mapped_column(String(200), default="")
    before: Mapped[str] = mapped_column(Text, default="")
    """JSON of the line's columns as they stood before: what undoing puts back."""

    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
    unit: Mapped[Unit | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "supervision_task", self.task_id
