"""Whose turn it is to write: first come, first served inside a process, two lock files between processes.

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


NEXT_WRITER = "write-next.lock"


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


class FileLock:
    """An exclusive lock on a file between processes; it ends with the process that holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, deadline: float) -> None:
        """`deadline` by the monotonic clock. Raises WriteTurnTimeout."""
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        while not _locked(self._descriptor):
            if time.monotonic() >= deadline:
                raise WriteTurnTimeout("another process holds the write lock")
            time.sleep(_LOOK_AGAIN_SECONDS)

    def release(self) -> None:
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class WriteTurn:
    """The right to write one SQLite file, across threads and processes.

    Who waits for another process stands in the doorway, `write-next.lock`: a process that writes one lot after
    another, an import, cannot come by before it, however soon it asks again.
    """

    def __init__(self, lock_file: Path, timeout_seconds: float = 60.0) -> None:
        self._fifo = FifoLock()
        self._doorway = FileLock(lock_file.with_name(NEXT_WRITER))
        self._room = FileLock(lock_file)
        self._timeout_seconds = timeout_seconds

    def take(self) -> None:
        """Raises WriteTurnTimeout."""
        deadline = time.monotonic() + self._timeout_seconds
        self._fifo.acquire(self._timeout_seconds)
        try:
            self._doorway.acquire(deadline)
            try:
                self._room.acquire(deadline)
            finally:
                self._doorway.release()
        except BaseException:
            self._fifo.release()
            raise

    def give_back(self) -> None:
        try:
            self._room.release()
        finally:
            self._fifo.release()
