"""0010: an issued bulletin stays as it is in every column that was decided."""

import pytest
from sqlalchemy.exc import DatabaseError

from tests.migrations.test_0006_bulletins import add_issued


@pytest.mark.parametrize(
    "change",
    [
        "urgency = '特急'",
        "note = '此件公开发布'",
        "format = 'letter'",
        "issued_by_id = NULL, issued_at = '2026-07-16 00:00:00'",
        "voided_at = '2026-07-16 00:00:00'",
        "state = 'submitted'",
    ],
)
def test_what_was_decided_at_issue_cannot_be_rewritten(ladder, change):
    ladder.up("0010")
    add_issued(ladder)
    with pytest.raises(DatabaseError):
        ladder.run(f"UPDATE bulletin SET {change}")


def test_it_may_be_withdrawn_and_never_comes_back(ladder):
    ladder.up("0010")
    add_issued(ladder)
    ladder.run("UPDATE bulletin SET state = 'withdrawn', withdraw_reason = '数据有误', version = 2")
    with pytest.raises(DatabaseError):
        ladder.run("UPDATE bulletin SET state = 'issued'")


def test_going_down_keeps_the_bulletin_and_the_earlier_rule(ladder):
    ladder.up("0010")
    add_issued(ladder)
    ladder.down("0009")
    ladder.run("UPDATE bulletin SET urgency = '加急'")
    with pytest.raises(DatabaseError):
        ladder.run("UPDATE bulletin SET title = '改过的标题'")
    assert ladder.one("SELECT count(*) FROM bulletin") == 1
