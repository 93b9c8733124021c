"""0016: the line of a merging has room for the whole number of the other petition; back again it is cut."""

from datetime import date

from tests.migrations.conftest import NOW, add_unit
from tests.migrations.test_0011_petitions import add_petition

LONG = "XF-AL0103-2026-00001-ABCDEFGHIJ"


def test_a_long_number_fits_and_is_cut_on_the_way_back(ladder):
    ladder.up("0015")
    before = ladder.schema()
    add_unit(ladder)
    add_petition(ladder)
    ladder.up("0016")
    ladder.insert(
        "petition_step", id=1, petition_id=1, verb="merge", happened_on=date(2026, 3, 12), recorded_at=NOW,
        from_stage="pending", outcome=LONG, text="", undo_reason="", before="",
    )  # fmt: skip
    assert ladder.one("SELECT outcome FROM petition_step") == LONG
    ladder.down("0015")
    assert ladder.one("SELECT outcome FROM petition_step") == LONG[:20]
    assert ladder.schema() == before
