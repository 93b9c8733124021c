"""What an office may set of its own among the limits of petitions: stricter ones, for those who must act."""

from collections.abc import Iterable
from datetime import date

from rules.errors import RuleViolation
from rules.petition_clocks import (
    DECIDE_RE_REVIEW,
    DECIDE_REVIEW,
    DIRECT_NOTICE,
    DISPATCH,
    HANDLE,
    NOTICE,
)
from rules.time_limit_kinds import DayUnit, TimeLimit

CHANGEABLE = (DISPATCH, DIRECT_NOTICE, NOTICE, HANDLE, DECIDE_REVIEW, DECIDE_RE_REVIEW)
"""Duties that are counted in days. Times within which somebody may object or ask are rights: nobody shortens them."""

OWN_UNITS = (DayUnit.DAY, DayUnit.WORKING_DAY)
_DAYS_OF_A_WORKING_DAY = 3
"""So that no holiday can carry a limit in working days beyond the statutory one: the longest holidays leave at least five
working days in any fifteen."""


def most_days(statute: TimeLimit, unit: DayUnit) -> int:
    """The longest limit an office may set in this unit."""
    return statute.days if unit is DayUnit.DAY else statute.days // _DAYS_OF_A_WORKING_DAY


def require_own_limit(
    statute: TimeLimit | None, *, key: str, days: int, unit: DayUnit, valid_from: date, basis: str
) -> None:
    """`statute` is the shipped limit of that day. Raises RuleViolation on `key`, `days`, `unit`, `valid_from`, `basis`."""
    if key not in CHANGEABLE or statute is None:
        raise RuleViolation("这项时限由条例规定，不能另设。", "key")
    if unit not in OWN_UNITS:
        raise RuleViolation("请选择按日还是按工作日计算。", "unit")
    most = most_days(statute, unit)
    if not 1 <= days <= most:
        words = f"{most} 个工作日" if unit is DayUnit.WORKING_DAY else f"{most} 日"
        raise RuleViolation(f"本地要求只能更严：“{statute.name}”应在 1 至 {words}之间。", "days")
    if not basis.strip():
        raise RuleViolation("请写明依据（文件名称、文号或会议）。", "basis")


def statute_on(shipped: Iterable[TimeLimit], key: str, day: date) -> TimeLimit | None:
    """The shipped version in force on that day."""
    versions = [limit for limit in shipped if limit.key == key and limit.in_use and limit.valid_from <= day]
    return max(versions, key=lambda limit: limit.valid_from, default=None)
