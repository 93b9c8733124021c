"""Lines of the duty desk on both databases: entering, chains, correcting, handling, voiding."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from actions.desk import entering, handling
from actions.desk.entering import CorrectionData, LineData
from models.audit_entry import AuditEntry
from models.duty_desk import DeskEntry
from queries.desk_log import DeskLogFilter, list_log
from queries.history import history_of
from rules.desk_words import EntryKind, Report
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from tests import desk, people
from tests.people import NOW

DATA = LineData(
    happened_at=NOW - timedelta(minutes=10),
    kind=EntryKind.INFORMATION,
    content="上河村三组道路塌陷，镇里已设置警示。",
    source="群众来电",
)


def how(session, member=people.LIN, now=NOW):
    return {"actor": people.actor(session, member), "now": now}


def enter(session, member=people.LIN, now=NOW, key="", **values):
    return entering.enter_line(
        session, **how(session, member, now), data=replace(DATA, **values), submission_key=key
    )


def report(session, which, first=None, **values):
    return enter(session, report=which, first_number=first.number if first else "", **values)


def actions_of(session):
    statement = select(AuditEntry.action).where(AuditEntry.action.startswith("desk_")).order_by(AuditEntry.id)
    return list(session.scalars(statement))


def test_a_line_is_entered_with_its_number_and_both_times(session):
    row = enter(session)
    session.commit()
    assert row.number == "ZZ-AL21-2026-00001"
    assert (row.happened_at, row.registered_at) == (NOW - timedelta(minutes=10), NOW)
    assert row.unit_id == people.unit(session, "AL21").id
    assert actions_of(session) == ["desk_entry.enter"]


def test_the_number_is_of_the_year_in_which_it_happened(session):
    new_year = desk.at("2027-01-01 00:10")
    row = enter(session, now=new_year, happened_at=desk.at("2026-12-31 23:50"))
    assert row.number == "ZZ-AL21-2026-00001"
    assert enter(session, now=new_year, happened_at=new_year).number == "ZZ-AL21-2027-00001"
    session.commit()


def test_the_same_form_sent_twice_makes_one_line(session):
    assert enter(session, key="once").id == enter(session, key="once").id
    assert session.scalar(select(func.count(DeskEntry.id))) == 1
    session.commit()


def test_several_refusals_come_at_once_and_nothing_is_made(session):
    with pytest.raises(RuleViolations) as refused:
        enter(session, content="", source="", due_at=NOW - timedelta(hours=1))
    assert [v.field for v in refused.value.violations] == ["source", "content", "due_at"]
    assert session.scalar(select(func.count(DeskEntry.id))) == 0


def test_a_clock_set_back_neither_loses_nor_reorders_a_line(session):
    later = enter(session, happened_at=NOW)
    earlier_clock = NOW - timedelta(minutes=20)
    second = enter(session, now=earlier_clock, happened_at=earlier_clock)
    handling.reply(
        session, **how(session, now=earlier_clock), line=later, version=1, text="已通知住建部门到场。"
    )
    session.commit()
    assert later.replied_at == later.happened_at
    actor = people.actor(session, people.LIN)
    page = list_log(session, actor, DeskLogFilter(unit=actor.unit_id), earlier_clock)
    assert [r.id for r in page.rows] == [later.id, second.id]


def test_a_correction_keeps_what_stood_before(session):
    row = enter(session)
    data = CorrectionData(
        happened_at=DATA.happened_at, kind=EntryKind.CALL, content="上河村二组道路塌陷。", source="群众来电"
    )
    entering.correct_line(session, **how(session), line=row, data=data, version=1, reason="村组听错")
    session.commit()
    (_made, change) = history_of(session, "desk_entry", row.id, {"content": "内容", "kind": "类别"})
    assert change.reason == "村组听错"
    assert change.fields[0] == ("内容", DATA.content, "上河村二组道路塌陷。")
    assert (row.version, row.kind) == (2, "call")


def test_a_correction_over_a_newer_one_is_refused(session):
    row = enter(session)
    data = CorrectionData(DATA.happened_at, EntryKind.CALL, "内容改了。", source="群众来电")
    with pytest.raises(StaleVersion):
        entering.correct_line(session, **how(session), line=row, data=data, version=7, reason="改")
    session.commit()


def test_a_correction_that_changes_nothing_is_told(session):
    row = enter(session)
    data = CorrectionData(DATA.happened_at, EntryKind.INFORMATION, DATA.content, source="群众来电")
    with pytest.raises(RuleViolation, match="没有改动"):
        entering.correct_line(session, **how(session), line=row, data=data, version=1, reason="改")
    session.commit()


def test_a_final_report_closes_the_event_and_nothing_follows_it(session):
    first = report(session, Report.FIRST)
    follow = report(session, Report.FOLLOW, first)
    assert first.done_at is None
    assert follow.done_at == NOW
    report(session, Report.FINAL, first)
    assert first.done_at == NOW
    for which in (Report.FOLLOW, Report.FINAL):
        with pytest.raises(RuleViolations, match="已有终报"):
            report(session, which, first)
    session.commit()


def test_a_void_final_report_opens_the_event_again(session):
    first = report(session, Report.FIRST)
    final = report(session, Report.FINAL, first)
    entering.void_line(session, **how(session), line=final, version=1, reason="事情没完")
    assert first.done_at is None
    report(session, Report.FOLLOW, first)
    report(session, Report.FINAL, first)
    session.commit()
    assert first.done_at == NOW


def test_a_first_report_whose_reply_is_owed_stays_open_after_the_final_one(session):
    first = report(session, Report.FIRST, due_at=NOW + timedelta(hours=1))
    report(session, Report.FINAL, first)
    assert first.done_at is None
    session.commit()


def test_a_report_follows_only_the_own_desks_events(session):
    other = enter(session, member=people.BAI, report=Report.FIRST)
    for number in (other.number, "ZZ-AL21-2026-09999", ""):
        with pytest.raises(RuleViolations, match="要写明首报的编号"):
            enter(session, report=Report.FOLLOW, first_number=number)
    session.commit()


def test_a_first_report_with_followers_is_not_voided(session):
    first = report(session, Report.FIRST)
    report(session, Report.FOLLOW, first)
    with pytest.raises(RuleViolation, match="还有续报"):
        entering.void_line(session, **how(session), line=first, version=1, reason="记错")
    session.commit()


def test_the_reply_of_a_line_with_a_limit_comes_before_its_end(session):
    row = enter(session, due_at=NOW + timedelta(hours=1))
    with pytest.raises(RuleViolation, match="登记回复后才能办结"):
        handling.finish(session, **how(session), line=row, version=1)
    handling.reply(session, **how(session), line=row, version=1, text="已抢修完毕。")
    handling.finish(session, **how(session), line=row, version=2)
    session.commit()
    assert (row.replied_at, row.done_at) == (NOW, NOW)
    assert actions_of(session) == ["desk_entry.enter", "desk_entry.reply", "desk_entry.finish"]


def test_a_second_reply_changes_the_text_and_never_the_moment(session):
    row = enter(session, due_at=NOW + timedelta(hours=1))
    handling.reply(session, **how(session), line=row, version=1, text="已派人。")
    later = NOW + timedelta(hours=3)
    handling.reply(session, **how(session, now=later), line=row, version=2, text="已修好。")
    session.commit()
    assert (row.reply, row.replied_at) == ("已修好。", NOW)


def test_a_reply_before_it_happened_or_in_the_future_is_refused(session):
    row = enter(session)
    for moment in (NOW - timedelta(minutes=11), NOW + timedelta(minutes=6)):
        with pytest.raises(RuleViolations) as refused:
            handling.reply(session, **how(session), line=row, version=1, text="已派人。", replied_at=moment)
        assert refused.value.violations[0].field == "replied_at"
    session.commit()


def test_a_limit_that_has_passed_stays(session):
    row = enter(session, due_at=NOW + timedelta(minutes=20))
    after = NOW + timedelta(minutes=21)
    with pytest.raises(RuleViolation, match="已过"):
        handling.assign(
            session, **how(session, now=after), line=row, version=1, responsible_unit_id=None,
            due_at=after + timedelta(hours=1),
        )  # fmt: skip
    unit_id = people.unit(session, "AL11").id
    handling.assign(
        session,
        **how(session, now=after),
        line=row,
        version=1,
        responsible_unit_id=unit_id,
        due_at=row.due_at,
    )
    session.commit()
    assert row.responsible_unit_id == unit_id


def test_instructions_of_two_leaders_each_say_whose_they_are(session):
    row = enter(session)
    handling.instruct(
        session, **how(session), line=row, version=1, text="立即抢修。", instructed_by="韩某（副县长）"
    )
    assert (row.instruction, row.instructed_by) == ("立即抢修。", "韩某（副县长）")
    handling.instruct(
        session, **how(session), line=row, version=2, text="同意。", instructed_by="李某（县长）"
    )
    session.commit()
    assert row.instruction == "韩某（副县长）：立即抢修。\n李某（县长）：同意。"
    assert row.instructed_by == "韩某（副县长）、李某（县长）"


def test_what_is_done_can_be_taken_up_again(session):
    row = enter(session, is_done=True)
    with pytest.raises(RuleViolation, match="已办结"):
        handling.finish(session, **how(session), line=row, version=1)
    handling.reopen(session, **how(session), line=row, version=1, reason="又来电")
    session.commit()
    assert (row.done_at, row.done_by_id) == (None, None)


def test_a_void_line_keeps_its_number_and_is_not_changed_again(session):
    row = enter(session)
    entering.void_line(session, **how(session), line=row, version=1, reason="重复")
    with pytest.raises(RuleViolation, match="已作废"):
        handling.reply(session, **how(session), line=row, version=2, text="已派人。")
    assert enter(session).number == "ZZ-AL21-2026-00002"
    session.commit()
