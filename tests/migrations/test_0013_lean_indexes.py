"""0013: indexes that hold all that figures read, and one of the sessions that somebody came to."""

from tests.migrations.conftest import add_category, add_unit, add_visit


def names(ladder, table):
    return {index[0]: str(index[1]) for index in ladder.schema()[table][1]}


def test_the_indexes_come_and_go_and_the_visits_stay(ladder):
    ladder.up("0012")
    add_unit(ladder)
    add_category(ladder)
    add_visit(ladder)
    ladder.up("0013")
    assert "'voided_at'" in names(ladder, "visit")["ix_visit_persons"]
    assert "'responsible_unit_id'" in names(ladder, "visit")["ix_visit_open_due"]
    assert "ix_village_session_busy" in names(ladder, "village_session")
    ladder.down("0012")
    assert names(ladder, "visit")["ix_visit_persons"] == "['persons', 'id']"
    assert names(ladder, "visit")["ix_visit_open_due"] == "['due_date', 'unit_id']"
    assert "ix_village_session_busy" not in names(ladder, "village_session")
    assert ladder.one("SELECT count(*) FROM visit") == 1
