"""What the workers are given to do in tests; they import it by this name."""

import os
import signal
import time

from documents.worker import MEBIBYTE


def sleep_for(seconds: float) -> bytes:
    time.sleep(seconds)
    return b"awake"


def process_number() -> bytes:
    return str(os.getpid()).encode()


def die() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def swallow_memory() -> bytes:
    return b"x" * (4096 * MEBIBYTE)


def refuse() -> bytes:
    raise ValueError("秘密内容")
