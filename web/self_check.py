"""What must be right before a site is opened; each refusal is one Chinese line that says what to do."""

import sqlite3
from functools import cache
from ipaddress import ip_address

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy.exc import DBAPIError

from config import ROOT
from extensions import db
from models.engine import SAFE_SQLITE, sqlite_options


class NotReady(RuntimeError):
    """`str(error)` is what the operator reads."""


def check_address(host: str) -> bool:
    """Whether plain HTTP goes beyond this machine, as allowed by setting. Raises NotReady where it is not allowed."""
    if is_loopback(host) or current_app.config["HTTPS"] == "1":
        return False
    if current_app.config["ALLOW_PLAIN_HTTP"] == "1":
        return True
    raise NotReady(
        f"不在 {host} 上打开明文 HTTP：口令和信访内容会以明文在网上传送。请在前面加 HTTPS 反向代理并设 HTTPS=1，"
        "或明确设 ALLOW_PLAIN_HTTP=1（会写入审计）。"
    )


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_sqlite() -> None:
    """Raises NotReady where the site would use an SQLite that can corrupt its file."""
    version = tuple(sqlite_options().get("module", sqlite3).sqlite_version_info)
    if current_app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") and version < SAFE_SQLITE:
        found, needed = (".".join(map(str, v)) for v in (version, SAFE_SQLITE))
        raise NotReady(
            f"这台机器的 SQLite 是 {found}，低于 {needed} 的版本在并发写入时可能损坏数据库。"
            "请改用 PostgreSQL（设 DATABASE_URL），或安装 pysqlite3 / 新版 SQLite。"
        )


def revisions() -> tuple[str | None, str]:
    """The database's revision (None: no tables yet) and the program's. Raises NotReady."""
    try:
        with db.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise NotReady(f"数据库打不开：{str(error.orig).strip().splitlines()[0]}") from error
    try:
        _scripts().get_revision(current)
    except CommandError:
        raise NotReady(f"数据库的版本 {current} 比程序新：请用更新的程序打开它。") from None
    return current, newest_revision()


def newest_revision() -> str:
    """The tables that this program works with."""
    return str(_scripts().get_current_head())


@cache
def _scripts() -> ScriptDirectory:
    """Read once: the program's own files stay as they are while it runs."""
    return ScriptDirectory(str(ROOT / "migrations"))


def check_revision() -> None:
    """Raises NotReady unless the tables are this program's."""
    current, head = revisions()
    if current != head:
        raise NotReady(
            f"数据库版本是 {current or '空'}，程序需要 {head}：请先运行 ./run.sh，或 flask --app app site prepare。"
        )
