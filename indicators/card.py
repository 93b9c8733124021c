"""Every figure's definition card: what it counts, how, what it leaves out, by whose way of counting."""

from dataclasses import dataclass

from indicators.definition import Count, Different, Indicator, Quota, Rate, Sum, Tally

_METHODS: tuple[tuple[type[Indicator], str, str], ...] = (
    (Sum, "合计", "各登记行该列之和"),
    (Count, "计数", "登记行数"),
    (Different, "不同单位计数", "登记行中不同单位的个数"),
    (Quota, "应有数", "按机构和日历推算"),
    (Rate, "比率", "分子 ÷ 分母"),
)
"""Sum before Count: each sum is also a count with a column."""


@dataclass(frozen=True)
class Card:
    code: str
    name: str
    measure: str
    method: str
    sources: str
    """Which registers."""
    says: str
    formula: str
    excludes: str
    basis: str
    version: int


def card_of(indicator: Indicator) -> Card:
    method, formula = next((word, how) for kind, word, how in _METHODS if isinstance(indicator, kind))
    return Card(
        indicator.code,
        indicator.name,
        indicator.measure,
        method,
        _sources(indicator),
        indicator.says,
        indicator.formula or formula,
        indicator.excludes or ("作废的登记。" if method != "应有数" else "截止日之后的、机构存续期之外的。"),
        indicator.basis.label,
        indicator.version,
    )


def _sources(indicator: Indicator) -> str:
    labels = [part.source.label if isinstance(part, Tally) else "机构" for part in indicator.parts]
    return "、".join(dict.fromkeys(labels))
