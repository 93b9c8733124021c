"""签收, 阶段反馈, 申请延期, 申请销号 by the unit; 复核, 退回, 审批, 销号, 撤回, 催办 by the office; 撤销一步."""

import dataclasses
from datetime import date

import pytest
from sqlalchemy import select

from actions.supervision import answering, judging, urging
from actions.supervision.undoing import undo_step
from models.attachment import Attachment
from models.audit_entry import AuditEntry
from models.supervision import SupervisionStep
from queries.supervision_standing import steps_of_line
from rules.errors import StaleVersion
from rules.supervision_words import FeedbackCycle
from tests.people import BAI, LIN, WU, ZHAO, ZHENG
from tests.petitions import refused
from tests.supervision import (
    DUE_ON,
    ISSUED_ON,
    SIGNED_ON,
    act,
    closed,
    issued,
    line_of,
    moment,
    owes,
    reported,
    steps_of,
    submitted,
    working,
)


def july(day: int) -> date:
    return date(2026, 7, day)


def august(day: int) -> date:
    return date(2026, 8, day)


def test_signed_for_the_first_feedback_is_due_a_week_after_the_issue(session):
    line = working(session)
    assert (line.state, line.received_on, owes(line)) == ("working", SIGNED_ON, (july(14), "report"))
    session.commit()


def test_without_a_cycle_the_unit_owes_the_result_only(session):
    line = working(session, cycle=FeedbackCycle.NONE)
    assert owes(line) == (DUE_ON, "submit")


def test_only_the_unit_signs_and_not_before_the_issue(session):
    line = line_of(issued(session))
    with refused(None, "签收由承办单位办理"):
        answering.receive(session, act(session, line, BAI, SIGNED_ON))
    with refused("on", "早于签发日期"):
        answering.receive(session, act(session, line, LIN, july(6), today=SIGNED_ON))
    with refused("on", "晚于今天"):
        answering.receive(session, act(session, line, LIN, july(9), today=SIGNED_ON))


def test_the_county_may_enter_what_came_on_paper(session):
    line = line_of(issued(session))
    answering.receive(session, act(session, line, WU, SIGNED_ON))
    assert steps_of(session, line)[0].unit.code == "AL01"


def test_a_feedback_answers_its_day_and_the_next_is_due_in_a_week(session):
    line = working(session)
    reported(session, line, july(13))
    step = steps_of(session, line)[-1]
    assert (step.report_due_on, step.waits_for) == (july(14), "accept")
    assert owes(line) == (july(21), "report")


def test_a_second_feedback_in_a_row_does_not_make_up_for_the_next(session):
    line = working(session)
    reported(session, line, july(13))
    reported(session, line, july(14))
    assert steps_of(session, line)[-1].report_due_on is None
    assert owes(line) == (july(21), "report")


def test_a_late_feedback_stays_late_and_answers_all_days_gone_by(session):
    line = working(session)
    reported(session, line, july(30))
    assert steps_of(session, line)[-1].report_due_on == july(14)
    assert owes(line) == (august(4), "report")


def test_after_the_last_feedback_day_the_result_is_due(session):
    line = working(session)
    reported(session, line, august(25))
    assert (line.report_due_on, owes(line)) == (None, (DUE_ON, "submit"))


def test_a_feedback_says_something(session):
    line = working(session)
    with refused("text", "请写明办理进展"):
        reported(session, line, july(13), "")


def test_a_returned_feedback_is_made_again_by_the_day_given(session):
    line = working(session)
    reported(session, line, july(13))
    judging.return_report(session, act(session, line, WU, july(14), "没有写明工期。"), july(18))
    assert owes(line) == (july(20), "report")  # the 18th is a Saturday
    first = steps_of(session, line)[-2]
    assert first.waits_for is None
    reported(session, line, july(16), "八月十日完工。")
    assert steps_of(session, line)[-1].report_due_on == july(20)
    assert owes(line) == (july(21), "report")


def test_a_feedback_made_again_before_its_own_day_leaves_the_next_week_as_it_was(session):
    line = working(session)
    reported(session, line, july(9))
    judging.return_report(session, act(session, line, WU, july(9), "没有写明工期。"), july(10))
    reported(session, line, july(10))
    assert owes(line) == (july(21), "report")


