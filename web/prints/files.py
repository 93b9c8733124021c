"""Files of prints in INSTANCE_DIR/prints: what was gathered, the slices, the finished file. Readable by their owner only.

prints/12.pdf               finished
prints/work-12/head.json    what all slices share
prints/work-12/pieces       one piece a line, as JSON
prints/work-12/0001.pdf     a slice
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app

DIRECTORY = "prints"
_WORK = "work-"


class WorkLost(RuntimeError):
    """What was gathered is no longer there, or never was on this machine (a backup holds no prints)."""


def finished_path(order_id: int) -> Path:
    return _directory() / f"{int(order_id)}.pdf"


@contextmanager
def keeping_pieces(order_id: int) -> Iterator[Callable[[Any], None]]:
    """`with keeping_pieces(7) as keep: keep(piece); …`; whole or not at all."""
    with _new_file(_work(order_id) / "pieces") as file:
        yield lambda piece: file.write(json.dumps(piece, ensure_ascii=False).encode() + b"\n")


def keep_head(order_id: int, head: dict[str, Any]) -> None:
    with _new_file(_work(order_id) / "head.json") as file:
        file.write(json.dumps(head, ensure_ascii=False).encode())


def head_of(order_id: int) -> dict[str, Any]:
    """Raises WorkLost."""
    try:
        return dict(json.loads((_work(order_id) / "head.json").read_bytes()))
    except FileNotFoundError as error:
        raise WorkLost from error


def pieces_of(order_id: int, first: int, count: int) -> list[Any]:
    """Raises WorkLost."""
    try:
        with (_work(order_id) / "pieces").open("rb") as file:
            return [json.loads(line) for line in islice(file, first, first + count)]
    except FileNotFoundError as error:
        raise WorkLost from error


def keep_slice(order_id: int, number: int, pdf: bytes) -> None:
    with _new_file(_slice(order_id, number)) as file:
        file.write(pdf)


def slices_of(order_id: int, count: int) -> list[str]:
    """Paths of slices 1 to `count`. Raises WorkLost."""
    paths = [_slice(order_id, number) for number in range(1, count + 1)]
    if not all(path.exists() for path in paths):
        raise WorkLost
    return [str(path) for path in paths]


@contextmanager
def finishing(order_id: int) -> Iterator[str]:
    """A path to write the whole print to; it becomes the finished file at the end of the block."""
    part = _work(order_id) / f"whole-{secrets.token_hex(4)}"
    try:
        yield str(part)
        part.replace(finished_path(order_id))
        _flush(_directory())
    finally:
        part.unlink(missing_ok=True)


def drop_work(order_id: int) -> None:
    """Nothing of a print that has ended is needed but the finished file."""
    shutil.rmtree(_directory() / f"{_WORK}{int(order_id)}", ignore_errors=True)


def drop_finished(order_id: int) -> None:
    finished_path(order_id).unlink(missing_ok=True)


def drop_all_but(finished: set[int], at_work: set[int]) -> int:
    """Remove finished files and work of all other orders. Returns how many were removed."""
    kept = {f"{order_id}.pdf" for order_id in finished} | {f"{_WORK}{order_id}" for order_id in at_work}
    gone = [path for path in _directory().iterdir() if path.name not in kept]
    for path in gone:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(gone)


def _slice(order_id: int, number: int) -> Path:
    return _work(order_id) / f"{number:04}.pdf"


def _work(order_id: int) -> Path:
    path = _directory() / f"{_WORK}{int(order_id)}"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _directory() -> Path:
    path = Path(str(current_app.config["INSTANCE_DIR"])) / DIRECTORY
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """Takes its name when the block has ended well and its content is on the disk."""
    part = path.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _flush(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _flush(directory: Path) -> None:
    """The name itself is on the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
