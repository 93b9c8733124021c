"""A consistent copy of the SQLite file while the site runs, and what a copy holds."""

import sqlite3
from pathlib import Path
from typing import Any

from models.audit_line import GENESIS
from models.engine import sqlite_options
from web.backup.copied import Copied
from web.backup.errors import BackupRefused, Damaged

_OWN_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' "
    "AND name NOT LIKE 'visit!_search%' ESCAPE '!' AND name NOT LIKE 'bulletin!_search%' ESCAPE '!' ORDER BY name"
)
"""The full-text tables are left out: a contentless index cannot be counted."""


def connect(path: Path) -> Any:
    """Through the same build of SQLite as the site."""
    return sqlite_options().get("module", sqlite3).connect(str(path), timeout=60)


def copy_out(database: Path, target: Path) -> None:
    """In one step: copying page by page would begin anew with every write. Raises BackupRefused."""
    if not database.is_file():
        raise BackupRefused("这个站点还没有数据库，没有可以备份的内容。")
    source, copy = connect(database), connect(target)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
        source.close()


def look_into(database: Path) -> Copied:
    """Raises Damaged when SQLite finds the file broken."""
    connection = connect(database)
    try:
        problem = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if problem != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise Damaged(f"数据库副本没有通过完整性检查：{problem}")
        names = [name for (name,) in connection.execute(_OWN_TABLES)]
        tables = {n: connection.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}  # noqa: S608
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        last = connection.execute("SELECT chain FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
        return Copied(revision, tables, tables["audit_entry"], last[0] if last else GENESIS)
    except connection.DatabaseError as error:
        raise Damaged(f"数据库副本读不出来：{error}") from error
    finally:
        connection.close()
