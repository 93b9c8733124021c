"""Which running clocks would fall due on other days under other terms. Reads; what moves them is in actions."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.deadline import Deadline
from models.organisation import Unit
from models.petition import Petition
from queries.petition_days import CLOCK_WORDS
from queries.petition_scope import petition_is_visible
from rules.calendar_effects import Terms
from rules.clock_inputs import fact_from_inputs
from rules.errors import RuleViolation
from rules.roles import Actor
from rules.time_limit_kinds import Due

D = Deadline
_AT_ONCE = 500
"""Ids in one statement, well below what either database takes."""

OPEN = (D.met_on.is_(None), D.ended_on.is_(None))
"""A clock that still runs; what is closed is never moved."""


@dataclass(frozen=True)
class DeadlineMove:
    """One stored clock beside what it would be."""

    deadline_id: int
    petition_id: int
    key: str
    unit_id: int | None
    started_on: date
    due_on: date
    legal_due_on: date | None
    provisional: bool
    new: Due

    @property
    def shifts(self) -> bool:
        """Whether the day that counts changes; otherwise only 暂定 or 法定届满日 does."""
        return self.new.due_on != self.due_on

    @property
    def earlier(self) -> bool:
        """Whether somebody would have less time than was said before."""
        return self.new.due_on < self.due_on

    @property
    def urgency(self) -> tuple[bool, bool, date, int]:
        return not self.earlier, not self.shifts, self.new.due_on, self.deadline_id


def moves_under(session: Session, terms: Terms, *, incomplete_only: bool = False) -> list[DeadlineMove]:
    """Clocks that would move, those with less time first. One statement, one reckoning for each kind of clock and day.

    `incomplete_only` looks at those alone that were reckoned without the calendar they need.
    """
    return sorted(_moves(session, terms, incomplete_only), key=lambda move: move.urgency)


def _moves(session: Session, terms: Terms, incomplete_only: bool) -> Iterator[DeadlineMove]:
    statement = select(
        *(
            D.id,
            D.petition_id,
            D.key,
            D.unit_id,
            D.started_on,
            D.due_on,
            D.legal_due_on,
            D.provisional,
            D.inputs,
        )
    ).where(*OPEN)
    if incomplete_only:
        statement = statement.where(or_(D.provisional, D.legal_due_on.is_(None)))
    known: dict[tuple[str, date, str], Due | None] = {}
    for row in session.execute(statement.order_by(D.id)):
        place = (row.key, row.started_on, row.inputs)
        if place not in known:
            known[place] = _due(terms, *place)
        new = known[place]
        if new and (row.due_on, row.legal_due_on, row.provisional) != _dates(new):
            yield DeadlineMove(*row[:-1], new)


def _dates(due: Due) -> tuple[date, date | None, bool]:
    return due.due_on, due.legal_due_on, due.provisional


def _due(terms: Terms, key: str, start: date, inputs: str) -> Due | None:
    """None where the limit no longer takes these facts: such a clock keeps the dates it was given."""
    try:
        return terms.due(fact_from_inputs(key, start, inputs))
    except RuleViolation:
        return None


@dataclass(frozen=True)
class MoveCount:
    """How many clocks of one kind and unit would move: numbers only, for those who read no petitions."""

    clock: str
    unit: str
    all: int
    later: int
    earlier: int


def count_moves(session: Session, moves: list[DeadlineMove]) -> list[MoveCount]:
    """One statement, for the names of units."""
    groups = Counter((m.key, m.unit_id) for m in moves)
    shifted = Counter((m.key, m.unit_id) for m in moves if m.shifts)
    earlier = Counter((m.key, m.unit_id) for m in moves if m.earlier)
    names = (
        {unit.id: unit.label for unit in session.scalars(select(Unit).order_by(Unit.sort_order))}
        if groups
        else {}
    )
    order = {unit_id: place for place, unit_id in enumerate(names)}
    clocks = list(CLOCK_WORDS)
    in_order = sorted(groups, key=lambda g: (clocks.index(g[0]), order.get(g[1] or 0, -1)))
    return [
        MoveCount(
            CLOCK_WORDS[key],
            names.get(unit_id, "") if unit_id else "（信访人的时间）",
            groups[key, unit_id],
            shifted[key, unit_id] - earlier[key, unit_id],
            earlier[key, unit_id],
        )
        for key, unit_id in in_order
    ]


@dataclass(frozen=True)
class MoveRow:
    """A move as a list tells it."""

    petition_id: int
    number: str
    unit: str
    clock: str
    started_on: date
    due_on: date
    new_due_on: date
    legal_due_on: date | None
    new_legal_due_on: date | None
    was_provisional: bool
    provisional: bool
    shifts: bool
    earlier: bool


def visible_moves(session: Session, actor: Actor, moves: list[DeadlineMove]) -> list[DeadlineMove]:
    """Those of petitions that the actor may see; one statement."""
    if not moves:
        return []
    running = select(D.petition_id).where(*OPEN)
    seen = set(
        session.scalars(select(Petition.id).where(Petition.id.in_(running), petition_is_visible(actor)))
    )
    return [move for move in moves if move.petition_id in seen]


def move_rows(session: Session, moves: list[DeadlineMove]) -> list[MoveRow]:
    """The lines of these moves, in their order; the caller chose them by `visible_moves`."""
    numbers = _numbers(session, sorted({move.petition_id for move in moves}))
    units = {i for move in moves if (i := move.unit_id) is not None}
    names = {u.id: u.label for u in session.scalars(select(Unit).where(Unit.id.in_(units)))} if units else {}
    return [
        MoveRow(
            m.petition_id,
            numbers[m.petition_id],
            names.get(m.unit_id or 0, ""),
            CLOCK_WORDS[m.key],
            *(m.started_on, m.due_on, m.new.due_on, m.legal_due_on, m.new.legal_due_on),
            *(m.provisional, m.new.provisional, m.shifts, m.earlier),
        )
        for m in moves
    ]


def _numbers(session: Session, ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = select(Petition.id, Petition.number).where(Petition.id.in_(ids[start : start + _AT_ONCE]))
        found |= {row.id: row.number for row in session.execute(part)}
    return found
