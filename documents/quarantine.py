"""Bytes that somebody sent are taken apart in a process of its own, which is used once and bounded in memory and time:
what breaks out of a decoder there finds neither the site's keys nor another person's file.
"""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from documents.worker import MEBIBYTE, Limits, WorkerLost, Workers

LIMITS = Limits(memory=1536 * MEBIBYTE, tasks=1, processor_seconds=40)
"""A photograph of 64 million pixels takes about 0.6 GB on its way."""

TIMEOUT_SECONDS = 60
AT_ONCE = 2

T = TypeVar("T")

log = logging.getLogger(__name__)
_workers = Workers(LIMITS, AT_ONCE)


class FileRefused(ValueError):
    """The message is for the sender."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def in_quarantine(function: Callable[..., T], *args: Any) -> T:
    """`function(*args)`, a function of this package that takes and returns plain data. Call it outside transactions.

    Raises FileRefused: as the function said, or in general words whatever went wrong (the cause is in the log).
    """
    try:
        result: T = _workers.run(function, *args, timeout_seconds=TIMEOUT_SECONDS)
        return result
    except FileRefused:
        raise
    except (WorkerLost, MemoryError) as error:
        log.exception("a file took too much time or memory: %s", function.__qualname__)
        raise FileRefused("文件结构异常或过于复杂，未能读完。请另存为 PDF 再试。") from error
    except Exception as error:
        log.exception("a file could not be read: %s", function.__qualname__)
        raise FileRefused("文件不完整或已损坏，请用原来的软件打开后另存一份再试。") from error
