"""Leaders' reception days on both databases: planning, correcting, putting off, swapping, voiding."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import func, select

from actions import leader_schedule as actions
from actions.leader_schedule import ScheduledData
from models.audit_entry import AuditEntry
from models.leader_schedule import LeaderSchedule
from queries.history import history_of
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.taxonomy import LeaderReceptionMode
from tests import factories, people
from tests.people import NOW, TODAY

FIFTH, TWELFTH = date(2026, 8, 5), date(2026, 8, 12)


def data(session, office="AL", **values):
    plain = {
        "unit_id": people.unit(session, office).id,
        "day": FIFTH,
        "leader_name": "韩副县长",
        "mode": LeaderReceptionMode.FIXED,
        "starts_at": time(9, 0),
        "ends_at": time(11, 30),
    }
    return ScheduledData(**(plain | values))


def how(session, member=people.WU):
    return {"actor": people.actor(session, member), "now": NOW}


def plan(session, member=people.WU, key="", **values):
    return actions.schedule_day(
        session, **how(session, member), today=TODAY, data=data(session, **values), submission_key=key
    )


def audited(session):
    statement = select(AuditEntry.action, AuditEntry.subject_label).order_by(AuditEntry.id)
    return [tuple(row) for row in session.execute(statement) if row[0].startswith("leader_schedule")]


def two(session):
    return plan(session), plan(session, day=TWELFTH, leader_name="李副县长", starts_at=time(15), ends_at=None)


def test_a_leader_known_to_the_staff_is_tied_to_it_with_the_post(session):
    row = plan(session)
    session.commit()
    assert row.leader_id == people.actor(session, people.HAN).person_id
    assert row.post == "副县长"
    assert audited(session) == [("leader_schedule.register", "2026-08-05 韩副县长")]


def test_the_portfolio_is_that_of_the_last_time_where_none_is_typed(session):
    plan(session, portfolio="分管城乡建设工作")
    assert plan(session, day=TWELFTH).portfolio == "分管城乡建设工作"
    assert plan(session, day=date(2026, 8, 19), portfolio="分管教育工作").portfolio == "分管教育工作"
    session.commit()


def test_the_same_form_sent_twice_makes_one_day(session):
    assert plan(session, key="once").id == plan(session, key="once").id
    assert session.scalar(select(func.count(LeaderSchedule.id))) == 1
    session.commit()


def test_a_leader_has_one_live_day_of_a_date(session):
    row = plan(session)
    with pytest.raises(RuleViolations, match="韩副县长 2026-08-05 已有安排"):
        plan(session)
    plan(session, leader_name="李副县长")
    actions.void_scheduled(session, **how(session), row=row, version=1, reason="排错了")
    plan(session)
    session.commit()


def test_a_village_has_no_leaders_days_and_another_township_is_out_of_reach(session):
    with pytest.raises(RuleViolation, match="村（社区）没有领导接访日") as village:
        plan(session, people.LIN, office="AL2101")
    with pytest.raises(RuleViolation, match="只能为本单位及下级单位安排") as other:
        plan(session, people.LIN, office="AL22")
    assert village.value.field == other.value.field == "unit"


def test_a_month_is_saved_whole_or_not_at_all(session):
    plan(session)
    rows = [
        data(session, day=TWELFTH, number=0),
        data(session, number=2),
        data(session, day=TWELFTH, number=5),
        data(session, day=None, number=6),
    ]
    with pytest.raises(RuleViolations) as refused:
        actions.schedule_month(session, **how(session), today=TODAY, rows=rows)
    fields = [v.field for v in refused.value.violations]
    assert fields == ["entry-2-leader_name", "entry-5-leader_name", "entry-6-day"]
    assert session.scalar(select(func.count(LeaderSchedule.id))) == 1
    good = [rows[0], replace(rows[2], leader_name="李副县长")]
    assert actions.schedule_month(session, **how(session), today=TODAY, rows=good, submission_key="m") == 2
    assert actions.schedule_month(session, **how(session), today=TODAY, rows=good, submission_key="m") == 0
    assert len(audited(session)) == 3
    session.commit()


def test_a_correction_keeps_what_stood_before(session):
    row = plan(session)
    actions.correct_scheduled(
        session,
        **how(session),
        today=TODAY,
        row=row,
        data=data(session, place="柳溪镇"),
        version=1,
        reason="改地点",
    )
    session.commit()
    change = history_of(session, "leader_schedule", row.id, {"place": "地点"})[-1]
    assert (change.action, change.reason, change.fields) == ("更正", "改地点", [("地点", "", "柳溪镇")])


def test_a_correction_may_keep_its_own_day_but_not_take_anothers(session):
    row = plan(session)
    plan(session, day=TWELFTH)
    with pytest.raises(RuleViolations, match="已有安排"):
        actions.correct_scheduled(
            session,
            **how(session),
            today=TODAY,
            row=row,
            data=data(session, day=TWELFTH),
            version=1,
            reason="改日期",
        )
    with pytest.raises(RuleViolation, match="单位不能更改"):
        actions.correct_scheduled(
            session,
            **how(session),
            today=TODAY,
            row=row,
            data=data(session, "AL21"),
            version=1,
            reason="改单位",
        )


def test_a_stale_or_void_day_is_not_changed(session):
    row = plan(session)
    change = {"row": row, "reason": "有事"}
    with pytest.raises(StaleVersion):
        actions.void_scheduled(session, **how(session), **change, version=2)
    with pytest.raises(StaleVersion):
        actions.postpone_scheduled(session, **how(session), **change, today=TODAY, day=TWELFTH, version=2)
    actions.void_scheduled(session, **how(session), **change, version=1)
    with pytest.raises(RuleViolation, match="已作废"):
        actions.postpone_scheduled(session, **how(session), **change, today=TODAY, day=TWELFTH, version=2)
    session.commit()


def test_a_day_is_put_off_to_a_later_one(session):
    row = plan(session)
    plan(session, day=TWELFTH)
    with pytest.raises(RuleViolation, match="已有安排"):
        actions.postpone_scheduled(
            session, **how(session), today=TODAY, row=row, day=TWELFTH, version=1, reason="会议"
        )
    actions.postpone_scheduled(
        session, **how(session), today=TODAY, row=row, day=date(2026, 8, 6), version=1, reason="会议"
    )
    session.commit()
    assert (row.day, row.version) == (date(2026, 8, 6), 2)
    assert audited(session)[-1] == ("leader_schedule.postpone", "2026-08-06 韩副县长")


def test_two_leaders_take_each_others_day_and_hours(session):
    first, second = two(session)
    first.place, second.place = "县信访局", "柳溪镇"
    actions.swap_scheduled(
        session, **how(session), row=first, version=1, other=second, other_version=1, reason="外出学习"
    )
    session.commit()
    assert (first.day, first.starts_at, first.ends_at, first.place) == (TWELFTH, time(15), None, "县信访局")
    assert (second.day, second.starts_at, second.ends_at) == (FIFTH, time(9), time(11, 30))
    assert [label for action, label in audited(session) if action.endswith("swap")] == [
        "2026-08-12 韩副县长",
        "2026-08-05 李副县长",
    ]


@pytest.mark.parametrize("versions", [(2, 1), (1, 2)])
def test_a_swap_over_somebody_elses_newer_change_moves_neither(session, versions):
    first, second = two(session)
    with pytest.raises(StaleVersion):
        actions.swap_scheduled(
            session, **how(session), row=first, version=versions[0], other=second, other_version=versions[1],
            reason="外出",
        )  # fmt: skip
    assert (first.day, second.day) == (FIFTH, TWELFTH)


def test_a_swap_that_would_give_a_leader_two_rows_of_one_day_moves_neither(session):
    first, second = two(session)
    plan(session, day=TWELFTH)
    with pytest.raises(RuleViolation, match="韩副县长 2026-08-12 已有安排，不能对换"):
        actions.swap_scheduled(
            session, **how(session), row=first, version=1, other=second, other_version=1, reason="外出"
        )
    assert (first.day, second.day) == (FIFTH, TWELFTH)


def test_only_days_of_two_leaders_of_one_office_are_swapped(session):
    first, _ = two(session)
    township = plan(session, office="AL21", day=TWELFTH, leader_name="赵立")
    same_day = plan(session, leader_name="王副县长")
    own = plan(session, day=date(2026, 8, 20))
    for other in (township, same_day, own):
        with pytest.raises(RuleViolation, match="只能与本单位另一位领导不同日期的安排对换"):
            actions.swap_scheduled(
                session, **how(session), row=first, version=1, other=other, other_version=1, reason="外出"
            )


def test_a_day_whose_reception_is_registered_stays_where_it_is(session):
    row = factories.scheduled_day(session, day=TODAY)
    factories.leader_reception(session)
    with pytest.raises(RuleViolation, match="的接访已经登记"):
        actions.postpone_scheduled(
            session, **how(session), today=TODAY, row=row, day=FIFTH, version=1, reason="会议"
        )


def test_a_clerk_of_a_township_does_not_reach_the_countys_days(session):
    from queries.leader_schedule import load_scheduled
    from queries.scope import load_in_scope

    row, lin = plan(session), people.actor(session, people.LIN)
    assert load_scheduled(session, lin, row.id) is row
    with pytest.raises(NotVisible):
        load_in_scope(session, LeaderSchedule, lin, row.id)
    with pytest.raises(NotVisible):
        load_scheduled(session, lin, plan(session, office="AL22", leader_name="白云").id)
