"""Functions run in processes of their own: a hostile or endless input costs that process, never the site.

A worker is started when first needed, stays warm, is bounded in memory (and processor time), and is replaced after a
number of tasks, a time-out or a crash. Only the task at fault fails. Safe to use from several threads.
"""

import contextlib
import pickle
import queue
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024

PROJECT = Path(__file__).resolve().parent.parent

_COMMAND = "import sys; from documents.worker import serve; serve(int(sys.argv[1]))"
"""A fresh interpreter: a forked copy of a threaded site could deadlock, and multiprocessing's spawn would run the
site's main module again.
"""


class WorkerLost(RuntimeError):
    """The worker died or ran out of time before it answered."""


class WorkerDied(WorkerLost):
    """It died: in the task, or while it sat idle."""


@dataclass(frozen=True)
class Limits:
    """What one worker may use: bytes of address space, tasks, and seconds of processor time (None: unbounded).

    A worker that has grown above `resident` bytes is replaced after its task, so that one large task does not keep
    the memory.
    """

    memory: int
    tasks: int
    processor_seconds: int | None = None
    resident: int = 400 * MEBIBYTE


class Worker:
    """One process, asked one thing at a time."""

    def __init__(self, limits: Limits) -> None:
        self._connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and a number
                [sys.executable, "-c", _COMMAND, str(theirs.fileno())],
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._connection.send(limits)
        self._tasks_left = limits.tasks

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_spent(self) -> bool:
        return self._tasks_left <= 0 or self._process.poll() is not None

    def call(self, function: Callable[..., Any], args: tuple[Any, ...], timeout_seconds: float) -> Any:
        """What the function returns, or raises; WorkerLost when no answer came, and then the worker is of no more use."""
        self._tasks_left -= 1
        try:
            self._connection.send((function, args))
            if not self._connection.poll(timeout_seconds):
                raise WorkerLost(f"no answer within {timeout_seconds} seconds")
            answered, value, has_grown = self._connection.recv()
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise WorkerDied("the process died") from error
        if has_grown:
            self._tasks_left = 0
        if not answered:
            raise value
        return value

    def stop(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.wait()


@dataclass
class _Place:
    """Where at most one worker sits."""

    worker: Worker | None = None

    def call(
        self, limits: Limits, function: Callable[..., Any], args: tuple[Any, ...], deadline: float
    ) -> Any:
        """By a new worker if there is none; one that is lost leaves the place empty."""
        if self.worker is None:
            self.worker = Worker(limits)
        try:
            return self.worker.call(function, args, max(0.0, deadline - time.monotonic()))
        except WorkerLost:
            self.clear()
            raise

    def clear(self) -> None:
        worker, self.worker = self.worker, None
        if worker is not None:
            worker.stop()


class Workers:
    """At most `most` workers; a caller waits for a free one within its own time limit."""

    def __init__(self, limits: Limits, most: int) -> None:
        self._limits = limits
        self._places: queue.LifoQueue[_Place] = queue.LifoQueue()  # the one used last is warm
        for _ in range(most):
            self._places.put(_Place())

    def run(self, function: Callable[..., Any], *args: Any, timeout_seconds: float) -> Any:
        """The function's result. It must stand at the top level of a module; it and its arguments are pickled.

        Raises what the function raised, or WorkerLost.
        """
        deadline = time.monotonic() + timeout_seconds
        place = self._free_place(timeout_seconds)
        try:
            was_idle = place.worker is not None
            try:
                return place.call(self._limits, function, args, deadline)
            except WorkerDied:
                if not was_idle:
                    raise
            return place.call(self._limits, function, args, deadline)  # it may have died before it was asked
        finally:
            if place.worker is not None and place.worker.is_spent:
                place.clear()
            self._places.put(place)

    def _free_place(self, timeout_seconds: float) -> _Place:
        try:
            return self._places.get(timeout=timeout_seconds)
        except queue.Empty:
            raise WorkerLost("every worker is busy") from None

    def pids(self) -> list[int]:
        """Of the workers that sit idle."""
        return [place.worker.pid for place in list(self._places.queue) if place.worker]


def serve(descriptor: int) -> None:
    """The worker's side: take the limits, then answer until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the site's to handle
    connection = Connection(descriptor)
    limits = connection.recv()
    _bound(limits)
    with contextlib.suppress(EOFError, OSError):
        while True:
            function, args = connection.recv()
            connection.send((*_answer(function, args), _has_grown(limits)))


def _bound(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    if limits.processor_seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (limits.processor_seconds, limits.processor_seconds + 1))


def _has_grown(limits: Limits) -> bool:
    """By what is resident now; getrusage would count what the site itself held when it started this process."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:  # no such file system here
        return False
    return pages * resource.getpagesize() > limits.resident


def _answer(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, function(*args)
    except Exception as error:
        error.add_note(traceback.format_exc())  # for the log of the other side
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
        except Exception:
            return False, RuntimeError(f"{type(error).__name__}: {error}")
        return False, error
