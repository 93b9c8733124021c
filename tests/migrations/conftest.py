"""An empty database of each kind, walked up and down by revision, filled with plain SQL as it stood then."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, MetaData, Table, inspect, text

from app import create_app
from extensions import db
from tests.conftest import POSTGRESQL, SQLITE, Site, _postgresql_url, _recreate

NOW = datetime(2026, 7, 15, 2, 30)


VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"
REVISIONS = sorted(path.stem[:4] for path in VERSIONS.glob("0*.py"))


class Landings:
    """Empty databases as each revision left them, walked up to once and copied from then on."""

    def __init__(self, root: Path, kind: str) -> None:
        self.kind = kind
        self._root, self._kept = root, set[str]()
        self._prefix = f"landing_{secrets.token_hex(3)}"

    def highest_below(self, revision: str) -> str | None:
        return max((kept for kept in self._kept if kept <= revision), default=None)

    def keep(self, revision: str, site: "Place") -> None:
        if self.kind == SQLITE:
            shutil.copyfile(site.directory / "xinfang.sqlite3", self._file(revision))
        else:
            _recreate(self._name(revision), template=site.directory.name)
        self._kept.add(revision)

    def put(self, revision: str | None, site: "Place") -> None:
        """The database as that revision left it; None: an empty one."""
        if self.kind == POSTGRESQL:
            _recreate(site.directory.name, template=self._name(revision) if revision else "template1")
        elif revision:
            shutil.copyfile(self._file(revision), site.directory / "xinfang.sqlite3")

    def drop(self) -> None:
        if self.kind == POSTGRESQL:
            with psycopg.connect(_postgresql_url(), autocommit=True) as connection:
                for revision in self._kept:
                    connection.execute(f'DROP DATABASE IF EXISTS "{self._name(revision)}" WITH (FORCE)')

    def _file(self, revision: str) -> Path:
        return self._root / f"{self._prefix}_{revision}.sqlite3"

    def _name(self, revision: str) -> str:
        return f"{self._prefix}_{revision}"


@dataclass(frozen=True)
class Place:
    app: Flask
    directory: Path


class Ladder:
    """A database of its own and the revision it stands at."""

    def __init__(self, place: Place, landings: Landings) -> None:
        self.app = place.app
        self._place, self._landings, self._is_empty = place, landings, True
        self._is_there = False
        """Not before its database is needed: most tests begin with a copy of a landing."""

    def up(self, revision: str) -> None:
        if self._is_empty:
            self._walk_up(REVISIONS[-1] if revision == "head" else revision)
        else:
            self._move(upgrade, revision)

    def _walk_up(self, revision: str) -> None:
        start = self._landings.highest_below(revision)
        if start is not None or not self._is_there:
            self._put(start)
        self._is_empty = False
        if start != revision:
            self._move(upgrade, revision)
            self._let_go()
            self._landings.keep(revision, self._place)

    def _put(self, revision: str | None) -> None:
        self._let_go()
        self._landings.put(revision, self._place)
        self._is_there = True

    def _let_go(self) -> None:
        """No connection stays open: then one file holds all of it, or PostgreSQL copies it."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def down(self, revision: str) -> None:
        self._move(downgrade, revision)

    def _move(self, step: Any, revision: str) -> None:
        with self.app.app_context():
            step("migrations", revision=revision)
            db.session.remove()

    def connect(self) -> Any:
        """`with ladder.connect() as connection:`, one transaction."""
        if not self._is_there:
            self._put(None)
        with self.app.app_context():
            return db.engine.begin()

    def insert(self, table: str, **values: Any) -> None:
        """A row with the columns that the table has at this revision."""
        with self.connect() as connection:
            connection.execute(Table(table, MetaData(), autoload_with=connection).insert().values(**values))

    def one(self, statement: str) -> Any:
        with self.connect() as connection:
            return connection.execute(text(statement)).scalar()

    def run(self, statement: str) -> None:
        with self.connect() as connection:
            connection.execute(text(statement))

    def schema(self) -> dict[str, Any]:
        """Table → its columns and indexes, as the database tells them."""
        with self.connect() as connection:
            return {name: _shape(connection, name) for name in inspect(connection).get_table_names()}


