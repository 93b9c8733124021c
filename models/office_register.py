"""信息稿件 and 自报数据: two small registers that figures and bulletins draw on."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Model, Registered, Versioned, Voidable
from models.organisation import Unit
from models.staff import Person
from models.visit import live_index


class Publication(Registered, Voidable, Versioned, Model):
    """A report of the office's work that a county, city, provincial or national organ took up."""

    __tablename__ = "publication"
    __table_args__ = (
        live_index("ix_publication_date", "published_on", "unit_id", "level", "id", "voided_at"),
        live_index("ix_publication_unit", "unit_id", "published_on", "id"),
        Index("uq_publication_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    published_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(120))
    level: Mapped[str] = mapped_column(String(12))
    """`rules.register_words.PublicationLevel`."""
    outlet: Mapped[str] = mapped_column(String(80), default="")
    """刊载于."""

    unit: Mapped[Unit] = relationship()
    registered_by: Mapped[Person | None] = relationship(foreign_keys="Publication.registered_by_id")


class ReportedFigure(Registered, Voidable, Versioned, Model):
    """A number that a unit reported itself: no record here stands behind it, and every page says so."""

    __tablename__ = "reported_figure"
    __table_args__ = (
        live_index("uq_reported_figure", "unit_id", "period", "indicator", unique=True),
        live_index("ix_reported_figure_period", "period", "indicator", "unit_id", "id"),
        Index("uq_reported_figure_number", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    period: Mapped[str] = mapped_column(String(24))
    """As `rules.periods` writes it."""
    indicator: Mapped[str] = mapped_column(String(60))
    """As the office calls it; where it is the name of one of `indicators.catalogue`, both are set side by side."""
    value: Mapped[Decimal] = mapped_column(Numeric(16, 4))

    unit: Mapped[Unit] = relationship()
    registered_by: Mapped[Person | None] = relationship(foreign_keys="ReportedFigure.registered_by_id")
