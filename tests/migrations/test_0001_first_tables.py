"""0001: the first tables."""

import pytest
from sqlalchemy.exc import IntegrityError

from tests.migrations.conftest import add_category, add_unit, add_visit


def test_rows_can_be_kept_and_the_constraints_hold(ladder):
    ladder.up("0001")
    add_unit(ladder)
    add_category(ladder)
    add_visit(ladder)
    assert ladder.one("SELECT number FROM visit") == "LF-AL21-2026-00001"
    with pytest.raises(IntegrityError):
        add_visit(ladder, id=2, uid="v" * 32, number="LF-AL21-2026-00002", persons=0)
    with pytest.raises(IntegrityError):
        add_visit(ladder, id=2, uid="v" * 32)
    with pytest.raises(IntegrityError):
        add_visit(ladder, id=2, uid="v" * 32, number="LF-AL21-2026-00002", unit_id=99)


def test_down_leaves_nothing_and_up_again_is_empty(ladder):
    ladder.up("0001")
    add_unit(ladder)
    ladder.down("base")
    assert set(ladder.schema()) <= {"alembic_version"}
    ladder.up("0001")
    assert ladder.one("SELECT count(*) FROM unit") == 0
