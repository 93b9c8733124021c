"""0011: petitions; the tables come and go around what is there, and each live petition has its own province number."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from tests.migrations.conftest import NOW, add_unit


def add_petition(ladder, **values):
    ladder.insert(
        "petition",
        **{
            "id": 1, "uid": "p" * 32, "number": "XF-XFJ-2026-00001", "unit_id": 1, "registered_on": date(2026, 3, 2),
            "received_on": date(2026, 3, 2), "channel": "letter", "source_level": "county", "persons": 1,
            "representatives": 1, "item_kind": "first", "title": "", "content": "反映灌溉渠断水。", "request": "",
            "category_id": 1, "purpose": "request", "accused_text": "", "other_procedure": "", "source_number": "",
            "instruction": "", "oral": False, "included": True, "judicial": False, "confidential": False,
            "sealed": False, "anonymous": False, "stage": "pending", "extension_days": 0,
            "dispatch_due_on": date(2026, 3, 17), "registered_at": NOW, "version": 1,
        } | values,
    )  # fmt: skip


def test_the_tables_come_and_go_and_the_units_stay(ladder):
    ladder.up("0010")
    add_unit(ladder)
    ladder.up("0011")
    add_petition(ladder)
    ladder.down("0010")
    assert "petition" not in ladder.schema()
    assert ladder.one("SELECT count(*) FROM unit") == 1


def test_two_live_petitions_never_share_a_province_number(ladder):
    ladder.up("0011")
    add_unit(ladder)
    add_petition(ladder, external_number="410000202603020001", voided_at=NOW)
    add_petition(ladder, id=2, uid="q" * 32, number="XF-XFJ-2026-00002", external_number="410000202603020001")
    with pytest.raises(IntegrityError):
        add_petition(
            ladder, id=3, uid="r" * 32, number="XF-XFJ-2026-00003", external_number="410000202603020001"
        )


def test_an_extension_is_at_most_thirty_days(ladder):
    ladder.up("0011")
    add_unit(ladder)
    with pytest.raises(IntegrityError):
        add_petition(ladder, extension_days=31)
