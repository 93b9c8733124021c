"""A seeded county of its own for the walks, built once per process."""

import secrets
from collections.abc import Iterator

import pytest

from extensions import db
from tests.conftest import SQLITE, Site, _build_site
from tests.people import NOW
from tests.shape.walk import Walk
from web import clock


@pytest.fixture(scope="session")
def walked_county(sites: dict[str, Site], password_hash: str, worker_id: str) -> Iterator[Walk]:
    root = sites[SQLITE].directory.parent
    site = _build_site(SQLITE, root / f"walk_{worker_id}_{secrets.token_hex(3)}", password_hash)
    with clock.frozen(NOW):
        yield Walk(site.app, site.directory, password_hash)
    with site.app.app_context():
        db.engine.dispose()


@pytest.fixture
def walk(walked_county: Walk) -> Iterator[Walk]:
    """The seeded county as it was, on the tests' Wednesday."""
    walked_county.restore()
    with clock.frozen(NOW):
        yield walked_county