def test_a_return_says_why_and_by_when(session):
    line = working(session)
    reported(session, line, july(13))
    with refused("text", "退回的理由"):
        judging.return_report(session, act(session, line, WU, july(14)), july(16))
    with refused("until", "请填写重新反馈的期限"):
        judging.return_report(session, act(session, line, WU, july(14), "不清楚。"), None)
    with refused("until", "应晚于退回日期"):
        judging.return_report(session, act(session, line, WU, july(14), "不清楚。"), july(14))


def test_feedbacks_are_examined_one_after_another_the_oldest_first(session):
    line = working(session)
    reported(session, line, july(13))
    reported(session, line, july(20))
    judging.accept(session, act(session, line, WU, july(21)))
    assert [s.waits_for for s in steps_of(session, line) if s.verb == "report"] == [None, "accept"]


def test_nobody_examines_what_he_entered_himself(session):
    line = working(session)
    answering.report(session, act(session, line, WU, july(13), "镇里来函：已进场。"))
    with refused(None, "请由他人复核"):
        judging.accept(session, act(session, line, WU, july(14)))
    judging.accept(session, act(session, line, ZHENG, july(14)))


def test_an_extension_is_asked_for_and_granted_before_the_day(session):
    line = working(session)
    answering.ask_extension(session, act(session, line, LIN, august(20), "汛期停工。"), date(2026, 9, 26))
    assert steps_of(session, line)[-1].until == date(2026, 9, 28)  # 25 to 27 September are 中秋节
    judging.decide_extension(session, act(session, line, WU, august(21)), granted=True)
    assert line.due_on == date(2026, 9, 28)
    assert owes(line) == (july(14), "report")


def test_an_extension_lets_the_cycle_go_on(session):
    line = working(session)
    reported(session, line, august(25))
    answering.ask_extension(session, act(session, line, LIN, august(26), "汛期停工。"), date(2026, 9, 15))
    judging.decide_extension(session, act(session, line, WU, august(27)), granted=True)
    assert owes(line) == (date(2026, 9, 1), "report")


def test_a_late_approval_does_not_make_a_late_unit_timely(session):
    line = working(session)
    answering.ask_extension(session, act(session, line, LIN, august(28), "汛期停工。"), date(2026, 9, 15))
    with refused("decision", "不能再同意延期"):
        judging.decide_extension(session, act(session, line, WU, DUE_ON), granted=True)
    judging.decide_extension(session, act(session, line, WU, DUE_ON, "期限已到。"), granted=False)
    assert line.due_on == DUE_ON


def test_an_extension_refused_says_why_and_one_asked_says_why_and_until_when(session):
    line = working(session)
    with refused("until", "延到哪一天"):
        answering.ask_extension(session, act(session, line, LIN, july(20), "停工。"), None)
    with refused("until", "应晚于现在的办理期限"):
        answering.ask_extension(session, act(session, line, LIN, july(20), "停工。"), DUE_ON)
    with refused("text", "延期的理由"):
        answering.ask_extension(session, act(session, line, LIN, july(20)), date(2026, 9, 15))
    answering.ask_extension(session, act(session, line, LIN, july(20), "停工。"), date(2026, 9, 15))
    with refused("text", "不同意的理由"):
        judging.decide_extension(session, act(session, line, WU, july(21)), granted=False)


def test_applying_to_be_struck_off_needs_evidence(session):
    line = working(session)
    with refused("evidence", "请上传佐证材料"):
        answering.submit(session, act(session, line, LIN, august(20), "已修复通水。"), "")
    session.add(
        Attachment(
            subject_type="supervision_line", subject_id=line.id, position=1, file_name="通水.jpg",
            media_type="image/jpeg", size=9, digest="0" * 64, sent_digest="0" * 64, sealed_key="",
            uploaded_at=moment(july(9)),
        )
    )  # fmt: skip
    answering.submit(session, act(session, line, LIN, august(20), "已修复通水。"), "")
    assert (line.state, owes(line)) == ("submitted", (None, None))


def test_where_the_evidence_is_kept_is_kept_with_the_result(session):
    line = submitted(session)
    assert steps_of(session, line)[-1].text == "渠道已修复通水。\n佐证材料：镇水利站档案柜"


def test_struck_off_the_task_is_over_with_its_last_line(session):
    first = working(session, "AL21", "AL11")
    second = line_of(first.task, "AL11")
    judging.withdraw(session, act(session, second, ZHENG, july(9), "不属住建局职责。"))
    assert first.task.state == "issued"
    line = closed(session, first)
    assert (line.state, line.closed_on, owes(line)) == ("closed", august(21), (None, None))
    assert (line.task.state, line.task.closed_on) == ("closed", august(21))
    session.commit()


