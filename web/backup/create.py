"""Making a backup while the site runs."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from actions.backups import note_backup
from extensions import db
from rules.roles import Actor
from web import clock
from web.audit_anchor import ANCHOR_FILE, write_anchor
from web.backup import postgresql, sqlite
from web.backup.archive import DATABASE, FILES, Manifest, files_of, write_archive
from web.backup.copied import Copied
from web.backup.errors import BackupRefused
from web.backup.recovery import RecoveryKey, ensure_recovery_key
from web.backup.seal import Sealer, sync_directory
from web.unit_of_work import writing

SUFFIX = ".xfbak"
SQLITE_FILE = "xinfang.sqlite3"


@dataclass(frozen=True)
class Made:
    """A finished backup; `passphrase` only when the recovery key was made just now: show it, it is kept nowhere."""

    path: Path
    manifest: Manifest
    passphrase: str | None


def create_backup(directory: Path, *, actor: Actor, name: str = "xinfang") -> Made:
    """One file `<name>-<office time>.xfbak` in `directory`, whole or not at all. Raises BackupRefused."""
    instance_dir = site_directory()
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        key, passphrase = ensure_recovery_key(instance_dir)
        stamp = clock.local(clock.now()).strftime("%Y%m%d-%H%M%S")
        with scratch(instance_dir, ".backup-") as work:
            manifest = _copy(instance_dir, work)
            path = _free_name(directory, f"{name}-{stamp}")
            draft = path.with_suffix(".part")
            try:
                _write(draft, work, instance_dir, directory, manifest, key)
                os.replace(draft, path)
                sync_directory(directory)
            finally:
                draft.unlink(missing_ok=True)
    except OSError as error:
        raise BackupRefused(
            f"备份没有做成：{error.strerror or error}（{error.filename or directory}）"
        ) from error
    with writing() as session:
        note_backup(
            session,
            actor=actor,
            now=clock.now(),
            file_name=path.name,
            audit_entries=manifest.audit_entries,
        )
    return Made(path, manifest, passphrase)


def site_directory() -> Path:
    return Path(str(current_app.config["INSTANCE_DIR"]))


def site_address() -> str:
    return str(current_app.config["SQLALCHEMY_DATABASE_URI"])


@contextmanager
def scratch(parent: Path, prefix: str) -> Iterator[Path]:
    """A private directory that is gone after the block."""
    directory = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _copy(instance_dir: Path, work: Path) -> Manifest:
    """The anchors are copied before the database, the files after it: no anchor is ahead of the chain, and each
    file that a row names is there."""
    (work / DATABASE).mkdir()
    write_anchor(instance_dir, db.session())
    shutil.copyfile(instance_dir / ANCHOR_FILE, work / ANCHOR_FILE)
    db.session.rollback()
    copy = _copy_sqlite if site_address().startswith("sqlite") else _copy_postgresql
    kind, copied = copy(work / DATABASE)
    made_at = clock.now().isoformat(timespec="seconds") + "Z"
    return Manifest(made_at, kind, copied.revision, copied.tables, copied.audit_entries, copied.audit_head)


def _copy_sqlite(target: Path) -> tuple[str, Copied]:
    sqlite.copy_out(Path(str(db.engine.url.database)), target / SQLITE_FILE)
    (target / SQLITE_FILE).chmod(0o600)
    return "sqlite", sqlite.look_into(target / SQLITE_FILE)


def _copy_postgresql(target: Path) -> tuple[str, Copied]:
    return "postgresql", postgresql.copy_out(site_address(), target)


def _free_name(directory: Path, name: str) -> Path:
    path, number = directory / f"{name}{SUFFIX}", 2
    while path.exists():
        path, number = directory / f"{name}-{number}{SUFFIX}", number + 1
    return path


def _write(
    draft: Path, work: Path, instance_dir: Path, directory: Path, manifest: Manifest, key: RecoveryKey
) -> None:
    facts = {"made_at": manifest.made_at, "database": manifest.database, "revision": manifest.revision}
    with open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        write_archive(Sealer(file, key, facts), manifest, _parts(work, instance_dir, directory))
        file.flush()
        os.fsync(file.fileno())


def _parts(work: Path, instance_dir: Path, directory: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((work / DATABASE).iterdir()):
        yield f"{DATABASE}/{path.name}", path
    for name, path in files_of(instance_dir, besides=directory):
        yield f"{FILES}/{name}", (work / ANCHOR_FILE if name == ANCHOR_FILE else path)
