"""村级接访: one session a village for each Wednesday, even when nobody came."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.visit import Visit, live_index

BUSY = "(batches > 0 OR persons > 0)"
"""The tenth of all sessions that somebody came to, in the words of their index: queries must repeat them."""

_COUNTS = tuple(
    f"{part}{what}" for part in ("", "solved_", "committed_", "escalated_") for what in ("batches", "persons")
)


class VillageSession(Registered, Voidable, Versioned, Model):
    """The three parts add up to the whole, in 批 (batches) and in 人 (persons)."""

    __tablename__ = "village_session"
    __table_args__ = (
        CheckConstraint(
            "solved_batches + committed_batches + escalated_batches = batches", name="batches_add_up"
        ),
        CheckConstraint(
            "solved_persons + committed_persons + escalated_persons = persons", name="persons_add_up"
        ),
        live_index("uq_village_session_day", "unit_id", "session_date", unique=True),
        live_index("ix_village_session_date", "session_date", "id", "unit_id", "voided_at"),
        live_index("ix_village_session_busy", "session_date", "unit_id", *_COUNTS, "voided_at", also=BUSY),
        Index("uq_village_session_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The village or community."""
    session_date: Mapped[date]
    mode: Mapped[str] = mapped_column(String(20))
    attendees: Mapped[str] = mapped_column(String(200), default="")
    """参加人: township cadre, village cadres, first secretary."""
    batches: Mapped[int] = mapped_column(default=0)
    persons: Mapped[int] = mapped_column(default=0)
    solved_batches: Mapped[int] = mapped_column(default=0)
    solved_persons: Mapped[int] = mapped_column(default=0)
    committed_batches: Mapped[int] = mapped_column(default=0)
    committed_persons: Mapped[int] = mapped_column(default=0)
    escalated_batches: Mapped[int] = mapped_column(default=0)
    escalated_persons: Mapped[int] = mapped_column(default=0)
    notes: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    matters: Mapped[list["SessionMatter"]] = relationship(order_by="SessionMatter.position")
    visits: Mapped[list[Visit]] = relationship(secondary="village_session_visit", viewonly=True)


class SessionMatter(Model):
    """A matter heard or found at a session: the matter, never a person."""

    __tablename__ = "session_matter"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("village_session.id"), index=True)
    position: Mapped[int]
    summary: Mapped[str] = mapped_column(String(300))
    disposition: Mapped[str] = mapped_column(String(20))
    """现场解决, 限期化解 or 梳理上报."""
    due_date: Mapped[date | None]

    def audit_subject(self) -> tuple[str, int | None]:
        return "village_session", self.session_id


class VillageSessionVisit(Model):
    """A visit registered on its own that was received at the session; shown beside the typed totals."""

    __tablename__ = "village_session_visit"

    session_id: Mapped[int] = mapped_column(ForeignKey("village_session.id"), primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True, index=True)

    def audit_subject(self) -> tuple[str, int | None]:
        return "village_session", self.session_id
