"""A sheet holds the whole list or is not made: it is never cut in silence."""

from collections.abc import Sequence
from typing import Any

from flask import flash


def is_too_long(rows: Sequence[Any], most: int) -> bool:
    """Whether more rows than fit one sheet were fetched (ask for `most` + 1); then a message waits for the next page."""
    if len(rows) <= most:
        return False
    flash(
        f"符合条件的超过 {most} 条，一次最多导出 {most} 条，没有导出。请缩小日期或单位范围，分几次导出。",
        "warning",
    )
    return True
