"""The nightly look at running clocks: what waited for a calendar, and what went astray."""

from datetime import date

import pytest
from sqlalchemy import func, select, update

from actions.deadline_sweep import sweep_deadlines
from actions.petition_deadlines import settle_deadlines
from models.audit_entry import AuditEntry
from models.deadline import CalendarYear, Deadline
from models.petition import Petition
from tests import factories
from tests.holidays import NOTICE, year_2027
from tests.people import NOW, SYSTEM, TODAY


@pytest.fixture
def county(both):
    """One clock over New Year; a dispatch due today, one near, one late."""
    with both.app_context(), factories.plain_session() as session:
        waiting = {
            "responsible": "AL21",
            "registered_on": date(2026, 12, 20),
            "dispatched_on": date(2026, 12, 25),
            "unit_received_on": date(2026, 12, 28),
            "stage": "received",
        }
        received = (date(2026, 6, 30), date(2026, 7, 3), date(2026, 6, 29))
        for values in (waiting, *({"registered_on": day} for day in received)):
            settle_deadlines(session, factories.petition(session, **values), TODAY)
        session.commit()


def swept(session):
    found = sweep_deadlines(session, actor=SYSTEM, now=NOW, today=TODAY)
    session.commit()
    return found


def entries(session):
    return session.scalar(select(func.count()).where(AuditEntry.action == "deadline.sweep"))


def calendar_came(both):
    with both.app_context(), factories.plain_session() as session:
        session.add(CalendarYear(year=2027, notice=NOTICE, loaded_at=NOW, days=year_2027()))
        session.commit()


def test_nothing_to_do_changes_nothing_and_says_what_presses(county, session):
    found = swept(session)
    assert (found.clocks, found.petitions, found.today, found.near, found.overdue) == (0, 0, 1, 1, 1)
    assert found.in_words() == "期限补算 0 个，纠正下一期限 0 件；今天到期 1 件，临期 1 件，已超期 1 件。"
    assert entries(session) == 0


def test_a_calendar_that_came_settles_provisional_dates_once(county, both, request):
    calendar_came(both)
    session = request.getfixturevalue("session")
    assert (swept(session).clocks, swept(session).clocks) == (2, 0)
    row = session.scalars(select(Deadline).where(Deadline.key == "objection")).one()
    assert (row.due_on, row.provisional) == (date(2027, 1, 5), False)
    assert entries(session) == 1


def test_a_next_due_date_that_went_astray_is_put_right_and_told(county, both, request):
    with both.app_context(), factories.plain_session() as plain:
        plain.execute(update(Petition).values(next_due_on=date(2026, 1, 1), next_due_key="handle"))
        plain.commit()
    session = request.getfixturevalue("session")
    assert swept(session).petitions == 4
    keys = session.execute(select(Petition.next_due_on, Petition.next_due_key).order_by(Petition.id)).all()
    assert keys == [
        (date(2027, 1, 12), "xfr_notice"),
        (date(2026, 7, 15), "xfbm_dispatch"),
        (date(2026, 7, 18), "xfbm_dispatch"),
        (date(2026, 7, 14), "xfbm_dispatch"),
    ]
    assert (swept(session).petitions, entries(session)) == (0, 1)
