"""The bytes of attachments in INSTANCE_DIR/attachments, encrypted, readable by their owner only.

attachments/3f/3f09…            the content
attachments/3f/3f09….thumbnail  a small picture of it

They are written before the row that names them, so a row without its file is damage; a file without a row is left over
from an upload that was not committed, and is swept at night.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from documents.attached.intake import TakenIn
from models.attachment import Attachment, attachment_place
from models.base import new_uid
from models.protected import Unreadable, protect, reveal
from web.kept_files import FileDamaged
from web.sealed_pieces import PiecesDamaged, opened_pieces, sealed_pieces

DIRECTORY = "attachments"
CONTENT, THUMBNAIL, KEY = "content", "thumbnail", "key"
"""The parts of `models.attachment.attachment_place`."""


@dataclass(frozen=True)
class StoredFile:
    """What was written, for the row to come. `digest` is the SHA-256 of what is kept."""

    uid: str
    sealed_key: str
    size: int
    digest: str
    has_thumbnail: bool


def store(taken: TakenIn) -> StoredFile:
    """Encrypt under a new key and write whole, flushed to the disk. Call it before the unit of work."""
    uid, key = new_uid(), secrets.token_bytes(32)
    _write(_path(uid), sealed_pieces(taken.content, key, attachment_place(uid, CONTENT)))
    if taken.thumbnail is not None:
        _write(_path(uid, THUMBNAIL), sealed_pieces(taken.thumbnail, key, attachment_place(uid, THUMBNAIL)))
    sealed_key = protect(key.hex(), place=attachment_place(uid, KEY))
    digest = hashlib.sha256(taken.content).hexdigest()
    return StoredFile(uid, sealed_key, len(taken.content), digest, taken.thumbnail is not None)


def content_of(row: Attachment, instance_dir: Path | None = None) -> bytes:
    """Decrypted and compared with its digest. Raises FileDamaged: missing, changed, moved, or its key is gone."""
    content = b"".join(_opened(row, CONTENT, instance_dir))
    if hashlib.sha256(content).hexdigest() != row.digest:
        raise FileDamaged(row.uid)
    return content


def thumbnail_of(row: Attachment) -> bytes:
    """A JPEG. Raises FileDamaged, also where there is none."""
    return b"".join(_opened(row, THUMBNAIL, None))


def check_content(row: Attachment, instance_dir: Path) -> None:
    """The same as reading it, in little memory. Raises FileDamaged."""
    digest = hashlib.sha256()
    for piece in _opened(row, CONTENT, instance_dir):
        digest.update(piece)
    if digest.hexdigest() != row.digest:
        raise FileDamaged(row.uid)


def drop(uid: str) -> None:
    """Only of a file that no row names: its upload was refused, or it was there already."""
    for part in (CONTENT, THUMBNAIL):
        _path(uid, part).unlink(missing_ok=True)


def drop_orphans(kept: Iterable[str], before: datetime) -> int:
    """Files of no uid in `kept` that were last written before (naive UTC); a younger one may belong to a row not yet
    committed. Returns how many files were removed."""
    uids, limit = frozenset(kept), before.replace(tzinfo=UTC).timestamp()
    strays = [
        path
        for path in _directory(None).glob("*/*")
        if path.name.partition(".")[0] not in uids and path.stat().st_mtime < limit
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _opened(row: Attachment, part: str, instance_dir: Path | None) -> Iterator[bytes]:
    place = attachment_place(row.uid, part)
    try:
        key = bytes.fromhex(reveal(row.sealed_key, place=attachment_place(row.uid, KEY)))
        with _path(row.uid, part, instance_dir).open("rb") as file:
            yield from opened_pieces(file, key, place)
    except (FileNotFoundError, Unreadable, PiecesDamaged) as error:
        raise FileDamaged(row.uid) from error


def _path(uid: str, part: str = CONTENT, instance_dir: Path | None = None) -> Path:
    return _directory(instance_dir) / uid[:2] / (uid if part == CONTENT else f"{uid}.{part}")


def _directory(instance_dir: Path | None) -> Path:
    return (instance_dir or Path(str(current_app.config["INSTANCE_DIR"]))) / DIRECTORY


def _write(path: Path, pieces: Iterator[bytes]) -> None:
    """Whole or not at all."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _flush_directory(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _flush_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
