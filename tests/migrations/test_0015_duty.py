"""0015: rosters, the desk's log, special periods; what was published is kept, a seat is held once."""

from datetime import date, datetime, time

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.migrations.conftest import NOW, add_unit

DUTY_TABLES = {
    "roster",
    "duty",
    "roster_edition",
    "duty_swap",
    "desk_entry",
    "desk_handover",
    "special_period",
}


def add_duty(ladder):
    """上河村 … a rota with one post, published once, one seat held by nobody."""
    ladder.insert(
        "roster_scheme", id=1, uid="s" * 32, unit_id=1, kind="duty", name="24小时值班", pattern="daily", pattern_days="",
        puts_off=False, rest_hours=24, most_in_row=1, place="", telephone="", version=1,
    )  # fmt: skip
    ladder.insert(
        "roster_post", id=1, scheme_id=1, position=1, name="值班员（主）", starts_at=time(8, 30), ends_at=time(8, 30),
        need=1, weight=1,
    )  # fmt: skip
    ladder.insert(
        "roster", id=1, uid="r" * 32, scheme_id=1, unit_id=1, first_day=date(2026, 8, 1), last_day=date(2026, 8, 31),
        planned_at=NOW, proven=True, findings="{}", edition=1, published_at=NOW, version=1,
    )  # fmt: skip
    ladder.insert("roster_edition", id=1, roster_id=1, number=1, published_at=NOW, rows="[]")
    seat(ladder, 1)


def seat(ladder, duty_id, **values):
    ladder.insert(
        "duty",
        **{
            "id": duty_id, "roster_id": 1, "unit_id": 1, "post_id": 1, "day": date(2026, 8, 1), "seat": 1,
            "starts_at": datetime(2026, 8, 1, 0, 30), "ends_at": datetime(2026, 8, 2, 0, 30), "assigned": "planned",
            "locked": False, "reason": "", "version": 1,
        } | values,
    )  # fmt: skip


def add_entry(ladder, entry_id=1, **values):
    ladder.insert(
        "desk_entry",
        **{
            "id": entry_id, "uid": f"{entry_id:032}", "number": f"ZR-AL-2026-{entry_id:05}", "unit_id": 1,
            "happened_at": NOW, "kind": "instruction", "mode": "phone", "source": "县委办", "content": "报送情况",
            "proposal": "", "instruction": "", "instructed_by": "", "reply": "", "report": "", "registered_at": NOW,
            "version": 1,
        } | values,
    )  # fmt: skip


def test_the_tables_come_and_go_and_the_units_stay(ladder):
    ladder.up("0014")
    before = ladder.schema()
    add_unit(ladder)
    ladder.up("0015")
    assert ladder.schema().keys() >= DUTY_TABLES
    add_duty(ladder)
    add_entry(ladder)
    ladder.down("0014")
    assert ladder.schema() == before
    assert ladder.one("SELECT count(*) FROM unit") == 1


def test_a_seat_stands_once_and_a_published_edition_is_never_rewritten(ladder):
    ladder.up("0015")
    add_unit(ladder)
    add_duty(ladder)
    with pytest.raises(IntegrityError):
        seat(ladder, 2)
    for statement in ("UPDATE roster_edition SET number = 2", "DELETE FROM roster_edition"):
        with pytest.raises(DatabaseError):
            ladder.run(statement)


def test_a_line_handed_over_keeps_its_own_words(ladder):
    ladder.up("0015")
    columns, _indexes = ladder.schema()["desk_handover_matter"]
    assert {name for name, _type, _nullable in columns} == {
        "id", "handover_id", "entry_id", "position", "number", "happened_at", "kind", "content", "due_at", "note",
    }  # fmt: skip


def test_a_following_report_names_the_first_and_a_first_one_names_none(ladder):
    ladder.up("0015")
    add_unit(ladder)
    add_entry(ladder, report="first")
    add_entry(ladder, 2, report="follow", first_id=1)
    for wrong in ({"report": "follow"}, {"report": "first", "first_id": 1}):
        with pytest.raises(IntegrityError):
            add_entry(ladder, 3, **wrong)
