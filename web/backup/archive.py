"""Named parts in one sealed tar, closed by a manifest of their sizes and SHA-256."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from web.backup.errors import Damaged
from web.backup.seal import CHUNK, PlainStream, Sealer

MANIFEST = "manifest.json"
DATABASE, FILES = "database", "files"
"""The two folders of an archive."""

_LEFT_OUT = frozenset(
    {"backups", "uploads", "results", "prints", "first-passwords.txt"}
    | {"write.lock", "write-next.lock", "worker.lock", "running.lock", "imports.lock"}
)
_LEFT_OUT_STARTS = ("xinfang.sqlite3", "replaced-", ".backup-", ".restore-")


@dataclass
class Part:
    bytes: int
    sha256: str


@dataclass
class Manifest:
    """What a backup holds. `tables` is rows by table; `audit_entries` and `audit_head` anchor the audit chain."""

    made_at: str
    database: str
    """`sqlite` or `postgresql`."""
    revision: str
    tables: dict[str, int]
    audit_entries: int
    audit_head: str
    parts: dict[str, Part] = field(default_factory=dict)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        values: dict[str, Any] = json.loads(text)
        parts = {name: Part(**part) for name, part in values.pop("parts").items()}
        return cls(**values, parts=parts)


def files_of(instance_dir: Path, besides: Path) -> Iterator[tuple[str, Path]]:
    """Every file of a site but its database, locks, older backups, uploads, prints and one-time passwords; nothing below `besides`."""
    for folder, folders, names in os.walk(instance_dir, followlinks=True):
        here = Path(folder)
        top = here == instance_dir
        folders[:] = sorted(
            f for f in folders if not (top and _is_left_out(f)) and not (here / f).samefile(besides)
        )
        for name in sorted(names):
            if not (top and _is_left_out(name)) and (here / name).is_file():
                yield (here / name).relative_to(instance_dir).as_posix(), here / name


def _is_left_out(name: str) -> bool:
    return name in _LEFT_OUT or name.startswith(_LEFT_OUT_STARTS)


def write_archive(sealer: Sealer, manifest: Manifest, parts: Iterator[tuple[str, Path]]) -> None:
    """Fills `manifest.parts` on the way. A file that vanished since it was listed is left out."""
    with tarfile.open(fileobj=sealer, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
        for name, path in parts:
            try:
                file = path.open("rb")
            except FileNotFoundError:
                continue
            with file:
                manifest.parts[name] = _add(tar, name, file)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        _add(tar, MANIFEST, io.BytesIO(text), len(text))
    sealer.close()


class _Summed:
    """Reads through, summing up what passes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.sum.update(data)
        return data


def _add(tar: tarfile.TarFile, name: str, file: BinaryIO, size: int | None = None) -> Part:
    member = tarfile.TarInfo(name)
    member.size = os.fstat(file.fileno()).st_size if size is None else size
    member.mode = 0o600
    summed = _Summed(file)
    tar.addfile(member, summed)  # type: ignore[arg-type]
    return Part(member.size, summed.sum.hexdigest())


def read_archive(stream: PlainStream, target: Path) -> Manifest:
    """Unpack below `target` (files 0600) and compare with the manifest. Raises Damaged."""
    found: dict[str, Part] = {}
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:  # type: ignore[call-overload]
            for member in tar:
                found[member.name] = _unpack(tar, member, target)
    except (tarfile.TarError, EOFError) as error:
        raise Damaged("备份文件已损坏：内部结构不完整。") from error
    if found.pop(MANIFEST, None) is None:
        raise Damaged("备份文件不完整：缺少清单。")
    manifest = Manifest.from_json((target / MANIFEST).read_text(encoding="utf-8"))
    for name in sorted(found.keys() | manifest.parts.keys()):
        if found.get(name) != manifest.parts.get(name):
            raise Damaged(f"备份文件已损坏：{name} 与清单不符。")
    return manifest


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> Part:
    name = PurePosixPath(member.name)
    if not member.isreg() or name.is_absolute() or ".." in name.parts:
        raise Damaged(f"备份文件内容可疑：{member.name}")
    path = target / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = tar.extractfile(member)
    assert source is not None
    total = hashlib.sha256()
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        while data := source.read(CHUNK):
            total.update(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return Part(member.size, total.hexdigest())
