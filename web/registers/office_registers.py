"""信息稿件 and 自报数据: columns of the sheets."""

from collections.abc import Callable
from typing import Any

from queries.publications import PublicationRow
from queries.reported_figures import FigureRow

PUBLICATION_COLUMNS: dict[str, Callable[[PublicationRow], Any]] = {
    "编号": lambda r: r.number,
    "日期": lambda r: r.published_on,
    "单位": lambda r: r.unit,
    "标题": lambda r: r.title,
    "级别": lambda r: r.level,
    "刊载于": lambda r: r.outlet,
}
FIGURE_COLUMNS: dict[str, Callable[[FigureRow], Any]] = {
    "编号": lambda r: r.number,
    "期间": lambda r: r.period,
    "单位": lambda r: r.unit,
    "指标": lambda r: r.indicator,
    "数值（自报）": lambda r: r.value,
}
