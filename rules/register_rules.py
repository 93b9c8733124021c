"""What 信息稿件 and 自报数据 must say. Pure: refusals out."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules.errors import RuleViolation
from rules.periods import Period, parse_period
from rules.register_words import PublicationLevel
from rules.visit_rules import FIRST_DAY

LONGEST_TITLE = 120
LONGEST_OUTLET = 80
LONGEST_INDICATOR = 60
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")


@dataclass(frozen=True)
class PublicationValues:
    published_on: date | None
    title: str
    level: PublicationLevel | None
    outlet: str = ""


def check_publication(values: PublicationValues, today: date) -> list[RuleViolation]:
    """Every refusal at once, each with the field it belongs to."""
    return list(_of_publication(values, today))


def _of_publication(values: PublicationValues, today: date) -> Iterator[RuleViolation]:
    day = values.published_on
    if day is None:
        yield RuleViolation("请填写日期。", "published_on")
    elif day > today:
        yield RuleViolation(f"日期 {day} 晚于今天 {today}。", "published_on")
    elif day < FIRST_DAY:
        yield RuleViolation(f"日期 {day} 早于 1990 年，请核对。", "published_on")
    if not values.title:
        yield RuleViolation("请填写标题。", "title")
    elif len(values.title) > LONGEST_TITLE:
        yield RuleViolation(f"标题最多 {LONGEST_TITLE} 字，现有 {len(values.title)} 字。", "title")
    if values.level is None:
        yield RuleViolation("请选择级别。", "level")
    if len(values.outlet) > LONGEST_OUTLET:
        yield RuleViolation(f"刊载于最多 {LONGEST_OUTLET} 字。", "outlet")


@dataclass(frozen=True)
class FigureValues:
    """As typed."""

    period: str
    indicator: str
    value: str


@dataclass(frozen=True)
class ReadFigureValues:
    period: Period
    indicator: str
    value: Decimal


def read_figure(values: FigureValues, today: date) -> tuple[ReadFigureValues | None, list[RuleViolation]]:
    """What was meant, or every refusal with its field. A figure is of a period that has begun."""
    problems: list[RuleViolation] = []
    period = number = None
    try:
        period = parse_period(values.period)
        if period.start > today:
            problems.append(RuleViolation(f"{period.label}还没有开始。", "period"))
    except RuleViolation as violation:
        problems.append(RuleViolation(violation.message, "period"))
    name = "".join(values.indicator.split())
    if not name:
        problems.append(RuleViolation("请填写指标名称。", "indicator"))
    elif len(name) > LONGEST_INDICATOR:
        problems.append(RuleViolation(f"指标名称最多 {LONGEST_INDICATOR} 字。", "indicator"))
    try:
        number = figure_number(values.value)
    except RuleViolation as violation:
        problems.append(violation)
    if problems or period is None or number is None:
        return None, problems
    return ReadFigureValues(period, name, number), []


def figure_number(text: str) -> Decimal:
    """`124`, `1,489` or `99.61%`, at most four decimals. Raises RuleViolation on `value`."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").removesuffix("%")
    if not _NUMBER.fullmatch(plain):
        raise RuleViolation(f"“{text.strip()[:20]}”不是数值：只填数字，不能是负数，最多四位小数。", "value")
    return Decimal(plain)
