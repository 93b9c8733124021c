"""From tallies to numbers: all registers, both periods and all units in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    by_unit: bool = False
    sealed: bool | None = None


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


def reckon(session: Session, asked: Sequence[Ask], indicators: Iterable[Indicator]) -> list[ByUnit]:
    """For each question {unit id: {part: number}}, with WHOLE as the only id where units were not asked for.

    A unit without rows is missing. Slots are given by the unit that owes them.
    """
    parts = list(dict.fromkeys(part for indicator in indicators for part in indicator.parts))
    found = _tallied(session, asked, [p for p in parts if isinstance(p, Tally)])
    _add_slots(session, asked, [p for p in parts if isinstance(p, Slots)], found)
    return [{unit: dict(numbers) for unit, numbers in by_unit.items()} for by_unit in found]


def added(numbers: Iterable[Numbers], indicators: Iterable[Indicator]) -> Numbers:
    """Several units' numbers as one; 0 for what none of them has."""
    found: dict[Part, int] = {part: 0 for indicator in indicators for part in indicator.parts}
    for row in numbers:
        for part in found.keys() & row.keys():
            found[part] += row[part]
    return found


_Found = list[defaultdict[int, dict[Part, int]]]


def _tallied(session: Session, asked: Sequence[Ask], tallies: Sequence[Tally]) -> _Found:
    """One statement; each branch is one question to one register (or to the part that sums lie in), filled up to the same width."""
    found: _Found = [defaultdict(dict) for _ in asked]
    sources: dict[tuple[Source, Any], list[Tally]] = defaultdict(list)
    for tally in tallies:
        sources[tally.source, tally.lies_in].append(tally)
    branches = [
        (place, members)
        for place, ask in enumerate(asked)
        for members in sources.values()
        if _has(ask, members)
    ]
    if not branches:
        return found
    width = max(len(members) for _, members in branches)
    statement = union_all(
        *(_branch(number, asked[place], members, width) for number, (place, members) in enumerate(branches))
    )
    for number, unit_id, *values in session.execute(statement).all():
        place, members = branches[number]
        found[place][unit_id] |= {t: int(v) for t, v in zip(members, values, strict=False)}
    return found


def _has(ask: Ask, members: Sequence[Tally]) -> bool:
    return ask.sealed is not True or members[0].source.sealed is not None


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


def _add_slots(session: Session, asked: Sequence[Ask], slots: Sequence[Slots], found: _Found) -> None:
    """Nothing that is owed is sealed, so it stands with the unsealed."""
    owing = [(place, ask) for place, ask in enumerate(asked) if ask.sealed is not True]
    for slot in slots:
        expected = slot.reckon(session, [ask.scope for _, ask in owing])
        for (place, ask), by_unit in zip(owing, expected, strict=True):
            if not ask.by_unit:
                found[place][WHOLE][slot] = sum(by_unit.values())
                continue
            for unit_id, number in by_unit.items():
                found[place][unit_id][slot] = number
