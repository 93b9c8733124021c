"""What is no race: the same bytes from two processes, and memory over many documents."""

import hashlib
from pathlib import Path

from benchmarks.document_makers import ask, start, stop

DOCUMENTS = 500
EVERY = 100
_SERIAL = 7


def has_same_bytes(engine: str, sample: str, work: Path) -> bool:
    return _digest(engine, sample, work) == _digest(engine, sample, work)


def _digest(engine: str, sample: str, work: Path) -> str:
    path = work / "same"
    process = start()
    ask(process, {"engine": engine, "sample": sample, "serial": _SERIAL, "path": str(path)})
    stop(process)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def memory_over_many(engine: str) -> list[float]:
    """MiB resident after every hundredth document of one process; every fifth is a bulletin, the others notices."""
    process = start()
    held = []
    for serial in range(1, DOCUMENTS + 1):
        sample = "notice" if serial % 5 else "bulletin"
        told = ask(process, {"engine": engine, "sample": sample, "serial": serial, "path": ""})
        if serial % EVERY == 0:
            held.append(told["resident"])
    stop(process)
    return held
