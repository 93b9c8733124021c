"""Rosters on both databases: storing a plan, hands, undoing, publishing, extending, voiding, balances carried over."""

import json
from datetime import date, datetime

import pytest
from sqlalchemy import select

from actions.duty_swaps import replace_person
from actions.roster_endings import end_roster, void_roster
from actions.rosters import (
    DayChange,
    set_days,
    store_again,
    store_extension,
    undo_days,
)
from models.base import new_uid
from models.roster import Duty, DutySwap, Roster, RosterAbsence, RosterEdition
from queries.duty_feeds import feed_duties
from queries.roster_problem import problem_for_days, problem_of
from queries.roster_rows import assigned_of, duties_of, slot_of
from rostering.planner import plan
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.roster_words import DayClass
from tests import people, rotas
from tests.people import NOW, TODAY
from tests.rotas import duties, how

FIRST, LAST = date(2026, 8, 1), date(2026, 8, 9)


@pytest.fixture
def rota(session):
    return rotas.scheme(session)


def put(session, roster, *changes, version=None, reason=""):
    """`(duty, person, locked)`."""
    return set_days(
        session,
        **how(session),
        today=TODAY,
        roster=roster,
        version=roster.version if version is None else version,
        changes=[DayChange(d.id, d.version, person, locked) for d, person, locked in changes],
        reason=reason,
    )


def void(session, roster, reason="排错了"):
    void_roster(session, **how(session), today=TODAY, roster=roster, version=roster.version, reason=reason)


def again(session, roster):
    answer = plan(problem_of(session, roster))
    store_again(session, **how(session), roster=roster, version=roster.version, answer=answer)


def leave(session, person_id, first, last):
    session.add(
        RosterAbsence(
            uid=new_uid(), unit_id=people.unit(session, "AL21").id, person_id=person_id, kind="leave",
            first_day=first, last_day=last, registered_at=NOW,
        )
    )  # fmt: skip
    from actions import audit

    session.flush()
    row = session.scalars(select(RosterAbsence).order_by(RosterAbsence.id.desc())).first()
    audit.record(session, actor=people.SYSTEM, now=NOW, action="absence.add", subject=row)


def fields(caught):
    return {v.field: v.message for v in getattr(caught.value, "violations", [caught.value])}


def test_a_plan_is_stored_as_a_draft_with_its_hours_in_utc(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    session.commit()
    stored = duties(session, roster)
    assert len(stored) == 18 and not roster.is_published and roster.proven
    assert (stored[0].starts_at, stored[0].ends_at) == (
        datetime(2026, 8, 1, 0, 30),
        datetime(2026, 8, 2, 0, 30),
    )
    assert all(duty.person_id and duty.assigned == "planned" and duty.seat == 1 for duty in stored)
    per_person = sorted(sum(d.person_id == p for d in stored) for p in {d.person_id for d in stored})
    assert per_person == [3] * 6


def test_the_same_plan_sent_twice_is_one_roster(session, rota):
    first = rotas.planned(session, rota, FIRST, LAST, key="once")
    answer = plan(problem_for_days(session, rota, FIRST, LAST))
    from actions.rosters import store_plan

    second = store_plan(
        session, **how(session), today=TODAY, scheme=rota, version=rota.version, first=FIRST, last=LAST,
        answer=answer, submission_key="once",
    )  # fmt: skip
    assert first.id == second.id


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 8, 9), date(2026, 8, 12)), (date(2026, 7, 20), date(2026, 8, 1)), (FIRST, LAST)],
)
def test_two_live_rosters_of_a_rota_share_no_day(session, rota, first, last):
    rotas.planned(session, rota, FIRST, LAST)
    with pytest.raises(RuleViolation, match="日子重叠") as caught:
        rotas.planned(session, rota, first, last)
    assert caught.value.field == "first_day"


def test_a_void_roster_frees_its_days(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    void(session, roster)
    assert rotas.planned(session, rota, FIRST, LAST).id != roster.id
    with pytest.raises(RuleViolation, match="已作废"):
        again(session, roster)


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        (None, LAST, "first_day", "请填写起始日期"),
        (LAST, FIRST, "last_day", "早于起始日期"),
        (date(2026, 8, 1), date(2027, 9, 30), "last_day", "最多排 400 天"),
        (date(2029, 8, 1), date(2029, 8, 2), "first_day", "离今天太远"),
    ],
)
def test_bad_days_are_told_at_their_field(session, rota, first, last, field, words):
    from actions.rosters import require_span

    with pytest.raises((RuleViolation, RuleViolations)) as caught:
        require_span(session, rota, first, last, TODAY)
    assert words in fields(caught)[field]


