"""`docs/indicators.md`, written from the catalogue; a test compares the two.

Write it again with `python -m indicators.document > docs/indicators.md`.
"""

import sys
from collections.abc import Sequence

from indicators.catalogue import CATALOGUE
from indicators.definition import Count, Indicator, Quota, Rate, Sum, Tally

HEAD = """# 指标目录

Generated from `indicators/catalogue.py`. Do not edit by hand: run `python -m indicators.document > docs/indicators.md`.

范围：所选单位及其全部下级，所选期间（首尾两天都计入）。作废登记一律不计。密封事项（检举控告）只计入全县。
同一指标对每个查看者数值相同；查看权限只决定能打开哪些单位的统计和哪些明细。
计数的变化 =（本期 − 对比期）÷ 对比期，保留一位小数，四舍五入；比率保留两位小数，变化以百分点表示；基数或分母为零时印 —。
期间尚未结束时，对比期取同样长的一段（如 7 月 15 日统计 2026 年，与 2025 年 1 月 1 日至 7 月 15 日相比）。

| 代码 | 名称 | 计量单位 | 算法 | 来源 | 口径 | 定义版本 |
|---|---|---|---|---|---|---|
"""


def document(indicators: Sequence[Indicator] = CATALOGUE) -> str:
    """The whole page, as Markdown."""
    return HEAD + "".join(_line(indicator) for indicator in indicators)


def _line(i: Indicator) -> str:
    cells = (f"`{i.code}`", i.name, i.measure, _method(i), _source(i), i.says, f"{i.version}")
    return f"| {' | '.join(cells)} |\n"


def _method(indicator: Indicator) -> str:
    """Sum before Count: each sum is also a count with a column."""
    methods = ((Sum, "合计"), (Count, "计数"), (Quota, "应有数"), (Rate, "比率"))
    return next(word for kind, word in methods if isinstance(indicator, kind))


def _source(indicator: Indicator) -> str:
    labels = [part.source.label if isinstance(part, Tally) else "机构" for part in indicator.parts]
    return "、".join(dict.fromkeys(labels))


if __name__ == "__main__":
    sys.stdout.write(document())
