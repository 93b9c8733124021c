"""`deadlines sweep`: one line, whether there was something to do or not."""

from datetime import date

import pytest

from actions.petition_deadlines import settle_deadlines
from models.deadline import CalendarYear
from tests import factories
from tests.holidays import NOTICE, year_2027
from tests.people import NOW, TODAY


@pytest.fixture
def run(site):
    with site.app_context(), factories.plain_session() as session:
        petition = factories.petition(
            session,
            responsible="AL21",
            stage="received",
            registered_on=date(2026, 12, 20),
            dispatched_on=date(2026, 12, 25),
            unit_received_on=date(2026, 12, 28),
        )
        settle_deadlines(session, petition, TODAY)
        session.commit()
    return lambda *args: site.test_cli_runner().invoke(args=["deadlines", "sweep", *args])


def test_nothing_to_do(run):
    result = run()
    assert (result.exit_code, result.stdout) == (
        0,
        "期限补算 0 个，纠正下一期限 0 件；今天到期 0 件，临期 0 件，已超期 0 件。\n",
    )


def test_dates_that_waited_for_the_calendar_are_settled_and_the_given_day_counted(run, site):
    with site.app_context(), factories.plain_session() as session:
        session.add(CalendarYear(year=2027, notice=NOTICE, loaded_at=NOW, days=year_2027()))
        session.commit()
    result = run("--today", "2027-01-12")
    assert (result.exit_code, result.stdout) == (
        0,
        "期限补算 2 个，纠正下一期限 0 件；今天到期 1 件，临期 0 件，已超期 0 件。\n",
    )


def test_a_day_that_is_none_is_refused(run):
    assert run("--today", "2027-13-01").exit_code == 2