def _shape(connection: Connection, table: str) -> tuple[Any, ...]:
    looked = inspect(connection)
    columns = sorted((c["name"], str(c["type"]), c["nullable"]) for c in looked.get_columns(table))
    indexes = sorted(
        (str(i["name"]), str(i["column_names"]), bool(i["unique"])) for i in looked.get_indexes(table)
    )
    return columns, indexes


@pytest.fixture(scope="session")
def landings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Landings]]:
    root = tmp_path_factory.mktemp("landings")
    made = {kind: Landings(root, kind) for kind in (SQLITE, POSTGRESQL)}
    yield made
    for each in made.values():
        each.drop()


@pytest.fixture(scope="session")
def places(
    tmp_path_factory: pytest.TempPathFactory, sites: dict[str, Site]
) -> Iterator[Callable[[str], Place]]:
    """Where ladders stand: one application for each kind of database, whose database every test gets empty."""
    root, made = tmp_path_factory.mktemp("ladders"), dict[str, Place]()

    def place(kind: str) -> Place:
        if kind not in made:
            made[kind] = _made_place(kind, root / f"ladder_{kind}_{secrets.token_hex(4)}", sites)
        return made[kind]

    yield place
    for kind, each in made.items():
        if kind == POSTGRESQL:
            with psycopg.connect(_postgresql_url(), autocommit=True) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{each.directory.name}" WITH (FORCE)')


def _made_place(kind: str, directory: Path, sites: dict[str, Site]) -> Place:
    directory.mkdir()
    shutil.copy(sites[SQLITE].directory / "secrets.json", directory)
    url = _postgresql_url().replace("/postgres?", f"/{directory.name}?") if kind == POSTGRESQL else ""
    return Place(create_app({"INSTANCE_DIR": str(directory), "DATABASE_URL": url}), directory)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def ladder(
    request: pytest.FixtureRequest, places: Callable[[str], Place], landings: dict[str, Landings]
) -> Iterator[Ladder]:
    """An empty database, once SQLite and once PostgreSQL."""
    place = places(request.param)
    for leftover in place.directory.glob("xinfang.sqlite3*"):
        leftover.unlink()
    yield Ladder(place, landings[request.param])
    with place.app.app_context():
        db.session.remove()
        db.engine.dispose()


def add_unit(ladder: Ladder) -> None:
    ladder.insert(
        "unit", id=1, code="AL21", name="柳溪镇", short_name="柳溪镇", category="township", path="/1/", sort_order=0,
        initials="lxz", spelling="liuxizhen", telephone="", version=1,
    )  # fmt: skip


def add_category(ladder: Ladder) -> None:
    ladder.insert(
        "category", id=9001, code="T1", name="住房", classic="城乡建设", aliases="", initials="zf", retired=False,
        version=1,
    )  # fmt: skip


def add_visit(ladder: Ladder, **values: Any) -> None:
    """Needs the unit and a category."""
    ladder.insert(
        "visit",
        **{
            "id": 1, "uid": "u" * 32, "number": "LF-AL21-2026-00001", "unit_id": 1, "visit_date": date(2026, 7, 15),
            "reception_type": "daily", "place": "", "receptionist": "林秀", "persons": 3, "representatives": 1,
            "visit_kind": "first", "category_id": 9001, "purpose": "request", "accused_text": "",
            "content": "反映道路损坏。", "reply": "", "outcome": "solved", "completion": "", "confidential": False,
            "sealed": False, "anonymous": False, "registered_at": NOW, "version": 1,
        } | values,
    )  # fmt: skip


def add_audit_entry(ladder: Ladder) -> None:
    ladder.insert(
        "audit_entry", id=1, at=NOW, action="visit.register", actor_name="林秀", actor_role="clerk", address="",
        subject_type="visit", subject_id=1, subject_label="LF-AL21-2026-00001", reason="", fields="[]", digests="{}",
        chain="c" * 64,
    )  # fmt: skip
