"""Sessions due and held, and who sees which."""

from datetime import date

from sqlalchemy import select

from models.leader_reception import LeaderPromise
from models.organisation import Unit
from queries.leader_receptions import open_promises
from queries.village_session_list import SessionFilter, list_sessions, session_totals
from queries.village_sessions import by_township, session_days, sessions_due, village_weeks, weeks_of_period
from tests import factories, people
from tests.people import TODAY

JULY = [date(2026, 7, 1), date(2026, 7, 8), date(2026, 7, 15), date(2026, 7, 22), date(2026, 7, 29)]


def path(session, code):
    return session.scalars(select(Unit.path).where(Unit.code == code)).one()


def test_each_village_owes_one_for_each_wednesday_that_has_come(reading):
    assert sessions_due(reading, path(reading, "AL21"), JULY, TODAY) == 3 * 3
    assert sessions_due(reading, path(reading, "AL"), JULY, TODAY) == 4 * 3
    assert sessions_due(reading, path(reading, "AL2101"), JULY, date(2026, 7, 31)) == 5
    assert sessions_due(reading, path(reading, "AL11"), JULY, TODAY) == 0


def test_a_village_owes_only_while_it_is_in_being(reading):
    lower, upper = (
        reading.scalars(select(Unit).where(Unit.code == code)).one() for code in ("AL2102", "AL2101")
    )
    lower.valid_from, upper.valid_to = date(2026, 7, 8), date(2026, 7, 8)
    reading.flush()
    assert sessions_due(reading, path(reading, "AL21"), JULY, TODAY) == 2 + 2 + 3
    reading.rollback()


def test_weeks_of_a_township_show_what_was_held_and_what_is_missing(session):
    held = factories.village_session(session, session_date=date(2026, 7, 9))
    factories.village_session(session, "AL2102", voided_at=people.NOW)
    lin = people.actor(session, people.LIN)
    days = session_days(TODAY, 2, 2)
    assert days == [date(2026, 7, 8), date(2026, 7, 15)]
    rows = {r.village.code: r for r in village_weeks(session, lin, lin.scope_path, days, TODAY)}
    assert rows["AL2101"].held[date(2026, 7, 8)].id == held.id
    assert rows["AL2102"].held == {date(2026, 7, 8): None, date(2026, 7, 15): None}
    (township,) = by_township(session, list(rows.values()), days)
    assert township.counts == {date(2026, 7, 8): (3, 1), date(2026, 7, 15): (3, 0)}
    session.rollback()


def test_of_two_sessions_in_a_week_its_cell_shows_that_of_the_session_day(session):
    wednesday, _ = (factories.village_session(session, session_date=date(2026, 7, day)) for day in (8, 9))
    lin = people.actor(session, people.LIN)
    (row,) = village_weeks(session, lin, path(session, "AL2101"), [date(2026, 7, 8)], TODAY)
    assert row.held[date(2026, 7, 8)].id == wednesday.id
    session.rollback()


def test_a_village_that_began_within_the_period_owes_only_the_days_after(session):
    village = session.scalars(select(Unit).where(Unit.code == "AL2102")).one()
    village.valid_from = date(2026, 7, 8)
    session.flush()
    weeks = weeks_of_period(
        session, people.actor(session, people.LIN), village, (JULY[0], date(2026, 7, 31)), JULY, TODAY
    )
    assert [week.due for week in weeks] == [date(2026, 7, 15), date(2026, 7, 8)]
    session.rollback()


def test_rows_outside_the_scope_are_in_no_list_and_no_total(session):
    factories.village_session(session)
    factories.village_session(session, "AL2201")
    for member, count in {people.CHEN: 1, people.LIN: 1, people.BAI: 1, people.WU: 2, people.SUN: 0}.items():
        actor = people.actor(session, member)
        assert session_totals(session, actor, SessionFilter()).sessions == count
        assert len(list_sessions(session, actor, SessionFilter()).rows) == count
    session.rollback()


def test_open_promises_come_earliest_due_first_and_undated_last(session):
    reception = factories.leader_reception(session)
    for summary, due in (("未定", None), ("后天", date(2026, 7, 17)), ("昨天", date(2026, 7, 14))):
        session.add(LeaderPromise(reception_id=reception.id, position=1, summary=summary, due_date=due))
    session.flush()
    found = open_promises(session, people.actor(session, people.WU), TODAY)
    assert [(p.summary, p.is_overdue) for p in found] == [("昨天", True), ("后天", False), ("未定", False)]
    assert open_promises(session, people.actor(session, people.LIN), TODAY) == []
    session.rollback()
