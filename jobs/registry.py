"""Which function does which kind of job.

A function takes the job's arguments by keyword, inside an application context, and opens its own units of work
(`web.unit_of_work.writing`). It must bear being run again: a worker may die before it can say that it is done.
A refusal is `RuleViolation`, whose message a person will read.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

Work = Callable[..., Any]

MODULES: tuple[str, ...] = ("jobs.bulletins", "jobs.chores", "jobs.imports", "jobs.printing", "jobs.rosters")
"""Modules that declare jobs; each is imported when the worker starts."""

_known: dict[str, Work] = {}


def job(kind: str) -> Callable[[Work], Work]:
    """`@job("import.check")` above the function that does it."""

    def declare(work: Work) -> Work:
        if kind in _known and _known[kind].__module__ != work.__module__:
            raise ValueError(f"two functions for the job {kind}")
        _known[kind] = work
        return work

    return declare


def load_jobs() -> dict[str, Work]:
    """Every declared job by kind."""
    for module in MODULES:
        import_module(module)
    return dict(_known)
