"""Which public notices of a month's reception days an office has drafted or issued."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bulletin import Bulletin
from queries.bulletins import bulletin_is_visible
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_rules import BulletinState
from rules.periods import Period
from rules.roles import Actor
from rules.schedule_notice import TOKEN

B = Bulletin


@dataclass(frozen=True)
class NoticeMade:
    id: int
    title: str
    number: str
    state: BulletinState


def notices_of(session: Session, actor: Actor, unit_id: int, month: Period) -> list[NoticeMade]:
    """Those not given up that quote the schedule, latest first. One statement."""
    statement = select(B.id, B.title, B.number, B.state).where(
        bulletin_is_visible(actor),
        B.kind == BulletinKind.NOTICE.value,
        B.subject_unit_id == unit_id,
        B.period == month.text,
        B.voided_at.is_(None),
        B.source.contains(TOKEN, autoescape=True),
    )
    return [
        NoticeMade(r.id, r.title, r.number or "", BulletinState(r.state))
        for r in session.execute(statement.order_by(B.id.desc()))
    ]
