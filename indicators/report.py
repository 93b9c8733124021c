"""One period of one unit, whole: the figures, cut up every way, and what must be said beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from indicators.breakdown import ShareTable, UnitTable, share_tables, unit_table
from indicators.catalogue import CATALOGUE
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


def figure_report(
    session: Session,
    scope: FigureScope,
    compare: Compare | None = None,
    step: str = "",
    indicators: Sequence[Indicator] = CATALOGUE,
) -> FigureReport:
    """Five statements, however many units there are."""
    before = scope.compared(compare) if compare else None
    asked = [Ask(scope, by_unit=True, sealed=False)]
    asked += [Ask(before)] if before else []
    asked += [Ask(scope, by_unit=True, sealed=True)] if scope.is_county else []
    found = reckon(session, asked, indicators)
    unsealed, sealed = found[0], found[-1] if scope.is_county else {}
    now = added([*unsealed.values(), *sealed.values()], indicators)
    earlier = added(found[1].values(), indicators) if before else None
    return FigureReport(
        table_of(scope, compare, before, now, earlier, indicators),
        unit_table(session, scope, unsealed, sealed, indicators),
        share_tables(session, scope),
        visit_series(session, scope, step_for(scope.period, step)),
        _batches(sealed, indicators),
    )


def _batches(sealed: ByUnit, indicators: Sequence[Indicator]) -> int:
    first = next((i for i in indicators if i.code == "reception_batches"), None)
    return int(added(sealed.values(), [first])[first.parts[0]]) if first else 0


def sentences(table: FigureTable, sealed_batches: int = 0) -> list[str]:
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
    if sealed_batches:
        found.append(f"其中密封事项 {sealed_batches} 批只计入全县，不分到下级单位；明细只有指定人员可看。")
    return found
