"""0024: what a unit has and what waits for it is counted from its own index entries."""

from ast import literal_eval

NEW = {"ix_petition_unfiled_unit", "ix_petition_unreported", "ix_petition_unexecuted"}


def columns(ladder):
    schema = ladder.schema()
    indexes = [index for table in ("petition", "visit") for index in schema[table][1]]
    return {name: literal_eval(names) for name, names, _ in indexes}


def test_the_indexes_come_and_go(ladder):
    ladder.up("0023")
    before = columns(ladder)
    ladder.up("0024")
    after = columns(ladder)
    assert after["ix_petition_unfiled_unit"][0] == "responsible_unit_id"
    assert "persons" in after["ix_petition_responsible_registered"]
    assert "persons" in after["ix_visit_responsible_date"]
    assert after.keys() - before.keys() == NEW
    ladder.down("0023")
    assert columns(ladder) == before
