"""A roster of leaders' days writes the public 接访安排 when it is published, and what is changed afterwards goes there too."""

from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from actions.leader_schedule import postpone_scheduled, swap_scheduled, void_scheduled
from actions.roster_endings import end_roster, void_roster
from actions.roster_members import MemberData, change_members
from actions.roster_schemes import PostData
from actions.rosters import DayChange, set_days
from models.leader_schedule import LeaderSchedule
from queries.roster_schemes import whole_scheme
from rules.errors import RuleViolation
from rules.roster_words import Pattern, RosterKind
from tests import factories, rotas
from tests.people import TODAY
from tests.rotas import duties, how

AUTUMN = date(2026, 8, 1), date(2026, 10, 31)
EIGHTS = [date(2026, 8, 10), date(2026, 9, 8), date(2026, 10, 8)]
"""8 August is a Saturday; its day is put off to Monday."""


@pytest.fixture
def leaders(session):
    """(rota, ids of 甲一 乙二 丙三 in the published order)"""
    ids = rotas.staff(session, ("甲一", "乙二", "丙三"), "AL21")
    rota = rotas.scheme(
        session,
        who=ids,
        kind=RosterKind.LEADER_DAYS,
        name="领导接访日",
        pattern=Pattern.MONTHLY,
        days=(8,),
        puts_off=True,
        rest_hours=0,
        place="群众接待室",
        posts=(PostData(0, "接访领导", time(9), time(11, 30)),),
    )
    return rota, ids


def rows(session, *, live=True):
    statement = select(LeaderSchedule).order_by(LeaderSchedule.day, LeaderSchedule.id)
    return [r for r in session.scalars(statement) if r.is_void is not live]


def set_first(session, roster, person_id, reason="改由他人"):
    duty = duties(session, roster)[0]
    set_days(
        session,
        **how(session),
        today=TODAY,
        roster=roster,
        version=roster.version,
        changes=[DayChange(duty.id, duty.version, person_id, True)],
        reason=reason,
    )


def test_days_go_by_the_published_order_and_are_put_off_over_days_off(session, leaders):
    rota, ids = leaders
    roster = rotas.planned(session, rota, *AUTUMN)
    assert [(d.day, d.person_id) for d in duties(session, roster)] == list(zip(EIGHTS, ids, strict=True))
    assert rows(session) == []


def test_publishing_writes_the_schedule_with_hours_place_post_and_field(session, leaders):
    rota, _ids = leaders
    (first, *_rest) = whole_scheme(session, rota.id).members
    posts = frozenset(link.post_id for link in first.posts)
    row = MemberData(0, first.id, 1, None, None, 100, posts, field="分管信访工作")
    change_members(session, **how(session), today=TODAY, scheme=rota, version=rota.version, rows=[row])
    roster = rotas.planned(session, rota, *AUTUMN)
    written = rotas.publish(session, roster)
    session.commit()
    assert written.in_words() == "接访安排：新增 3 次。"
    stored = rows(session)
    assert [(r.day, r.leader_name) for r in stored] == list(
        zip(EIGHTS, ("甲一", "乙二", "丙三"), strict=True)
    )
    one = stored[0]
    assert (one.starts_at, one.ends_at, one.place, one.telephone) == (
        time(9), time(11, 30), "群众接待室", "0379-6000020",
    )  # fmt: skip
    assert (one.post, one.portfolio, one.leader_id) == ("干部", "分管信访工作", first.person_id)


def test_a_day_that_was_planned_by_hand_already_is_kept(session, leaders):
    factories.scheduled_day(session, "AL21", day=EIGHTS[0], leader_name="甲一")
    rota, _ids = leaders
    roster = rotas.planned(session, rota, *AUTUMN)
    assert rotas.publish(session, roster).in_words() == "接访安排：新增 2 次，原已安排 1 次。"
    assert len(rows(session)) == 3


def test_a_change_afterwards_goes_there_too(session, leaders):
    rota, ids = leaders
    roster = rotas.published(session, rota, *AUTUMN)
    set_first(session, roster, ids[2])
    session.commit()
    assert [(r.day, r.leader_name) for r in rows(session)][0] == (EIGHTS[0], "丙三")
    (gone,) = rows(session, live=False)
    assert (gone.leader_name, gone.void_reason) == ("甲一", "领导接访日改由他人接访")
    set_first(session, roster, ids[0], "仍由本人接访")
    assert [r.leader_name for r in rows(session)] == ["甲一", "乙二", "丙三"]


