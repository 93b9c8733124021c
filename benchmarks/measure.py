"""Taking times: nearest-rank percentiles, SQL statements counted on the way."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, event


@dataclass(frozen=True)
class Times:
    """Milliseconds by the clock, and of this thread's processor time, which a busy machine does not lengthen."""

    each: tuple[float, ...]
    processor: tuple[float, ...] = ()

    def percentile(self, share: float) -> float:
        return nearest_rank(self.each, share)

    @property
    def processor_p95(self) -> float:
        return nearest_rank(self.processor, 0.95)

    @property
    def p50(self) -> float:
        return self.percentile(0.5)

    @property
    def p95(self) -> float:
        return self.percentile(0.95)

    @property
    def p99(self) -> float:
        return self.percentile(0.99)


def nearest_rank(values: tuple[float, ...], share: float) -> float:
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def times_of(
    action: Callable[[int], object], rounds: int, before: Callable[[], object] = lambda: None
) -> Times:
    """`action(0)`, `action(1)` … timed one by one; `before` each, untimed."""
    walls, processors = [], []
    for i in range(rounds):
        before()
        wall, processor = time.perf_counter(), time.thread_time()
        action(i)
        processors.append((time.thread_time() - processor) * 1000)
        walls.append((time.perf_counter() - wall) * 1000)
    return Times(tuple(walls), tuple(processors))


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, object]]]:
    """SQL sent inside the block, with its parameters; transaction control is not counted."""
    sent: list[tuple[str, object]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        if not statement.startswith(("BEGIN", "SELECT pg_advisory")):
            sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