def test_what_is_not_enough_is_not_struck_off_and_late_stays_late(session):
    line = submitted(session)
    with refused("text", "不予销号的理由"):
        judging.refuse_closing(session, act(session, line, WU, august(21)))
    judging.refuse_closing(session, act(session, line, WU, august(21), "没有通水照片。"))
    assert (line.state, line.submitted_on, owes(line)) == ("working", None, (july(14), "report"))


def test_only_the_head_withdraws_and_says_why(session):
    line = working(session)
    with refused(None, "撤回由立项单位负责人办理"):
        judging.withdraw(session, act(session, line, WU, july(9), "撤回。"))
    with refused("text", "撤回的理由"):
        judging.withdraw(session, act(session, line, ZHENG, july(9)))
    judging.withdraw(session, act(session, line, ZHENG, july(9), "领导另有安排。"))
    assert (line.state, line.task.state) == ("withdrawn", "closed")


def test_a_reminder_goes_out_on_a_working_day_once(session):
    line = working(session)
    with refused(None, "今天是休息日"):
        urging.urge(session, act(session, line, WU, july(18)))
    urging.urge(session, act(session, line, WU, july(17), "请抓紧。"))
    assert steps_of(session, line)[-1].until == july(14)
    with refused(None, "今天已经催办过"):
        urging.urge(session, act(session, line, WU, july(17), "请抓紧。"))


def test_many_are_urged_and_those_that_may_not_say_why(session):
    task = issued(session, "AL21", "AL11")
    done = working(session)
    submitted(session, done)
    acts = [act(session, line, WU, july(17), today=july(17)) for line in (*task.lines, done)]
    urged, left = urging.urge_many(session, acts)
    assert [line.unit.code for line in urged] == ["AL21", "AL11"]
    assert [words for _line, words in left] == ["目前是“待销号”，不能催办。"]


def test_the_same_form_sent_twice_is_one_step(session):
    line = working(session)
    for _ in range(2):
        answering.report(session, act(session, line, LIN, july(13), "已进场。", key="same", version=3))
    assert [s.verb for s in steps_of(session, line)] == ["receive", "report"]


def test_of_two_who_act_at_once_the_second_is_told(session):
    line = working(session)
    reported(session, line, july(13))
    version = line.version
    judging.accept(session, act(session, line, WU, july(14), version=version))
    with pytest.raises(StaleVersion):
        judging.return_report(
            session, act(session, line, ZHENG, july(14), "不清楚。", version=version), july(16)
        )


def test_a_step_taken_back_puts_back_what_was_owed(session):
    line = working(session)
    reported(session, line, july(13))
    step = steps_of(session, line)[-1]
    undo_step(session, act(session, line, LIN, july(13), "填错了。"), step.id)
    assert owes(line) == (july(14), "report")
    assert (step.undo_reason, step.waits_for) == ("填错了。", None)
    undo_step(session, act(session, line, LIN, july(13), "填错了。"), steps_of(session, line)[0].id)
    assert (line.state, owes(line)) == ("sent", (july(10), "receive"))


def test_a_judgement_taken_back_makes_the_feedback_wait_again(session):
    line = working(session)
    reported(session, line, july(13))
    judging.return_report(session, act(session, line, WU, july(14), "不清楚。"), july(16))
    undo_step(session, act(session, line, WU, july(14), "点错了。"), steps_of(session, line)[-1].id)
    assert steps_of(session, line)[1].waits_for == "accept"
    assert owes(line) == (july(21), "report")


def test_a_striking_off_taken_back_opens_the_task_again(session):
    line = closed(session)
    undo_step(session, act(session, line, WU, august(21), "点错了。"), steps_of(session, line)[-1].id)
    assert (line.state, line.task.state, line.task.closed_on) == ("submitted", "issued", None)
    session.commit()


def test_neither_what_others_entered_nor_an_earlier_step_is_taken_back(session):
    line = working(session)
    reported(session, line, july(13))
    receive, report = steps_of(session, line)
    with refused(None, "只能撤销最后一步"):
        undo_step(session, act(session, line, LIN, july(13), "填错了。"), receive.id)
    with refused(None, "只能由登记这一步的单位撤销"):
        undo_step(session, act(session, line, WU, july(13), "填错了。"), report.id)
    answering.ask_extension(session, act(session, line, LIN, july(14), "停工。"), date(2026, 9, 15))
    judging.decide_extension(session, act(session, line, WU, july(15)), granted=True)
    with refused(None, "已生效，不能撤销"):
        undo_step(session, act(session, line, WU, july(15), "填错了。"), steps_of(session, line)[-1].id)


