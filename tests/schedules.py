"""Leaders' reception days for the tests of pages."""

from sqlalchemy import select

from models.leader_schedule import LeaderSchedule
from tests import factories, people

DAYS = "/reception/leader-schedule"


def unit_id(browser, code="AL"):
    with browser.app.app_context(), factories.plain_session() as session:
        return people.unit(session, code).id


def planned(browser, unit="AL", **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = factories.scheduled_day(session, unit, **values)
        session.commit()
        return row.id


def rows(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(LeaderSchedule).order_by(LeaderSchedule.id)).all()
