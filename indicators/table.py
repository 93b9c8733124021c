"""The table of figures that page, Excel, JSON and command line all print."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from indicators.catalogue import catalogue_of
from indicators.definition import Indicator, Numbers, Slots, Value
from indicators.reckoning import Ask, added, reckon
from indicators.scope import FigureScope
from rules.periods import Compare


@dataclass(frozen=True)
class Records:
    """Where the rows behind a figure stand: which list of the site, and its query string."""

    page: str
    args: dict[str, str]


@dataclass(frozen=True)
class Figure:
    """`text`, `previous_text` and `change_text` are the only rounded forms; nothing else may round again."""

    indicator: Indicator
    value: Value
    text: str
    fraction: tuple[int, int] | None
    previous: Value
    previous_text: str | None
    change: Decimal | None
    change_text: str | None
    """None where nothing is compared; — where there is no base to compare with."""
    records: Records | None
    """None where there is nothing to list: the figure does not exist for this unit, or nothing can be due yet."""
    falls_short: bool = False
    """A rate of timeliness that is not full."""

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def name(self) -> str:
        return self.indicator.name


@dataclass(frozen=True)
class FigureTable:
    scope: FigureScope
    compare: Compare | None
    before: FigureScope | None
    figures: tuple[Figure, ...]

    def __getitem__(self, code: str) -> Figure:
        return next(figure for figure in self.figures if figure.code == code)


def figure_table(
    session: Session,
    scope: FigureScope,
    compare: Compare | None = None,
    indicators: Sequence[Indicator] | None = None,
) -> FigureTable:
    """Every figure of a scope, each campaign alone among them, beside an earlier period's where asked."""
    indicators = catalogue_of(session, scope) if indicators is None else indicators
    before = scope.compared(compare) if compare else None
    asked = [Ask(s, tuple(indicators)) for s in (scope, before) if s]
    numbers = [added(found.values(), indicators) for found in reckon(session, asked)]
    return table_of(scope, compare, before, numbers[0], numbers[1] if before else None, indicators)


def table_of(
    scope: FigureScope,
    compare: Compare | None,
    before: FigureScope | None,
    now: Numbers,
    earlier: Numbers | None,
    indicators: Sequence[Indicator],
) -> FigureTable:
    return FigureTable(scope, compare, before, tuple(_figure(i, scope, now, earlier) for i in indicators))


def _figure(indicator: Indicator, scope: FigureScope, now: Numbers, earlier: Numbers | None) -> Figure:
    exists = indicator.exists_in(scope)
    value = indicator.value(now) if exists else None
    previous = indicator.value(earlier) if exists and earlier is not None else None
    return Figure(
        indicator,
        value,
        indicator.text(value),
        indicator.fraction(now),
        previous,
        indicator.text(previous) if earlier is not None else None,
        indicator.change(value, previous),
        indicator.change_text(value, previous) if earlier is not None else None,
        records_of(indicator, scope, scope.unit_id),
        exists and indicator.falls_short(now),
    )


def records_of(indicator: Indicator, scope: FigureScope, unit_id: int) -> Records | None:
    """The rows behind a figure of one unit: of a rate those of its denominator, of a sum those added up."""
    if not indicator.exists_in(scope):
        return None
    part = indicator.listed[0]
    if isinstance(part, Slots):
        return _records_of_slots(part, scope, unit_id)
    listed = part.source.listed(scope, unit_id)
    return None if listed is None else Records(part.source.key, listed | part.narrowing(scope))


def _records_of_slots(slots: Slots, scope: FigureScope, unit_id: int) -> Records | None:
    """None where a page of the period would have no day to show: it has not begun."""
    if not slots.of_period:
        return Records(slots.records, {"unit": str(unit_id), "date": str(scope.last_day)})
    if scope.last_day < scope.period.start:
        return None
    return Records(slots.records, dated(scope, unit_id) | {"to": str(scope.last_day)})


def dated(scope: FigureScope, unit_id: int) -> dict[str, str]:
    """The scope as the lists of the site write it: both days belong to it, and so does all below the unit."""
    return {"from": str(scope.period.start), "to": str(scope.period.end), "unit": str(unit_id)}


def as_json(table: FigureTable) -> dict[str, Any]:
    """The shape that `statistics export` promises. A count has neither numerator nor denominator; without a
    comparison `previous` and `change_text` are null. `unit` is the unit's code."""
    return {
        "period": table.scope.period.text,
        "unit": table.scope.unit_code,
        "as_of": table.scope.as_of.isoformat(),
        "figures": {figure.code: _figure_json(figure) for figure in table.figures},
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    written: dict[str, Any] = {"value": _number(figure.value), "text": figure.text}
    if figure.fraction is not None:
        written["numerator"], written["denominator"] = figure.fraction
    return written | {"previous": _number(figure.previous), "change_text": figure.change_text}


def _number(value: Value) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
