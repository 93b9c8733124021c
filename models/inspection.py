"""督查: planned by district teams (联乡包片) or jointly, recorded visit by visit, each problem with a day to mend it by."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.staff import Person
from models.visit import live_index


class DistrictTeam(Versioned, Model):
    """联乡包片: who looks after which townships and departments, from which day to which."""

    __tablename__ = "district_team"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    lead: Mapped[str] = mapped_column(String(80), default="")
    """带队领导 and post."""
    members: Mapped[str] = mapped_column(String(300), default="")
    from_date: Mapped[date]
    to_date: Mapped[date | None]

    unit: Mapped[Unit] = relationship()
    districts: Mapped[list[Unit]] = relationship(
        secondary="district_team_unit", viewonly=True, order_by=Unit.path
    )


class DistrictTeamUnit(Model):
    __tablename__ = "district_team_unit"

    team_id: Mapped[int] = mapped_column(ForeignKey("district_team.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)

    def audit_subject(self) -> tuple[str, int | None]:
        return "district_team", self.team_id


class Inspection(Registered, Voidable, Versioned, Model):
    """One round of 督查 (第三十八条): planned, carried out, reported."""

    __tablename__ = "inspection"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'running', 'reported')", name="state"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        live_index("ix_inspection_days", "starts_on", "id"),
        live_index("ix_inspection_unit", "unit_id", "starts_on", "id"),
        Index("uq_inspection_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """组织单位."""
    title: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(16))
    """`rules.supervision_words.InspectionKind`."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(Text, default="")
    lead: Mapped[str] = mapped_column(String(80), default="")
    joint_units: Mapped[str] = mapped_column(String(200), default="")
    """联合督查的单位."""
    state: Mapped[str] = mapped_column(String(12), default="planned")
    summary: Mapped[str] = mapped_column(Text, default="")
    """督查情况."""
    reported_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship()
    registered_by: Mapped[Person | None] = relationship(foreign_keys="Inspection.registered_by_id")
    visits: Mapped[list["InspectionVisit"]] = relationship(
        back_populates="inspection", order_by="InspectionVisit.id"
    )


class InspectionVisit(Versioned, Model):
    """One unit looked at in one round."""

    __tablename__ = "inspection_visit"
    __table_args__ = (
        Index("uq_inspection_visit_unit", "inspection_id", "unit_id", unique=True),
        Index("ix_inspection_visit_unit", "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("district_team.id"), index=True)
    people: Mapped[str] = mapped_column(String(200), default="")
    """督查人员."""
    planned_on: Mapped[date | None]
    visited_on: Mapped[date | None]
    record: Mapped[str] = mapped_column(Text, default="")

    inspection: Mapped[Inspection] = relationship(back_populates="visits")
    unit: Mapped[Unit] = relationship()
    team: Mapped[DistrictTeam | None] = relationship()
    problems: Mapped[list["InspectionProblem"]] = relationship(
        back_populates="visit", order_by="InspectionProblem.position"
    )

    def audit_subject(self) -> tuple[str, int | None]:
        return "inspection", self.inspection_id


class InspectionProblem(Versioned, Model):
    """What was found wrong, who mends it by when; or it became a supervision task, which then says how it ended."""

    __tablename__ = "inspection_problem"
    __table_args__ = (
        Index("ix_inspection_problem_visit", "visit_id", "position"),
        Index("ix_inspection_problem_due", "corrected_on", "unit_id", "correct_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("inspection_visit.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """整改单位."""
    position: Mapped[int]
    summary: Mapped[str] = mapped_column(String(500))
    correct_by: Mapped[date | None]
    corrected_on: Mapped[date | None]
    correction: Mapped[str] = mapped_column(Text, default="")

    visit: Mapped[InspectionVisit] = relationship(back_populates="problems")
    unit: Mapped[Unit] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return self.visit.audit_subject()


class InspectionProblemNote(Model):
    """What was reported or judged about a problem; a line is never changed."""

    __tablename__ = "inspection_problem_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("inspection_problem.id"), index=True)
    verb: Mapped[str] = mapped_column(String(16))
    """`rules.inspection_rules.ProblemVerb`."""
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text, default="")

    problem: Mapped[InspectionProblem] = relationship()
    recorded_by: Mapped[Person | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return self.problem.audit_subject()
