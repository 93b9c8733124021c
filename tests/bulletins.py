"""Bulletins through their actions, as tests need them: drafted, submitted, issued."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from actions.bulletin_issue import issue_bulletin
from actions.bulletins import BulletinData, draft_bulletin, submit_bulletin
from actions.document_registers import open_register
from actions.seals import register_seal
from models.bulletin import Bulletin, DocumentRegister
from models.seal import Seal
from rules.bulletin_kinds import BulletinKind
from rules.periods import parse_period
from tests import people
from tests.people import NOW, TODAY, Member, actor, unit
from web.bulletin_writing import to_freeze

SOURCE = "7月，共接待群众来访〔接待来访批次〕批〔接待来访人次〕人次。"
"""In `tests.indicators.world` 5 visits and 23 persons."""


def data(session: Session, subject: str = "AL", **changes: Any) -> BulletinData:
    """A monthly bulletin of July 2026 about the county."""
    values = {
        "kind": BulletinKind.MONTHLY,
        "period": parse_period("2026-07"),
        "subject_unit_id": unit(session, subject).id,
        "title": "关于2026年7月全县信访接待工作情况的通报",
        "source": SOURCE,
    }
    return BulletinData(**(values | changes))


def drafted(session: Session, who: Member = people.WU, *, subject: str = "AL", **changes: Any) -> Bulletin:
    key = changes.pop("key", "")
    return draft_bulletin(
        session,
        actor=actor(session, who),
        now=NOW,
        today=TODAY,
        data=data(session, subject, **changes),
        submission_key=key,
    )


def submitted(session: Session, who: Member = people.WU, *, subject: str = "AL", **changes: Any) -> Bulletin:
    row = drafted(session, who, subject=subject, **changes)
    submit_bulletin(session, actor=actor(session, who), now=NOW, row=row, version=row.version)
    return row


def issue(
    session: Session,
    row: Bulletin,
    register: DocumentRegister,
    *,
    by: Member = people.ZHENG,
    seal: Seal | None = None,
    version: int | None = None,
    today: date = TODAY,
    now: datetime = NOW,
) -> Bulletin:
    """As the page does it: figures and number in one unit of work."""
    issue_bulletin(
        session,
        actor=actor(session, by),
        now=now,
        today=today,
        row=row,
        version=row.version if version is None else version,
        written=to_freeze(session, row, today),
        register=register,
        seal=seal,
    )
    return row


def register(session: Session, who: Member = people.ZHENG, word: str = "安信通") -> DocumentRegister:
    return open_register(
        session,
        actor=actor(session, who),
        now=NOW,
        word=word,
        mark=unit(session, who.unit).name,
        grid="strict",
    )


def seal(session: Session, who: Member = people.ZHENG) -> Seal:
    name = unit(session, who.unit).name
    return register_seal(
        session, actor=actor(session, who), now=NOW, name=name, image=red_circle(), width_mm=42
    )


def red_circle() -> bytes:
    """A transparent PNG."""
    picture = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((10, 10, 190, 190), outline=(200, 0, 0, 255), width=8)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