def test_a_plan_of_a_rota_that_was_changed_meanwhile_is_told(session, rota):
    answer = plan(problem_for_days(session, rota, FIRST, LAST))
    from actions.rosters import store_plan

    with pytest.raises(StaleVersion):
        store_plan(
            session, **how(session), today=TODAY, scheme=rota, version=rota.version - 1, first=FIRST,
            last=LAST, answer=answer,
        )  # fmt: skip


def test_planning_again_keeps_what_is_locked_even_an_empty_post(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    stored = duties(session, roster)
    other = next(p for p in {d.person_id for d in stored} if p != stored[4].person_id)
    put(session, roster, (stored[4], other, True), (stored[9], None, True), reason="")
    again(session, roster)
    session.commit()
    after = duties(session, roster)
    assert (after[4].person_id, after[4].assigned, after[4].locked) == (other, "set", True)
    assert (after[9].person_id, after[9].locked) == (None, True)
    assert all(d.person_id for d in after if d.id != after[9].id)


def test_a_lock_taken_off_lets_the_planner_choose_again(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    stored = duties(session, roster)
    put(session, roster, (stored[0], None, True))
    put(session, roster, (stored[0], None, False))
    again(session, roster)
    assert duties(session, roster)[0].person_id is not None


def test_a_hand_that_finds_the_duty_changed_is_told_and_nothing_moves(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    duty = duties(session, roster)[0]
    change = DayChange(duty.id, duty.version, None, True)
    put(session, roster, (duty, None, True))
    with pytest.raises(StaleVersion):
        set_days(
            session, **how(session), today=TODAY, roster=roster, version=roster.version, changes=[change]
        )
    with pytest.raises(StaleVersion):
        put(session, roster, (duty, None, False), version=roster.version - 1)


def test_the_last_hand_change_is_undone_once(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    before = [(d.person_id, d.assigned, d.locked) for d in duties(session, roster)]
    stored = duties(session, roster)
    put(session, roster, (stored[0], None, True), (stored[1], stored[2].person_id, True))
    count = undo_days(session, **how(session), today=TODAY, roster=roster, version=roster.version)
    session.commit()
    assert count == 2
    assert [(d.person_id, d.assigned, d.locked) for d in duties(session, roster)] == before
    with pytest.raises(RuleViolation, match="没有可以撤回"):
        undo_days(session, **how(session), today=TODAY, roster=roster, version=roster.version)


def undo(session, roster, now=NOW):
    return undo_days(
        session, **(how(session) | {"now": now}), today=TODAY, roster=roster, version=roster.version
    )


def test_what_was_set_before_publishing_is_not_taken_back_after_it(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    put(session, roster, (duties(session, roster)[0], None, True))
    rotas.publish(session, roster)
    with pytest.raises(RuleViolation, match="没有可以撤回"):
        undo(session, roster)


def test_in_a_published_roster_a_duty_that_has_begun_is_not_undone(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    duty = duties(session, roster)[0]
    first, free = duty.person_id, _free_for(session, roster, duty)
    put(session, roster, (duty, free, True), reason="外出开会")
    with pytest.raises(RuleViolation, match="2026-08-01 的班已经开始，不能撤回"):
        undo(session, roster, now=datetime(2026, 8, 1, 0, 30))
    assert duty.person_id == free
    undo(session, roster, now=datetime(2026, 8, 1, 0, 29))
    assert duty.person_id == first


def test_in_a_published_roster_nothing_is_undone_into_a_broken_rule(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    duty = duties(session, roster)[0]
    first = duty.person_id
    put(session, roster, (duty, _free_for(session, roster, duty), True), reason="本人请假")
    leave(session, first, FIRST, FIRST)
    with pytest.raises(RuleViolation, match="8月1日请假"):
        undo(session, roster)


def test_an_open_swap_of_a_duty_that_is_undone_waits_no_longer(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    duty, other = duties(session, roster)[0], duties(session, roster)[-1]
    free = _free_for(session, roster, duty)
    put(session, roster, (duty, free, True), reason="外出开会")
    swap = asked(session, duty, other)
    undo(session, roster)
    assert (swap.state, swap.decision) == ("cancelled", "班已另有安排，申请自动取消。")


def asked(session, duty, other):
    """An open swap of two duties, as its two people left it."""
    from actions import audit

    swap = DutySwap(
        uid=new_uid(), unit_id=duty.unit_id, duty_id=duty.id, other_duty_id=other.id, reason="家里有事",
        person_id=duty.person_id, other_person_id=other.person_id, state="asked", asked_at=NOW,
    )  # fmt: skip
    session.add(swap)
    session.flush()
    audit.record(session, actor=people.SYSTEM, now=NOW, action="duty_swap.ask", subject=swap)
    return swap


def test_publishing_freezes_the_rows_and_numbers_the_edition(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    session.commit()
    (edition,) = session.scalars(select(RosterEdition))
    rows = json.loads(edition.rows)
    assert (roster.edition, roster.published_at, edition.number) == (1, NOW, 1)
    assert (rows[0]["day"], rows[0]["post"], rows[0]["seat"]) == ("2026-08-01", "带班领导", 1)
    assert rows[0]["name"] in rotas.SIX
    with pytest.raises(RuleViolation, match="没有改动"):
        rotas.publish(session, roster)
    with pytest.raises(RuleViolation, match="不能整张重排"):
        again(session, roster)


def test_a_change_after_publication_asks_a_reason_and_remembers_who_stood_there_first(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    duty = duties(session, roster)[0]
    first = duty.person_id
    free = _free_for(session, roster, duty)
    with pytest.raises(RuleViolation, match="写明改动的理由") as caught:
        put(session, roster, (duty, free, True))
    assert caught.value.field == "reason"
    put(session, roster, (duty, free, True), reason="本人外出开会")
    assert (duty.person_id, duty.original_person_id, duty.reason) == (free, first, "本人外出开会")
    put(session, roster, (duty, first, True), reason="会议取消")
    assert duty.original_person_id is None
    rosters_before = roster.edition
    put(session, roster, (duty, None, True), reason="临时空岗")
    rotas.publish(session, roster)
    assert roster.edition == rosters_before + 1


def _free_for(session, roster, duty):
    """Somebody who may take a duty under every rule."""
    from rules.roster_conflicts import replacements

    problem = problem_of(session, roster, keeps_all=True)
    found = replacements(problem, assigned_of(duties_of(session, roster.id)), slot_of(duty))
    return found[0].person_id


def test_a_published_roster_takes_no_change_that_breaks_a_rule(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    leader, deputy = duties(session, roster)[:2]
    with pytest.raises(RuleViolation, match="先改好必须改的"):
        put(session, roster, (leader, deputy.person_id, True), reason="换人")


def test_a_draft_takes_it_and_is_not_published_before_it_is_cured(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    leader, deputy = duties(session, roster)[:2]
    put(session, roster, (leader, deputy.person_id, True))
    assert not roster.proven
    with pytest.raises(RuleViolation, match="先改好必须改的"):
        rotas.publish(session, roster)


def test_what_a_manager_confirmed_since_is_published_anew(session):
    """Who stands on the 3rd stands on the 4th too, with no rest between, as the supervisor says."""
    ids = rotas.staff(session, ("甲一", "乙二", "丙三"))
    rota = rotas.scheme(session, who=ids, posts=rotas.posts("值班员"), rest_hours=24)
    roster = rotas.published(session, rota, date(2026, 8, 3), date(2026, 8, 5))
    first, second, _third = duties(session, roster)
    replace_person(
        session, **how(session), duty_id=second.id, version=second.version, person_id=first.person_id,
        reason="临时请不到别人", confirmed=True,
    )  # fmt: skip
    rotas.publish(session, roster)
    assert roster.edition == 2


def test_leave_that_came_since_must_be_cured_before_publishing_anew(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    duty = duties(session, roster)[0]
    put(session, roster, (duty, _free_for(session, roster, duty), True), reason="外出开会")
    leave(session, duty.person_id, FIRST, FIRST)
    with pytest.raises(RuleViolation, match="8月1日请假"):
        rotas.publish(session, roster)


def test_longer_by_days_that_are_planned_after_those_that_stand(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    before = {d.id: d.person_id for d in duties(session, roster)}
    last = date(2026, 8, 12)
    kept = duties_of(session, roster.id)
    answer = plan(problem_for_days(session, rota, FIRST, last, kept=kept))
    count = longer(session, roster, last, answer)
    session.commit()
    after = duties(session, roster)
    assert (count, len(after), roster.last_day) == (6, 24, last)
    assert {d.id: d.person_id for d in after if d.id in before} == before
    assert sorted(sum(d.person_id == p for d in after) for p in set(before.values())) == [4] * 6


def longer(session, roster, last, answer, **changes):
    given = {"version": roster.version, "scheme_version": roster.scheme.version} | changes
    return store_extension(
        session, **how(session), today=TODAY, roster=roster, last=last, answer=answer, **given
    )


def test_a_published_roster_is_not_made_longer(session, rota):
    roster = rotas.published(session, rota, FIRST, date(2026, 8, 2))
    answer = plan(problem_of(session, roster))
    with pytest.raises(RuleViolation, match="已发布的班表不能延长，后面的日子请另排一份"):
        longer(session, roster, date(2026, 8, 3), answer)


def test_longer_days_that_another_roster_took_meanwhile_are_refused(session, rota):
    roster = rotas.planned(session, rota, FIRST, date(2026, 8, 2))
    answer = plan(problem_of(session, roster))
    rotas.planned(session, rota, date(2026, 8, 3), date(2026, 8, 4))
    with pytest.raises(RuleViolation, match="日子重叠"):
        longer(session, roster, date(2026, 8, 3), answer)


def test_longer_days_of_a_rota_that_was_changed_meanwhile_are_told(session, rota):
    roster = rotas.planned(session, rota, FIRST, date(2026, 8, 2))
    answer = plan(problem_of(session, roster))
    with pytest.raises(StaleVersion):
        longer(session, roster, date(2026, 8, 3), answer, scheme_version=rota.version - 1)
    assert roster.last_day == date(2026, 8, 2)


def test_balances_are_carried_over_as_people_really_stood(session):
    """Three days of one post for 甲一 乙二 丙三; 甲一 then also stands in for 乙二, who owes it in the next roster."""
    ids = rotas.staff(session, ("甲一", "乙二", "丙三"))
    rota = rotas.scheme(session, who=ids, posts=rotas.posts("值班员"), rest_hours=0)
    three = date(2026, 8, 3), date(2026, 8, 5)
    roster = rotas.published(session, rota, *three)
    stood = {d.person_id: d for d in duties(session, roster)}
    assert set(stood) == set(ids)
    duty = stood[ids[1]]
    duty.original_person_id, duty.person_id, duty.assigned = ids[1], ids[0], "replaced"
    from actions import audit

    audit.record(session, actor=people.SYSTEM, now=NOW, action="duty.replace", subject=duty)
    problem = problem_for_days(session, rota, date(2026, 8, 6), date(2026, 8, 7))
    carried = {b.person_id: b.carried[DayClass.WORKDAY] for b in problem.balances}
    assert carried == {ids[0]: 10_000, ids[1]: -10_000, ids[2]: 0}
    answer = plan(problem)
    assert sorted(answer.assigned.values()) == sorted([ids[1], ids[2]])


def test_leave_is_planned_around_and_earns_no_debt(session):
    ids = rotas.staff(session, ("甲一", "乙二"))
    rota = rotas.scheme(session, who=ids, posts=rotas.posts("值班员"), rest_hours=0, most_in_row=31)
    leave(session, ids[0], date(2026, 8, 3), date(2026, 8, 4))
    problem = problem_for_days(session, rota, date(2026, 8, 3), date(2026, 8, 6))
    answer = plan(problem)
    by_day = {slot.day.day: person for slot, person in answer.assigned.items()}
    assert by_day[3] == by_day[4] == ids[1]
    assert sorted((by_day[5], by_day[6])) == sorted(ids)


def test_a_void_published_roster_is_carried_over_no_more(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    assert problem_for_days(session, rota, date(2026, 8, 10), date(2026, 8, 11)).balances
    void(session, roster, "另行安排")
    assert not problem_for_days(session, rota, date(2026, 8, 10), date(2026, 8, 11)).balances
    assert session.scalar(select(Roster.void_reason)) == "另行安排"
    assert session.scalar(select(Duty.id).limit(1)) is not None


SECOND_AT_NINE = datetime(2026, 8, 2, 1, 0)
"""9:00 on the second day: the first day was served, the second runs."""


def end(session, roster, now=SECOND_AT_NINE):
    return end_roster(
        session, actor=people.actor(session, people.ZHAO), now=now, today=date(2026, 8, 2), roster=roster,
        version=roster.version, reason="人员调整",
    )  # fmt: skip


def test_a_published_roster_is_not_voided_once_somebody_has_stood(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    with pytest.raises(RuleViolation, match="请用“截至今天”"):
        void_roster(
            session, actor=people.actor(session, people.ZHAO), now=datetime(2026, 8, 1, 0, 30),
            today=FIRST, roster=roster, version=roster.version, reason="排错了",
        )  # fmt: skip
    assert not roster.is_void


def test_a_draft_of_days_gone_by_is_voided(session, rota):
    roster = rotas.planned(session, rota, FIRST, LAST)
    void_roster(
        session, actor=people.actor(session, people.ZHAO), now=SECOND_AT_NINE, today=date(2026, 8, 2),
        roster=roster, version=roster.version, reason="排错了",
    )  # fmt: skip
    assert roster.is_void


def test_a_roster_that_runs_ends_today_and_keeps_what_was_served(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    stood = [(d.id, d.person_id) for d in duties(session, roster)]
    assert end(session, roster) == 14
    session.commit()
    assert (roster.last_day, roster.edition, roster.is_void) == (date(2026, 8, 2), 2, False)
    assert [(d.id, d.person_id) for d in duties(session, roster)] == stood[:4]
    (rest,) = session.scalars(select(Roster).where(Roster.voided_at.is_not(None)))
    assert (rest.first_day, rest.last_day, rest.void_reason) == (date(2026, 8, 3), LAST, "人员调整")
    assert [(d.id, d.person_id) for d in duties(session, rest)] == stood[4:]
    assert problem_for_days(session, rota, date(2026, 8, 3), LAST).balances
    with pytest.raises(RuleViolation, match="没有要截掉的日子"):
        end(session, roster)


def test_a_roster_that_has_not_begun_is_voided_and_not_ended(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    with pytest.raises(RuleViolation, match="请直接作废"):
        end(session, roster, now=NOW)


def test_days_after_the_end_are_planned_anew_and_those_served_are_not(session, rota):
    end(session, rotas.published(session, rota, FIRST, LAST))
    with pytest.raises(RuleViolation, match="日子重叠"):
        rotas.planned(session, rota, date(2026, 8, 2), LAST)
    assert len(duties(session, rotas.planned(session, rota, date(2026, 8, 3), LAST))) == 14


def test_swaps_of_duties_that_fall_away_wait_no_longer(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    rows = duties(session, roster)
    stays, goes = asked(session, rows[0], rows[2]), asked(session, rows[8], rows[12])
    end(session, roster)
    assert (stays.state, goes.state) == ("asked", "cancelled")


def test_swaps_of_a_roster_that_is_called_off_wait_no_longer(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    rows = duties(session, roster)
    swap = asked(session, rows[8], rows[12])
    void(session, roster)
    assert swap.state == "cancelled"


def test_calendars_take_back_what_was_changed_by_hand_and_undone(session, rota):
    """甲 → 乙 by hand, then back: 乙 had it for a while."""
    roster = rotas.published(session, rota, FIRST, LAST)
    duty = duties(session, roster)[0]
    first, free = duty.person_id, _free_for(session, roster, duty)
    put(session, roster, (duty, free, True), reason="外出开会")
    undo(session, roster)
    told = {e.uid: e.is_cancelled for e in feed_duties(session, free, NOW)}
    assert told[f"{rota.uid}-{duty.id}"] is True
    lines = [(s.person_id, s.other_person_id, s.reason) for s in session.scalars(select(DutySwap))]
    assert lines == [(first, free, "外出开会"), (free, first, "撤回手工调整")]


def test_calendars_take_back_the_duties_that_fell_away(session, rota):
    roster = rotas.published(session, rota, FIRST, LAST)
    last = duties(session, roster)[-1]
    before = {e.uid: e for e in feed_duties(session, last.person_id, NOW)}
    end(session, roster)
    after = {e.uid: e for e in feed_duties(session, last.person_id, SECOND_AT_NINE)}
    assert before.keys() == after.keys()
    gone = next(uid for uid in after if uid.endswith(f"-{last.id}"))
    assert (before[gone].is_cancelled, after[gone].is_cancelled) == (False, True)
    assert after[gone].version > before[gone].version


def test_the_problem_of_a_roster_is_read_with_a_handful_of_statements(session, rota, both, count_statements):
    roster = rotas.published(session, rota, FIRST, LAST)
    session.commit()
    with count_statements(both) as statements:
        problem_of(session, roster)
    assert len(statements) <= 14
