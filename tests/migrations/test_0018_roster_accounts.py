"""0018: editions keep what held then and stay whole; rosters the days guessed; plans of the worker come and go."""

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.migrations.conftest import NOW, add_unit
from tests.migrations.test_0009_print_orders import add_account
from tests.migrations.test_0015_duty import add_duty


def add_order(ladder, **values):
    ladder.insert(
        "roster_order",
        **{
            "id": 1, "account_id": 1, "unit_id": 1, "scheme_id": 1, "scheme_version": 1, "verb": "new",
            "roster_version": 0, "first_day": date(2026, 8, 1), "last_day": date(2026, 8, 31), "state": "waiting",
            "stage": "", "error": "", "made_at": NOW,
        } | values,
    )  # fmt: skip


def test_editions_and_rosters_go_through_with_nothing_known(ladder):
    ladder.up("0017")
    before = ladder.schema()
    add_unit(ladder)
    add_duty(ladder)
    ladder.up("0018")
    assert ladder.one("SELECT provisional FROM roster") == "{}"
    assert ladder.one("SELECT terms FROM roster_edition") == ""
    assert ladder.one("SELECT settled_to FROM roster_edition") is None
    with pytest.raises(DatabaseError):
        ladder.run("UPDATE roster_edition SET terms = 'x'")
    ladder.down("0017")
    assert ladder.schema() == before
    assert ladder.one("SELECT count(*) FROM roster_edition") == 1
    with pytest.raises(DatabaseError):
        ladder.run("DELETE FROM roster_edition")


def test_a_plan_is_asked_for_by_an_account_and_for_days_in_order(ladder):
    ladder.up("0018")
    add_account(ladder)
    ladder.insert(
        "roster_scheme", id=1, uid="a" * 32, unit_id=1, kind="duty", name="值班", pattern="daily", pattern_days="",
        puts_off=False, rest_hours=24, most_in_row=1, place="", telephone="", version=1,
    )  # fmt: skip
    add_order(ladder)
    for wrong in ({"last_day": date(2026, 7, 31)}, {"verb": "other"}, {"account_id": 9}):
        with pytest.raises(IntegrityError):
            add_order(ladder, id=2, **wrong)
