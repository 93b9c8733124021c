"""Whose reception day is when, on both databases."""

from datetime import date

import pytest

from queries.leader_schedule import (
    ScheduleFilter,
    last_roster,
    list_schedule,
    schedule_units,
    swappable,
    upcoming_days,
    usual_office,
)
from tests import factories, people
from tests.people import TODAY


@pytest.fixture
def planned(both):
    with both.app_context(), factories.plain_session() as session:
        factories.scheduled_day(session, day=date(2026, 7, 8))
        factories.scheduled_day(session, day=date(2026, 7, 9), leader_name="李副县长")
        factories.scheduled_day(session, day=date(2026, 7, 22), leader_name="李副县长")
        factories.scheduled_day(session, day=date(2026, 7, 29), voided_at=people.NOW, void_reason="排错了")
        factories.scheduled_day(session, "AL21", day=date(2026, 7, 10), leader_name="赵立")
        factories.leader_reception(session, reception_date=date(2026, 7, 8))
        session.commit()
    return both


def seen(session, member, unit="AL", **values):
    chosen = ScheduleFilter(month="2026-07", unit=people.unit(session, unit).id, **values)
    return [
        (r.day.day, r.leader, r.state(TODAY))
        for r in list_schedule(session, people.actor(session, member), chosen)
    ]


def test_a_past_day_is_held_where_the_reception_is_registered(planned, reading):
    assert seen(reading, people.WU) == [
        (8, "韩副县长", "held"), (9, "李副县长", "missing"), (22, "李副县长", "coming"),
    ]  # fmt: skip
    assert (10, "赵立", "missing") in seen(reading, people.WU, below=True)


def test_a_reception_of_the_same_leader_elsewhere_on_that_day_counts(planned, reading):
    with factories.plain_session() as session:
        person = people.actor(session, people.ZHAO).person_id
        factories.scheduled_day(session, "AL21", day=date(2026, 7, 14), leader_name="赵立", leader_id=person)
        factories.leader_reception(
            session, "AL2101", reception_date=date(2026, 7, 14), leader_name="赵立", leader_id=person
        )
        session.commit()
    assert (14, "赵立", "held") in seen(reading, people.LIN, "AL21")


def test_offices_above_are_read_without_what_came_of_their_days(planned, reading):
    assert seen(reading, people.LIN) == [(8, "韩副县长", ""), (9, "李副县长", ""), (22, "李副县长", "coming")]
    assert seen(reading, people.CHEN, "AL21") == [(10, "赵立", "")]
    assert seen(reading, people.BAI, "AL21") == []


def test_void_days_are_shown_only_where_asked_for(planned, reading):
    assert [row[0] for row in seen(reading, people.WU, state="void")] == [29]


def test_the_usual_office_of_a_village_is_its_township(planned, reading):
    offices = {
        m: usual_office(reading, people.actor(reading, m)).code for m in (people.CHEN, people.LIN, people.WU)
    }
    assert list(offices.values()) == ["AL21", "AL21", "AL"]


def test_villages_are_no_choice_and_a_departments_clerk_chooses_between_the_county_and_the_own(
    planned, reading
):
    codes = {
        m: [u.code for u in schedule_units(reading, people.actor(reading, m), TODAY)]
        for m in (people.ZHU, people.WU)
    }
    assert codes[people.ZHU] == ["AL", "AL11"]
    assert codes[people.WU] == ["AL", "AL01", "AL11", "AL12", "AL21", "AL22"]


def test_the_last_roster_has_each_leader_of_the_last_month_once(planned, reading):
    with factories.plain_session() as session:
        factories.scheduled_day(session, day=date(2026, 6, 30), leader_name="王副县长")
        session.commit()
    roster = last_roster(reading, people.unit(reading, "AL").id)
    assert [one.leader_name for one in roster] == ["韩副县长", "李副县长"]
    assert last_roster(reading, people.unit(reading, "AL12").id) == []


def test_days_of_other_leaders_nearby_may_be_swapped_with(planned, reading):
    from models.leader_schedule import LeaderSchedule

    row = reading.query(LeaderSchedule).filter_by(day=date(2026, 7, 8)).one()
    actor = people.actor(reading, people.WU)
    assert [o.day.day for o in swappable(reading, actor, row)] == [9, 22]


def test_a_day_that_may_not_be_swapped_is_not_offered(planned, reading):
    """On the 9th 李副县长 has received already; on the 22nd 韩副县长 has a day of his own."""
    from models.leader_schedule import LeaderSchedule

    with factories.plain_session() as session:
        factories.leader_reception(session, reception_date=date(2026, 7, 9), leader_name="李副县长")
        factories.scheduled_day(session, day=date(2026, 7, 22))
        factories.scheduled_day(session, day=date(2026, 7, 23), leader_name="李副县长")
        session.commit()
    row = reading.query(LeaderSchedule).filter_by(day=date(2026, 7, 8)).one()
    actor = people.actor(reading, people.WU)
    assert [o.day.day for o in swappable(reading, actor, row)] == [23]


def test_the_front_page_shows_the_next_seven_days_of_the_own_top_office_in_one_statement(
    planned, reading, count_statements
):
    actor = people.actor(reading, people.WU)
    with count_statements(planned) as statements:
        days = upcoming_days(reading, actor, TODAY)
    assert [(d.day.day, d.leader, d.is_own) for d in days] == [(22, "李副县长", False)]
    assert len(statements) == 1


def test_a_leaders_own_day_is_marked(planned, reading):
    with factories.plain_session() as session:
        own = people.actor(session, people.HAN).person_id
        factories.scheduled_day(session, day=TODAY, leader_id=own)
        session.commit()
    han = people.actor(reading, people.HAN)
    assert [(d.day, d.is_own) for d in upcoming_days(reading, han, TODAY)][0] == (TODAY, True)


def test_the_list_costs_one_statement_however_long(planned, reading, count_statements):
    actor = people.actor(reading, people.WU)
    chosen = ScheduleFilter(month="2026-07", unit=people.unit(reading, "AL").id)
    with count_statements(planned) as statements:
        list_schedule(reading, actor, chosen)
    assert len(statements) == 1
