"""Files of imports in INSTANCE_DIR: what was uploaded, its preview, one-time passwords. Readable by their owner only."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from flask import current_app

from actions.imports.batches import FileOf
from rules.errors import RuleViolation

UPLOADS, RESULTS = "uploads", "results"
ZIP_MAGIC = b"PK\x03\x04"
_PIECE = 1 << 20
_LONGEST_NAME = 120


def store_upload(stream: IO[bytes], name: str) -> FileOf:
    """Keep an upload under a random name. Raises RuleViolation when it is no .xlsx; its inside is checked later."""
    clean = _clean(name)
    start = stream.read(len(ZIP_MAGIC))
    if not clean.lower().endswith(".xlsx") or start != ZIP_MAGIC:
        raise RuleViolation(
            "只能上传 .xlsx 文件；旧的 .xls、.et 或 .csv 请在 WPS 或 Excel 中另存为 .xlsx。", "file"
        )
    stored_name = secrets.token_hex(16) + ".xlsx"
    digest = hashlib.sha256()
    _write(_directory(UPLOADS) / stored_name, _counted(start, stream, digest))
    return FileOf(clean, stored_name, digest.hexdigest())


def file_of(path: Path) -> FileOf:
    """A file that the console names; it stays where it is."""
    return FileOf(_clean(path.name), "", hashlib.sha256(path.read_bytes()).hexdigest())


def upload_path(stored_name: str) -> Path:
    return _directory(UPLOADS) / stored_name


def drop_upload(stored_name: str) -> None:
    """It holds personal data: once it is imported or refused, nobody needs it."""
    if stored_name:
        upload_path(stored_name).unlink(missing_ok=True)
        _preview_path(stored_name).unlink(missing_ok=True)


def keep_preview(stored_name: str, rows: list[list[str]], updates: list[list[str]]) -> None:
    shown = {"rows": rows, "updates": updates}
    _write(_preview_path(stored_name), [json.dumps(shown, ensure_ascii=False).encode()])


def preview_of(stored_name: str) -> tuple[list[list[str]], list[list[str]]]:
    """New rows, and what is added to records that are here already."""
    with suppress(FileNotFoundError):
        shown = json.loads(_preview_path(stored_name).read_bytes())
        return shown["rows"], shown["updates"]
    return [], []


def keep_passwords(batch_id: int, workbook: bytes) -> Path:
    path = password_path(batch_id)
    _write(path, [workbook])
    return path


def has_passwords(batch_id: int) -> bool:
    return password_path(batch_id).exists()


def take_passwords(batch_id: int) -> bytes | None:
    """Once: the file is removed. None when somebody took it before."""
    path = password_path(batch_id)
    mine = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        path.rename(mine)
    except FileNotFoundError:
        return None
    content = mine.read_bytes()
    mine.unlink()
    return content


def drop_passwords(batch_id: int) -> None:
    password_path(batch_id).unlink(missing_ok=True)


def drop_orphans(kept: set[str], before: datetime) -> int:
    """Uploads last written before (UTC) that no open batch waits for; a younger one may belong to a batch not yet
    committed. Returns how many files were removed.
    """
    old = _older_than(_directory(UPLOADS), before)
    return _removed([path for path in old if path.name.removesuffix(".json") not in kept])


def drop_results(before: datetime) -> int:
    """One-time passwords nobody fetched in time; they have expired by then. Returns how many files were removed."""
    return _removed(_older_than(_directory(RESULTS), before))


def _older_than(directory: Path, before: datetime) -> list[Path]:
    limit = before.replace(tzinfo=UTC).timestamp()
    return [path for path in directory.iterdir() if path.stat().st_mtime < limit]


def _removed(paths: list[Path]) -> int:
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def instance_dir() -> Path:
    return Path(str(current_app.config["INSTANCE_DIR"]))


def _directory(name: str) -> Path:
    path = instance_dir() / name
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _preview_path(stored_name: str) -> Path:
    return _directory(UPLOADS) / f"{stored_name}.json"


def password_path(batch_id: int) -> Path:
    return _directory(RESULTS) / f"import-{int(batch_id)}-passwords.xlsx"


def _clean(name: str) -> str:
    """What a person may see of a name somebody sent."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable() and c not in '<>:"|?*')[-_LONGEST_NAME:] or "file.xlsx"


def _counted(start: bytes, stream: IO[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    piece = start
    while piece:
        digest.update(piece)
        yield piece
        piece = stream.read(_PIECE)


def _write(path: Path, pieces: Iterator[bytes] | list[bytes]) -> None:
    """Whole or not at all."""
    draft = path.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
