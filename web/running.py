"""Whether a site is running: its processes share a lock file, which ends with them however they end."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = "running.lock"


class SiteIsRunning(RuntimeError):
    """A web process or worker of this site is alive."""


def mark_running(instance_dir: Path | str) -> int:
    """This process serves the site until it ends, or closes the descriptor returned."""
    descriptor = _open(instance_dir)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


@contextmanager
def kept_stopped(instance_dir: Path | str) -> Iterator[None]:
    """Nobody can start the site inside the block. Raises SiteIsRunning."""
    descriptor = _open(instance_dir)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise SiteIsRunning from None
    finally:
        os.close(descriptor)


def _open(instance_dir: Path | str) -> int:
    return os.open(Path(instance_dir) / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
