"""Swaps on both databases: asked, answered, decided, set directly, in time and too late, twice and at once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import duty_swaps as actions
from actions.duty_swaps import SwapData
from actions.roster_leader_days import write_days
from extensions import db
from models.audit_entry import AuditEntry
from models.leader_schedule import LeaderSchedule
from models.roster import Duty, DutySwap, Roster
from queries.duty_swaps import load_swap
from rules.errors import NotVisible, RuleViolation, StaleVersion
from tests import duty, factories, people
from tests.duty import GU, MEI, TAO, at, july
from tests.people import BAI, LIN, NOW, ZHAO, ZHENG
from web import clock
from web.unit_of_work import writing


@pytest.fixture
def rota(both):
    with both.app_context(), factories.plain_session() as plain:
        days = duty.rota(plain)
        plain.commit()
    return days


def ask(session, day_id, member=LIN, *, person=None, other=None, now=NOW, **values):
    row = session.get_one(Duty, day_id)
    wanted = session.get_one(Duty, other) if other else None
    data = SwapData(
        duty_id=day_id,
        version=values.pop("version", row.version),
        reason="家里有事",
        other_duty_id=other,
        other_version=values.pop("other_version", wanted.version if wanted else None),
        other_person_id=duty.person_id(session, person) if person else None,
        **values,
    )
    return actions.ask_swap(session, actor=people.actor(session, member), now=now, data=data)


def accept(session, swap, member=MEI, now=NOW, **values):
    given = {"swap": swap, "version": swap.version} | values
    actions.accept_swap(session, actor=people.actor(session, member), now=now, **given)


def approve(session, swap, member=ZHAO, now=NOW, **values):
    given = {"swap": swap, "version": swap.version} | values
    actions.approve_swap(session, actor=people.actor(session, member), now=now, **given)


def agreed(session, day_id, **values):
    swap = ask(session, day_id, **values)
    accept(session, swap)
    return swap


def put(session, day_id, member, by=ZHAO, now=NOW, **values):
    row = session.get_one(Duty, day_id)
    return actions.replace_person(
        session,
        actor=people.actor(session, by),
        now=now,
        duty_id=day_id,
        version=values.pop("version", row.version),
        person_id=duty.person_id(session, member),
        reason="原值班人员生病",
        **values,
    )


def test_standing_in_moves_the_duty_once_all_three_have_said_yes(rota, session):
    swap = ask(session, rota[18], person=MEI)
    assert duty.holder(session, rota[18]) == "林秀"
    accept(session, swap)
    assert duty.holder(session, rota[18]) == "林秀"
    approve(session, swap)
    session.commit()
    row = session.get_one(Duty, rota[18])
    assert duty.holder(session, rota[18]) == "梅青"
    assert (row.assigned, row.reason, row.locked, row.version) == ("replaced", "家里有事", True, 2)
    assert row.original_person_id == duty.person_id(session, LIN)
    assert session.get_one(Roster, row.roster_id).proven is False
    assert swap.state == "approved" and swap.decided_by_id == people.actor(session, ZHAO).person_id
    said = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert said[-4:] == ["duty_swap.ask", "duty_swap.accept", "duty.replace", "duty_swap.approve"]


def test_an_exchange_moves_both_duties(rota, session):
    approve(session, agreed(session, rota[18], other=rota[20]))
    session.commit()
    assert duty.holder(session, rota[18]) == "梅青"
    assert duty.holder(session, rota[20]) == "林秀"
    assert session.get_one(Duty, rota[20]).assigned == "swapped"


def test_coming_back_to_the_first_one_leaves_no_trace_of_an_original(rota, session):
    put(session, rota[18], MEI)
    put(session, rota[18], LIN)
    session.commit()
    assert session.get_one(Duty, rota[18]).original_person_id is None


def test_sent_twice_with_one_key_it_is_asked_once(rota, session):
    lin = people.actor(session, LIN)
    data = SwapData(rota[18], 1, "家里有事", other_person_id=duty.person_id(session, MEI))
    first = actions.ask_swap(session, actor=lin, now=NOW, data=data, submission_key="k1")
    assert actions.ask_swap(session, actor=lin, now=NOW, data=data, submission_key="k1").id == first.id


def test_a_duty_is_asked_for_once_at_a_time(rota, session):
    ask(session, rota[18], person=MEI)
    with pytest.raises(RuleViolation, match="已经提出过调班"):
        ask(session, rota[18], person=GU)


def test_who_asks_for_what_the_other_has_asked_for_is_told_to_answer(rota, session):
    ask(session, rota[20], MEI, other=rota[18])
    with pytest.raises(RuleViolation, match="梅青已经提出要换您这个班"):
        ask(session, rota[18], other=rota[20])


def test_a_duty_that_is_being_swapped_is_not_offered_to_a_third(rota, session):
    ask(session, rota[18], other=rota[20])
    with pytest.raises(RuleViolation, match="已经在调") as refused:
        ask(session, rota[22], GU, other=rota[20])
    assert refused.value.field == "other"


def test_a_duty_changed_meanwhile_is_told_to_the_asker(rota, session):
    with pytest.raises(StaleVersion):
        ask(session, rota[18], person=MEI, version=9)
    with pytest.raises(RuleViolation, match="刚有变动") as refused:
        ask(session, rota[18], other=rota[20], other_version=9)
    assert refused.value.field == "other"


@pytest.mark.parametrize("member", [MEI, ZHAO, ZHENG, BAI], ids=lambda m: m.username)
def test_only_who_stands_in_a_duty_asks(rota, session, member):
    with pytest.raises(NotVisible):
        ask(session, rota[18], member, person=GU)


def test_nobody_swaps_with_himself_or_with_who_cannot_answer(rota, session):
    with pytest.raises(RuleViolation, match="不能与自己"):
        ask(session, rota[18], person=LIN)
    with pytest.raises(RuleViolation, match="没有可用的账号"):
        ask(session, rota[18], person=people.NEW)
    with pytest.raises(RuleViolation, match="请选择与谁调"):
        ask(session, rota[18])


def test_a_past_duty_is_not_swapped(rota, session):
    with pytest.raises(RuleViolation, match="已经值完"):
        ask(session, rota[14], TAO, person=GU)


def test_too_little_rest_is_refused(rota, session):
    with pytest.raises(
        RuleViolation, match="不能这样调：陶然7月17日“值班员”与7月18日“值班员”之间休息 0 小时"
    ):
        ask(session, rota[18], person=TAO)


def test_leave_is_refused_and_a_wish_is_confirmed(both, rota):
    with both.app_context(), factories.plain_session() as plain:
        duty.leave(plain, GU, july(18))
        duty.leave(plain, MEI, july(18), kind="wish")
        plain.commit()
    with both.app_context(), writing() as session:
        with pytest.raises(RuleViolation, match="顾平7月18日请假") as hard:
            ask(session, rota[18], person=GU, confirmed=True)
        with pytest.raises(RuleViolation, match="梅青希望7月18日不排") as soft:
            ask(session, rota[18], person=MEI)
        assert (hard.value.field, soft.value.field) == (None, "confirmed")
        swap = ask(session, rota[18], person=MEI, confirmed=True)
        with pytest.raises(RuleViolation, match="希望7月18日不排"):
            accept(session, swap)
        accept(session, swap, confirmed=True)
        with pytest.raises(RuleViolation, match="希望7月18日不排"):
            approve(session, swap)
        approve(session, swap, confirmed=True)


def test_leave_noted_after_the_yes_stops_the_approval(both, rota):
    with both.app_context(), writing() as session:
        swap_id = agreed(session, rota[18], person=MEI).id
    with both.app_context(), factories.plain_session() as plain:
        duty.leave(plain, MEI, july(18))
        plain.commit()
    with both.app_context(), writing() as session, pytest.raises(RuleViolation, match="请假"):
        approve(session, load_swap(session, people.actor(session, ZHAO), swap_id), confirmed=True)


def test_only_the_other_answers_and_only_the_asker_cancels(rota, session):
    swap = ask(session, rota[18], person=MEI)
    with pytest.raises(RuleViolation, match="只有本人"):
        accept(session, swap, LIN)
    with pytest.raises(RuleViolation, match="只有本人"):
        actions.cancel_swap(
            session,
            actor=people.actor(session, MEI),
            now=NOW,
            swap=swap,
            version=swap.version,
            reason="不换了",
        )
    actions.cancel_swap(
        session, actor=people.actor(session, LIN), now=NOW, swap=swap, version=swap.version, reason="不换了"
    )
    assert swap.state == "cancelled"
    assert ask(session, rota[18], person=GU).id != swap.id


def test_declined_and_refused_leave_the_duty_where_it_was(rota, session):
    swap = ask(session, rota[18], person=MEI)
    actions.decline_swap(
        session, actor=people.actor(session, MEI), now=NOW, swap=swap, version=1, reason="那天有安排"
    )
    again = agreed(session, rota[18], person=MEI)
    actions.refuse_swap(
        session,
        actor=people.actor(session, ZHAO),
        now=NOW,
        swap=again,
        version=again.version,
        reason="人手不够",
    )
    session.commit()
    assert (swap.state, swap.decision, again.state, again.decision) == (
        "declined",
        "那天有安排",
        "refused",
        "人手不够",
    )
    assert duty.holder(session, rota[18]) == "林秀"


def test_what_the_other_has_not_answered_is_not_approved(rota, session):
    with pytest.raises(RuleViolation, match="待对方答复"):
        approve(session, ask(session, rota[18], person=MEI))


def test_who_approves_second_is_told(rota, session):
    swap = agreed(session, rota[18], person=MEI)
    version = swap.version
    approve(session, swap)
    with pytest.raises(RuleViolation, match="现在是“已批准”"):
        approve(session, swap, version=version)


def test_an_answer_to_an_older_state_is_stale(rota, session):
    with pytest.raises(StaleVersion):
        accept(session, ask(session, rota[18], person=MEI), version=7)


def test_approval_after_the_day_is_too_late(rota, session):
    swap = agreed(session, rota[18], person=MEI)
    with pytest.raises(RuleViolation, match="2026-07-18 值班员的班已经值完"):
        approve(session, swap, now=at(19, 8, 30))


def test_a_person_set_meanwhile_ends_the_swap(rota, session):
    swap = agreed(session, rota[18], person=MEI)
    put(session, rota[18], GU)
    session.commit()
    assert (swap.state, swap.decision) == ("cancelled", actions.OVERTAKEN)
    with pytest.raises(RuleViolation, match="现在是“已取消”"):
        approve(session, swap)


def test_a_duty_given_away_by_other_means_is_not_approved(both, rota):
    with both.app_context(), writing() as session:
        swap_id = agreed(session, rota[18], person=MEI).id
    with both.app_context(), factories.plain_session() as plain:
        plain.get_one(Duty, rota[18]).person_id = duty.person_id(plain, GU)
        plain.commit()
    with both.app_context(), writing() as session, pytest.raises(RuleViolation, match="已另有安排"):
        approve(session, load_swap(session, people.actor(session, ZHAO), swap_id))


def test_a_running_duty_is_divided_at_the_moment_of_approval(rota, session):
    swap = ask(session, rota[15], person=GU)
    accept(session, swap, GU)
    approve(session, swap, now=at(15, 14, 0) + timedelta(seconds=40))
    session.commit()
    rows = session.scalars(select(Duty).where(Duty.day == july(15)).order_by(Duty.starts_at)).all()
    first, rest = rows
    assert (duty.holder(session, first.id), first.starts_at, first.ends_at) == (
        "林秀",
        at(15, 8, 30),
        at(15, 14, 0),
    )
    assert (duty.holder(session, rest.id), rest.starts_at, rest.ends_at) == (
        "顾平",
        at(15, 14, 0),
        at(16, 8, 30),
    )
    assert (first.seat, rest.seat) == (101, 1)
    assert rest.original_person_id == duty.person_id(session, LIN)


def test_who_stood_the_longer_part_keeps_the_seat(rota, session):
    put(session, rota[15], GU, now=at(16, 2, 0), confirmed=True)
    session.commit()
    rows = session.scalars(select(Duty).where(Duty.day == july(15)).order_by(Duty.starts_at)).all()
    assert [(row.seat, duty.holder(session, row.id)) for row in rows] == [(1, "林秀"), (101, "顾平")]


def test_a_running_duty_is_divided_again(rota, session):
    second = put(session, rota[15], GU, now=at(15, 12, 0))
    third = put(session, second.id, LIN, now=at(15, 13, 0))
    session.commit()
    rows = session.scalars(select(Duty).where(Duty.day == july(15)).order_by(Duty.starts_at)).all()
    assert [duty.holder(session, row.id) for row in rows] == ["林秀", "顾平", "林秀"]
    assert [row.seat for row in rows] == [101, 201, 1]
    assert (third.starts_at, third.original_person_id) == (at(15, 13, 0), None)


def test_the_rest_of_a_running_duty_is_exchanged_for_a_later_one(rota, session):
    swap = ask(session, rota[15], other=rota[22])
    accept(session, swap, GU)
    approve(session, swap, now=at(15, 14, 0))
    session.commit()
    rows = session.scalars(select(Duty).where(Duty.day == july(15)).order_by(Duty.starts_at)).all()
    assert [duty.holder(session, row.id) for row in rows] == ["林秀", "顾平"]
    assert duty.holder(session, rota[22]) == "林秀"


def test_an_empty_post_is_filled_while_it_runs_and_stays_empty_before(both, rota):
    with both.app_context(), factories.plain_session() as plain:
        plain.get_one(Duty, rota[15]).person_id = None
        plain.commit()
    with both.app_context(), writing() as session:
        put(session, rota[15], GU, now=at(15, 9, 0))
    with both.app_context():
        rows = db.session.scalars(select(Duty).where(Duty.day == july(15)).order_by(Duty.starts_at)).all()
        assert [duty.holder(db.session(), row.id) for row in rows] == ["", "顾平"]


def test_a_manager_answers_for_too_little_rest_but_not_for_leave(both, rota):
    with both.app_context(), factories.plain_session() as plain:
        duty.leave(plain, GU, july(18))
        plain.commit()
    with both.app_context(), writing() as session:
        with pytest.raises(RuleViolation, match="休息 0 小时") as doubt:
            put(session, rota[18], TAO)
        assert doubt.value.field == "confirmed"
        with pytest.raises(RuleViolation, match="顾平7月18日请假"):
            put(session, rota[18], GU, confirmed=True)
        with pytest.raises(RuleViolation, match="不在本表值班人员之列"):
            put(session, rota[18], people.ZHU, confirmed=True)
        put(session, rota[18], TAO, confirmed=True)
        assert duty.holder(session, rota[18]) == "陶然"


def test_who_was_set_and_who_was_relieved_find_a_line_of_it(rota, session):
    put(session, rota[18], MEI)
    session.commit()
    line = session.scalars(select(DutySwap)).one()
    assert (line.state, line.decision, line.reason) == ("approved", "直接换人", "原值班人员生病")
    assert (line.person_id, line.other_person_id) == (
        duty.person_id(session, LIN),
        duty.person_id(session, MEI),
    )


def test_setting_is_refused_when_nothing_changes_or_the_form_is_old(rota, session):
    with pytest.raises(RuleViolation, match="本来就是") as refused:
        put(session, rota[18], LIN)
    assert refused.value.field == "person"
    with pytest.raises(StaleVersion):
        put(session, rota[18], MEI, version=4)
    with pytest.raises(RuleViolation, match="已经值完"):
        put(session, rota[14], GU)


@pytest.mark.parametrize("member", [LIN, BAI, people.WU, people.HAN, ZHENG], ids=lambda m: m.username)
def test_only_who_publishes_for_the_unit_sets(rota, session, member):
    with pytest.raises(NotVisible):
        put(session, rota[18], MEI, by=member)


def test_of_two_who_decide_at_once_one_is_told(both, rota):
    with both.app_context(), writing() as session:
        swap = agreed(session, rota[18], person=MEI)
        swap_id, version = swap.id, swap.version
    start, told = threading.Barrier(2), []

    def decide(member):
        with both.app_context(), clock.frozen(NOW):
            start.wait()
            try:
                with writing() as session:
                    actor = people.actor(session, member)
                    row = load_swap(session, actor, swap_id)
                    actions.approve_swap(session, actor=actor, now=NOW, swap=row, version=version)
            except RuleViolation as violation:
                told.append(violation.message)

    threads = [threading.Thread(target=decide, args=(ZHAO,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["这份申请现在是“已批准”，不能再这样办。"]
    with both.app_context():
        assert db.session.get_one(Duty, rota[18]).version == 2


def test_of_two_who_ask_for_each_others_duty_at_once_one_is_told(both, rota):
    start, told = threading.Barrier(2), []

    def wish(day, other, member):
        with both.app_context(), clock.frozen(NOW):
            start.wait()
            try:
                with writing() as session:
                    ask(session, rota[day], member, other=rota[other])
            except RuleViolation as violation:
                told.append(violation.message)

    threads = [threading.Thread(target=wish, args=args) for args in ((18, 20, LIN), (20, 18, MEI))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1 and "已经提出要换您这个班" in told[0]


def test_leaders_who_swap_reception_days_swap_them_in_the_public_schedule(both):
    li = people.Member("li", "李副县长", people.HAN.role, "AL", "副县长")
    with both.app_context(), factories.plain_session() as plain:
        duty.hire(plain, li)
        days = duty.scheme(
            plain, "AL", (people.HAN, li), posts=("接访领导",), kind="leader-days", name="领导接访日"
        )
        published = duty.roster(plain, days)
        hans = duty.duty(plain, published, july(20), people.HAN).id
        lis = duty.duty(plain, published, july(27), li).id
        plain.commit()
    with both.app_context(), writing() as session:
        row = session.get_one(Duty, hans)
        write_days(session, actor=people.actor(session, ZHENG), now=NOW, today=july(15), roster=row.roster)
    with both.app_context(), writing() as session:
        swap = ask(session, hans, people.HAN, other=lis)
        accept(session, swap, li)
        approve(session, swap, ZHENG)
    with both.app_context():
        rows = db.session.scalars(
            select(LeaderSchedule).where(LeaderSchedule.voided_at.is_(None)).order_by(LeaderSchedule.day)
        )
        assert [(row.day.day, row.leader_name) for row in rows] == [(20, "李副县长"), (27, "韩副县长")]
