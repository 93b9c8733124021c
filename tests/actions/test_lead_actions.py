"""包案 from the proposal to the end: what each step writes, who may take it, what it refuses."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from actions.leads.closing import (
    accept_result,
    close_lead,
    end_lead,
    return_result,
    submit_result,
    undo_lead_step,
)
from actions.leads.proposing import adjust_lead, assign_lead, void_lead
from actions.leads.steps import LeadAct
from actions.leads.working import (
    ask_extension,
    decide_extension,
    instruct_lead,
    meet_people,
    record_lead_progress,
)
from actions.petitions.ending import merge
from actions.petitions.registering import void_petition
from models.audit_entry import AuditEntry
from models.lead_assignment import LeadAssignment, LeadStep
from models.petition import PetitionStep
from models.staff import Person, Posting
from queries.lead_standing import is_led_by_county
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.lead_states import LeadResult
from tests.leads import DUE, assigned, lead_act, matter, proposed, values
from tests.people import HAN, LIN, NOW, TODAY, WU, ZHAO, ZHENG, actor, unit
from tests.petitions import act

LATER, LAST = date(2026, 7, 22), date(2026, 8, 10)


def steps(session, row):
    return list(
        session.scalars(select(LeadStep).where(LeadStep.assignment_id == row.id).order_by(LeadStep.id))
    )


def audited(session, row):
    entries = select(AuditEntry.action).where(
        AuditEntry.subject_type == "lead_assignment", AuditEntry.subject_id == row.id
    )
    return list(session.scalars(entries.order_by(AuditEntry.id)))


def reported(session, result=LeadResult.RESOLVED):
    row = assigned(session)
    submit_result(session, lead_act(session, row, LIN, "已通水，双方签了协议。", on=LAST), result)
    return row


def test_a_proposal_names_the_leader_of_the_staff_and_his_post(session):
    row = proposed(session)
    han = session.scalars(select(Person).where(Person.name == "韩副县长")).one()
    assert (row.number, row.state) == ("BA-AL01-2026-00001", "proposed")
    assert (row.leader_id, row.leader_post) == (han.id, "副县长")
    assert [s.verb for s in steps(session, row)] == ["propose"]
    session.commit()


def test_a_leader_who_is_nobody_here_stays_a_name(session):
    row = proposed(session, leader_name="市里王主任", leader_post="市信访局副局长")
    assert (row.leader_id, row.leader_name) == (None, "市里王主任")


def test_every_missing_part_is_told_at_its_field(session):
    with pytest.raises(RuleViolations) as refused:
        proposed(session, leader_name="", responsible_unit_id=None, responsible_person="", due_on=None)
    assert {v.field for v in refused.value.violations} == {
        "leader", "responsible_unit", "responsible_person", "due_on"
    }  # fmt: skip


def test_a_matter_has_one_running_assignment(session):
    petition = matter(session)
    first = proposed(session, petition=petition)
    with pytest.raises(RuleViolation, match=first.number):
        proposed(session, petition=petition)


def test_sent_twice_it_is_made_once(session):
    petition = matter(session)
    first = proposed(session, petition=petition, key="k1")
    assert proposed(session, petition=petition, key="k1").id == first.id


def test_an_accusation_is_not_led(session):
    with pytest.raises(RuleViolation, match="检举控告"):
        proposed(session, petition=matter(session, purpose="accusation", sealed=True))


def test_nobody_leads_a_matter_about_himself(session):
    han = session.scalars(select(Person).where(Person.name == "韩副县长")).one()
    with pytest.raises(RuleViolation, match="回避") as refused:
        proposed(session, petition=matter(session, accused_person_id=han.id))
    assert refused.value.field == "leader"


def test_what_became_an_accusation_after_the_proposal_is_not_approved(session):
    row = proposed(session)
    row.petition.purpose, row.petition.sealed = "accusation", True
    session.flush()
    chief = replace(actor(session, ZHENG), reads_sealed=True)
    with pytest.raises(RuleViolation, match="检举控告"):
        assign_lead(session, LeadAct(chief, NOW, TODAY, row, row.version, TODAY))
    assert row.state == "proposed"


def test_a_leader_known_by_name_only_does_not_lead_what_names_him(session):
    row = proposed(session, leader_name="王主任", leader_post="市信访局副局长")
    row.petition.accused_text = "王主任"
    session.flush()
    with pytest.raises(RuleViolation, match="回避"):
        assign_lead(session, lead_act(session, row, ZHENG))


def test_an_archived_matter_is_not_led(session):
    with pytest.raises(RuleViolation, match="归档"):
        proposed(session, petition=matter(session, stage="archived"))


def test_only_a_head_approves(session):
    row = proposed(session)
    with pytest.raises(RuleViolation, match="负责人"):
        assign_lead(session, lead_act(session, row, WU))
    assign_lead(session, lead_act(session, row, ZHENG))
    assert (row.state, row.assigned_on) == ("working", TODAY)


def test_a_township_proposes_and_its_head_approves_its_own(session):
    row = proposed(session, LIN, petition=matter(session, by="AL21"), leader_name="赵立")
    assign_lead(session, lead_act(session, row, ZHAO))
    assert row.state == "working"


def test_progress_meetings_and_instructions_are_lines_of_their_own(session):
    row = assigned(session)
    record_lead_progress(session, lead_act(session, row, LIN, "县水利站已到现场。", on=LATER))
    meet_people(session, lead_act(session, row, HAN, "听取诉求，说明方案。", on=LATER))
    instruct_lead(session, lead_act(session, row, HAN, "月底前通水。", on=LATER), date(2026, 7, 31))
    assert [s.verb for s in steps(session, row)][2:] == ["progress", "meet", "instruct"]
    assert audited(session, row)[2:] == [
        "lead_assignment.progress", "lead_assignment.meet", "lead_assignment.instruct"
    ]  # fmt: skip
    session.commit()


def test_progress_without_words_or_before_the_approval_is_refused(session):
    row = assigned(session)
    with pytest.raises(RuleViolation, match="请写明进展"):
        record_lead_progress(session, lead_act(session, row, LIN))
    with pytest.raises(RuleViolation, match="早于批准包案的日期 2026-07-15"):
        record_lead_progress(
            session, lead_act(session, row, LIN, "到现场。", on=date(2026, 7, 14), today=TODAY)
        )


def test_an_extension_asked_in_time_moves_the_limit_when_it_is_granted(session):
    row = assigned(session)
    ask_extension(session, lead_act(session, row, LIN, "等待省厅鉴定。", on=LAST), date(2026, 9, 10))
    assert row.due_on == DUE
    decide_extension(session, lead_act(session, row, ZHENG, on=LAST), granted=True)
    assert row.due_on == date(2026, 9, 10)
    assert not any(s.waits_for for s in steps(session, row))


def test_a_refused_extension_leaves_the_limit(session):
    row = assigned(session)
    ask_extension(session, lead_act(session, row, LIN, "等待鉴定。", on=LAST), date(2026, 9, 10))
    decide_extension(session, lead_act(session, row, ZHENG, "鉴定已出。", on=LAST), granted=False)
    assert row.due_on == DUE


def test_late_stays_late(session):
    row = assigned(session)
    for day in (DUE, date(2026, 8, 15)):
        with pytest.raises(RuleViolation, match="已到，不能再申请延期"):
            ask_extension(session, lead_act(session, row, LIN, "忙。", on=day), date(2026, 9, 10))


def test_an_extension_is_granted_strictly_before_the_limit(session):
    row = assigned(session)
    ask_extension(session, lead_act(session, row, LIN, "等待鉴定。", on=LAST), date(2026, 9, 10))
    with pytest.raises(RuleViolation, match="时限 2026-08-14 已到"):
        decide_extension(session, lead_act(session, row, ZHENG, on=DUE), granted=True)
    assert row.due_on == DUE


def test_who_accepts_for_the_county_is_not_the_responsible_unit(session):
    with pytest.raises(RuleViolations) as refused:
        proposed(session, responsible_unit_id=unit(session, "AL01").id)
    assert [v.field for v in refused.value.violations] == ["responsible_unit"]


def test_the_result_is_accepted_by_another_and_struck_off_with_evidence(session):
    row = reported(session)
    with pytest.raises(RuleViolation, match="验收由"):
        accept_result(session, lead_act(session, row, ZHAO, "同意。", on=LAST))
    accept_result(session, lead_act(session, row, WU, "现场核实属实。", on=LAST))
    with pytest.raises(RuleViolation, match="佐证"):
        close_lead(session, lead_act(session, row, WU, on=LAST))
    assert close_lead(session, lead_act(session, row, ZHENG, "协议书存镇信访办。", on=LAST))
    assert (row.state, row.concluded_on, row.closed_on) == ("closed", LAST, LAST)
    session.commit()


def test_a_settled_matter_is_entered_at_the_petition_by_its_own_step(session):
    row = reported(session)
    accept_result(session, lead_act(session, row, WU, "属实。", on=LAST))
    close_lead(session, lead_act(session, row, WU, "协议书存镇信访办。", on=LAST))
    taken = session.scalars(select(PetitionStep).where(PetitionStep.petition_id == row.petition_id)).all()
    assert [(s.verb, s.outcome) for s in taken] == [("resolve", "resolved")]
    assert row.petition.resolution == "resolved"


def test_a_matter_that_is_not_settled_leaves_the_petition_as_it_is(session):
    row = reported(session, LeadResult.PROCEDURE)
    accept_result(session, lead_act(session, row, WU, "属实。", on=LAST))
    close_lead(session, lead_act(session, row, WU, "法院受理通知存档。", on=LAST))
    assert row.petition.resolution is None


def test_who_reported_does_not_accept(session):
    row = assigned(session)
    submit_result(session, lead_act(session, row, WU, "代镇里录入。", on=LAST), LeadResult.PARTLY)
    with pytest.raises(RuleViolation, match="报结果的人"):
        accept_result(session, lead_act(session, row, WU, "同意。", on=LAST))


def test_what_is_returned_is_worked_on_with_the_same_limit(session):
    row = reported(session)
    return_result(session, lead_act(session, row, WU, "损失还没有核定。", on=LAST))
    assert (row.state, row.result, row.concluded_on, row.due_on) == ("working", None, None, DUE)


def test_what_was_returned_is_reported_again_after_that_day_never_before(session):
    row = reported(session)
    late = date(2026, 8, 20)
    return_result(session, lead_act(session, row, WU, "损失还没有核定。", on=late))
    with pytest.raises(RuleViolation, match="早于退回的日期 2026-08-20"):
        submit_result(
            session, lead_act(session, row, LIN, "已核定。", on=LAST, today=late), LeadResult.RESOLVED
        )
    submit_result(session, lead_act(session, row, LIN, "已核定。", on=late), LeadResult.RESOLVED)
    assert row.concluded_on == late


def test_the_four_things_are_adjusted_with_a_reason_but_not_the_limit(session):
    row = assigned(session)
    with pytest.raises(RuleViolation, match="申请延期"):
        adjust_lead(
            session, lead_act(session, row, WU, "分工调整。"), values(session, due_on=date(2026, 9, 1))
        )
    adjust_lead(session, lead_act(session, row, ZHENG, "分工调整。"), values(session, leader_name="郑重"))
    assert (row.leader_name, row.leader_post) == ("郑重", "局长")


def test_once_approved_a_clerk_replaces_neither_leader_nor_unit_but_the_rest(session):
    row = assigned(session)
    for changes, field in (
        ({"leader_name": "郑重"}, "leader"),
        ({"responsible_unit_id": unit(session, "AL22").id}, "responsible_unit"),
    ):
        with pytest.raises(RuleViolation, match="由县信访局负责人办理") as refused:
            adjust_lead(session, lead_act(session, row, WU, "分工调整。"), values(session, **changes))
        assert refused.value.field == field
    adjust_lead(session, lead_act(session, row, WU, "换人。"), values(session, responsible_person="林秀"))
    assert (row.leader_name, row.responsible_person) == ("韩副县长", "林秀")


def test_before_the_approval_a_clerk_replaces_the_leader(session):
    row = proposed(session)
    adjust_lead(session, lead_act(session, row, WU, "分工调整。"), values(session, leader_name="郑重"))
    assert row.leader_name == "郑重"


def test_a_township_head_approves_no_county_leader(session):
    row = proposed(session, LIN, petition=matter(session, by="AL21"))
    with pytest.raises(RuleViolation, match="县领导包案由县信访局负责人批准"):
        assign_lead(session, lead_act(session, row, ZHAO))
    assign_lead(session, lead_act(session, row, ZHENG))
    assert row.state == "working"


@pytest.mark.parametrize("post", ["副县长", "县委常委、副县长"])
def test_a_leader_known_only_by_name_is_the_countys_by_his_post(session, post):
    row = proposed(session, LIN, petition=matter(session, by="AL21"), leader_name="钟某", leader_post=post)
    assert row.leader_id is None
    with pytest.raises(RuleViolation, match="县领导包案由县信访局负责人批准"):
        assign_lead(session, lead_act(session, row, ZHAO))
    assert session.scalar(select(LeadAssignment.id).where(is_led_by_county())) == row.id


@pytest.mark.parametrize("post", ["", "镇长", "副县长助理"])
def test_another_post_is_not_the_countys(session, post):
    row = proposed(session, LIN, petition=matter(session, by="AL21"), leader_name="钟某", leader_post=post)
    assert session.scalar(select(LeadAssignment.id).where(is_led_by_county())) is None
    assign_lead(session, lead_act(session, row, ZHAO))
    if post:
        with pytest.raises(RuleViolation, match="由县信访局负责人办理"):
            changed = values(session, leader_name="钟某", leader_post="副县长")
            adjust_lead(session, lead_act(session, row, ZHAO, "补职务。"), changed)


def test_a_township_head_puts_no_county_leader_in_the_place_of_his_own(session):
    row = proposed(session, LIN, petition=matter(session, by="AL21"), leader_name="赵立")
    assign_lead(session, lead_act(session, row, ZHAO))
    with pytest.raises(RuleViolation, match="由县信访局负责人办理"):
        adjust_lead(session, lead_act(session, row, ZHAO, "改由县领导包案。"), values(session))
    adjust_lead(session, lead_act(session, row, ZHAO, "换人。"), values(session, leader_name="林秀"))
    assert row.leader_name == "林秀"


def test_the_leader_approved_stays_the_same_person_after_he_was_posted_elsewhere(session):
    row = assigned(session)
    han = row.leader_id
    posting = session.scalars(select(Posting).where(Posting.person_id == han)).one()
    posting.to_date = date(2026, 7, 1)
    session.flush()
    adjust_lead(session, lead_act(session, row, WU, "换人。"), values(session, responsible_person="林秀"))
    assert row.leader_id == han


def test_an_ended_assignment_makes_room_for_another(session):
    petition = matter(session)
    row = proposed(session, petition=petition)
    end_lead(session, lead_act(session, row, ZHENG, "并入另一件办理。"))
    assert row.state == "ended"
    assert proposed(session, petition=petition).state == "proposed"


def test_the_latest_step_is_taken_back_with_its_reason_and_its_line_stays(session):
    row = reported(session)
    last = steps(session, row)[-1]
    undo_lead_step(session, lead_act(session, row, LIN, "选错了结果。", on=LAST), last.id)
    assert (row.state, row.result, row.submitted_by_id) == ("working", None, None)
    assert last.undo_reason == "选错了结果。"
    with pytest.raises(RuleViolation, match="只能由登记这一步的单位撤销"):
        undo_lead_step(session, lead_act(session, row, LIN, "试。", on=LAST), steps(session, row)[1].id)


def test_of_two_at_once_the_second_is_told(session):
    row = assigned(session)
    seen = row.version
    record_lead_progress(session, lead_act(session, row, LIN, "到现场。", on=LATER, version=seen))
    with pytest.raises(StaleVersion):
        record_lead_progress(session, lead_act(session, row, ZHAO, "到现场。", on=LATER, version=seen))


def test_one_step_sent_twice_is_one_line(session):
    row = assigned(session)
    seen = row.version
    for _ in range(2):
        record_lead_progress(
            session, lead_act(session, row, LIN, "到现场。", on=LATER, version=seen, key="p")
        )
    assert [s.verb for s in steps(session, row)].count("progress") == 1
    assert session.get_one(LeadAssignment, row.id).version == seen + 1


def test_a_proposal_made_by_mistake_is_voided_but_not_an_approved_one(session):
    petition = matter(session)
    row = proposed(session, petition=petition)
    void_lead(session, lead_act(session, row, WU, "选错了事项。"))
    assert (row.is_void, row.void_reason) == (True, "选错了事项。")
    second = proposed(session, petition=petition)
    assign_lead(session, lead_act(session, second, ZHENG))
    with pytest.raises(RuleViolation, match="终止包案"):
        void_lead(session, lead_act(session, second, WU, "选错了事项。"))


def test_a_led_matter_is_neither_voided_nor_merged(session):
    row = assigned(session)
    petition = row.petition
    with pytest.raises(RuleViolation, match=f"正在包案（{row.number}）"):
        void_petition(
            session, actor=actor(session, ZHENG), now=NOW, today=TODAY, petition=petition,
            version=petition.version, reason="重复登记",
        )  # fmt: skip
    with pytest.raises(RuleViolation, match="请先终止包案"):
        merge(session, act(session, petition, WU, TODAY), matter(session))
