"""Whose turn it is to write: first come, first served inside a process, one lock file between processes.

SQLite lets one writer in; its busy handler sleeps and barges. Queueing first cut the slowest tenth
of writes by an order of magnitude (docs/decisions/0003-write-turns.md).
"""

import fcntl
import os
import threading
import time
from collections import deque
from pathlib import Path

_LOOK_AGAIN_SECONDS = 0.002
"""How long to sleep while another process holds the lock file: flock itself knows no time-out."""


class WriteTurnTimeout(RuntimeError):
    """Nobody let us write for too long."""


class FifoLock:
    """A lock whose waiters are served in the order they came."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def acquire(self, timeout_seconds: float) -> None:
        with self._mutex:
            if not self._held:
                self._held = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(timeout_seconds):
            return
        with self._mutex:
            if mine.is_set():
                return
            self._waiting.remove(mine)
        raise WriteTurnTimeout("write lock not free in time")

    def release(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


class WriteTurn:
    """The right to write one SQLite file, across threads and processes."""

    def __init__(self, lock_file: Path, timeout_seconds: float = 60.0) -> None:
        self._fifo = FifoLock()
        self._lock_file = lock_file
        self._timeout_seconds = timeout_seconds
        self._descriptor: int | None = None

    def take(self) -> None:
        """Raises WriteTurnTimeout."""
        deadline = time.monotonic() + self._timeout_seconds
        self._fifo.acquire(self._timeout_seconds)
        try:
            if self._descriptor is None:
                self._descriptor = os.open(self._lock_file, os.O_CREAT | os.O_RDWR, 0o600)
            _lock_until(self._descriptor, deadline)
        except BaseException:
            self._fifo.release()
            raise

    def give_back(self) -> None:
        try:
            if self._descriptor is not None:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        finally:
            self._fifo.release()


def _lock_until(descriptor: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WriteTurnTimeout("another process holds the write lock") from None
            time.sleep(_LOOK_AGAIN_SECONDS)
