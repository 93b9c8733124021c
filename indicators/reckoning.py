"""From tallies to numbers: all registers, both periods and all units in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, literal_column, select, union_all
from sqlalchemy.orm import Session

from indicators.definition import Indicator, Numbers, Part, Slots, Tally
from indicators.scope import FigureScope
from indicators.source import Source
from queries.scope import within

WHOLE = 0
"""Stands for the unit id where numbers are not asked for by unit."""

ByUnit = dict[int, Numbers]


@dataclass(frozen=True)
class Ask:
    """Numbers of one scope. `sealed` None means what the scope's own row counts: all in the county's, else
    the unsealed ones; False and True ask for one part alone."""

    scope: FigureScope
    indicators: tuple[Indicator, ...]
    by_unit: bool = False
    sealed: bool | None = None

    @property
    def parts(self) -> list[Part]:
        """Each once."""
        return list(dict.fromkeys(part for indicator in self.indicators for part in indicator.parts))


def conditions(source: Source, scope: FigureScope, sealed: bool | None = None) -> list[Any]:
    """The rows of a register that count in a scope."""
    found = [
        source.lies_in(scope),
        source.voided.is_(None),
        within(source.unit, scope.unit_path),
        *source.only,
    ]
    if source.sealed is None or (sealed is None and scope.is_county):
        return found
    if sealed and source.sealed_lie_in is not None:
        found.append(source.sealed_lie_in)
    return [*found, source.sealed.is_(bool(sealed))]


def reckon(session: Session, asked: Sequence[Ask]) -> list[ByUnit]:
    """For each question {unit id: {part: number}}, with WHOLE as the only id where units were not asked for.

    A unit without rows is missing. Slots are given by the unit that owes them.
    """
    found: _Found = [defaultdict(dict) for _ in asked]
    _add_tallies(session, asked, found)
    _add_slots(session, asked, found)
    return [{unit: dict(numbers) for unit, numbers in by_unit.items()} for by_unit in found]


def added(numbers: Iterable[Numbers], indicators: Iterable[Indicator]) -> dict[Part, int]:
    """Several units' numbers as one; 0 for what none of them has."""
    found: dict[Part, int] = {part: 0 for indicator in indicators for part in indicator.parts}
    for row in numbers:
        for part in found.keys() & row.keys():
            found[part] += row[part]
    return found


_Found = list[defaultdict[int, dict[Part, int]]]


def _add_tallies(session: Session, asked: Sequence[Ask], found: _Found) -> None:
    branches, statement = _tallies(tuple(asked))
    for number, unit_id, *values in session.execute(statement).all() if branches else ():
        place, members = branches[number]
        found[place][unit_id] |= {t: int(v) for t, v in zip(members, values, strict=False)}


@lru_cache(maxsize=64)
def _tallies(asked: tuple[Ask, ...]) -> tuple[list[tuple[int, list[Tally]]], Any]:
    """Its branches, and one statement of them, which is long: the next look at the same page needs not put it together.
    Each branch is one question to one register (or to the part that sums lie in), filled up to the same width."""
    branches = [
        (place, members)
        for place, ask in enumerate(asked)
        for members in _by_register(ask)
        if ask.sealed is not True or members[0].source.sealed is not None
    ]
    width = max((len(members) for _, members in branches), default=0)
    parts = [
        _branch(number, asked[place], members, width) for number, (place, members) in enumerate(branches)
    ]
    return branches, union_all(*parts) if parts else None


def _by_register(ask: Ask) -> list[list[Tally]]:
    registers: dict[tuple[Source, Any], list[Tally]] = defaultdict(list)
    for part in ask.parts:
        if isinstance(part, Tally):
            registers[part.source, part.lies_in].append(part)
    return list(registers.values())


def _branch(number: int, ask: Ask, members: Sequence[Tally], width: int) -> Select[Any]:
    source, lies_in = members[0].source, members[0].lies_in
    values = [tally.expression(ask.scope) for tally in members]
    padding: list[Any] = [literal_column("0")] * (width - len(values))
    unit = source.unit if ask.by_unit else literal_column(str(WHOLE))
    statement = (
        select(literal_column(str(number)), unit, *values, *padding)
        .select_from(source.rows)
        .where(*conditions(source, ask.scope, ask.sealed), *([] if lies_in is None else [lies_in]))
    )
    return statement.group_by(source.unit) if ask.by_unit else statement


def _add_slots(session: Session, asked: Sequence[Ask], found: _Found) -> None:
    """Nothing that is owed is sealed, so it stands with the unsealed. One statement for each kind of what is owed."""
    owing: dict[Slots, list[tuple[int, Ask]]] = defaultdict(list)
    for place, ask in enumerate(asked):
        for part in ask.parts if ask.sealed is not True else ():
            if isinstance(part, Slots):
                owing[part].append((place, ask))
    for slot, asking in owing.items():
        scopes = list({id(ask.scope): ask.scope for _, ask in asking}.values())
        expected = dict(zip(map(id, scopes), slot.reckon(session, scopes), strict=True))
        for place, ask in asking:
            by_unit = expected[id(ask.scope)]
            if not ask.by_unit:
                found[place][WHOLE][slot] = sum(by_unit.values())
                continue
            for unit_id, number in by_unit.items():
                found[place][unit_id][slot] = number
