"""期限 as they are stored: moved by facts alone, whatever calendar or limits are loaded afterwards."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from actions.petition_deadlines import deadline_rows, next_due, settle_deadlines
from actions.petitions.dispatching import forward, receive
from actions.petitions.handling import decide_extension, notify, record_progress, request_extension
from models.deadline import Deadline
from queries.petition_standing import facts_of, surroundings_of
from queries.terms import terms_of
from rules.petition_words import Acceptance, HandlingClass
from tests.office_terms import YEAR_2027, load_year, set_limit
from tests.people import LIN, WU, ZHAO, unit
from tests.petitions import (
    APPROVED_ON,
    RECEIVED_ON,
    SENT_ON,
    SIGNED_ON,
    accepted,
    act,
    assigned,
    clocks,
    concluded,
    registered,
    served,
    signed,
)


def stored(session, petition, key):
    found = select(Deadline).filter_by(petition_id=petition.id, key=key).order_by(Deadline.id.desc())
    return session.scalars(found).first()


@pytest.fixture
def of_december(session):
    """签收 on 30 December 2026: the five working days reach into a year that no calendar is loaded of."""
    day = date(2026, 12, 28)
    petition = registered(session, registered_on=day, received_on=day)
    forward(session, act(session, petition, WU, day), unit(session, "AL21").id)
    receive(session, act(session, petition, LIN, date(2026, 12, 30)))
    return petition


def test_beyond_the_calendar_a_date_is_provisional_and_says_so(session, of_december):
    row = stored(session, of_december, "objection")

    assert (row.due_on, row.provisional, row.legal_due_on) == (date(2027, 1, 6), True, None)
    assert "2027" in row.trace


def test_a_calendar_loaded_later_moves_no_stored_date(session, of_december):
    before = {r.key: (r.due_on, r.legal_due_on, r.provisional, r.trace) for r in session.query(Deadline)}
    load_year(session, 2027, YEAR_2027)
    settle_deadlines(session, of_december, date(2027, 1, 4))
    record = act(session, of_december, LIN, date(2027, 1, 4), "属诉讼事项。")
    notify(session, record, Acceptance.REFUSED, None)

    after = {r.key: (r.due_on, r.legal_due_on, r.provisional, r.trace) for r in session.query(Deadline)}
    assert after == before


def test_what_starts_after_the_calendar_was_loaded_is_reckoned_by_it(session, of_december):
    load_year(session, 2027, YEAR_2027)
    notify(
        session, act(session, of_december, LIN, date(2027, 1, 4)), Acceptance.ACCEPTED, HandlingClass.PETITION
    )

    row = stored(session, of_december, "handle")
    assert (row.due_on, row.legal_due_on) == (date(2027, 3, 5), date(2027, 3, 5))


def test_a_limit_set_later_moves_no_open_clock_and_holds_for_the_next(session):
    petition, other = accepted(session), signed(session)
    set_limit(session, "handle", 45, date(2026, 3, 1))
    record_progress(session, act(session, petition, LIN, APPROVED_ON, "到现场查看。"))
    accepted(session, other)

    assert clocks(session, petition)["handle"][1] == date(2026, 5, 9)
    assert clocks(session, other)["handle"][1] == date(2026, 4, 24)


def test_an_extension_is_reckoned_by_the_terms_of_the_day_on_which_it_is_entered(session):
    petition = accepted(session)
    request_extension(session, act(session, petition, LIN, APPROVED_ON, "情况复杂。"), 30)
    before = stored(session, petition, "handle").inputs
    decide_extension(session, act(session, petition, ZHAO, APPROVED_ON), agreed=True)
    row = stored(session, petition, "handle")

    assert (row.due_on, row.inputs != before) == (date(2026, 6, 8), True)
    assert "延" in row.trace


@pytest.mark.parametrize(
    ("approved_on", "days", "due_on"),
    [(date(2026, 5, 4), 30, date(2026, 5, 24)), (date(2026, 4, 20), 10, date(2026, 5, 4))],
    ids=["after the office's 45 days, before the 60", "before both"],
)
def test_a_lawful_extension_moves_the_offices_own_stricter_date_too(session, approved_on, days, due_on):
    """Accepted on 10 March: 45 days end on 24 April, the regulation's 60 on 9 May."""
    set_limit(session, "handle", 45, date(2026, 3, 1))
    petition = accepted(session)
    request_extension(session, act(session, petition, LIN, approved_on, "情况复杂。"), days)
    decide_extension(session, act(session, petition, ZHAO, approved_on), agreed=True)
    row = stored(session, petition, "handle")

    assert (row.due_on, petition.reply_due_on) == (due_on, date(2026, 5, 9) + timedelta(days))
    assert "早于法定限办日期 2026-05-09" in row.trace


def test_a_clock_that_a_fact_takes_away_ends_and_none_is_deleted(session):
    petition = signed(session)
    petition.unit_received_on, petition.stage = None, "sent"
    settle_deadlines(session, petition, date(2026, 3, 9))

    assert clocks(session, petition)["xfr_notice"] == (
        *(SIGNED_ON, date(2026, 3, 21)),
        *(None, date(2026, 3, 9)),
    )
    assert (petition.next_due_key, petition.next_due_on) == ("xfr_notice", date(2026, 3, 20))
    session.rollback()


def test_the_next_duty_is_the_earliest_that_is_open_and_a_right_is_none(session):
    petition = signed(session, assigned(session))
    assert clocks(session, petition)["objection"][1] == date(2026, 3, 13)
    assert (petition.next_due_key, petition.next_due_on) == ("xfr_notice", date(2026, 3, 21))

    accepted(session, petition)
    assert (petition.next_due_key, petition.next_due_on) == ("jiaoban_feedback", date(2026, 4, 30))
    assert next_due([]).on is None


def test_when_only_the_petitioners_time_runs_nothing_is_due(session):
    petition = concluded(session)

    assert clocks(session, petition)["fc_apply"][2:] == (None, None)
    assert (petition.next_due_on, petition.next_due_key) == (None, None)


def test_the_dates_of_the_figures_stand_beside_those_people_work_by(session):
    set_limit(session, "xfbm_dispatch", 4, date(2026, 1, 1))
    petition = served(session)

    assert clocks(session, petition)["xfbm_dispatch"][:3] == (RECEIVED_ON, date(2026, 3, 6), SENT_ON)
    assert (petition.dispatch_due_on, petition.notice_due_on, petition.reply_due_on) == (
        *(date(2026, 3, 17), date(2026, 3, 21)),
        date(2026, 5, 9),
    )


def test_a_petition_that_comes_whole_has_the_clocks_that_its_steps_would_have_left(session):
    """Besides those that ran provisionally until it was signed."""
    petition = concluded(session)
    facts = facts_of(petition, surroundings_of(session, petition))
    rows = {row["key"]: row for row in deadline_rows(facts, petition.id, terms_of(session))}
    kept = session.scalars(select(Deadline).filter_by(petition_id=petition.id, provisional=False)).all()

    assert rows.keys() == {row.key for row in kept}
    for row in kept:
        assert {name: getattr(row, name) for name in rows[row.key]} == rows[row.key]
