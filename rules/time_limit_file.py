"""The shipped time limits (`data/time_limits.toml`), read from their text."""

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

from rules.errors import RuleViolation
from rules.time_limit_kinds import DayUnit, LimitActor, LimitBasis, StartEvent, TimeLimit

_NEEDED = ("key", "name", "article", "days", "unit", "start", "actor", "action", "valid_from", "basis")
_OPTIONAL = ("most_extension", "pauses", "counts_start_day", "in_use", "note")
_COUNTED = (DayUnit.DAY, DayUnit.WORKING_DAY)


def read_limits(toml: str) -> tuple[TimeLimit, ...]:
    """One `[[limit]]` for each version of a limit, in the order of the file. Raises RuleViolation."""
    try:
        blocks = tomllib.loads(toml).get("limit", [])
    except tomllib.TOMLDecodeError as error:
        raise RuleViolation(f"时限文件读不懂：{error}") from error
    limits = tuple(_limit(number, block) for number, block in enumerate(blocks, start=1))
    _refuse_twice(limits)
    return limits


def _refuse_twice(limits: tuple[TimeLimit, ...]) -> None:
    seen: set[str] = set()
    for limit in limits:
        if limit.version in seen:
            raise RuleViolation(f"时限 {limit.key} 自 {limit.valid_from} 起的规定写了两次。")
        seen.add(limit.version)


def _limit(number: int, block: dict[str, Any]) -> TimeLimit:
    problem = next(_problems(block), None)
    if problem:
        raise RuleViolation(f"第{number}项时限：{problem}")
    optional = {name: block[name] for name in _OPTIONAL if name in block}
    limit = TimeLimit(
        key=block["key"],
        name=block["name"],
        article=block["article"],
        days=block["days"],
        unit=DayUnit.from_label(block["unit"], "unit"),
        start=StartEvent.from_label(block["start"], "start"),
        actor=LimitActor.from_label(block["actor"], "actor"),
        action=block["action"],
        valid_from=block["valid_from"],
        basis=LimitBasis.from_label(block["basis"], "basis"),
        **optional,
    )
    if (limit.days > 0) != (limit.unit in _COUNTED):
        raise RuleViolation(f"第{number}项时限：单位是{limit.unit.label}，天数却是 {limit.days}。")
    return limit


def _problems(block: dict[str, Any]) -> Iterator[str]:
    for name in _NEEDED:
        if name not in block:
            yield f"缺少 {name}。"
    for name in block.keys() - {*_NEEDED, *_OPTIONAL}:
        yield f"不认识 {name}。"
    for name in ("days", "most_extension"):
        if type(block.get(name, 0)) is not int or block.get(name, 0) < 0:
            yield f"{name} 应是不小于 0 的整数。"
    if type(block["valid_from"]) is not date:
        yield "valid_from 应是日期，例如 2022-05-01。"
