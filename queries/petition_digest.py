"""今天要看的期限: what an actor handles and what the own unit owes, late or due within the warning days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select, union
from sqlalchemy.orm import Session

from models.deadline import Deadline
from models.petition import Petition
from queries.deadline_moves import OPEN
from queries.petition_days import CLOCK_WORDS, Days, days_left_in_words, light_of
from queries.petition_scope import petition_is_visible
from rules.lights import Light
from rules.petition_clocks import RIGHTS
from rules.roles import Actor

D, P = Deadline, Petition
SHOWN = 10


@dataclass(frozen=True)
class DigestRow:
    petition_id: int
    number: str
    title: str
    due_on: date
    clock: str
    """What is due then."""
    days_left: str
    light: Light | None
    is_mine: bool
    """Handled by the actor; otherwise it is only the unit's."""


@dataclass(frozen=True)
class Digest:
    """Counts of clocks, and the first of them to fall due."""

    overdue: int = 0
    today: int = 0
    near: int = 0
    near_days: int = 3
    rows: tuple[DigestRow, ...] = ()

    @property
    def all(self) -> int:
        return self.overdue + self.today + self.near


def petition_digest(session: Session, actor: Actor, days: Days, shown: int = SHOWN) -> Digest:
    """One statement: running duties only, since nobody is late with a right."""
    found = _pressing(actor, days).cte("found")
    counted = (
        func.count(case((condition, 1))).over().label(name)
        for name, condition in (
            ("overdue", found.c.due_on < days.today),
            ("now", found.c.due_on == days.today),
            ("near", found.c.due_on > days.today),
        )
    )
    statement = select(found, *counted).order_by(found.c.due_on, found.c.clock_id).limit(shown)
    rows = session.execute(statement).all()
    if not rows:
        return Digest()
    first = rows[0]
    return Digest(
        first.overdue, first.now, first.near, days.near_days, tuple(_row(r, actor, days) for r in rows)
    )


def _pressing(actor: Actor, days: Days) -> Any:
    pressing = (*OPEN, D.key.not_in(sorted(RIGHTS)), D.due_on <= max(days.today, days.near_until))
    owed = select(D.id).where(*pressing, D.unit_id == (actor.unit_id or 0))
    handled = (
        select(D.id).join(P, D.petition_id == P.id).where(*pressing, P.handler_id == (actor.person_id or 0))
    )
    return (
        select(
            *(
                D.id.label("clock_id"),
                D.key,
                D.due_on,
                P.id.label("petition_id"),
                P.number,
                P.title,
                P.content,
            ),
            P.handler_id,
        )
        .join(P, D.petition_id == P.id)
        .where(D.id.in_(union(owed, handled)), petition_is_visible(actor, live=True))
    )


def _row(r: Any, actor: Actor, days: Days) -> DigestRow:
    return DigestRow(
        *(r.petition_id, r.number, r.title or r.content, r.due_on, CLOCK_WORDS[r.key]),
        days_left_in_words(r.due_on, days.today),
        light_of(r.due_on, days),
        actor.person_id is not None and r.handler_id == actor.person_id,
    )
