"""The least valid row of each kind; override by keyword. They write straight to the database, without audit."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bulletin import Bulletin
from models.category import Category
from models.leader_reception import LeaderReception
from models.village_session import VillageSession
from models.visit import Visit, VisitContact
from tests.people import NOW, TODAY, unit

_serial = count(1)


def plain_session() -> Session:
    """A session without audit guard on the current application's database; commits on leaving the block."""
    from extensions import db

    return Session(db.engine, expire_on_commit=False)


def category(session: Session, name: str = "住房保障与房地产") -> Category:
    return session.scalars(select(Category).where(Category.name == name)).one()


def visit(
    session: Session, unit_code: str = "AL21", *, names: tuple[str, ...] = ("周大山",), **values: Any
) -> Visit:
    """A visit of one person on the tests' Wednesday, solved on the spot."""
    from actions.visit_search import index_visit

    serial = next(_serial)
    row = Visit(
        **{
            "number": f"LF-{unit_code}-2026-{serial:05d}",
            "unit_id": unit(session, unit_code).id,
            "visit_date": TODAY,
            "reception_type": "daily",
            "place": "接访大厅",
            "receptionist": "林秀",
            "persons": 1,
            "representatives": 1,
            "visit_kind": "first",
            "category_id": category(session).id,
            "purpose": "request",
            "content": "反映小区房屋漏水，多次找物业没有结果。",
            "outcome": "solved",
            "registered_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    for position, name in enumerate(names, start=1):
        session.add(
            VisitContact(uid=f"{row.uid[:28]}{position:04d}", visit_id=row.id, position=position, name=name)
        )
    session.flush()
    index_visit(session, row)
    return row


def village_session(session: Session, unit_code: str = "AL2101", **values: Any) -> VillageSession:
    """A Wednesday with one matter solved for one person."""
    row = VillageSession(
        **{
            "number": f"CJ-{unit_code}-2026-{next(_serial):05d}",
            "unit_id": unit(session, unit_code).id,
            "session_date": TODAY,
            "mode": "visitors",
            "batches": 1,
            "persons": 1,
            "solved_batches": 1,
            "solved_persons": 1,
            "registered_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def leader_reception(session: Session, unit_code: str = "AL", **values: Any) -> LeaderReception:
    row = LeaderReception(
        **{
            "number": f"LD-{unit_code}-2026-{next(_serial):05d}",
            "unit_id": unit(session, unit_code).id,
            "reception_date": TODAY,
            "leader_name": "韩副县长",
            "mode": "fixed",
            "batches": 1,
            "persons": 2,
            "solved": 1,
            "registered_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def bulletin(session: Session, unit_code: str = "AL01", **values: Any) -> Bulletin:
    """A draft of a daily bulletin of the tests' Wednesday about the unit itself and all below it."""
    unit_id = unit(session, unit_code).id
    row = Bulletin(
        **{
            "unit_id": unit_id,
            "subject_unit_id": unit_id,
            "kind": "daily",
            "period": TODAY.isoformat(),
            "period_start": TODAY,
            "period_end": TODAY,
            "format": "document",
            "title": "关于2026年7月15日信访接待工作情况的通报",
            "source": "当日，共接待群众来访〔接待来访批次〕批〔接待来访人次〕人次。",
            "drafted_at": NOW,
            "listed_on": TODAY,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def days_before(number: int, day: date = TODAY) -> date:
    return day - timedelta(days=number)


def moments_before(minutes: int, moment: datetime = NOW) -> datetime:
    return moment - timedelta(minutes=minutes)
