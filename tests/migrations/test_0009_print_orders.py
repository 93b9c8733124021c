"""0009: orders of long prints, each of an account."""

from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from tests.migrations.conftest import NOW, add_unit


def add_account(ladder):
    add_unit(ladder)
    ladder.insert("person", id=1, name="林秀", initials="lx", telephone="", version=1)
    ladder.insert(
        "account", id=1, username="lin", person_id=1, unit_id=1, password_hash="x", must_change_password=False, reads_sealed=False,
        password_changed_at=NOW, opened_at=NOW, version=1,
    )  # fmt: skip


def add_order(ladder, **values):
    ladder.insert(
        "print_order",
        **{
            "id": 1, "account_id": 1, "reach": "clerk /1/", "kind": "visits", "arguments": "{}", "title": "来访登记册",
            "sentence": "全部有效登记", "state": "waiting", "step": 0, "pieces": 4000, "pieces_done": 0, "pages": 0,
            "error": "", "file_digest": "", "file_size": 0, "made_at": NOW,
        } | values,
    )  # fmt: skip


def test_the_table_comes_and_goes_and_the_accounts_stay(ladder):
    ladder.up("0008")
    before = ladder.schema()
    add_account(ladder)
    ladder.up("0009")
    add_order(ladder)
    add_order(ladder, id=2, state="done", finished_at=NOW, expires_at=datetime(2026, 7, 22, 2, 30))
    assert ladder.one("SELECT count(*) FROM print_order WHERE expires_at IS NOT NULL") == 1
    ladder.down("0008")
    assert ladder.schema() == before
    assert ladder.one("SELECT count(*) FROM account") == 1
    ladder.up("0009")
    assert ladder.one("SELECT count(*) FROM print_order") == 0


def test_an_order_belongs_to_an_account(ladder):
    ladder.up("0009")
    add_account(ladder)
    with pytest.raises(IntegrityError):
        add_order(ladder, account_id=2)
