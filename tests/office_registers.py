"""The least valid row of 信息稿件 and of 自报数据, straight into the database, without audit."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from models.office_register import Publication, ReportedFigure
from tests.people import NOW, unit

_serial = count(1)


def publication(session: Session, unit_code: str = "AL01", **values: Any) -> Publication:
    """Taken up by the province on 10 July 2026."""
    return _added(
        session,
        Publication(
            **{
                "number": f"GJ-{unit_code}-2025-{next(_serial):05d}",
                "unit_id": unit(session, unit_code).id,
                "published_on": date(2026, 7, 10),
                "title": "推行村级周三接访",
                "level": "province",
                "registered_at": NOW,
            }
            | values
        ),
    )


def figure(session: Session, unit_code: str = "AL21", **values: Any) -> ReportedFigure:
    """领导接访人次 of July 2026: 12."""
    return _added(
        session,
        ReportedFigure(
            **{
                "number": f"SJ-{unit_code}-2025-{next(_serial):05d}",
                "unit_id": unit(session, unit_code).id,
                "period": "2026-07",
                "indicator": "领导接访人次",
                "value": Decimal(12),
                "registered_at": NOW,
            }
            | values
        ),
    )


def _added(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row
