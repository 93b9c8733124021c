"""0012: attachments of records; a live file once for each."""

import pytest
from sqlalchemy.exc import IntegrityError

from tests.migrations.conftest import NOW, add_category, add_unit, add_visit


def add_attachment(ladder, **values):
    ladder.insert(
        "attachment",
        **{
            "id": 1, "uid": "a" * 32, "subject_type": "visit", "subject_id": 1, "position": 1, "file_name": "来信.pdf",
            "media_type": "application/pdf", "size": 1200, "digest": "d" * 64, "sent_digest": "s" * 64,
            "sealed_key": "v1:k1:n:c", "has_thumbnail": True, "note": "", "uploaded_at": NOW, "version": 1,
        } | values,
    )  # fmt: skip


def add_record(ladder):
    add_unit(ladder)
    add_category(ladder)
    add_visit(ladder)


def test_the_table_comes_and_goes_and_the_records_stay(ladder):
    ladder.up("0011")
    before = ladder.schema()
    add_record(ladder)
    ladder.up("0012")
    add_attachment(ladder, unit_id=1, pages=3, paper_page="AL21-2026-007")
    assert ladder.one("SELECT pages FROM attachment WHERE paper_page = 'AL21-2026-007'") == 3
    ladder.down("0011")
    assert ladder.schema() == before
    assert ladder.one("SELECT count(*) FROM visit") == 1
    ladder.up("0012")
    assert ladder.one("SELECT count(*) FROM attachment") == 0


def test_a_file_is_attached_to_a_record_once_while_it_is_live(ladder):
    ladder.up("0012")
    add_record(ladder)
    add_attachment(ladder)
    add_attachment(ladder, id=2, uid="b" * 32, subject_id=2)
    add_attachment(ladder, id=3, uid="c" * 32, voided_at=NOW, void_reason="重复")
    with pytest.raises(IntegrityError):
        add_attachment(ladder, id=4, uid="e" * 32)
    with pytest.raises(IntegrityError):
        add_attachment(ladder, id=5, uid="a" * 32, sent_digest="t" * 64)
