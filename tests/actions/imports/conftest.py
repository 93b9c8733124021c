"""`bring(kind, rows)` checks and imports a sheet as the console, or as one of the cast."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from actions.imports.checking import check_sheet
from actions.imports.kind import Importer
from actions.imports.kinds import KINDS
from extensions import db
from queries.imports import finished_batches
from tests import people
from tests.sheets import Content, write
from web.imports import Check

CONSOLE = people.SYSTEM


@pytest.fixture
def county(both: Flask) -> Iterator[Any]:
    """A session for looking, on both databases."""
    with both.app_context():
        yield db.session()


@pytest.fixture
def check(county: Any) -> Callable[..., Check]:
    def run(kind: str, rows: list[dict[str, Any]], member: Any = None, headings: Any = None) -> Check:
        actor = people.actor(county, member) if member else CONSOLE
        settled = finished_batches(county, kind)
        importer = Importer(actor, actor.scope_path, people.TODAY)
        sheet = check_sheet(county, KINDS[kind], Content(rows, headings), importer)
        county.commit()
        return Check(sheet, importer, settled)

    return run


@pytest.fixture
def bring(check: Callable[..., Check]) -> Callable[..., int]:
    def run(kind: str, rows: list[dict[str, Any]], member: Any = None) -> int:
        found = check(kind, rows, member)
        assert not found.sheet.refused, [str(e) for e in found.sheet.findings.kept]
        return write(found)

    return run
