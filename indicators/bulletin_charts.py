"""The charts that a bulletin may hold, by name: their figures only, `documents.bulletin` draws them.

There is no chart of visits by unit: bars side by side are a ranking.
"""

from indicators.bulletin_material import ChartKind, Material, Need
from indicators.bulletin_tables import DUE, HELD, printed_shares, sessions_of_units
from indicators.series import Series
from indicators.written_text import Plotted, WrittenChart
from rules.figures import rate


def _trend(material: Material, number: int) -> WrittenChart:
    """A single point is no trend: without labels the chart is left out."""
    series = _of(material.series)
    if len(series.points) == 1:
        return WrittenChart(number, "接待来访趋势", series.title, "bar", "", (), ())
    lines = (
        ("批次", tuple(p.batches for p in series.points)),
        ("人次", tuple(p.persons for p in series.points)),
    )
    return _over_time(number, "接待来访趋势", series.title, "", series, lines)


def _beside_last_year(material: Material, number: int) -> WrittenChart:
    """Point under point; where the year before had fewer, there is a gap."""
    now, before = _of(material.series), _of(material.series_before)
    earlier = [p.batches for p in before.points][: len(now.points)]
    earlier += [None] * (len(now.points) - len(earlier))
    lines = (("本期", tuple(p.batches for p in now.points)), ("上年同期", tuple(earlier)))
    return _over_time(number, "接待来访同比", "接待来访批次与上年同期", "批", now, lines)


def _over_time(
    number: int,
    name: str,
    caption: str,
    measure: str,
    series: Series,
    lines: tuple[tuple[str, tuple[Plotted, ...]], ...],
) -> WrittenChart:
    """One point makes no line."""
    labels = tuple(p.label for p in series.points)
    return WrittenChart(number, name, caption, "line" if len(labels) > 1 else "bar", measure, labels, lines)


def _categories(material: Material, number: int) -> WrittenChart:
    """Only lines that may be printed; without any the chart has no labels and is left out."""
    printed, _ = printed_shares(material.shares["category"])
    return _bars(
        number,
        "内容分类",
        "来访内容分类",
        "批",
        tuple(s.label for s in printed),
        tuple(s.batches for s in printed),
    )


def _outcomes(material: Material, number: int) -> WrittenChart:
    printed, _ = printed_shares(material.shares["outcome"])
    labels, values = tuple(s.label for s in printed), tuple(s.batches for s in printed)
    return _bars(number, "处理结果", "来访处理结果", "批", labels, values)


def _held_rates(material: Material, number: int) -> WrittenChart:
    """In the order of the tree; the places are in the table of the same name."""
    rows = sessions_of_units(material)
    rates = tuple(float(rate(min(held, due), due) or 0) for _, due, held in rows)
    labels = tuple(unit.label for unit, _, _ in rows)
    return _bars(number, "村级接访开展率", "村级接访开展率", "%", labels, rates, "开展率")


def _bars(
    number: int,
    name: str,
    caption: str,
    measure: str,
    labels: tuple[str, ...],
    values: tuple[Plotted, ...],
    series: str = "批次",
) -> WrittenChart:
    return WrittenChart(number, name, caption, "bar", measure, labels, ((series, values),))


def _of(series: Series | None) -> Series:
    assert series is not None, "the chart's needs name its series"
    return series


CHARTS: tuple[ChartKind, ...] = (
    ChartKind(
        name="接待来访趋势",
        says="按月、按周或按日的来访批次、人次",
        needs=frozenset({Need.SERIES}),
        make=_trend,
    ),
    ChartKind(
        name="接待来访同比",
        says="来访批次与上年同期逐点对照",
        needs=frozenset({Need.SERIES, Need.SERIES_BEFORE}),
        make=_beside_last_year,
    ),
    ChartKind(
        name="内容分类",
        says="可公开的来访内容分类的批次",
        needs=frozenset({Need.SHARES}),
        make=_categories,
    ),
    ChartKind(name="处理结果", says="各种处理结果的批次", needs=frozenset({Need.SHARES}), make=_outcomes),
    ChartKind(
        name="村级接访开展率",
        says="直属下级单位村级接访实开占应开的比例",
        needs=frozenset({Need.UNITS}),
        indicators=(DUE, HELD),
        make=_held_rates,
    ),
)
CHART_BY_NAME = {chart.name: chart for chart in CHARTS}
