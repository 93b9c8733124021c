"""What another calendar, or other limits, would move: shown before anybody confirms it. Changes nothing itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from rules.time_limit_kinds import Due, LimitBasis, Pause, TimeLimit
from rules.time_limits import limit_on, reckon
from rules.work_calendar import WorkCalendar

ASSUMED = "责任单位还没有签收，暂按转送交办之日起算；签收后按签收之日计算。"


@dataclass(frozen=True)
class DeadlineFact:
    """The dated facts of one clock. `met_on` closes it: what is closed is never moved."""

    id: int
    key: str
    start: date
    extension_days: int = 0
    extension_approved_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    set_for: date | None = None
    met_on: date | None = None
    assumed: bool = False
    """The unit has not signed: its clock runs from the day it was sent, for the time being."""


@dataclass(frozen=True)
class Terms:
    """What due dates are reckoned by."""

    calendar: WorkCalendar
    limits: tuple[TimeLimit, ...]

    def has_limit(self, key: str, day: date) -> bool:
        return any(limit.key == key and limit.in_use and limit.valid_from <= day for limit in self.limits)

    def due(self, fact: DeadlineFact) -> Due:
        """By the version of the limit in force on the start day. Raises NotInForce, RuleViolation as `reckon`."""
        limit = limit_on(self.limits, fact.key, fact.start)
        due = reckon(
            limit,
            fact.start,
            self.calendar,
            extension_days=fact.extension_days,
            extension_approved_on=fact.extension_approved_on,
            pauses=fact.pauses,
            set_for=fact.set_for,
            statutory_due_on=self._statutory_due(limit, fact),
        )
        return replace(due, provisional=True, trace=(ASSUMED, *due.trace)) if fact.assumed else due

    def _statutory_due(self, limit: TimeLimit, fact: DeadlineFact) -> date | None:
        """An extension that the regulation allows moves the office's own date, too (条例第三十四条)."""
        if not fact.extension_days or limit.basis is LimitBasis.STATUTE:
            return None
        statutes = [known for known in self.limits if known.basis is LimitBasis.STATUTE]
        return reckon(limit_on(statutes, fact.key, fact.start), fact.start, self.calendar).due_on


@dataclass(frozen=True)
class Move:
    """One open clock that would be due on another day, or would lose its 暂定."""

    fact: DeadlineFact
    old: Due
    new: Due

    @property
    def earlier(self) -> bool:
        """Whether somebody would have less time than was said before."""
        return self.new.due_on < self.old.due_on


def moves(facts: Iterable[DeadlineFact], old: Terms, new: Terms) -> Iterator[Move]:
    """Open clocks whose dates differ under the new terms, in the order of the facts."""
    for fact in facts:
        if fact.met_on is None:
            move = Move(fact, old.due(fact), new.due(fact))
            if _dates(move.old) != _dates(move.new):
                yield move


def _dates(due: Due) -> tuple[date, date | None, bool]:
    return due.due_on, due.legal_due_on, due.provisional
