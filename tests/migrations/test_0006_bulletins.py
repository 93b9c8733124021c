"""0006: bulletins, number registers and seals; what was issued cannot be rewritten."""

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError

from tests.migrations.conftest import NOW, add_unit

TABLES = {
    *("bulletin", "bulletin_issue", "bulletin_file", "bulletin_recipient", "bulletin_template"),
    *("document_register", "document_number", "seal", "seal_use"),
}


def add_bulletin(ladder, **values):
    ladder.insert(
        "bulletin",
        **{
            "id": 1, "uid": "b" * 32, "unit_id": 1, "subject_unit_id": 1, "kind": "daily", "period": "2026-07-15",
            "period_start": date(2026, 7, 15), "period_end": date(2026, 7, 15), "format": "document",
            "title": "接访日通报", "addressees": "", "source": "正文。", "copies_to": "", "urgency": "", "note": "",
            "state": "issued", "drafted_at": NOW, "returned_reason": "", "number": "柳通〔2026〕1号",
            "issued_on": date(2026, 7, 15), "issued_at": NOW, "listed_on": date(2026, 7, 15), "withdraw_reason": "",
            "version": 1,
        } | values,
    )  # fmt: skip


def add_issued(ladder):
    """A bulletin with its number and frozen content."""
    add_unit(ladder)
    add_bulletin(ladder)
    ladder.insert(
        "document_register", id=1, unit_id=1, word="柳通", mark="柳溪镇", grid="strict", opened_at=NOW, version=1,
    )  # fmt: skip
    ladder.insert("document_number", id=1, register_id=1, year=2026, serial=1, bulletin_id=1, taken_at=NOW)
    ladder.insert(
        "bulletin_issue", bulletin_id=1, content="{}", content_digest="c" * 64, record_ids="{}",
        records_digest="d" * 64, frozen_at=NOW,
    )  # fmt: skip


def test_the_tables_come_and_go_and_the_units_stay(ladder):
    ladder.up("0005")
    add_unit(ladder)
    ladder.up("0006")
    assert ladder.schema().keys() >= TABLES
    ladder.down("0005")
    assert not ladder.schema().keys() & TABLES
    assert ladder.one("SELECT count(*) FROM unit") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bulletin_issue SET content = '{1}'",
        "DELETE FROM bulletin_issue",
        "UPDATE document_number SET serial = 2",
        "DELETE FROM document_number",
        "UPDATE bulletin SET title = '改过的标题'",
        "UPDATE bulletin SET number = NULL, issued_on = NULL, state = 'draft'",
    ],
)
def test_what_was_issued_cannot_be_rewritten(ladder, statement):
    ladder.up("0006")
    add_issued(ladder)
    with pytest.raises(DatabaseError):
        ladder.run(statement)


def test_an_issued_bulletin_may_be_withdrawn(ladder):
    ladder.up("0006")
    add_issued(ladder)
    ladder.run("UPDATE bulletin SET state = 'withdrawn', withdraw_reason = '数据有误'")
    assert ladder.one("SELECT state FROM bulletin") == "withdrawn"


def test_a_draft_may_be_rewritten(ladder):
    ladder.up("0006")
    add_unit(ladder)
    add_bulletin(ladder, state="draft", number=None, issued_on=None, issued_at=None)
    ladder.run("UPDATE bulletin SET title = '改过的标题'")
    assert ladder.one("SELECT title FROM bulletin") == "改过的标题"


def test_a_number_belongs_to_one_bulletin(ladder):
    ladder.up("0006")
    add_issued(ladder)
    with pytest.raises(DatabaseError):
        add_bulletin(ladder, id=2, uid="e" * 32)
