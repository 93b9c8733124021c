"""Models and migrations agree; each migration goes down to exactly what was before and has a test with data."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import IntegrityError

from models.base import metadata
from tests.migrations.conftest import REVISIONS, add_unit, add_visit

MADE_BY_HAND = ("visit_search", "bulletin_search", "petition_search", "desk_search")
"""The full-text tables, whose shape differs by database."""


def ours(_object, name, kind, _reflected, _compare_to):
    return not (kind == "table" and name is not None and name.startswith(MADE_BY_HAND))


def test_head_is_exactly_what_the_models_say(ladder):
    ladder.up("head")
    with ladder.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": ours})
        assert compare_metadata(context, metadata) == []


def test_every_migration_goes_back_to_what_was_before(ladder):
    before = {"base": ladder.schema()}
    for revision in REVISIONS:
        ladder.up(revision)
        before[revision] = ladder.schema()
    for revision, earlier in zip(reversed(REVISIONS), [*reversed(REVISIONS[:-1]), "base"], strict=True):
        ladder.down(earlier)
        found = {t: s for t, s in ladder.schema().items() if t != "alembic_version"}
        assert found == {t: s for t, s in before[earlier].items() if t != "alembic_version"}, revision
    ladder.up("head")
    assert ladder.schema() == before[REVISIONS[-1]]


def test_revisions_are_one_line_without_branches():
    assert [f"{n:04d}" for n in range(1, len(REVISIONS) + 1)] == REVISIONS


def test_every_migration_has_a_test_that_carries_data_through_it():
    tested = {path.stem[5:9] for path in Path(__file__).parent.glob("test_0*.py")}
    assert set(REVISIONS) == tested


def test_foreign_keys_hold_again_after_a_migration(ladder):
    ladder.up("head")
    if ladder.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        assert ladder.one("PRAGMA foreign_keys") == 1


def test_a_migration_that_would_break_a_reference_changes_nothing(ladder):
    """A visit still uses a category that going down would take away. Flask-Migrate ends the command on an error."""
    ladder.up("0003")
    add_unit(ladder)
    add_visit(ladder, category_id=ladder.one("SELECT min(id) FROM category"))
    with pytest.raises((SystemExit, IntegrityError)):
        ladder.down("0002")
    assert ladder.one("SELECT version_num FROM alembic_version") == "0003"
    assert ladder.one("SELECT count(*) FROM category c JOIN visit v ON v.category_id = c.id") == 1
