"""0004: indexes that hold all that the figures read."""

from tests.migrations.conftest import add_category, add_unit, add_visit


def names(ladder):
    return {index[0]: index[1] for index in ladder.schema()["visit"][1]}


def filled(ladder):
    ladder.up("0003")
    add_unit(ladder)
    add_category(ladder)
    add_visit(ladder)
    add_visit(ladder, id=2, uid="v" * 32, number="LF-AL21-2026-00002", persons=5)


def test_the_indexes_grow_and_the_visits_stay(ladder):
    filled(ladder)
    assert names(ladder)["ix_visit_date"] == "['visit_date', 'id']"
    ladder.up("0004")
    assert "'persons'" in names(ladder)["ix_visit_date"]
    assert "ix_visit_words" in names(ladder)
    assert ladder.one("SELECT sum(persons) FROM visit WHERE voided_at IS NULL") == 8


def test_down_brings_the_narrow_ones_back(ladder):
    filled(ladder)
    ladder.up("0004")
    ladder.down("0003")
    assert names(ladder)["ix_visit_date"] == "['visit_date', 'id']"
    assert "ix_visit_words" not in names(ladder)
    assert ladder.one("SELECT count(*) FROM visit") == 2
