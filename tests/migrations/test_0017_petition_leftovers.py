"""0017: what batches added to petitions that were here; the way back leaves the schema as it was."""

from tests.migrations.conftest import NOW, add_unit
from tests.migrations.test_0011_petitions import add_petition


def test_a_word_that_only_letters_bear_goes_on_as_theirs(ladder):
    ladder.up("0016")
    add_unit(ladder)
    add_petition(ladder)
    for id_, word in ((1, "澜信通"), (2, "澜信转")):
        ladder.insert(
            "document_register",
            id=id_,
            unit_id=1,
            word=word,
            mark="安澜县信访局",
            grid="strict",
            opened_at=NOW,
            version=1,
        )
    ladder.insert(
        "petition_letter", id=1, petition_id=1, kind="forward", unit_id=1, state="draft", source="", entered="{}",
        addressee="", void_reason="", drafted_at=NOW, version=1,
    )  # fmt: skip
    ladder.insert("document_number", register_id=2, year=2026, serial=1, letter_id=1, taken_at=NOW)
    ladder.up("0017")
    assert ladder.one("SELECT series FROM document_register WHERE id = 1") == "bulletin"
    assert ladder.one("SELECT series FROM document_register WHERE id = 2") == "letter"


def test_up_and_down_leave_the_schema_as_it_was(ladder):
    ladder.up("0016")
    before = ladder.schema()
    ladder.up("0017")
    assert "petition_update" in ladder.schema()
    ladder.down("0016")
    assert ladder.schema() == before
