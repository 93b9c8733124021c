"""Who stands now, alarms, calendars, accounts and replacements, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.absences import AbsenceData, note_absence, void_absence
from actions.duty_feeds import renew_feed, withdraw_feed
from models.roster import Duty, DutySwap, RosterMember
from queries.absences import is_on_leave, people_to_note, uncovered_by
from queries.duty_account import own_account
from queries.duty_alarms import duty_alarms
from queries.duty_feeds import feed_duties, feed_of, person_of_secret, secret_of
from queries.duty_now import desks_now
from queries.duty_record import duty_record
from queries.duty_standing import standing_of
from queries.duty_swaps import SwapFilter, list_swaps, own_duties
from queries.roster_rows import slot_of
from rules.duty_words import AbsenceKind
from rules.errors import RuleViolation, StaleVersion
from rules.periods import ONE_DAY, parse_period
from rules.roles import Role
from rules.roster_words import DayClass
from tests import duty, factories, people
from tests.duty import GU, MEI, at, july
from tests.people import BAI, HAN, LIN, NOW, TODAY, WU, ZHAO, ZHENG


@pytest.fixture
def rota(both):
    with both.app_context(), factories.plain_session() as plain:
        days = duty.rota(plain)
        desk = duty.scheme(plain, "AL", (HAN,), posts=("带班领导", "值班员"), name="县值班室")
        published = duty.roster(plain, desk)
        duty.duty(plain, published, july(15), HAN)
        days["empty"] = duty.duty(plain, published, july(16), None, post="值班员").id
        plain.commit()
    return days


def given(rota, reading, day):
    return reading.get_one(Duty, rota[day])


def test_the_desks_of_now_are_one_statement(rota, both, reading, count_statements):
    actor = people.actor(reading, WU)
    with count_statements(both) as statements:
        desks = desks_now(reading, actor, NOW)
    assert len(statements) == 1
    assert [(d.unit, [p.person for p in d.posts], d.is_empty) for d in desks] == [
        ("安澜县", ["韩副县长"], False),
        ("柳溪镇", ["林秀"], False),
        ("白石乡", [], True),
    ]


def test_a_township_reads_its_own_line_only(rota, reading):
    assert [d.unit for d in desks_now(reading, people.actor(reading, ZHAO), NOW)] == ["安澜县", "柳溪镇"]
    assert [d.unit for d in desks_now(reading, people.actor(reading, BAI), NOW)] == ["安澜县"]


def test_alarms_are_for_who_answers_for_the_unit(rota, both, reading, count_statements):
    with factories.plain_session() as plain:
        duty.leave(plain, LIN, july(18))
        plain.commit()
    director, supervisor = people.actor(reading, ZHENG), people.actor(reading, ZHAO)
    with count_statements(both) as statements:
        alarms = duty_alarms(reading, director, NOW, TODAY)
    assert len(statements) == 5
    assert [(a.unit, a.day, a.post) for a in alarms.empty] == [("安澜县", july(16), "值班员")]
    assert alarms.uncovered == []
    alarms = duty_alarms(reading, supervisor, NOW, TODAY)
    assert (list(alarms.empty), [a.person for a in alarms.uncovered]) == ([], ["林秀"])
    assert not duty_alarms(reading, people.actor(reading, LIN), NOW, TODAY)
    assert not duty_alarms(reading, supervisor, at(19, 9), july(19))


def test_a_rota_without_a_published_roster_alarms_who_publishes_until_it_is_closed(rota, reading):
    """The rosters of the two rotas end on 31 July; 白石乡 has a rota and only a draft."""
    with factories.plain_session() as plain:
        bare = duty.scheme(plain, "AL22", (BAI,))
        duty.roster(plain, bare, edition=0, published_at=None)
        closed = duty.scheme(plain, "AL", (HAN,), name="旧班", closed_at=NOW)
        duty.roster(plain, closed, edition=0, published_at=None)
        plain.commit()

    def told(member, day):
        found = duty_alarms(reading, people.actor(reading, member), at(day, 9), july(day)).unplanned
        return [(a.unit, a.scheme, a.days) for a in found]

    assert told(ZHENG, 30) == []
    assert told(ZHENG, 31) == [("安澜县", "县值班室", "明天")]
    assert told(ZHAO, 31) == [("柳溪镇", "机关值班", "明天")]
    late = duty_alarms(reading, people.actor(reading, ZHENG), at(31, 9) + ONE_DAY, july(31) + ONE_DAY)
    assert [a.days for a in late.unplanned] == ["今天、明天"]
    assert told(WU, 31) == []
    keeper = replace(people.actor(reading, BAI), role=Role.SUPERVISOR)
    found = duty_alarms(reading, keeper, NOW, TODAY).unplanned
    assert [(a.unit, a.days) for a in found] == [("白石乡", "今天、明天")]


def test_a_unit_of_the_own_line_with_a_rota_and_no_roster_is_shown_empty(rota, reading):
    with factories.plain_session() as plain:
        duty.scheme(plain, "AL22", (BAI,))
        plain.commit()
    desks = desks_now(reading, people.actor(reading, BAI), NOW)
    assert [(d.unit, d.is_empty, d.has_rota) for d in desks] == [
        ("安澜县", False, True),
        ("白石乡", True, True),
    ]


def test_what_is_not_listed_is_counted(rota, reading):
    with factories.plain_session() as plain:
        row = plain.get_one(Duty, rota["empty"])
        for seat in range(2, 15):
            duty.duty(plain, row.roster, july(16), None, post="值班员", seat=seat)
        plain.commit()
    alarms = duty_alarms(reading, people.actor(reading, ZHENG), NOW, TODAY)
    assert (len(alarms.empty), alarms.more_empty, alarms.more_uncovered) == (12, 2, 0)


def test_a_unit_closed_yesterday_by_the_offices_day_is_shown_no_more(rota, reading):
    with factories.plain_session() as plain:
        people.unit(plain, "AL22").valid_to = july(15)
        plain.commit()
    wu = people.actor(reading, WU)
    assert "白石乡" in [d.unit for d in desks_now(reading, wu, at(15, 23, 59))]
    assert "白石乡" not in [d.unit for d in desks_now(reading, wu, at(16, 0, 1))]


def test_the_deputy_is_proposed_first_then_the_smallest_account(rota, reading):
    standing = standing_of(reading, [given(rota, reading, 18)], with_accounts=True)
    slot = slot_of(given(rota, reading, 18))
    holder = duty.person_id(reading, LIN)
    assert [one.name for one in standing.replacements(slot, holder)] == ["顾平", "梅青"]
    with factories.plain_session() as plain:
        row = plain.scalars(select(RosterMember).where(RosterMember.person_id == holder)).one()
        row.deputy_id = duty.person_id(plain, MEI)
        plain.commit()
    reading.rollback()
    standing = standing_of(reading, [given(rota, reading, 18)], with_accounts=True)
    best = standing.replacements(slot, holder)
    assert [(one.name, one.is_deputy) for one in best] == [("梅青", True), ("顾平", False)]


def test_duties_of_an_earlier_roster_count_in_the_account(rota, reading):
    with factories.plain_session() as plain:
        earlier = duty.roster(plain, plain.get_one(Duty, rota[18]).roster.scheme, july(1), july(13))
        for day in (4, 11):
            duty.duty(plain, earlier, july(day), GU)
        plain.commit()
    row = given(rota, reading, 18)
    standing = standing_of(reading, [row], with_accounts=True)
    assert [one.name for one in standing.replacements(slot_of(row), row.person_id)] == ["梅青", "顾平"]


def test_an_account_counts_what_is_over_by_class_of_day(rota, reading):
    lin = duty.person_id(reading, LIN)
    assert sum(own_account(reading, lin, NOW).values()) == 0
    counted = own_account(reading, lin, at(19, 8, 30))
    assert (counted[DayClass.WORKDAY], counted[DayClass.WEEKEND]) == (1, 1)


def test_own_duties_are_three_statements(rota, both, reading, count_statements):
    lin = duty.person_id(reading, LIN)
    with count_statements(both) as statements:
        found = own_duties(reading, lin, ending_after=NOW, starting_before=at(31, 0))
    assert [d.day for d in found] == [july(15), july(18)]
    assert len(statements) == 3


def test_a_calendar_is_few_statements_and_knows_what_was_given_away(rota, both, reading, count_statements):
    with factories.plain_session() as plain:
        row, lin, mei = plain.get_one(Duty, rota[18]), duty.person_id(plain, LIN), duty.person_id(plain, MEI)
        row.person_id, row.version = mei, 2
        plain.add(
            DutySwap(
                uid="5" * 32,
                unit_id=row.unit_id,
                duty_id=row.id,
                person_id=lin,
                other_person_id=mei,
                reason="家里有事",
                state="approved",
                asked_at=NOW,
                decided_at=NOW,
            )  # fmt: skip
        )
        plain.commit()
    with count_statements(both) as statements:
        found = feed_duties(reading, lin, NOW)
    assert len(statements) == 3
    assert [(e.starts_at, e.is_cancelled, e.version) for e in found] == [
        (at(15, 8, 30), False, 1),
        (at(18, 8, 30), True, 2),
    ]


def test_an_address_is_known_by_its_digest_until_it_is_renewed_or_withdrawn(both, session):
    lin = people.actor(session, LIN)
    renew_feed(session, actor=lin, now=NOW, secret="s" * 32)
    assert person_of_secret(session, "s" * 32).id == lin.person_id
    assert secret_of(feed_of(session, lin.person_id)) == "s" * 32
    renew_feed(session, actor=lin, now=NOW, secret="t" * 32)
    session.commit()
    assert person_of_secret(session, "s" * 32) is None
    withdraw_feed(session, actor=lin, now=NOW)
    session.commit()
    assert person_of_secret(session, "t" * 32) is None
    with pytest.raises(RuleViolation, match="没有可以停用"):
        withdraw_feed(session, actor=lin, now=NOW)


def test_leave_uncovers_published_duties_until_it_is_voided(rota, session):
    lin = people.actor(session, LIN)
    data = AbsenceData(lin.person_id, AbsenceKind.LEAVE, july(16), july(19))
    row = note_absence(session, actor=lin, now=NOW, today=TODAY, data=data, submission_key="k")
    assert note_absence(session, actor=lin, now=NOW, today=TODAY, data=data, submission_key="k").id == row.id
    session.commit()
    assert [d.day for d in uncovered_by(session, row, NOW)] == [july(18)]
    assert session.scalars(select(Duty.id).where(is_on_leave())).all() == [rota[18]]
    with pytest.raises(StaleVersion):
        void_absence(session, actor=lin, now=NOW, row=row, version=2, reason="不请了")
    void_absence(session, actor=lin, now=NOW, row=row, version=1, reason="不请了")
    session.commit()
    assert list(uncovered_by(session, row, NOW)) == []
    with pytest.raises(RuleViolation, match="已经作废"):
        void_absence(session, actor=lin, now=NOW, row=row, version=2, reason="不请了")


def test_whose_leave_one_may_note(rota, reading):
    names = [one.name for one in people_to_note(reading, people.actor(reading, ZHAO), TODAY)]
    assert names == ["林秀", "梅青", "陶然", "顾平"]
    assert people_to_note(reading, people.actor(reading, HAN), TODAY) == []


def test_swaps_are_read_by_the_two_and_who_plans(rota, reading):
    with factories.plain_session() as plain:
        row = plain.get_one(Duty, rota[18])
        plain.add(
            DutySwap(
                uid="6" * 32,
                unit_id=row.unit_id,
                duty_id=row.id,
                person_id=row.person_id,
                other_person_id=duty.person_id(plain, MEI),
                reason="家里有事",
                state="asked",
                asked_at=NOW,
            )  # fmt: skip
        )
        plain.commit()
    seen = [
        member.username
        for member in (LIN, MEI, GU, ZHAO, BAI, WU, HAN)
        if list_swaps(reading, people.actor(reading, member), SwapFilter())
    ]
    assert seen == ["lin", "mei", "gu", "zhao", "wu"]
    assert not list_swaps(reading, people.actor(reading, GU), SwapFilter(mine=True))


def test_what_was_kept_counts_due_held_and_coming(rota, reading):
    record = duty_record(
        reading, people.actor(reading, WU), people.unit(reading, "AL21"), parse_period("2026-07"),
        at(17, 9), july(17),
    )  # fmt: skip
    lines = {line.name: (line.due, line.listed, line.missing, line.coming) for line in record.duties}
    assert lines == {"林秀": (1, 1, 0, 1), "梅青": (1, 1, 0, 1), "陶然": (1, 1, 0, 1), "顾平": (0, 0, 0, 1)}
