"""Plans of rosters that were asked for and are reckoned by the worker."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model
from models.organisation import Unit
from models.roster import RosterScheme


class RosterOrder(Model):
    """排班任务: `waiting` → `running` → `done`; `failed`, `cancelled` and `overtaken` left no roster. A means, not a record."""

    __tablename__ = "roster_order"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="order"),
        CheckConstraint("verb IN ('new', 'repeat', 'extend')", name="verb"),
        Index("ix_roster_order_scheme", "scheme_id", "state", "id"),
        Index("ix_roster_order_roster", "roster_id"),
        Index("ix_roster_order_unit", "unit_id", "state"),
    )
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    scheme_id: Mapped[int] = mapped_column(ForeignKey("roster_scheme.id"))
    scheme_version: Mapped[int]
    verb: Mapped[str] = mapped_column(String(8))
    """`rules.roster_words.PlanVerb`."""
    roster_id: Mapped[int | None] = mapped_column(ForeignKey("roster.id"))
    """The draft to be planned again or made longer; of a new one, what came of it."""
    roster_version: Mapped[int] = mapped_column(default=0)
    first_day: Mapped[date]
    last_day: Mapped[date]
    state: Mapped[str] = mapped_column(String(12))
    stage: Mapped[str] = mapped_column(String(12), default="")
    """`rules.roster_words.PlanStage`: how far the planner has come."""
    error: Mapped[str] = mapped_column(String(400), default="")
    made_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship()
    scheme: Mapped[RosterScheme] = relationship()
