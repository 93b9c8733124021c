"""The peer: the same list of the same rows in Flask-Admin, as its documentation sets it up."""

from dataclasses import dataclass

from flask import Flask
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from sqlalchemy import create_engine
from sqlalchemy.orm import scoped_session, sessionmaker

from benchmarks.measure import Times, statements, times_of
from benchmarks.pages import ROUNDS, WORDS
from models.visit import Visit


class VisitView(ModelView):
    can_create = can_edit = can_delete = False
    page_size = 50
    column_default_sort = ("visit_date", True)
    column_list = (
        "number", "visit_date", "unit.short_name", "reception_type", "persons", "visit_kind", "category.name",
        "content", "outcome", "responsible_unit.short_name", "due_date", "completed_on",
    )  # fmt: skip
    column_searchable_list = ("content",)
    column_filters = ("unit_id", "visit_date")


@dataclass(frozen=True)
class PeerResult:
    name: str
    times: Times
    queries: int


def measure_peer(url: str, options: dict) -> list[PeerResult]:
    """The three pages that both have, over the database at `url`."""
    engine = create_engine(url, **options)
    sessions = scoped_session(sessionmaker(engine))
    app = Flask("peer")
    app.config["SECRET_KEY"] = "peer"
    Admin(app, name="peer").add_view(VisitView(Visit, sessions, endpoint="visits"))
    app.teardown_appcontext(lambda _error: sessions.remove())
    client = app.test_client()
    pages = (
        ("来访列表，第一页", lambda _i: "/admin/visits/"),
        ("来访列表，深处一页", lambda i: f"/admin/visits/?page={1000 + i * 40}"),
        ("搜索：两个汉字", lambda i: f"/admin/visits/?search={WORDS[i % len(WORDS)]}"),
    )
    found = []
    for name, address in pages:
        with statements(engine) as sent:
            answer = client.get(address(0))
        if answer.status_code != 200:
            raise RuntimeError(f"{address(0)}: {answer.status_code}")
        times = times_of(lambda i: client.get(address(i)), ROUNDS // 3)  # noqa: B023
        found.append(PeerResult(name, times, len(sent)))
    engine.dispose()
    return found
