"""Due dates of petitions, stored with how they came about; the working calendar and the limits they rest on."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Versioned
from models.organisation import Unit
from models.petition import Petition

OPEN = text("met_on IS NULL AND ended_on IS NULL")


class Deadline(Model):
    """One clock of one petition. It is made from dated facts, so it moves only when a fact is entered."""

    __tablename__ = "deadline"
    __table_args__ = (
        Index("ix_deadline_petition", "petition_id", "key"),
        Index("ix_deadline_open_due", "due_on", "unit_id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_deadline_open_unit", "unit_id", "due_on", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petition.id"))
    key: Mapped[str] = mapped_column(String(20))
    """Which limit (`rules.time_limits`)."""
    occasion: Mapped[int] = mapped_column(default=0)
    """Tells apart clocks of one key: the step or review that started it; 0 for the only one."""
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """Who must act; empty where it is the petitioner's own time to ask for a review."""
    started_on: Mapped[date]
    due_on: Mapped[date]
    """考核到期日: shown, warned about, used in rates."""
    legal_due_on: Mapped[date | None]
    """法定届满日: rolled over days off (民法典第二百零三条), for display only; empty while no calendar reaches."""
    provisional: Mapped[bool] = mapped_column(default=False)
    """暂定: the working calendar of that year has not been loaded, or the unit has not signed."""
    limit_from: Mapped[date]
    """Which version of the limit: the day it came into force."""
    trace: Mapped[str] = mapped_column(Text)
    """Line by line why this date."""
    inputs: Mapped[str] = mapped_column(String(200), default="")
    """Extension, pauses and given date that it was reckoned with: while they stay, the dates stay."""
    met_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    """The day it fell away without being met: sent back, merged, taken over by another clock."""

    petition: Mapped[Petition] = relationship()
    unit: Mapped[Unit | None] = relationship()

    def audit_subject(self) -> tuple[str, int | None]:
        return "petition", self.petition_id


class CalendarYear(Versioned, Model):
    """A year's days off and 调休 working days, with the notice that set them."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    notice: Mapped[str] = mapped_column(String(80))
    """e.g. 国办发明电〔2025〕7号."""
    loaded_at: Mapped[datetime]
    days: Mapped[str] = mapped_column(Text)
    """The file itself, as `rules.work_calendar` reads it."""

    def audit_subject(self) -> tuple[str, int | None]:
        return "calendar_year", self.year


class TimeLimitRow(Model):
    """One version of a limit, from a day on: 法定 as shipped, or 本地要求 with its basis."""

    __tablename__ = "time_limit"
    __table_args__ = (Index("ix_time_limit_key_from", "key", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20))
    days: Mapped[int]
    counted_in: Mapped[str] = mapped_column(String(12))
    """`rules.time_limit_kinds.DayUnit`."""
    valid_from: Mapped[date]
    basis: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