def test_every_step_stands_in_the_audit_log_under_the_tasks_number(session):
    line = closed(session)
    found = session.execute(
        select(AuditEntry.action, AuditEntry.subject_label)
        .where(AuditEntry.subject_type == "supervision_task", AuditEntry.subject_id == line.task_id)
        .order_by(AuditEntry.id)
    )
    actions = ("file", "issue", "receive", "submit", "close")
    assert [tuple(row) for row in found] == [
        (f"supervision_task.{name}", "DB-AL01-2026-00001") for name in actions
    ]
    assert session.query(SupervisionStep).filter_by(task_id=line.task_id).count() == 5


def test_a_head_of_the_unit_answers_too(session):
    line = line_of(issued(session, on=ISSUED_ON))
    answering.receive(session, act(session, line, ZHAO, SIGNED_ON))
    assert line.state == "working"


def test_what_was_not_enough_is_applied_for_again_after_the_refusal_never_before(session):
    line = submitted(session)
    judging.refuse_closing(session, act(session, line, ZHENG, august(25), "没有通水照片。"))
    with refused("on", "早于不予销号的日期 2026-08-25"):
        answering.submit(
            session, act(session, line, WU, august(21), "已补照片。", today=DUE_ON), "镇水利站档案柜"
        )
    answering.submit(session, act(session, line, LIN, DUE_ON, "已补照片。"), "镇水利站档案柜")
    assert line.submitted_on == DUE_ON


def test_a_feedback_sent_back_is_made_again_after_that_day(session):
    line = working(session)
    reported(session, line, july(13))
    judging.return_report(session, act(session, line, WU, july(15), "不清楚。"), july(20))
    with refused("on", "早于退回反馈的日期 2026-07-15"):
        answering.report(session, act(session, line, WU, july(14), "已补。", today=july(23)))


def test_striking_off_bears_the_day_on_which_it_is_entered(session):
    line = submitted(session)
    with refused("on", "销号在这里办理"):
        judging.close(session, act(session, line, WU, august(21), today=date(2026, 9, 21)))


def test_what_a_unit_enters_itself_is_done_that_day_what_came_on_paper_the_office_enters(session):
    line = working(session)
    with refused("on", "由立项单位代为登记"):
        answering.report(session, act(session, line, LIN, july(14), "已进场。", today=july(28)))
    answering.report(session, act(session, line, WU, july(14), "镇里来函：已进场。", today=july(28)))
    assert steps_of(session, line)[-1].report_due_on == july(14)


def test_what_the_office_filed_on_itself_a_colleague_of_who_answered_does_not_examine(session):
    """WU answers for the office; its second clerk may not accept, its director may."""
    line = line_of(issued(session, "AL01"), "AL01")
    answering.receive(session, act(session, line, WU, SIGNED_ON))
    answering.report(session, act(session, line, WU, july(14), "已自查整改。"))
    colleague = dataclasses.replace(act(session, line, WU, july(15)).actor, person_id=None)
    theirs = dataclasses.replace(act(session, line, WU, july(15)), actor=colleague)
    with refused(None, "由立项单位复核人员办理"):
        judging.accept(session, theirs)
    judging.accept(session, act(session, line, ZHENG, july(15)))
    answering.submit(session, act(session, line, WU, july(16), "已整改到位。"), "局办公室")
    judging.close(session, act(session, line, ZHENG, july(17)))
    assert line.state == "closed"


def test_what_was_sent_back_stands_until_the_unit_answers_it(session):
    line = working(session)
    reported(session, line, july(14))
    assert steps_of_line(session, line).sent_back is None
    judging.return_report(session, act(session, line, WU, july(15), "没有写明工期。"), july(17))
    assert steps_of_line(session, line).sent_back.text == "没有写明工期。"
    reported(session, line, july(16), "八月十日完工。")
    assert steps_of_line(session, line).sent_back is None
    submitted(session, line)
    judging.accept(session, act(session, line, WU, august(20)))
    judging.refuse_closing(session, act(session, line, WU, august(21), "渠道还有一段没有修。"))
    assert steps_of_line(session, line).sent_back.verb == "refuse_closing"
