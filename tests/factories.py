"""The least valid row of each kind; override by keyword. They write straight to the database, without audit."""

import hashlib
import io
from base64 import b64encode
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import count
from types import MappingProxyType
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import new_uid
from models.bulletin import Bulletin, BulletinTemplate, DocumentNumber, DocumentRegister
from models.category import Category
from models.duty_desk import PeriodReport, SpecialPeriod
from models.leader_reception import LeaderReception
from models.leader_schedule import LeaderSchedule
from models.petition import Petition, PetitionContact, PetitionUnit
from models.print_order import PrintOrder
from models.protected import protect
from models.seal import Seal, SealUse, seal_place
from models.staff import Account
from models.village_session import VillageSession
from models.visit import Visit, VisitContact
from queries.sign_in import actor_of
from rules.numbering import document_number
from rules.special_periods import due_at
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


def petition(
    session: Session,
    unit_code: str = "AL01",
    *,
    names: tuple[str, ...] = ("周大山",),
    responsible: str = "",
    parts: Mapping[str, str] = MappingProxyType({}),
    **values: Any,
) -> Petition:
    """A letter of one person that the county's office registered on the tests' Wednesday and has not sent on.

    `responsible` is the code of the unit that was given it, which then also has its live part as 主办; `parts` gives
    further units theirs: `{"AL12": "joint"}`.
    """
    from actions.petition_search import index_petition

    registered_on = values.get("registered_on", TODAY)
    given = {"responsible_unit_id": unit(session, responsible).id} if responsible else {}
    row = Petition(
        **{
            "number": f"XF-{unit_code}-2026-{next(_serial):05d}",
            "unit_id": unit(session, unit_code).id,
            "registered_on": registered_on,
            "received_on": registered_on,
            "channel": "letter",
            "source_level": "county",
            "persons": 1,
            "item_kind": "first",
            "title": "反映房屋漏水",
            "content": "反映小区房屋漏水，多次找物业没有结果。",
            "category_id": category(session).id,
            "purpose": "request",
            "stage": "pending",
            "dispatch_due_on": registered_on + timedelta(days=15),
            "registered_at": NOW,
        }
        | given
        | values
    )
    session.add(row)
    session.flush()
    for position, name in enumerate(names, start=1):
        uid = f"{row.uid[:28]}{position:04d}"
        session.add(PetitionContact(uid=uid, petition_id=row.id, position=position, name=name))
    for code, part in {**({responsible: "responsible"} if responsible else {}), **parts}.items():
        part_of = unit(session, code).id
        session.add(PetitionUnit(petition_id=row.id, unit_id=part_of, part=part, since=registered_on))
    session.flush()
    index_petition(session, row)
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


def document_register(session: Session, unit_code: str = "AL01", **values: Any) -> DocumentRegister:
    owner = unit(session, unit_code)
    row = DocumentRegister(
        **{"unit_id": owner.id, "word": f"{owner.label}信通", "mark": owner.name, "opened_at": NOW} | values
    )
    session.add(row)
    session.flush()
    return row


