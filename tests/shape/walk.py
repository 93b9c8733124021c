"""Walking all routes as every member with live requests, and seeing whether the database changed."""

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from actions.sign_in import open_session
from extensions import db
from models.staff import Account
from queries.memory import forget
from tests import people
from tests.people import Member
from tests.shape.county import MEMBERS, Rows, own_value, seed
from web.guard import OPEN_ENDPOINTS
from web.guarded_blueprint import PERMISSIONS
from web.session import TOKEN
from web.unit_of_work import writing

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_RECORDS = frozenset(
    {"sign_in_session", "sign_in_attempt", "sign_in_throttle", "form_draft", "sqlite_sequence"}
)
"""Tables that may change without anybody having done anything to a record."""


@dataclass(frozen=True)
class Door:
    """One rule of the site and one way to knock."""

    rule: Rule
    method: str

    @property
    def endpoint(self) -> str:
        return str(self.rule.endpoint)

    @property
    def parameters(self) -> list[str]:
        return sorted(self.rule.arguments)

    @property
    def is_safe(self) -> bool:
        return self.method in SAFE

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"


class Walk:
    """A seeded county that can be put back, and a signed-in client for each member."""

    def __init__(self, app: Flask, directory: Path, password_hash: str) -> None:
        self.app = app
        self.directory = directory
        self._cookies = SecureCookieSessionInterface().get_signing_serializer(app)
        with app.app_context():
            with Session(db.engine) as plain, plain.begin():
                self.rows: Rows = seed(plain, password_hash)
            self._tokens = {member.username: self._sign_in(member) for member in MEMBERS}
            db.session.remove()
            db.engine.dispose()
        shutil.copyfile(self.database, directory / "seeded")
        self.restore()

    @property
    def database(self) -> Path:
        return self.directory / "xinfang.sqlite3"

    def restore(self) -> None:
        """Everything as seeded; all clients as if just signed in."""
        forget()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for leftover in self.directory.glob("xinfang.sqlite3*"):
            leftover.unlink()
        shutil.copyfile(self.directory / "seeded", self.database)
        self._clients: dict[str, FlaskClient] = {}
        with self.app.app_context():
            self._watcher = db.engine.raw_connection()
        self._seen = self._data_version()

    def _sign_in(self, member: Member) -> str:
        token = secrets.token_urlsafe(16)
        account = db.session.query(Account).filter_by(username=member.username).one()
        with writing() as session:
            open_session(
                session, account=account, token=token, username=member.username, address="127.0.0.1",
                browser="test", now=people.NOW,
            )  # fmt: skip
        return token

    def client(self, member: Member | None) -> FlaskClient:
        """A browser of that member; None is a browser that never signed in."""
        name = member.username if member else ""
        if name not in self._clients:
            self._clients[name] = self.new_client(member)
        return self._clients[name]

    def new_client(self, member: Member | None) -> FlaskClient:
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["csrf_token"] = secrets.token_hex(20)
            if member:
                cookie[TOKEN] = self._tokens[member.username]
        return client

    def csrf_token(self, client: FlaskClient) -> str:
        """The token that a form on a page of this client would carry."""
        cookie = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        held = self._cookies.loads(cookie.value)["csrf_token"]
        key = self.app.config.get("WTF_CSRF_SECRET_KEY") or self.app.secret_key
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(held))

    def knock(self, door: Door, member: Member | None, /, **options: Any) -> TestResponse:
        """One live request to a row within reach; unsafe ones carry the client's own token."""
        client = self.client(member)
        data = {} if door.is_safe else {"csrf_token": self.csrf_token(client)} | options.pop("data", {})
        return client.open(self.address(door, member), method=door.method, data=data, **options)

    def address(self, door: Door, member: Member | None, **values: object) -> str:
        filled = {p: values.get(p, own_value(self.rows, member, p)) for p in door.parameters}
        built = self.app.url_map.bind("localhost").build(door.endpoint, filled, method=door.method)
        return str(built)

    def doors(self, *, public_files: bool = False) -> Iterator[Door]:
        """Every rule × method except HEAD and OPTIONS, which Flask derives from GET."""
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint in OPEN_ENDPOINTS and not public_files:
                continue
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Door(rule, method)

    def permission(self, door: Door) -> Any:
        return self.app.extensions[PERMISSIONS][door.endpoint]

    def changed(self) -> bool:
        """Whether any connection committed since this was asked last (SQLite's own counter)."""
        now = self._data_version()
        changed, self._seen = now != self._seen, now
        return changed

    def _data_version(self) -> int:
        return int(self._watcher.cursor().execute("PRAGMA data_version").fetchone()[0])

    def changed_tables(self) -> set[str]:
        """Tables whose rows differ from the seeded ones, sessions, throttles and drafts left aside."""
        if not self.changed():
            return set()
        now, before = self._fingerprint(self.database), self._fingerprint(self.directory / "seeded")
        return {t for t in now | before if now.get(t) != before.get(t)} - NOT_RECORDS

    def _fingerprint(self, path: Path) -> dict[str, str]:
        cursor = self._watcher.cursor()
        cursor.execute("ATTACH DATABASE ? AS looked_at", (str(path),))
        try:
            cursor.execute("SELECT name FROM looked_at.sqlite_master WHERE type = 'table'")
            names = [name for (name,) in cursor.fetchall()]
            return {name: _digest(cursor, name) for name in names}
        finally:
            cursor.execute("DETACH DATABASE looked_at")


def _digest(cursor: Any, table: str) -> str:
    rows = sorted(map(repr, cursor.execute(f'SELECT * FROM looked_at."{table}"')))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
