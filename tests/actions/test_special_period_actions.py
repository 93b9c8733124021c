"""特殊时段: declared, corrected, ended early, voided; reported day by day."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from actions.special_periods import (
    PeriodData,
    ReportData,
    correct_period,
    declare_period,
    end_period,
    report_day,
    void_period,
)
from models.audit_entry import AuditEntry
from models.duty_desk import PeriodReport, SpecialPeriod
from queries.special_periods import day_reports, periods_today
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.roles import Role
from rules.special_periods import ReportState
from tests import people
from tests.people import NOW, TODAY

DATA = PeriodData("防汛值守", date(2026, 7, 13), date(2026, 7, 17), time(17, 0), "有事即报。")
QUIET = ReportData(0)


def declare(session, member=people.WU, data=DATA, **more):
    actor = people.actor(session, member)
    return declare_period(session, actor=actor, now=NOW, today=TODAY, data=data, **more)


def report(session, period, member=people.LIN, code="AL21", day=TODAY, data=QUIET, now=NOW, **more):
    return report_day(
        session, actor=people.actor(session, member), now=now, today=TODAY, period=period, day=day,
        unit_id=people.unit(session, code).id, data=data, **more,
    )  # fmt: skip


def states(session, period, member=people.WU, day=TODAY, now=NOW):
    lines = day_reports(session, people.actor(session, member), period, day, now)
    return {line.unit: line.state for line in lines}


def test_the_county_declares_for_departments_and_townships(session):
    period = declare(session)
    assert (period.unit.code, period.name, period.doubled, period.declared_by_id is not None) == (
        "AL", "防汛值守", True, True,
    )  # fmt: skip
    assert list(states(session, period)) == ["县住建局", "县人社局", "柳溪镇", "白石乡"]


def test_a_township_declares_for_its_villages(session):
    period = declare(session, people.ZHAO)
    assert period.unit.code == "AL21"
    assert list(states(session, period, people.ZHAO)) == ["上河村", "下河村", "柳园社区"]


def test_an_office_without_units_below_declares_nothing(session):
    department = replace(people.actor(session, people.ZHU), role=Role.SUPERVISOR)
    with pytest.raises(RuleViolation, match="没有要报送的下级单位"):
        declare_period(session, actor=department, now=NOW, today=TODAY, data=DATA)


def test_sent_twice_it_is_declared_once(session):
    assert declare(session, submission_key="k" * 24).id == declare(session, submission_key="k" * 24).id
    assert len(session.scalars(select(SpecialPeriod)).all()) == 1


def test_what_a_period_must_satisfy_is_told_at_its_fields(session):
    with pytest.raises(RuleViolations) as refused:
        declare(session, data=PeriodData("", None, None, None))
    assert [v.field for v in refused.value.violations] == ["name", "report_at", "first_day", "last_day"]


def test_a_report_keeps_its_time_and_a_correction_does_not_move_it(session):
    period = declare(session)
    held = report(session, period)
    later = NOW + timedelta(hours=9)
    report(
        session,
        period,
        data=ReportData(1, "河堤渗水，已处置。", "赵立"),
        now=later,
        version=1,
        reason="补报事件",
    )
    assert (held.reported_at, held.events, held.content, held.version) == (NOW, 1, "河堤渗水，已处置。", 2)
    assert states(session, period, now=later)["柳溪镇"] is ReportState.ON_TIME
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.subject_type == "period_report"))
    assert list(actions) == ["period_report.enter", "period_report.correct"]


def test_who_reported_in_time_late_or_not_at_all(session):
    period = declare(session)
    report(session, period)
    evening = datetime(2026, 7, 15, 9, 30)  # 17:30 in the office
    report(session, period, people.BAI, "AL22", now=evening)
    assert states(session, period, now=evening) == {
        "县住建局": ReportState.MISSING,
        "县人社局": ReportState.MISSING,
        "柳溪镇": ReportState.ON_TIME,
        "白石乡": ReportState.LATE,
    }


def test_an_hour_set_afterwards_leaves_reports_as_they_were_and_binds_those_to_come(session):
    period = declare(session)
    report(session, period, now=datetime(2026, 7, 15, 8, 30))  # 16:30 in the office
    report(session, period, people.BAI, "AL22", now=datetime(2026, 7, 15, 9, 30))  # 17:30
    for hour, waiting in ((16, ReportState.MISSING), (18, ReportState.NEAR)):
        correct_period(
            session, actor=people.actor(session, people.WU), now=NOW, today=TODAY, period=period,
            data=replace(DATA, report_at=time(hour, 0)), version=period.version, reason="会议改期",
        )  # fmt: skip
        assert states(session, period, now=datetime(2026, 7, 15, 9, 31)) == {
            "县住建局": waiting,
            "县人社局": waiting,
            "柳溪镇": ReportState.ON_TIME,
            "白石乡": ReportState.LATE,
        }


def test_a_day_that_passed_may_be_reported_late_one_to_come_may_not(session):
    period = declare(session)
    report(session, period, day=date(2026, 7, 13))
    assert states(session, period, day=date(2026, 7, 13))["柳溪镇"] is ReportState.LATE
    with pytest.raises(RuleViolation, match="还没有到"):
        report(session, period, day=date(2026, 7, 16))
    with pytest.raises(RuleViolation, match="不在特殊时段内"):
        report(session, period, day=date(2026, 7, 12))


def test_the_same_report_twice_is_one_another_one_beside_it_is_told(session):
    period = declare(session)
    first = report(session, period)
    assert report(session, period).id == first.id
    with pytest.raises(StaleVersion):
        report(session, period, data=ReportData(2, "两起事件。"))
    with pytest.raises(RuleViolation, match="更正理由"):
        report(session, period, data=ReportData(2, "两起事件。"), version=1)
    assert len(session.scalars(select(PeriodReport)).all()) == 1


def test_a_unit_reports_for_itself_and_those_below_the_county_for_all(session):
    county = declare(session)
    with pytest.raises(NotVisible):
        report(session, county, people.LIN, "AL22")
    with pytest.raises(NotVisible):
        report(session, county, people.LIN, "AL2101")  # its villages do not report to the county
    report(session, county, people.WU, "AL22")
    township = declare(session, people.ZHAO)
    report(session, township, people.CHEN, "AL2101")
    report(session, township, people.LIN, "AL2102")
    with pytest.raises(NotVisible):
        report(session, township, people.CHEN, "AL2103")


def test_a_void_period_asks_for_nothing(session):
    period = declare(session)
    void_period(
        session, actor=people.actor(session, people.WU), now=NOW, period=period, version=1, reason="设错了"
    )
    assert period.void_reason == "设错了"
    with pytest.raises(RuleViolation, match="已作废"):
        report(session, period)
    assert periods_today(session, people.actor(session, people.LIN), TODAY, NOW) == []


def end(session, period, day, version=1):
    end_period(
        session, actor=people.actor(session, people.WU), now=NOW, today=TODAY, period=period, last_day=day,
        version=version, reason="汛情解除",
    )  # fmt: skip


def test_a_period_is_ended_early_but_not_before_a_report(session):
    period = declare(session)
    report(session, period)
    with pytest.raises(RuleViolation, match="2026-07-15 已有单位报送"):
        end(session, period, date(2026, 7, 14))
    end(session, period, TODAY)
    assert (period.last_day, period.version) == (TODAY, 2)


def test_a_correction_over_somebody_elses_is_refused(session):
    period = declare(session)
    how = {"actor": people.actor(session, people.WU), "now": NOW, "today": TODAY, "period": period}
    correct_period(
        session, data=PeriodData("防汛值守", DATA.first_day, date(2026, 7, 20), time(16, 0)), version=1, reason="延长", **how
    )  # fmt: skip
    assert (period.last_day, period.report_at, period.version) == (date(2026, 7, 20), time(16, 0), 2)
    with pytest.raises(StaleVersion):
        correct_period(session, data=DATA, version=1, reason="再改", **how)


def test_the_front_page_tells_who_owes_and_the_office_that_gathers(session):
    period = declare(session)

    def today(member):
        return [
            (p.state, p.count and (p.count.due, p.count.reported))
            for p in periods_today(session, people.actor(session, member), TODAY, NOW)
        ]

    assert today(people.LIN) == [(ReportState.WAITING, None)]
    assert today(people.WU) == [(None, (4, 0))]
    assert today(people.CHEN) == []
    report(session, period)
    assert today(people.LIN) == [(ReportState.ON_TIME, None)]
    assert today(people.WU) == today(people.HAN) == [(None, (4, 1))]
    declare(session, people.ZHAO)
    assert today(people.CHEN) == [(ReportState.WAITING, None)]
    assert len(today(people.LIN)) == 2


def test_closed_units_owe_nothing_but_keep_what_they_reported(session):
    period = declare(session)
    report(session, period, people.ZHU, "AL11", day=date(2026, 7, 13))
    people.unit(session, "AL11").valid_to = date(2026, 7, 12)
    assert "县住建局" in states(session, period, day=date(2026, 7, 13))
    assert "县住建局" not in states(session, period)
