"""0007: an index of the few visits that not everybody may read; an audit log that cannot be emptied."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations.conftest import add_audit_entry, add_category, add_unit, add_visit


def indexes(ladder):
    return {index[0]: index[1] for index in ladder.schema()["visit"][1]}


def filled(ladder):
    ladder.up("0006")
    add_unit(ladder)
    add_category(ladder)
    add_visit(ladder)
    add_visit(ladder, id=2, uid="v" * 32, number="LF-AL21-2026-00002", sealed=True)
    add_audit_entry(ladder)


def is_postgresql(ladder):
    return not ladder.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")


def test_the_indexes_come_and_go_and_the_visits_stay(ladder):
    filled(ladder)
    ladder.up("0007")
    assert "ix_visit_guarded" in indexes(ladder)
    assert "'accused_unit_id'" in indexes(ladder)["ix_visit_category_date"]
    sealed = "SELECT id FROM visit WHERE voided_at IS NULL AND (sealed OR accused_person_id IS NOT NULL)"
    assert ladder.one(sealed) == 2
    ladder.down("0006")
    assert "ix_visit_guarded" not in indexes(ladder)
    assert "'accused_unit_id'" not in indexes(ladder)["ix_visit_category_date"]
    assert ladder.one("SELECT count(*) FROM visit") == 2


def test_the_audit_log_cannot_be_emptied(ladder):
    filled(ladder)
    ladder.up("0007")
    with pytest.raises(DBAPIError, match="append-only"):
        ladder.run("TRUNCATE audit_entry CASCADE" if is_postgresql(ladder) else "DELETE FROM audit_entry")
    assert ladder.one("SELECT actor_name FROM audit_entry") == "林秀"


def test_down_lets_it_be_emptied_again_as_before(ladder):
    filled(ladder)
    ladder.up("0007")
    ladder.down("0006")
    if is_postgresql(ladder):
        ladder.run("TRUNCATE audit_entry CASCADE")
        assert ladder.one("SELECT count(*) FROM audit_entry") == 0
