"""0005: an index that holds all that a list's conditions and totals read."""

from tests.migrations.conftest import add_category, add_unit, add_visit


def names(ladder):
    return {index[0] for index in ladder.schema()["visit"][1]}


def test_the_index_comes_and_goes_and_the_visits_stay(ladder):
    ladder.up("0004")
    add_unit(ladder)
    add_category(ladder)
    add_visit(ladder)
    ladder.up("0005")
    assert "ix_visit_totals" in names(ladder)
    ladder.down("0004")
    assert "ix_visit_totals" not in names(ladder)
    assert ladder.one("SELECT count(*) FROM visit") == 1
