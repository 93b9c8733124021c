"""The numbers behind one bulletin: its own and those of the units below, with the earlier periods beside them.

However many tokens a text has, they are asked for together: one statement for all registers, periods and units, one
for what is due, and one for the units where any is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from indicators.breakdown import numbers_by_top, units_directly_below, units_within
from indicators.definition import Indicator, Numbers
from indicators.reckoning import Ask, ByUnit, added, reckon
from indicators.scope import FigureScope
from indicators.table import Figure, FigureTable, table_of
from queries.scope import is_county
from rules.periods import Compare

When = Compare | None
"""None is the bulletin's own period."""


@dataclass(frozen=True)
class UnitBelow:
    """A unit directly below, with all below it; the scope's own level alone has no id, for no list shows it."""

    id: int | None
    label: str
    name: str
    numbers: Mapping[When, Numbers]
    is_county: bool = False


@dataclass(frozen=True)
class BulletinNumbers:
    """`below` is empty where units were not asked for."""

    scope: FigureScope
    indicators: tuple[Indicator, ...]
    whole: Mapping[When, Numbers]
    below: tuple[UnitBelow, ...]

    def figure(self, code: str, compare: When = None, unit: UnitBelow | None = None) -> Figure:
        return self.table(compare, unit)[code]

    def table(self, compare: When = None, unit: UnitBelow | None = None) -> FigureTable:
        """Every figure, beside those of an earlier period where asked."""
        numbers = unit.numbers if unit else self.whole
        scope = self._scope_of(unit) if unit else self.scope
        before = scope.compared(compare) if compare else None
        earlier = numbers[compare] if compare else None
        return table_of(scope, compare, before, numbers[None], earlier, self.indicators)

    def _scope_of(self, unit: UnitBelow) -> FigureScope:
        return replace(self.scope, unit_id=unit.id or self.scope.unit_id, is_county=unit.is_county)


def bulletin_numbers(
    session: Session,
    scope: FigureScope,
    indicators: Sequence[Indicator],
    compares: Sequence[Compare],
    *,
    by_unit: bool,
) -> BulletinNumbers:
    """At most three statements."""
    whens: tuple[When, ...] = (None, *compares)
    scopes = [scope.compared(when) if when else scope for when in whens]
    asked = [ask for s in scopes for ask in _asks(s, tuple(indicators), by_unit)]
    found = reckon(session, asked)
    each = len(asked) // len(scopes)
    parts = {when: found[place * each : (place + 1) * each] for place, when in enumerate(whens)}
    whole = {when: _together(numbers, indicators) for when, numbers in parts.items()}
    below = _below(session, scope, indicators, parts) if by_unit else ()
    return BulletinNumbers(scope, tuple(indicators), whole, below)


def _asks(scope: FigureScope, indicators: tuple[Indicator, ...], by_unit: bool) -> list[Ask]:
    """Sealed rows count for the county as a whole and for no unit, so by unit they are asked for apart."""
    if not by_unit:
        return [Ask(scope, indicators)]
    sealed = [Ask(scope, indicators, by_unit=True, sealed=True)] if scope.is_county else []
    return [Ask(scope, indicators, by_unit=True, sealed=False), *sealed]


def _together(numbers: Sequence[ByUnit], indicators: Sequence[Indicator]) -> Numbers:
    return added([n for by_unit in numbers for n in by_unit.values()], indicators)


def _below(
    session: Session, scope: FigureScope, indicators: Sequence[Indicator], parts: Mapping[When, list[ByUnit]]
) -> tuple[UnitBelow, ...]:
    units = units_within(session, scope)
    members = {
        when: numbers_by_top(units, scope, found[0], found[1] if len(found) > 1 else {})
        for when, found in parts.items()
    }

    def numbers_of(unit_id: int) -> dict[When, Numbers]:
        return {when: added(by_top[unit_id], indicators) for when, by_top in members.items()}

    own = f"{scope.unit_label}本级"
    children: list[Any] = units_directly_below(units, scope, members[None])
    rows = [UnitBelow(u.id, u.short_name or u.name, u.name, numbers_of(u.id), is_county(u)) for u in children]
    return (UnitBelow(None, own, own, numbers_of(scope.unit_id)), *rows) if rows else ()
