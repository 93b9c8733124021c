"""Files that are kept for good in INSTANCE_DIR/documents, named by their SHA-256 and readable by their owner only."""

import hashlib
import os
import secrets
from pathlib import Path

from flask import current_app

DIRECTORY = "documents"


class FileDamaged(RuntimeError):
    """A kept file is missing or is not what it was when it was kept."""


def keep(content: bytes) -> str:
    """Store once; returns the SHA-256. Written whole before it gets its name, and flushed to the disk."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f"{digest}.{secrets.token_hex(4)}.part")
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        _flush_directory(path.parent)
    return digest


def kept(digest: str) -> bytes:
    """Raises FileDamaged."""
    try:
        content = _path(digest).read_bytes()
    except FileNotFoundError as error:
        raise FileDamaged(digest) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise FileDamaged(digest)
    return content


def _path(digest: str) -> Path:
    return Path(str(current_app.config["INSTANCE_DIR"])) / DIRECTORY / digest[:2] / digest


def _flush_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