def test_a_day_arranged_otherwise_since_is_not_forced_back_by_a_change_of_another(session, leaders):
    factories.scheduled_day(session, "AL21", day=EIGHTS[1], leader_name="乙二")
    rota, ids = leaders
    roster = rotas.published(session, rota, *AUTUMN)
    (second,) = (r for r in rows(session) if r.day == EIGHTS[1])
    postpone_scheduled(
        session, **how(session), today=TODAY, row=second, day=date(2026, 9, 9), version=second.version,
        reason="外出开会",
    )  # fmt: skip
    set_first(session, roster, ids[2])
    assert rotas.publish(session, roster) is None
    assert [(r.day, r.leader_name) for r in rows(session)] == [
        (EIGHTS[0], "丙三"),
        (date(2026, 9, 9), "乙二"),
        (EIGHTS[2], "丙三"),
    ]


def test_a_day_that_the_roster_wrote_is_moved_in_the_roster_only(session, leaders):
    rota, _ids = leaders
    rotas.published(session, rota, *AUTUMN)
    first, second, _third = rows(session)
    acts = (
        lambda: postpone_scheduled(
            session, **how(session), today=TODAY, row=first, day=date(2026, 8, 11), version=first.version,
            reason="外出开会",
        ),
        lambda: swap_scheduled(
            session, **how(session), row=first, version=first.version, other=second,
            other_version=second.version, reason="外出开会",
        ),
        lambda: void_scheduled(
            session, **how(session), row=first, version=first.version, reason="外出开会"
        ),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(RuleViolation, match="请到那张班表里换人"):
            act()


def test_days_gone_by_stay_as_they_were(session, leaders):
    rota, ids = leaders
    roster = rotas.published(session, rota, *AUTUMN)
    duty = duties(session, roster)[0]
    set_days(
        session, actor=how(session)["actor"], now=datetime(2026, 8, 11, 1, 0), today=date(2026, 8, 11),
        roster=roster, version=roster.version, reason="补记",
        changes=[DayChange(duty.id, duty.version, ids[2], True)],
    )  # fmt: skip
    assert [(r.day, r.leader_name) for r in rows(session)][0] == (EIGHTS[0], "甲一")


def test_a_day_that_was_held_is_not_touched(session, leaders):
    rota, ids = leaders
    roster = rotas.published(session, rota, *AUTUMN)
    factories.leader_reception(
        session, "AL21", reception_date=EIGHTS[0], leader_name="甲一", leader_id=ids[0]
    )
    set_first(session, roster, ids[2])
    assert {(r.day, r.leader_name) for r in rows(session)} >= {(EIGHTS[0], "甲一"), (EIGHTS[0], "丙三")}


def test_calling_the_roster_off_calls_its_days_off_and_leaves_those_of_others(session, leaders):
    factories.scheduled_day(session, "AL21", day=date(2026, 9, 20), leader_name="赵立")
    rota, _ids = leaders
    roster = rotas.published(session, rota, *AUTUMN)
    void_roster(
        session, **how(session), today=TODAY, roster=roster, version=roster.version, reason="另行安排"
    )
    assert [(r.day, r.leader_name) for r in rows(session)] == [(date(2026, 9, 20), "赵立")]
    assert {r.void_reason for r in rows(session, live=False)} == {"另行安排"}


def test_ending_the_roster_calls_its_later_days_off_and_keeps_those_gone_by(session, leaders):
    rota, _ids = leaders
    roster = rotas.published(session, rota, *AUTUMN)
    end_roster(
        session, actor=how(session)["actor"], now=datetime(2026, 9, 8, 1, 30), today=EIGHTS[1],
        roster=roster, version=roster.version, reason="分工调整",
    )  # fmt: skip
    assert [r.day for r in rows(session)] == EIGHTS[:2]
    assert [(r.day, r.void_reason) for r in rows(session, live=False)] == [(EIGHTS[2], "分工调整")]


def test_the_turn_goes_on_after_the_last_one_of_the_roster_before(session, leaders):
    rota, ids = leaders
    rotas.published(session, rota, date(2026, 8, 1), date(2026, 8, 31))
    second = rotas.planned(session, rota, date(2026, 9, 1), date(2026, 10, 31))
    assert [d.person_id for d in duties(session, second)] == [ids[1], ids[2]]


def test_a_duty_roster_writes_no_reception_day(session):
    rotas.published(session, rotas.scheme(session), date(2026, 8, 1), date(2026, 8, 3))
    assert rows(session) == []
