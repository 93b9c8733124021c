"""信息稿件 and 自报数据 at once: plain rows by bulk insert, one audit entry for each lot. Callers have checked the rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from actions.bulk_registers import Units, Values, describe, insert_found_again, numbered
from actions.numbers import take_number
from models.office_register import Publication, ReportedFigure
from rules.numbering import RecordKind
from rules.periods import parse_period
from rules.roles import Actor


def add_publications(
    session: Session, *, actor: Actor, now: datetime, units: Units, rows: Sequence[Values], reason: str
) -> list[int]:
    columns = numbered(session, units, RecordKind.PUBLICATION, "published_on", list(rows))
    ids = insert_found_again(session, Publication, columns)
    describe(session, actor, now, "publication.add-many", "publication", len(ids), reason, ())
    return ids


def add_reported_figures(
    session: Session, *, actor: Actor, now: datetime, units: Units, rows: Sequence[Values], reason: str
) -> list[int]:
    """A number bears the year of its figure's period."""
    columns = [
        {**row, "number": take_number(session, units[row["unit_id"]], RecordKind.REPORTED_FIGURE, _year(row))}
        for row in rows
    ]
    ids = insert_found_again(session, ReportedFigure, columns)
    describe(session, actor, now, "reported_figure.add-many", "reported_figure", len(ids), reason, ())
    return ids


def _year(row: Values) -> int:
    return parse_period(row["period"]).start.year
