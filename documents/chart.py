"""Charts of figures as static SVG: the same picture in the page (`<img>`) and in the PDF.

Series are told apart by dashes as well as by colour. A missing figure (None) is a gap, never a zero.
"""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal

import pygal
from pygal.style import Style

from documents.plain_svg import plain_svg

Value = int | float | Decimal | None
Series = tuple[str, Sequence[Value]]

WIDTH, HEIGHT = 800, 360
COLOURS = ("#1f5a94", "#a8480f", "#2f6f4f", "#6d4590", "#7a5c00", "#4b5563")
"""Each has a contrast of at least 4.5 against white (WCAG 1.4.3)."""

DASHES = {
    "实线": "none",
    "虚线": "8,4",
    "点线": "2,4",
    "点划线": "10,4,2,4",
    "短虚线": "4,2",
    "细点线": "1,3",
}
FONTS = (
    '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimHei", "WenQuanYi Zen Hei", sans-serif'
)

_FONT_SIZE = 13
_MOST_UPRIGHT_BARS = 12
_MOST_PRINTED_VALUES = 24
_MOST_AXIS_LABELS = 16
_STEPS = 5


def line_chart(title: str, labels: Sequence[str], series: Sequence[Series], unit: str) -> bytes:
    """SVG in UTF-8: one line a series over the labels; `unit` (批, 人次, %) stands behind the title."""
    _require_equal_lengths(labels, series)
    chart = _prepared(pygal.Line, title, series, unit, len(labels))
    chart.config.dots_size = 3
    chart.config.allow_interruptions = True
    _label_sparsely(chart, labels)
    for (name, values), (word, dashes) in zip(series, DASHES.items(), strict=False):
        shown = (
            f"{name}（{word}）" if len(series) > 1 else name
        )  # still told apart on a black and white print
        chart.add(shown, _floats(values), stroke_style={"dasharray": dashes})
    return plain_svg(chart.render(), title, _description(labels, series, unit))


def bar_chart(title: str, labels: Sequence[str], series: Sequence[Series], unit: str) -> bytes:
    """SVG in UTF-8: bars from zero; they lie down where the labels are too many or too long to stand under them."""
    _require_equal_lengths(labels, series)
    lying = len(labels) > _MOST_UPRIGHT_BARS or _longest(labels) * len(labels) * _FONT_SIZE > WIDTH * 0.85
    chart = _prepared(pygal.HorizontalBar if lying else pygal.Bar, title, series, unit, len(labels))
    if lying:
        chart.config.height = max(HEIGHT, 110 + len(labels) * (10 + 14 * len(series)))
        chart.config.margin_left = 10 + int(
            _longest(labels) * _FONT_SIZE * 0.4
        )  # Chinese is wider than estimated
    chart.config.print_values_position = "top"
    chart.x_labels = list(labels)[::-1] if lying else list(labels)
    for name, values in series:
        numbers = _floats(values)
        chart.add(name, numbers[::-1] if lying else numbers)
    return plain_svg(chart.render(), title, _description(labels, series, unit))


def _require_equal_lengths(labels: Sequence[str], series: Sequence[Series]) -> None:
    """Raises ValueError: a chart that silently drops a figure would lie."""
    if not labels or not 1 <= len(series) <= len(COLOURS):
        raise ValueError(f"a chart takes labels and one to {len(COLOURS)} series")
    for name, values in series:
        if len(values) != len(labels):
            raise ValueError(f"series {name!r} has {len(values)} values for {len(labels)} labels")


def _prepared(
    kind: type[pygal.Graph], title: str, series: Sequence[Series], unit: str, points: int
) -> pygal.Graph:
    many = points * len(series) > _MOST_PRINTED_VALUES
    chart = kind(
        style=_style(),
        js=[],
        width=WIDTH,
        height=HEIGHT,
        explicit_size=True,
        show_legend=len(series) > 1,
        legend_at_bottom=True,
        legend_at_bottom_columns=min(len(series), 4),
        truncate_legend=-1,
        truncate_label=-1,
        print_values=not many,
        print_zeroes=True,
        formatter=_number,
        no_data_text="暂无数据",
        margin=12,
    )
    chart.uuid = "chart"  # else a random one stands in every selector, and no stylesheet could be kept
    chart.title = f"{title}（{unit}）" if unit else title
    chart.y_labels = _ticks([value for _, values in series for value in _floats(values) if value is not None])
    return chart


def _style() -> Style:
    return Style(
        background="#ffffff",
        plot_background="#ffffff",
        foreground="#333333",
        foreground_strong="#1a1a1a",
        foreground_subtle="#595959",
        guide_stroke_color="#d0d5db",
        major_guide_stroke_color="#d0d5db",
        guide_stroke_dasharray="none",
        major_guide_stroke_dasharray="none",
        opacity="1",
        stroke_opacity="1",
        stroke_width="2",
        transition="0s",
        colors=COLOURS,
        value_colors=("#1a1a1a",) * len(COLOURS),
        font_family=FONTS,
        label_font_size=_FONT_SIZE,
        major_label_font_size=_FONT_SIZE,
        value_font_size=11,
        value_label_font_size=11,
        title_font_size=17,
        legend_font_size=_FONT_SIZE,
        no_data_font_size=20,
    )


def _label_sparsely(chart: pygal.Graph, labels: Sequence[str]) -> None:
    """Every n-th label where all of them would run into each other; the points all stay."""
    every = math.ceil(len(labels) / _MOST_AXIS_LABELS)
    chart.x_labels = [label if place % every == 0 else "" for place, label in enumerate(labels)]


def _ticks(values: Iterable[float]) -> list[float]:
    """Round steps from zero, or down to the lowest negative; whole steps where all figures are whole."""
    found = list(values)
    if not found:
        return [0.0, 1.0]
    low, high = min(0.0, *found), max(0.0, *found)
    step = _round_step((high - low) / _STEPS or 1.0)
    if all(value == int(value) for value in found):
        step = max(1.0, step)
    first, last = math.floor(low / step), math.ceil(high / step) or 1
    return [round(place * step, 6) for place in range(first, last + 1)]


def _round_step(rough: float) -> float:
    """1, 2, 5 or 10 times a power of ten, at least as large."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough - 1e-9)


def _floats(values: Iterable[Value]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _longest(labels: Sequence[str]) -> int:
    return max(len(label) for label in labels)


def _description(labels: Sequence[str], series: Sequence[Series], unit: str) -> str:
    """All figures in words, for readers who cannot see the picture; a missing one is 无数据."""
    told = []
    for name, values in series:
        numbers = (
            f"{label} {_number(value) or '无数据'}"
            for label, value in zip(labels, _floats(values), strict=True)
        )
        told.append(f"{name}：{'，'.join(numbers)}")
    return f"单位：{unit}。{'；'.join(told)}。" if unit else f"{'；'.join(told)}。"
