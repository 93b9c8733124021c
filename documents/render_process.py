"""Rendering away from the site's own process: bounded in time and memory, warm after the first page."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from documents.worker import MEBIBYTE, Limits, Workers

log = logging.getLogger(__name__)

LIMITS = Limits(memory=2048 * MEBIBYTE, tasks=200, processor_seconds=3600)
"""The longest register in one piece (2,000 rows) takes 0.7 GB; a slice of a long print, or any other document, less
than 200 MB.
"""

WORKERS = 2

T = TypeVar("T")

_workers = Workers(LIMITS, WORKERS)


class RenderingFailed(RuntimeError):
    """The document could not be made; the message is for the reader of the page."""

    def __init__(
        self, message: str = "文件未能生成，请稍后再试；若仍不成功，请缩小范围或联系系统管理员。"
    ) -> None:
        super().__init__(message)
        self.message = message


def render(function: Callable[..., T], *args: Any, timeout_seconds: float = 60) -> T:
    """`function(*args)` in a process of its own: a function of this package that takes and returns plain data.

    Raises RenderingFailed, in Chinese, whatever went wrong; the cause is in the log. Call it outside transactions.
    """
    try:
        result: T = _workers.run(function, *args, timeout_seconds=timeout_seconds)
        return result
    except Exception as error:
        log.exception("rendering failed: %s", function.__qualname__)
        raise RenderingFailed from error
