"""What a person meets first on the 工作台: the own and the unit's deadlines that press."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from actions.petition_deadlines import settle_deadlines
from models.staff import Person
from queries.petition_days import petition_days
from queries.petition_digest import petition_digest
from rules.lights import Light
from tests import factories, people
from tests.people import TODAY


def given(session, number, due, **values):
    """Sent to the unit fifteen days before `due`, the day by which it must give notice."""
    received = due - timedelta(days=15)
    sent = {"registered_on": received, "dispatched_on": received, "unit_received_on": received}
    petition = factories.petition(session, number=number, stage="received", **sent | values)
    settle_deadlines(session, petition, TODAY)
    return petition


@pytest.fixture
def county(both):
    with both.app_context(), factories.plain_session() as session:
        lin = session.scalars(select(Person.id).where(Person.name == "林秀")).one()
        given(session, "XF-LATE", date(2026, 7, 10), responsible="AL21")
        given(session, "XF-TODAY", date(2026, 7, 15), responsible="AL21", handler_id=lin)
        given(session, "XF-NEAR", date(2026, 7, 20), responsible="AL21")
        given(session, "XF-FAR", date(2026, 7, 21), responsible="AL21")
        given(session, "XF-OTHER", date(2026, 7, 10), responsible="AL22")
        given(
            session,
            "XF-VOID",
            date(2026, 7, 10),
            responsible="AL21",
            voided_at=people.NOW,
            void_reason="重复",
        )
        session.commit()


def digest(session, member, **options):
    return petition_digest(session, people.actor(session, member), petition_days(session, TODAY), **options)


def test_late_today_and_near_by_due_date(county, reading):
    found = digest(reading, people.LIN)
    assert [(r.number, r.clock, r.days_left, r.light, r.is_mine) for r in found.rows] == [
        ("XF-LATE", "告知", "已超 5 天", Light.OVERDUE, False),
        ("XF-TODAY", "告知", "今天到期", Light.TODAY, True),
        ("XF-NEAR", "告知", "还有 5 天", Light.NEAR, False),
    ]
    assert (found.overdue, found.today, found.near) == (1, 1, 1)


def test_the_counts_are_of_all_and_the_rows_of_the_first(county, reading):
    found = digest(reading, people.LIN, shown=1)
    assert ([r.number for r in found.rows], found.all) == (["XF-LATE"], 3)


def test_another_unit_sees_its_own(county, reading):
    assert [r.number for r in digest(reading, people.BAI).rows] == ["XF-OTHER"]


def test_the_county_is_not_told_what_its_units_owe(county, reading):
    assert digest(reading, people.WU).rows == ()


def test_it_costs_one_statement(county, both, reading, count_statements):
    actor, days = people.actor(reading, people.LIN), petition_days(reading, TODAY)
    with count_statements(both) as statements:
        petition_digest(reading, actor, days)
    assert len(statements) == 1
