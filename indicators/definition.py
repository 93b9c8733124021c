"""How a figure is defined: rows counted, a column added up, expected slots, or a rate of two lists.

A definition says what it counts once, as a `Tally`; the same narrowing, as the list's address writes it, opens
the rows behind the figure. A test proves that both mean the same rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session

from indicators.scope import FigureScope
from indicators.source import Source
from rules import figures
from rules.taxonomy import Labelled

Value = int | Decimal | None
Where = Callable[[FigureScope], ColumnElement[bool]]
Narrowing = Callable[[FigureScope], Mapping[str, str]]


class Basis(Labelled):
    """口径: whose way of counting it is. The two of the acceptance rate may differ, so each figure says its own."""

    REGISTER = "register", "登记口径"
    SYSTEM = "system", "系统口径"
    STATUTE = "statute", "条例口径"


@dataclass(frozen=True, eq=False)
class Tally:
    """Rows of a register that meet `where`, counted, or the column `adds` of them added up.

    `records` are the names and values of the register's list that show the same rows; `records_in` those that the
    scope decides.
    """

    source: Source
    where: Where | None = None
    adds: Any = None
    different: Any = None
    """A column whose different values are counted instead of the rows."""
    records: Mapping[str, str] = field(default_factory=dict)
    records_in: Narrowing | None = None

    def narrowing(self, scope: FigureScope) -> dict[str, str]:
        """What the list's address must say besides days and unit."""
        asked = self.records_in(scope) if self.records_in else {}
        return {**self.source.records, **self.records, **asked}

    @property
    def lies_in(self) -> Any | None:
        """True of every row that it counts or adds up, where a small index holds those."""
        return None if self.adds is None else self.source.sums_lie_in

    def expression(self, scope: FigureScope) -> ColumnElement[int]:
        """The aggregate; 0 over no rows."""
        if self.different is not None:
            return func.count(self.different.distinct())
        aggregate = func.count() if self.adds is None else func.sum(self.adds)
        kept = aggregate if self.where is None else aggregate.filter(self.where(scope))
        return kept if self.adds is None else func.coalesce(kept, 0)


@dataclass(frozen=True, eq=False)
class Slots:
    """What should be there, by unit: `reckon(session, scopes)` gives for each scope {unit id: number}."""

    reckon: Callable[[Session, list[FigureScope]], list[dict[int, int]]]
    records: str
    """Which page of the site shows what is due."""
    of_period: bool = False
    """That page shows a whole period, not the one around a day."""


Part = Tally | Slots
Numbers = Mapping[Part, int]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure of the catalogue. `group` and `column` head it in a wide table."""

    code: str
    name: str
    group: str
    column: str
    measure: str
    """批, 人次, 场, 件 or %."""
    says: str
    """What it counts, in one sentence for the reader of a report."""
    formula: str = ""
    excludes: str = ""
    basis: Basis = Basis.REGISTER
    version: int = 1
    county_only: bool = False
    """It exists for the county as a whole: no unit below is measured by it."""
    of_villages: bool = False
    """Villages alone do it: an office without one has nothing of it."""

    def exists_in(self, scope: FigureScope) -> bool:
        return scope.is_county or not self.county_only

    def note(self, _scope: FigureScope) -> str:
        """What a reader of this very period must be told beside the number, in a few words."""
        return ""

    @property
    def parts(self) -> tuple[Part, ...]:
        raise NotImplementedError

    @property
    def listed(self) -> tuple[Part, ...]:
        """Whose rows stand behind the figure."""
        return self.parts[-1:]

    def value(self, numbers: Numbers) -> Value:
        raise NotImplementedError

    def fraction(self, _numbers: Numbers) -> tuple[int, int] | None:
        """(numerator, denominator) of a rate."""
        return None

    def falls_short(self, _numbers: Numbers) -> bool:
        """A unit did something late that it owed: never said of how many people came or wrote."""
        return False

    def text(self, value: Value) -> str:
        return figures.count_text(value)

    def change(self, now: Value, before: Value) -> Decimal | None:
        return figures.count_change(now, before)

    def change_text(self, now: Value, before: Value) -> str:
        return figures.change_text(now, before)


@dataclass(frozen=True, kw_only=True)
class Count(Indicator):
    """How many rows."""

    tally: Tally

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.tally,)

    def value(self, numbers: Numbers) -> Value:
        return numbers[self.tally]


@dataclass(frozen=True, kw_only=True)
class Sum(Count):
    """The total of a column; its list is that of the rows added up."""


@dataclass(frozen=True, kw_only=True)
class Different(Indicator):
    """How many different units: its list holds every row, several of one unit among them."""

    tally: Tally

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.tally,)

    def value(self, numbers: Numbers) -> Value:
        return numbers[self.tally]


@dataclass(frozen=True, kw_only=True)
class Quota(Indicator):
    """Expected slots; `filled_by` is the code of the count of those that were filled."""

    slots: Slots
    filled_by: str
    leaves_out: Callable[[FigureScope], str] = lambda _scope: ""
    """Its `note`: what of the period is not owed yet, though some of it may have been done."""

    def note(self, scope: FigureScope) -> str:
        return self.leaves_out(scope)

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.slots,)

    def value(self, numbers: Numbers) -> Value:
        return numbers[self.slots]


@dataclass(frozen=True, kw_only=True)
class Rate(Indicator):
    """Two lists: of those in `denominator`, how many are in `numerator`; in percent. `besides` are the same two of
    other registers, whose rows stand in the same list."""

    numerator: Tally
    denominator: Tally
    besides: tuple[tuple[Tally, Tally], ...] = ()
    is_timeliness: bool = False
    """What a unit owed by a day and did in time: where it falls short, the unit may be supervised (督办)."""

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.numerator, self.denominator, *(tally for both in self.besides for tally in both))

    @property
    def listed(self) -> tuple[Part, ...]:
        return (self.denominator, *(whole for _, whole in self.besides))

    def value(self, numbers: Numbers) -> Value:
        return figures.rate(*self.fraction(numbers))

    def fraction(self, numbers: Numbers) -> tuple[int, int]:
        pairs = ((self.numerator, self.denominator), *self.besides)
        return sum(numbers[part] for part, _ in pairs), sum(numbers[whole] for _, whole in pairs)

    def falls_short(self, numbers: Numbers) -> bool:
        met, owed = self.fraction(numbers)
        return self.is_timeliness and met < owed

    def text(self, value: Value) -> str:
        return figures.rate_text(_decimal(value))

    def change(self, now: Value, before: Value) -> Decimal | None:
        return figures.rate_change(_decimal(now), _decimal(before))

    def change_text(self, now: Value, before: Value) -> str:
        return figures.rate_change_text(_decimal(now), _decimal(before))


def _decimal(value: Value) -> Decimal | None:
    return None if value is None else Decimal(value)
