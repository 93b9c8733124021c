"""Sums that take longer than the page they stand on are kept in this process until anything is entered.

Every change is audited in its own transaction and these follow one another, so the head of the audit chain names the
state of all data: what was reckoned for one head is true as long as the head is the same (decision 0025).
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from models.engine import ENTERED, WRITES
from rules.roles import Actor

T = TypeVar("T")
Asked = ParamSpec("Asked")


class Memory:
    """The last `most` results of each of two states of the data, those least asked for forgotten first. Results are not
    to be changed by who gets them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._states: OrderedDict[str, OrderedDict[Hashable, Any]] = OrderedDict()
        self._lock = Lock()

    def recall(self, session: Session, data_state: str, key: Hashable, reckon: Callable[[], T]) -> T:
        """`reckon()`, or what it gave for the same key and `rules.roles.Actor.data_state`.

        `key` says everything besides the data that the result depends on: who reads, what is asked, which day. Where
        this session writes or entered anything, or the state is not known (""), nothing is taken or given.
        """
        if not data_state or session.info.get(WRITES) or session.info.get(ENTERED):
            return reckon()
        with self._lock:
            kept = self._states.get(data_state) or OrderedDict()
            if key in kept:
                kept.move_to_end(key)
                found: T = kept[key]
                return found
        found = reckon()
        with self._lock:
            self._keep(data_state, key, found)
        return found

    def _keep(self, data_state: str, key: Hashable, found: Any) -> None:
        kept = self._states.setdefault(data_state, OrderedDict())
        kept[key] = found
        while len(kept) > self._most:
            kept.popitem(last=False)
        while len(self._states) > _STATES:
            self._states.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._states.clear()


_STATES = 2
"""That of the last entry, and the one before it for readers who are under way."""
SUMS = Memory(2_000)
"""A few numbers, or the ids of one page, each."""
FIGURES = Memory(24)
"""Reports of figures, with a line for each unit below."""


def forget() -> None:
    """All of it, as an entry would."""
    for memory in (SUMS, FIGURES):
        memory.clear()


def remembered(
    reckon: Callable[Concatenate[Session, Actor, Asked], T],
) -> Callable[Concatenate[Session, Actor, Asked], T]:
    """Keep in SUMS what a reckoning gives an actor; all else that it is asked with must be hashable and say the day."""

    @wraps(reckon)
    def recalled(session: Session, actor: Actor, *asked: Asked.args, **named: Asked.kwargs) -> T:
        key = (reckon.__module__, reckon.__qualname__, actor.reach, asked, tuple(sorted(named.items())))
        return SUMS.recall(session, actor.data_state, key, lambda: reckon(session, actor, *asked, **named))

    return recalled
