"""0017: what batches added to petitions that were here; the way back leaves the schema as it was."""


def test_up_and_down_leave_the_schema_as_it_was(ladder):
    ladder.up("0016")
    before = ladder.schema()
    ladder.up("0017")
    assert "petition_update" in ladder.schema()
    ladder.down("0016")
    assert ladder.schema() == before
