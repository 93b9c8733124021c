"""What the figures were taken on."""

import os
import platform
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from extensions import db


def machine() -> list[str]:
    return [
        f"{_after_colon('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores, "
        f"{_memory_gigabytes():.0f} GB memory, {platform.system()} on {platform.machine()}",
        f"Python {platform.python_version()}, one process; load of the machine before: {os.getloadavg()[0]:.1f} "
        "(other work on the same cores lengthens the clock's times, not the processor's)",
    ]


def database(app: Flask) -> str:
    """Name and version, size of the filled database."""
    with app.app_context(), db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            version = connection.exec_driver_sql("SELECT sqlite_version()").scalar()
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
            size = pages * (connection.exec_driver_sql("PRAGMA page_size").scalar() or 0)
            return f"SQLite {version} (WAL, synchronous FULL), {size / 2**20:.0f} MB"
        version = str(connection.execute(text("SHOW server_version")).scalar()).split()[0]
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar() or 0
        fsync = connection.execute(text("SHOW fsync")).scalar()
        commit = connection.execute(text("SHOW synchronous_commit")).scalar()
        return f"PostgreSQL {version} (fsync {fsync}, synchronous_commit {commit}), {size / 2**20:.0f} MB"


def _after_colon(path: str, name: str) -> str:
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "unknown processor"
    )


def _memory_gigabytes() -> float:
    return int(_after_colon("/proc/meminfo", "MemTotal").split()[0]) / 2**20
