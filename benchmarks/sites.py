"""The large fictional county on either database; built once in a working directory and used again."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from app import create_app
from commands.console import console_actor
from commands.demonstration.county import build_county
from commands.demonstration.plan import Plan, Size
from commands.demonstration.staff import SIGN_INS
from extensions import db
from models.password_hash import hash_password
from queries.emptiness import is_empty_site
from web import clock
from web.unit_of_work import writing

SIZE = Size(townships=40, villages=932, visits=200_000, petitions=0)
"""With county, bureau, 25 departments and the city's bureau: 1,000 units."""
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
_DATABASE = "xinfang_benchmark"


@dataclass
class Site:
    kind: str
    app: Flask
    built_in_seconds: float


def open_site(kind: str, work: Path, size: Size = SIZE) -> Site:
    """The site of this working directory; filled first where it is empty. Raises KeyError without PostgreSQL."""
    directory = work / kind.lower()
    directory.mkdir(parents=True, exist_ok=True)
    url = "" if kind == SQLITE else _postgresql()
    app = create_app({"INSTANCE_DIR": str(directory), "DATABASE_URL": url})
    note = directory / "built.json"
    with app.app_context():
        upgrade("migrations")
        if is_empty_site(db.session()):
            note.write_text(json.dumps(_fill(size)), encoding="ascii")
    return Site(kind, app, json.loads(note.read_text(encoding="ascii")))


def _fill(size: Size) -> float:
    """Seconds taken."""
    started = time.perf_counter()
    plan = Plan(seed=1, size=size, today=clock.today(), now=clock.now())
    nobody = hash_password(os.urandom(16).hex())
    with writing() as session:
        build_county(
            session, actor=console_actor(), plan=plan, password_hashes=dict.fromkeys(SIGN_INS, nobody),
            other_hash=nobody, seal=None, say=print,
        )  # fmt: skip
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return round(time.perf_counter() - started, 1)


def _postgresql() -> str:
    """Address of the benchmark's own database beside the tests' one."""
    server = os.environ["TEST_POSTGRESQL_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE]).fetchone():
            connection.execute(f'CREATE DATABASE "{_DATABASE}"')
    return server.replace("/postgres?", f"/{_DATABASE}?")
