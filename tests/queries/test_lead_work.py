"""What of the lead assignments waits for whom on the front page."""

from datetime import date

import pytest
from sqlalchemy import select

from models.staff import Person
from queries.board import count_all
from queries.lead_work import lead_work_counts
from queries.petition_days import Days
from tests import factories, leads
from tests.people import BAI, CHEN, HAN, LIN, TODAY, WU, ZHAO, ZHENG, actor

DAYS = Days(TODAY, date(2026, 7, 20))


@pytest.fixture
def county(both):
    """柳溪镇: one of the county's overdue and without a word this week, one of its own to approve, a village's to accept. The
    county's own result waits for nobody there, and what a county leader shall lead for the county's head."""
    with both.app_context(), factories.plain_session() as plain:
        leads.lead(plain, "AL01", "AL21", due_on=date(2026, 7, 10))
        leads.lead(plain, "AL21", "AL21", state="proposed", assigned_on=None)
        leads.lead(plain, "AL21", "AL2101", state="submitted", concluded_on=TODAY)
        leads.lead(plain, "AL01", "AL21", state="proposed", assigned_on=None)
        leads.lead(plain, "AL01", "AL01", state="submitted", concluded_on=TODAY)
        han = plain.scalars(select(Person.id).where(Person.name == HAN.name)).one()
        leads.lead(plain, "AL21", "AL21", state="proposed", assigned_on=None, leader_id=han)
        plain.commit()


@pytest.mark.parametrize(
    ("member", "waiting"),
    [
        (LIN, {"overdue": 1, "silent": 1}),
        (ZHAO, {"to_assign": 1, "overdue": 1, "silent": 1, "to_accept": 1}),
        (WU, {"overdue": 1, "silent": 1, "to_accept": 1}),
        (ZHENG, {"to_assign": 3, "overdue": 1, "silent": 1, "to_accept": 1}),
        (BAI, {}),
        (HAN, {}),
        (CHEN, {}),
    ],
    ids=lambda value: getattr(value, "username", None),
)
def test_each_is_told_what_he_must_do(county, reading, member, waiting):
    counted = count_all(reading, lead_work_counts(actor(reading, member), DAYS))
    assert {key: count for key, count in counted.items() if count} == waiting
