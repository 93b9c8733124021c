"""One period of one unit, whole: the figures, cut up every way, and what must be said beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from indicators.breakdown import (
    ShareTable,
    UnitTable,
    share_tables,
    unit_table,
    units_within,
)
from indicators.catalogue import BY_CODE, CATALOGUE, catalogue_of
from indicators.definition import Indicator
from indicators.reckoning import Ask, ByUnit, added, reckon
from indicators.scope import FigureScope
from indicators.series import Series, step_for, visit_series
from indicators.table import FigureTable, table_of
from rules.periods import Compare


@dataclass(frozen=True)
class FigureReport:
    table: FigureTable
    units: UnitTable
    shares: tuple[ShareTable, ...]
    series: Series
    sealed_batches: int
    """Visits in the county's row that stand in no unit's row."""
    sealed_petitions: int = 0
    """Likewise petitions registered in the period."""


_ALONE, _UNSEALED, _SEALED, _EARLIER = "alone", "unsealed", "sealed", "earlier"
_TOLD_OF_SEALED = (BY_CODE["reception_batches"], BY_CODE["petitions_registered"])


def figure_report(
    session: Session,
    scope: FigureScope,
    compare: Compare | None = None,
    step: str = "",
    beside_units: Sequence[Indicator] = CATALOGUE,
) -> FigureReport:
    """Six statements, however many units there are. `beside_units` have a column in the table of units, and the whole of
    them is what the units add up to; a campaign alone never has."""
    indicators = catalogue_of(session, scope)
    before = scope.compared(compare) if compare else None
    units = units_within(session, scope)
    alone = tuple(i for i in indicators if i not in beside_units)
    asked = {
        _ALONE: Ask(scope, alone),
        _UNSEALED: Ask(scope, tuple(beside_units), by_unit=True, sealed=False),
    }
    if scope.is_county:
        asked[_SEALED] = Ask(scope, (*beside_units, *_TOLD_OF_SEALED), by_unit=True, sealed=True)
    if before:
        asked[_EARLIER] = Ask(before, indicators)
    found = dict(zip(asked, reckon(session, list(asked.values())), strict=True))
    sealed = found.get(_SEALED, {})
    of_units = [*found[_UNSEALED].values(), *sealed.values()]
    now = added(found[_ALONE].values(), alone) | added(of_units, beside_units)
    earlier = added(found[_EARLIER].values(), indicators) if before else None
    return FigureReport(
        table_of(scope, compare, before, now, earlier, indicators),
        unit_table(units, scope, found[_UNSEALED], sealed, beside_units),
        share_tables(session, scope),
        visit_series(session, scope, step_for(scope.period, step)),
        _count(sealed, "reception_batches"),
        _count(sealed, "petitions_registered"),
    )


def _count(numbers: ByUnit, code: str) -> int:
    """0 where the scope is no county's: nothing sealed was asked for."""
    (part,) = BY_CODE[code].parts
    return int(added(numbers.values(), [BY_CODE[code]])[part])


def sentences(table: FigureTable, sealed_batches: int = 0, sealed_petitions: int = 0) -> list[str]:
    """What every print of figures must say: period, unit, cut-off, what is compared, how it is counted."""
    scope = table.scope
    period = scope.period
    found = [
        f"{period.label}（{period.start} 至 {period.end}），{scope.unit_label}及下级，统计截止 {scope.as_of}。"
    ]
    if table.before is not None and table.compare is not None:
        running = "期间未结束，取同样长的一段：" if period.start <= scope.as_of < period.end else ""
        earlier = table.before.period
        found.append(
            f"{table.compare.label}：{running}与{earlier.label}（{earlier.start} 至 {earlier.end}）相比。"
        )
    found.append(
        f"批次数行数，人次加总来访人数；集体访为 {scope.group_threshold} 人及以上；作废登记不计；"
        "来访按登记单位、来访日期统计，村级接访、领导接访按各自登记表统计。"
    )
    found.append(
        "信访事项的各项比率按到期日（评价按办结日期）统计，只计纳入统计的初件，不含涉法涉诉；"
        "统计截止日之后到期的不计；分母为零的印 —。"
    )
    sealed = [f"{sealed_batches} 批"] if sealed_batches else []
    sealed += [f"{sealed_petitions} 件"] if sealed_petitions else []
    if sealed:
        found.append(
            f"其中密封事项 {'、'.join(sealed)}只计入全县，不分到下级单位；明细只有指定人员和登记人可看。"
        )
    return found
