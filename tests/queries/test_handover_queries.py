"""Which desks owe a hand-over, on both databases, at worked moments."""

from datetime import date, time

import pytest

from queries.handovers import HandoverFilter, hours_of, list_handovers, missing_handovers
from tests import desk, factories, people


@pytest.fixture
def county(reading):
    with factories.plain_session() as plain:
        yield reading, plain


def missing(session, member, moment):
    found = missing_handovers(session, people.actor(session, member), desk.at(moment))
    return [(m.unit, m.shift_ends_at, m.off_signed) for m in found]


MORNING = desk.at("2026-07-15 08:30")


def test_a_desk_that_keeps_a_log_owes_it_an_hour_after_the_moment(county):
    session, plain = county
    desk.line(plain, happened_at=desk.at("2026-07-14 22:00"))
    plain.commit()
    assert missing(session, people.ZHAO, "2026-07-15 09:30") == []
    assert missing(session, people.ZHAO, "2026-07-15 09:31") == [("柳溪镇", MORNING, False)]
    assert missing(session, people.BAI, "2026-07-15 09:31") == []


def test_a_desk_closed_yesterday_by_the_offices_day_owes_none(county):
    session, plain = county
    desk.line(plain, happened_at=desk.at("2026-07-14 22:00"))
    people.unit(plain, "AL21").valid_to = date(2026, 7, 15)
    plain.commit()
    assert missing(session, people.ZHENG, "2026-07-15 23:59") == [("柳溪镇", MORNING, False)]
    assert missing(session, people.ZHENG, "2026-07-16 00:30") == []


def test_over_new_year_and_the_leap_day(county):
    session, plain = county
    desk.line(plain, happened_at=desk.at("2026-12-31 23:50"))
    desk.line(plain, "AL22", happened_at=desk.at("2024-02-29 23:50"))
    plain.commit()
    new_year = [("柳溪镇", desk.at("2027-01-01 08:30"), False)]
    assert missing(session, people.ZHENG, "2027-01-01 10:00") == new_year
    assert missing(session, people.ZHENG, "2024-03-01 10:00") == [
        ("白石乡", desk.at("2024-03-01 08:30"), False)
    ]


def test_the_first_line_of_a_desk_owes_nothing_for_the_shift_before(county):
    session, plain = county
    desk.line(plain, happened_at=desk.at("2026-07-15 08:40"))
    plain.commit()
    assert missing(session, people.ZHAO, "2026-07-15 10:00") == []


def test_what_was_imported_or_is_long_past_or_void_is_no_kept_desk(county):
    session, plain = county
    desk.line(plain, happened_at=desk.at("2026-06-01 10:00"))
    desk.line(plain, "AL22", happened_at=desk.at("2026-07-14 10:00"), voided_at=MORNING, void_reason="错")
    plain.commit()
    assert missing(session, people.ZHENG, "2026-07-15 10:00") == []


@pytest.mark.parametrize(("kind", "edition", "owes"), [("duty", 1, 1), ("duty", 0, 0), ("leader-days", 1, 0)])
def test_a_published_rota_of_a_desk_owes_it_without_any_line(county, kind, edition, owes):
    session, plain = county
    desk.published_duty(plain, desk.rota(plain, kind=kind), edition=edition)
    plain.commit()
    assert len(missing(session, people.ZHAO, "2026-07-15 10:00")) == owes


def test_the_hours_are_those_of_the_rota(county):
    session, plain = county
    desk.line(plain, happened_at=desk.at("2026-07-14 22:00"))
    desk.rota(plain, hours=(time(9), time(17, 30)))
    plain.commit()
    township = people.unit(session, "AL21").id
    assert hours_of(session, township) == (time(9), time(17, 30))
    assert hours_of(session, people.unit(session, "AL22").id) == (time(8, 30),)
    assert missing(session, people.ZHAO, "2026-07-15 10:01") == [
        ("柳溪镇", desk.at("2026-07-15 09:00"), False)
    ]
    assert missing(session, people.ZHAO, "2026-07-15 18:31")[0][1] == desk.at("2026-07-15 17:30")


def test_one_signature_is_not_enough_and_two_are(county):
    session, plain = county
    desk.line(plain, happened_at=desk.at("2026-07-14 22:00"))
    row = desk.handover(plain, on=None)
    plain.commit()
    assert missing(session, people.ZHAO, "2026-07-15 10:00") == [("柳溪镇", MORNING, True)]
    row.on_person_id, row.on_signed_at = desk.person_id(plain, people.ZHAO), MORNING
    plain.commit()
    session.rollback()
    assert missing(session, people.ZHAO, "2026-07-15 10:00") == []


def test_three_statements_whatever_the_number_of_desks(county, count_statements, both):
    session, plain = county
    for code in ("AL01", "AL11", "AL12", "AL21", "AL22"):
        desk.line(plain, code, happened_at=desk.at("2026-07-14 22:00"))
    plain.commit()
    actor = people.actor(session, people.ZHENG)
    with count_statements(both) as statements:
        assert len(missing_handovers(session, actor, desk.at("2026-07-15 10:00"))) == 5
    assert len(statements) == 3


def test_the_list_stands_by_the_moment_and_pages_by_key(county):
    session, plain = county
    for day in ("2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01"):
        desk.handover(plain, shift=f"{day} 08:30")
    desk.handover(plain, "AL22", off=people.BAI, on=None, shift="2026-07-01 08:30")
    plain.commit()
    actor = people.actor(session, people.LIN)
    first = list_handovers(session, actor, HandoverFilter(), size=2)
    rest = list_handovers(session, actor, HandoverFilter(), size=2, after=first.after)
    shown = [str(r.shift_ends_at.date()) for page in (first, rest) for r in page.rows]
    assert shown == ["2027-01-01", "2026-12-31", "2026-07-01", "2026-06-30"]
    july = HandoverFilter.from_args({"period": "2026-07"})
    assert [r.off for r in list_handovers(session, actor, july).rows] == ["林秀"]
    county_rows = list_handovers(session, people.actor(session, people.HAN), july).rows
    assert sorted(r.unit for r in county_rows) == ["柳溪镇", "白石乡"]
