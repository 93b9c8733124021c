"""Checking a backup: its digest, and with the passphrase a full restore into a scratch place, compared."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from config import ROOT
from models import protected
from models.engine import sqlite_options
from models.keys import SECRETS_FILE, Keys
from web.attachment_check import damaged_attachments
from web.audit_anchor import verify_site
from web.backup import postgresql, sqlite
from web.backup.archive import DATABASE, FILES, Manifest, read_archive
from web.backup.create import SQLITE_FILE, scratch, site_address, site_directory
from web.backup.errors import BackupRefused, Damaged
from web.backup.seal import SealedFile

_SHOWN = 5
"""Files that a refusal names."""


@dataclass(frozen=True)
class Verified:
    """`manifest` is None without the passphrase. `restored` tells whether the database was brought back and compared;
    the copy of a PostgreSQL database can only be on a site that has one."""

    manifest: Manifest | None
    restored: bool


def verify_backup(path: Path, passphrase: str | None) -> Verified:
    """Raises BackupRefused: Damaged, WrongPassphrase."""
    sealed = SealedFile(path)
    sealed.check_digest()
    if passphrase is None:
        return Verified(None, False)
    with scratch(site_directory(), ".restore-") as work:
        manifest = unpack(sealed, passphrase, work)
        return Verified(manifest, compare(work, manifest, with_attachments=True))


def unpack(sealed: SealedFile, passphrase: str, work: Path) -> Manifest:
    """Every part below `work`, each compared with the manifest. Raises BackupRefused."""
    stream = sealed.open(passphrase)
    try:
        return read_archive(stream, work)
    except OSError as error:
        raise BackupRefused(f"没有空间或权限展开备份：{error.strerror}") from error
    finally:
        stream.close()


def compare(work: Path, manifest: Manifest, *, with_attachments: bool = False) -> bool:
    """The unpacked database against its manifest, its audit chain and anchors. Raises Damaged.

    Verifying also reads every attachment; restoring does not, for a site that lost one must come back all the same.

    Returns False where there is no database of that kind to restore into.
    """
    if manifest.database == "sqlite":
        copied = sqlite.look_into(work / DATABASE / SQLITE_FILE)
        _expect(manifest, copied.tables, copied.audit_head)
        _check_restored(f"sqlite:///{work / DATABASE / SQLITE_FILE}", work / FILES, with_attachments)
        return True
    if not site_address().startswith("postgresql"):
        return False
    with _scratch_schema() as address:
        tables = restore_postgresql(address, work, manifest)
        _expect(manifest, tables, manifest.audit_head)
        _check_restored(address, work / FILES, with_attachments)
    return True


def restore_postgresql(address: str, work: Path, manifest: Manifest) -> dict[str, int]:
    """Make the tables of the backup's revision in an empty schema and fill them. Returns rows by table."""
    migrate(address, work / FILES, manifest.revision)
    return postgresql.copy_in(address, work / DATABASE)


def migrate(address: str, instance_dir: Path, revision: str) -> None:
    """In a process of its own: this one holds another site's keys and engine. Raises BackupRefused."""
    # settings.env of the backup must not lead elsewhere: what is in the environment wins.
    environment = os.environ | {
        "INSTANCE_DIR": str(instance_dir),
        "DATABASE_URL": postgresql.plain_url(address),
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "db", "upgrade", revision]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise BackupRefused(f"建不起备份时的数据表（版本 {revision}）：{last}")


def _expect(manifest: Manifest, tables: dict[str, int], audit_head: str) -> None:
    different = [n for n in tables.keys() | manifest.tables.keys() if tables.get(n) != manifest.tables.get(n)]
    if different:
        raise Damaged(f"还原出来的行数与清单不符：{'、'.join(sorted(different))}")
    if audit_head != manifest.audit_head:
        raise Damaged("还原出来的审计链末尾与清单不符。")


def _check_restored(address: str, files: Path, with_attachments: bool) -> None:
    """Under the keys of the backup."""
    same_build = {k: v for k, v in sqlite_options().items() if k == "module" and address.startswith("sqlite")}
    engine = create_engine(address, **same_build)
    mine = protected.keys()
    protected.use_keys(Keys(**json.loads((files / SECRETS_FILE).read_text(encoding="ascii"))))
    try:
        with Session(engine) as session:
            report = verify_site(files, session)
            damaged = damaged_attachments(session, files) if with_attachments else []
    finally:
        protected.use_keys(mine)
        engine.dispose()
    if not report.ok:
        raise Damaged(f"还原出来的{report.in_words()}")
    if damaged:
        shown = "、".join(damaged[:_SHOWN])
        raise Damaged(
            f"有 {len(damaged)} 件附件缺失或与登记的摘要值不符：{shown}{'……' if damaged[_SHOWN:] else ''}"
        )


@contextmanager
def _scratch_schema() -> Iterator[str]:
    schema = f"backup_check_{secrets.token_hex(6)}"
    postgresql.make_schema(site_address(), schema)
    try:
        yield postgresql.with_schema(site_address(), schema)
    finally:
        postgresql.drop_schema(site_address(), schema)
