"""Fixtures: a site per database, put back to the same small county before each test."""

import gc
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from sqlalchemy.orm import Session

import models.password_hash
from app import create_app
from extensions import db
from models.engine import begin_writing, end_writing
from models.keys import load_or_make_keys
from models.protected import use_keys
from queries.memory import forget
from tests import people
from tests.browser import Browser
from tests.put_back import Kept, keep, put_back, shape_of
from web import clock

TESTS = Path(__file__).parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
KEPT_FILES = ("attachments", "prints", "results", "uploads")
"""Folders of a site whose files are named by the ids of rows: after the rows, the next test's would be theirs."""


models.password_hash._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""A fifth of a second for each password is asked of the site itself, in tests/models/test_password_hash.py, alone."""


_FIRST = ("end_to_end", "shape", "commands", "deploy")
"""Folders whose files take minutes: begun first, so that no worker waits at the end for another's last file."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        folder = item.path.relative_to(TESTS).parts[0]
        return _FIRST.index(folder) if folder in _FIRST else len(_FIRST)

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """Ten thousand tests and all code stay to the end: the collector of garbage need not walk them again and again."""
    gc.collect()
    gc.freeze()


@dataclass
class Site:
    """An application on one database, and how to put that database and the files beside it back."""

    app: Flask
    kind: str
    directory: Path
    kept: Kept | None = None
    """Of PostgreSQL."""

    def restore(self) -> None:
        with self.app.app_context():
            db.session.remove()
            if self.kind == SQLITE:
                db.engine.dispose()
        if self.kind == SQLITE:
            for leftover in self.directory.glob("xinfang.sqlite3*"):
                leftover.unlink()
            shutil.copyfile(self.directory / "template", self.directory / "xinfang.sqlite3")
        elif self.kept is None or not put_back(self.kept):
            self._make_anew()
        for name in KEPT_FILES:
            shutil.rmtree(self.directory / name, ignore_errors=True)

    def _make_anew(self) -> None:
        with self.app.app_context():
            db.engine.dispose()
        if self.kept is not None:
            self.kept.close()
        _recreate(self.name, template=f"{self.name}_template")
        self.kept = replace(self.kept, shape=shape_of(self.kept.url)) if self.kept else None

    @property
    def name(self) -> str:
        return self.directory.name


def _postgresql_url() -> str:
    url = os.environ.get("TEST_POSTGRESQL_URL")
    assert url, "TEST_POSTGRESQL_URL is not set: run ./test.sh, or tests/start_postgresql.sh DIR"
    return url


def _recreate(name: str, template: str = "template1") -> None:
    with psycopg.connect(_postgresql_url(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@pytest.fixture(scope="session")
def password_hash() -> str:
    return models.password_hash.hash_password(people.PASSWORD)


@pytest.fixture(scope="session")
def sites(
    tmp_path_factory: pytest.TempPathFactory, password_hash: str, worker_id: str
) -> Iterator[dict[str, Site]]:
    """Built lazily, once per process and database."""
    built: dict[str, Site] = {}
    root = tmp_path_factory.mktemp("sites")

    def build(kind: str) -> Site:
        if kind not in built:
            built[kind] = _build_site(
                kind, root / f"{kind}_{worker_id}_{secrets.token_hex(3)}", password_hash
            )
        return built[kind]

    yield type("Sites", (dict,), {"__missing__": lambda _self, kind: build(kind)})()
    for site in built.values():
        with site.app.app_context():
            db.engine.dispose()
        if site.kind == POSTGRESQL:
            with psycopg.connect(_postgresql_url(), autocommit=True) as connection:
                for name in (site.name, f"{site.name}_template"):
                    connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


def _build_site(kind: str, directory: Path, password_hash: str) -> Site:
    directory.mkdir()
    shared_secrets = directory.parent / "secrets.json"
    if shared_secrets.exists():
        shutil.copy(shared_secrets, directory)
    overrides = {"INSTANCE_DIR": str(directory), "DATABASE_URL": ""}
    if kind == POSTGRESQL:
        _recreate(directory.name)
        overrides["DATABASE_URL"] = _postgresql_url().replace("/postgres?", f"/{directory.name}?")
    app = create_app(overrides)
    app.testing = True
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(directory.parent), "%s.template")
    shutil.copy(directory / "secrets.json", shared_secrets)
    with app.app_context():
        if kind == SQLITE:
            event.listen(db.engine, "connect", _without_waiting_for_the_disk)
        upgrade("migrations")
        with Session(db.engine) as plain, plain.begin():
            people.build_world(plain, password_hash)
        db.engine.dispose()
    site = Site(app, kind, directory)
    if kind == SQLITE:
        shutil.copyfile(directory / "xinfang.sqlite3", directory / "template")
    else:
        site.kept = keep(overrides["DATABASE_URL"].replace("postgresql+psycopg:", "postgresql:"))
        _recreate(f"{site.name}_template", template=site.name)
    return site


def _without_waiting_for_the_disk(connection: sqlite3.Connection, _record: object) -> None:
    """Nothing of a test outlives its machine. What a power cut leaves is asked of a site of its own."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def both(request: pytest.FixtureRequest, sites: dict[str, Site]) -> Iterator[Flask]:
    """The application, once on SQLite and once on PostgreSQL."""
    yield from _fresh(sites[request.param])


@pytest.fixture
def site(sites: dict[str, Site]) -> Iterator[Flask]:
    """The application on SQLite, for pages."""
    yield from _fresh(sites[SQLITE])


def use_keys_of(app: Flask) -> None:
    """Keys belong to the process: a test before may have opened another site in it."""
    use_keys(load_or_make_keys(Path(app.config["INSTANCE_DIR"])))


def _fresh(site: Site) -> Iterator[Flask]:
    site.restore()
    use_keys_of(site.app)
    forget()  # many tests' rows come without an audit entry
    with clock.frozen(people.NOW):
        yield site.app


@pytest.fixture
def reading(both: Flask) -> Iterator[Session]:
    """A session for queries, on both databases."""
    with both.app_context():
        yield db.session()


@pytest.fixture
def session(both: Flask) -> Iterator[Session]:
    """A session inside a unit of work, audit guard on, on both databases. Call `session.commit()` freely."""
    with both.app_context():
        unit = db.session()
        begin_writing(unit)
        yield unit
        unit.rollback()
        end_writing(unit)


@pytest.fixture
def browser(site: Flask) -> Iterator[Browser]:
    """`browser.sign_in(people.LIN)`, then `get`, `post`; each page is inspected for free."""
    yield Browser(site)


class StatementCounter(list[str]):
    """SQL statements sent since the block began; transaction control is not counted."""


@pytest.fixture
def count_statements() -> object:
    """`with count_statements(app) as statements: …; assert len(statements) <= 12`."""
    from contextlib import contextmanager

    @contextmanager
    def counting(app: Flask) -> Iterator[StatementCounter]:
        statements = StatementCounter()
        with app.app_context():
            engine = db.engine

        def note(_connection, _cursor, statement, *_rest) -> None:
            if not statement.startswith(("BEGIN", "SELECT pg_advisory")):
                statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
