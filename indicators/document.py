"""`docs/indicators.md`, written from the catalogue; a test compares the two.

Write it again with `python -m indicators.document > docs/indicators.md`.
"""

import sys
from collections.abc import Sequence

from indicators.card import Card, card_of
from indicators.catalogue import CATALOGUE
from indicators.definition import Indicator

HEAD = """# 指标目录

Generated from `indicators/catalogue.py`. Do not edit by hand: run `python -m indicators.document > docs/indicators.md`.

范围：所选单位及其全部下级，所选期间（首尾两天都计入）。作废登记一律不计。密封事项（检举控告）只计入全县。
同一指标对每个查看者数值相同；查看权限只决定能打开哪些单位的统计和哪些明细。
计数的变化 =（本期 − 对比期）÷ 对比期，保留一位小数，四舍五入；比率保留两位小数，变化以百分点表示；基数或分母为零时印 —。
期间尚未结束时，对比期取同样长的一段（如 7 月 15 日统计 2026 年，与 2025 年 1 月 1 日至 7 月 15 日相比）。

交办积案的三个指标另按每个交办批次单独给出，代码后加冒号和批次名称，如 `campaign_rate:<交办批次>`。

| 代码 | 名称 | 计量单位 | 算法 | 来源 | 说明 | 公式 | 不计 | 口径 | 定义版本 |
|---|---|---|---|---|---|---|---|---|---|
"""


def document(indicators: Sequence[Indicator] = CATALOGUE) -> str:
    """The whole page, as Markdown."""
    return HEAD + "".join(_line(card_of(indicator)) for indicator in indicators)


def _line(c: Card) -> str:
    cells = (f"`{c.code}`", c.name, c.measure, c.method, c.sources, c.says, c.formula, c.excludes, c.basis)
    return f"| {' | '.join(cells)} | {c.version} |\n"


if __name__ == "__main__":
    sys.stdout.write(document())
