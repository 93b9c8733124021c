"""0008: the schedule of leaders' reception days; of live rows a leader has one a day."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from tests.migrations.conftest import NOW, add_unit


def add_scheduled(ladder, **values):
    ladder.insert(
        "leader_schedule",
        **{
            "id": 1, "uid": "s" * 32, "unit_id": 1, "day": date(2026, 8, 5), "leader_name": "韩副县长", "post": "副县长",
            "portfolio": "", "mode": "fixed", "place": "", "telephone": "", "notes": "", "registered_at": NOW,
            "version": 1,
        } | values,
    )  # fmt: skip


def test_the_table_comes_and_goes_and_the_units_stay(ladder):
    ladder.up("0007")
    add_unit(ladder)
    ladder.up("0008")
    add_scheduled(ladder)
    ladder.down("0007")
    assert "leader_schedule" not in ladder.schema()
    assert ladder.one("SELECT count(*) FROM unit") == 1


def test_a_leader_has_one_live_row_a_day_and_void_ones_do_not_count(ladder):
    ladder.up("0008")
    add_unit(ladder)
    add_scheduled(ladder, voided_at=NOW)
    add_scheduled(ladder, id=2, uid="t" * 32)
    with pytest.raises(IntegrityError):
        add_scheduled(ladder, id=3, uid="u" * 32)