def seal_picture(side: int = 500) -> bytes:
    """A red ring with a bar on white, as a scanner would save it."""
    picture = Image.new("RGB", (side + 100, side + 60), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((40, 30, 40 + side, 30 + side), outline=(214, 32, 30), width=side // 25)
    pen.rectangle(
        (40 + side // 4, 30 + side // 2, 40 + side * 3 // 4, 30 + side * 5 // 8), fill=(214, 32, 30)
    )
    output = io.BytesIO()
    picture.save(output, format="PNG")
    return output.getvalue()


def seal(session: Session, unit_code: str = "AL01", **values: Any) -> Seal:
    owner, uid, image = unit(session, unit_code), new_uid(), seal_picture()
    row = Seal(
        **{
            "uid": uid,
            "unit_id": owner.id,
            "name": owner.name,
            "cipher": protect(b64encode(image).decode(), place=seal_place(uid)),
            "digest": hashlib.sha256(image).hexdigest(),
            "width_mm": 42,
            "registered_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def bulletin_template(session: Session, unit_code: str = "AL01", **values: Any) -> BulletinTemplate:
    row = BulletinTemplate(
        **{
            "unit_id": unit(session, unit_code).id,
            "kind": "daily",
            "name": "日通报（简版）",
            "title": "关于〔期间〕信访接待工作情况的通报",
            "source": "当日，共接待群众来访〔接待来访批次〕批。",
            "saved_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def issued(
    session: Session, register: DocumentRegister, serial: int = 1, seal: Seal | None = None, **values: Any
) -> Bulletin:
    """A bulletin of the register's office with its number of 2026 and, where a seal is given, its line in the book of
    uses; without the frozen content."""
    taken_at = values.pop("taken_at", NOW)
    row = Bulletin(
        **{
            "unit_id": register.unit_id,
            "subject_unit_id": register.unit_id,
            "kind": "daily",
            "period": TODAY.isoformat(),
            "period_start": TODAY,
            "period_end": TODAY,
            "format": "document",
            "title": f"第{serial}份通报",
            "addressees": "各乡镇",
            "source": "当日无来访。",
            "drafted_at": NOW,
            "listed_on": TODAY,
            "state": "issued",
            "number": document_number(register.word, 2026, serial),
            "issued_on": TODAY,
            "issued_at": taken_at,
        }
        | values
    )
    session.add(row)
    session.flush()
    session.add(
        DocumentNumber(
            register_id=register.id, year=2026, serial=serial, bulletin_id=row.id, taken_at=taken_at
        )
    )
    if seal is not None:
        session.add(
            SealUse(seal_id=seal.id, bulletin_id=row.id, used_at=taken_at, content_digest=f"{serial:064d}")
        )
    session.flush()
    return row


def scheduled_day(session: Session, unit_code: str = "AL", **values: Any) -> LeaderSchedule:
    """The Wednesday two weeks after the tests' own."""
    row = LeaderSchedule(
        **{
            "unit_id": unit(session, unit_code).id,
            "day": date(2026, 7, 29),
            "starts_at": time(9, 0),
            "ends_at": time(11, 30),
            "leader_name": "韩副县长",
            "post": "副县长",
            "portfolio": "分管城乡建设工作",
            "mode": "fixed",
            "place": "县信访局领导接访室",
            "telephone": "0379-6000001",
            "registered_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def special_period(session: Session, unit_code: str = "AL", **values: Any) -> SpecialPeriod:
    """Monday to Friday of the tests' own week, reports until 17:00."""
    row = SpecialPeriod(
        **{
            "uid": new_uid(),
            "unit_id": unit(session, unit_code).id,
            "name": "防汛值守",
            "first_day": date(2026, 7, 13),
            "last_day": date(2026, 7, 17),
            "report_at": time(17, 0),
            "demands": "每天报送，有事即报。",
            "declared_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def period_report(
    session: Session, period: SpecialPeriod, unit_code: str, day: date = TODAY, **values: Any
) -> PeriodReport:
    """A report of nothing, an hour before the tests' own moment."""
    row = PeriodReport(
        **{
            "period_id": period.id,
            "unit_id": unit(session, unit_code).id,
            "day": day,
            "events": 0,
            "content": "零报告：无情况。",
            "due_at": due_at(day, period.report_at),
            "reported_at": NOW - timedelta(hours=1),
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


def print_order(session: Session, username: str = "lin", **values: Any) -> PrintOrder:
    """A finished print of all visits, as its owner reads them now; its file is somebody else's to write."""
    account = session.scalars(select(Account).where(Account.username == username)).one()
    actor = actor_of(session, account.id, "tests")
    assert actor is not None
    row = PrintOrder(
        **{
            "account_id": account.id,
            "reach": actor.reach,
            "kind": "visits",
            "arguments": "{}",
            "title": "来访登记册",
            "sentence": "全部有效登记",
            "state": "done",
            "pieces": 4,
            "pages": 1,
            "made_at": NOW,
            "finished_at": NOW,
            "expires_at": NOW + timedelta(days=7),
        }
        | values
    )
    session.add(row)
    session.flush()
    return row
