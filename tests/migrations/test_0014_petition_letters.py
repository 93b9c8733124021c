"""0014: letters of petitions; the books keep their lines and their locks, and take lines of letters."""

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.migrations.conftest import NOW
from tests.migrations.test_0006_bulletins import add_issued
from tests.migrations.test_0011_petitions import add_petition


def add_letter(ladder, **values):
    ladder.insert(
        "petition_letter",
        **{
            "id": 1, "petition_id": 1, "kind": "forward", "unit_id": 1, "source": "请依规依法处理。", "entered": "{}",
            "state": "draft", "drafted_at": NOW, "addressee": "", "void_reason": "", "version": 1,
        } | values,
    )  # fmt: skip


def issued(**values):
    return {
        "state": "issued", "number": "柳信〔2026〕2号", "issued_on": date(2026, 7, 15), "issued_at": NOW,
        "content": "{}", "content_digest": "c" * 64,
    } | values  # fmt: skip


def add_books(ladder):
    """A bulletin with number 1 and one use of the seal."""
    add_issued(ladder)
    ladder.insert(
        "seal", id=1, uid="s" * 32, unit_id=1, name="柳溪镇", cipher="v1", digest="d" * 64, width_mm=42,
        registered_at=NOW, version=1,
    )  # fmt: skip
    ladder.insert("seal_use", id=1, seal_id=1, bulletin_id=1, used_at=NOW, content_digest="c" * 64)


def add_letter_lines(ladder):
    add_petition(ladder)
    add_letter(ladder, **issued())
    ladder.insert("document_number", id=2, register_id=1, year=2026, serial=2, letter_id=1, taken_at=NOW)
    ladder.insert("seal_use", id=2, seal_id=1, letter_id=1, used_at=NOW, content_digest="c" * 64)


def test_lines_of_bulletins_stay_and_those_of_letters_go_with_the_letters(ladder):
    ladder.up("0013")
    before = ladder.schema()
    add_books(ladder)
    ladder.up("0014")
    add_letter_lines(ladder)
    assert ladder.one("SELECT count(*) FROM document_number") == 2
    assert ladder.one("SELECT bulletin_id FROM seal_use WHERE id = 1") == 1
    ladder.down("0013")
    assert ladder.schema() == before
    assert ladder.one("SELECT max(serial) FROM document_number") == 1
    assert ladder.one("SELECT max(id) FROM seal_use") == 1
    with pytest.raises(DatabaseError):
        ladder.run("DELETE FROM seal_use")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document_number SET serial = 3 WHERE id = 1",
        "DELETE FROM document_number WHERE id = 2",
        "UPDATE seal_use SET letter_id = NULL, bulletin_id = 1 WHERE id = 2",
        "DELETE FROM seal_use WHERE id = 1",
        "UPDATE petition_letter SET source = '改过的正文'",
        "UPDATE petition_letter SET state = 'void'",
        "DELETE FROM petition_letter",
    ],
)
def test_books_and_issued_letters_cannot_be_rewritten(ladder, statement):
    ladder.up("0013")
    add_books(ladder)
    ladder.up("0014")
    add_letter_lines(ladder)
    with pytest.raises(DatabaseError):
        ladder.run(statement)


@pytest.mark.parametrize("owner", [{}, {"bulletin_id": 1, "letter_id": 1}])
@pytest.mark.parametrize("book", ["document_number", "seal_use"])
def test_a_line_belongs_to_exactly_one_document(ladder, book, owner):
    ladder.up("0014")
    add_books(ladder)
    add_petition(ladder)
    add_letter(ladder)
    rest = {
        "document_number": {"register_id": 1, "year": 2026, "serial": 2, "taken_at": NOW},
        "seal_use": {"seal_id": 1, "used_at": NOW, "content_digest": "c" * 64},
    }
    with pytest.raises(IntegrityError):
        ladder.insert(book, id=2, **rest[book], **owner)


def test_a_draft_changes_and_an_office_has_one_of_a_kind(ladder):
    ladder.up("0014")
    add_issued(ladder)
    add_petition(ladder)
    add_letter(ladder)
    ladder.run("UPDATE petition_letter SET state = 'void', void_reason = '改为交办'")
    add_letter(ladder, id=2)
    with pytest.raises(IntegrityError):
        add_letter(ladder, id=3)


def test_only_what_is_frozen_counts_as_issued(ladder):
    ladder.up("0014")
    add_issued(ladder)
    add_petition(ladder)
    with pytest.raises(IntegrityError):
        add_letter(ladder, **issued(content=None))
    with pytest.raises(IntegrityError):
        add_letter(ladder, number="柳信〔2026〕2号")
