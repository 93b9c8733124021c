"""离岗移交 and the rosters: swaps withdrawn, duties to come with others or empty, membership over."""

import pytest
from sqlalchemy import select

from actions.hand_over import hand_over
from models.audit_entry import AuditEntry
from models.roster import Duty, DutySwap, RosterMember
from queries.duty_alarms import duty_alarms
from queries.leaving_duties import coming_duties, memberships_on, open_swaps_with, proposals
from rules.errors import RuleViolation
from tests import duty, factories, people
from tests.duty import GU, MEI, TAO
from tests.people import LIN, NOW, TODAY
from tests.staff_accounts import account_of


@pytest.fixture
def world(both):
    """林秀 stands on the 15th, running, and on the 18th; 梅青 has asked her for the 18th."""
    with both.app_context(), factories.plain_session() as plain, plain.begin():
        duties = duty.rota(plain)
        plain.add(
            DutySwap(
                uid="s1", unit_id=people.unit(plain, "AL21").id, duty_id=duties[16], other_duty_id=duties[18],
                person_id=duty.person_id(plain, MEI), other_person_id=duty.person_id(plain, LIN), reason="开会",
                state="asked", asked_at=NOW,
            )
        )  # fmt: skip
    return duties


def leave(session, to=None, reason="调离"):
    return hand_over(
        session, actor=people.actor(session, people.SUN), now=NOW, today=TODAY, leaver=account_of(session, LIN),
        successor=None, reason=reason, duties=to,
    )  # fmt: skip


def test_what_is_left_is_counted_and_the_running_duty_is_to_come(world, reading):
    lin = duty.person_id(reading, LIN)
    assert [d.day.day for d in coming_duties(reading, lin, NOW)] == [15, 18]
    assert len(memberships_on(reading, lin, TODAY)) == len(open_swaps_with(reading, lin)) == 1


def test_the_best_replacements_are_those_no_rule_forbids(world, reading):
    """梅青 stands on the 16th and 陶然 on the 17th: next to the 15th and the 18th, with twelve hours of rest between."""
    lin = duty.person_id(reading, LIN)
    best = proposals(reading, coming_duties(reading, lin, NOW))
    assert [one.name for one in best[world[18]]][:1] == ["顾平"]
    assert lin not in {one.person_id for found in best.values() for one in found}


def test_duties_go_to_who_is_chosen_and_the_rest_is_empty(world, session):
    gu = duty.person_id(session, GU)
    assert leave(session, {world[18]: gu}).words == "来访、信访事项 0 件、值班 2 班、班次 1 套、调班申请 1 份"
    session.commit()
    assert duty.holder(session, world[18]) == "顾平"
    running = session.scalars(select(Duty).where(Duty.day == duty.july(15)).order_by(Duty.starts_at)).all()
    assert [(d.person_id is None, d.starts_at, d.ends_at) for d in running] == [
        (False, duty.at(15, 8, 30), NOW),
        (True, NOW, duty.at(16, 8, 30)),
    ]


def test_the_swap_is_withdrawn_with_the_reason_and_the_membership_ends_today(world, session):
    leave(session)
    session.commit()
    swap = session.scalars(select(DutySwap).where(DutySwap.uid == "s1")).one()
    assert (swap.state, swap.decision) == ("cancelled", "人员离岗：调离")
    member = session.scalars(
        select(RosterMember).where(RosterMember.person_id == duty.person_id(session, LIN))
    ).one()
    assert member.last_day == TODAY
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == [
        "duty_swap.cancel",
        "duty.set",
        "duty.set",
        "roster-scheme.members",
        "posting.end",
        "account.hand_over",
    ]


def test_an_empty_post_of_a_leaver_is_told_to_the_supervisor_however_far_it_lies(world, session):
    """The 18th is three days ahead; a post that was never filled would be told two days ahead."""
    leave(session)
    session.commit()
    alarms = duty_alarms(session, people.actor(session, people.ZHAO), NOW, TODAY)
    assert [(a.day.day, a.person) for a in alarms.empty] == [(15, ""), (18, "")]


def test_a_duty_of_an_account_that_was_only_disabled_is_told_too(world, session):
    session.rollback()
    with factories.plain_session() as plain, plain.begin():
        account_of(plain, TAO).disabled_at = NOW
    alarms = duty_alarms(session, people.actor(session, people.ZHAO), NOW, TODAY)
    assert [(a.day.day, a.person, a.why) for a in alarms.uncovered] == [(17, "陶然", "账号已停用")]


def test_who_may_not_stand_there_is_refused_at_the_duty(world, session):
    """陶然 stands on the 17th: the night before, with no rest between."""
    with pytest.raises(RuleViolation, match="不能这样安排") as refused:
        leave(session, {world[18]: duty.person_id(session, TAO)})
    assert refused.value.field == f"duty_{world[18]}"


def test_two_duties_to_the_same_person_are_looked_at_together(both, session):
    session.rollback()
    with factories.plain_session() as plain, plain.begin():
        duty.hire(plain, MEI)
        published = duty.roster(plain, duty.scheme(plain, members=(LIN, MEI)))
        one, two = (duty.duty(plain, published, duty.july(day), LIN).id for day in (20, 21))
    mei = duty.person_id(session, MEI)
    with pytest.raises(RuleViolation, match="2026-07-21 值班员不能这样安排"):
        leave(session, {one: mei, two: mei})
