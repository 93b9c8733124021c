"""What a program takes with all the processes it starts: time by the clock, processor time, memory."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil

_EVERY = 0.05
"""Seconds from look to look: a process that lives shorter than this goes uncounted unless it is waited for."""


@dataclass(frozen=True)
class Cost:
    """Seconds; `peak` MiB, where it was watched."""

    wall: float
    processor: float
    peak: float = 0.0


def cost_of(command: Sequence[str], environment: Mapping[str, str], *, memory: bool) -> Cost:
    """Until the program ends; with `memory`, which slows it, the highest sum over its processes, shared pages counted
    once (PSS). Raises CalledProcessError."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    watch = _Watch(process.pid, memory)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall, max(usage.ru_utime + usage.ru_stime, watch.processor), watch.peak)


class _Watch(threading.Thread):
    """Looks at the program's processes now and then."""

    def __init__(self, pid: int, memory: bool) -> None:
        super().__init__(daemon=True)
        self._pid, self._memory = pid, memory
        self._ended = threading.Event()
        self._seen: dict[int, float] = {}
        self.peak = 0.0

    @property
    def processor(self) -> float:
        return sum(self._seen.values())

    def run(self) -> None:
        while not self._ended.wait(_EVERY):
            try:
                root = psutil.Process(self._pid)
                self._look([root, *root.children(recursive=True)])
            except psutil.NoSuchProcess:
                return

    def _look(self, processes: list[psutil.Process]) -> None:
        held = 0.0
        for process in processes:
            try:
                times = process.cpu_times()
                self._seen[process.pid] = times.user + times.system
                held += process.memory_full_info().pss / 2**20 if self._memory else 0
            except psutil.Error:
                continue
        self.peak = max(self.peak, held)

    def stop(self) -> None:
        self._ended.set()
        self.join()
