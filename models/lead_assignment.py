"""包案 (四定一包) and 积案化解: a leader answers for how a matter is handled; batches handed down are counted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.petition import Petition
from models.staff import Person
from models.visit import live_index

RUNNING = "state NOT IN ('closed', 'ended')"


class Campaign(Registered, Voidable, Versioned, Model):
    """交办批次. Its cases are the petitions whose `campaign` bears its name."""

    __tablename__ = "campaign"
    __table_args__ = (
        live_index("uq_campaign_name", "name", unique=True),
        live_index("ix_campaign_received", "received_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """Who keeps it here."""
    name: Mapped[str] = mapped_column(String(60))
    source_level: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(80), default="")
    """交办机关."""
    document_number: Mapped[str] = mapped_column(String(60), default="")
    received_on: Mapped[date]
    due_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship()
    registered_by: Mapped[Person | None] = relationship(foreign_keys="Campaign.registered_by_id")


class LeadAssignment(Registered, Voidable, Versioned, Model):
    """包案: 定牵头领导、定责任单位、定责任人、定办理时限, and a result that another accepts."""

    __tablename__ = "lead_assignment"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'working', 'submitted', 'closed', 'ended')", name="state"),
        live_index("uq_lead_assignment_petition", "petition_id", unique=True, also=RUNNING),
        Index("ix_lead_assignment_petition", "petition_id", "id"),
        live_index("ix_lead_assignment_proposed", "proposed_on", "id", "unit_id", "state", "voided_at"),
        live_index("ix_lead_assignment_unit", "responsible_unit_id", "state", "due_on", "id"),
        live_index("ix_lead_assignment_leader", "leader_id", "state", "due_on", "id"),
        live_index("ix_lead_assignment_due", "due_on", "id", also=RUNNING),
        Index("uq_lead_assignment_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """提出包案的单位."""
    proposed_on: Mapped[date]
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    leader_name: Mapped[str] = mapped_column(String(40))
    leader_post: Mapped[str] = mapped_column(String(60), default="")
    responsible_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    responsible_person: Mapped[str] = mapped_column(String(60), default="")
    """责任人职务."""
    team: Mapped[str] = mapped_column(String(300), default="")
    """工作专班."""
    measures: Mapped[str] = mapped_column(Text, default="")
    """化解方案."""
    due_on: Mapped[date]
    """As extended."""
    state: Mapped[str] = mapped_column(String(12), default="proposed")
    """`rules.lead_states.LeadState`."""
    assigned_on: Mapped[date | None]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    result: Mapped[str | None] = mapped_column(String(16))
    """`rules.lead_states.LeadResult`."""
    result_text: Mapped[str] = mapped_column(Text, default="")
    concluded_on: Mapped[date | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted_on: Mapped[date | None]
    """验收."""
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acceptance_text: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None]
    """销号."""

    petition: Mapped[Petition] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    responsible_unit: Mapped[Unit] = relationship(foreign_keys=[responsible_unit_id])
    leader: Mapped[Person | None] = relationship(foreign_keys=[leader_id])
    assigned_by: Mapped[Person | None] = relationship(foreign_keys=[assigned_by_id])
    submitted_by: Mapped[Person | None] = relationship(foreign_keys=[submitted_by_id])
    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])
    registered_by: Mapped[Person | None] = relationship(foreign_keys="LeadAssignment.registered_by_id")


class LeadStep(Model):
    """One thing that was done: progress, talking with the people concerned, an instruction, an extension, a return."""

    __tablename__ = "lead_step"
    __table_args__ = (
        Index("ix_lead_step_assignment", "assignment_id", "happened_on", "id"),
        Index(
            "ix_lead_step_waiting",
            *("waits_for", "assignment_id"),
            sqlite_where=text("waits_for IS NOT NULL"),
            postgresql_where=text("waits_for IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("lead_assignment.id"))
    verb: Mapped[str] = mapped_column(String(20))
    """`rules.lead_states.LeadVerb`."""
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    text: Mapped[str] = mapped_column(Text, default="")
    """What was done about the matter; never where a person was or what he said elsewhere."""
    until: Mapped[date | None]
    waits_for: Mapped[str | None] = mapped_column(String(20))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("lead_step.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undo_reason: Mapped[str] = mapped_column(String(200), default="")
    before: Mapped[str] = mapped_column(Text, default="")

    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
    unit: Mapped[Unit | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "lead_assignment", self.assignment_id
