"""Who sees which task and line; what is proposed, to whom, and not twice; the closing of a unit."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, select, text

from actions.petitions.handling import instruct, record_progress
from actions.supervision import answering, judging
from actions.supervision.filing import correct_task
from actions.supervision.issuing import issue_task
from models.deadline import Deadline
from models.leader_reception import LeaderPromise
from models.meeting import Meeting, MeetingDecision
from models.petition import Petition
from models.supervision import RUNNING, SupervisionTask
from queries import supervision_proposals
from queries.became_tasks import struck_off, tasks_of
from queries.organisation import in_the_way_of_closing
from queries.paper_subjects import readable_papers
from queries.petition_days import Days
from queries.supervision_filter import SupervisionFilter
from queries.supervision_origins import Origin, visible_decision
from queries.supervision_petitions import petitions_shown
from queries.supervision_proposals import _taken_up, proposals
from queries.supervision_rows import line_totals, list_lines
from queries.supervision_scope import load_line, load_task, task_is_visible, tasks_of_petition
from queries.supervision_work import work_counts
from rules.errors import NotVisible
from rules.supervision_words import Ground, TaskSource
from rules.taxonomy import Purpose
from tests import factories, meetings, petitions
from tests.people import BAI, CHEN, HAN, LIN, SUN, WU, ZHAO, ZHENG, ZHU, actor, unit
from tests.supervision import (
    FILED_ON,
    ISSUED_ON,
    act,
    closed,
    filed,
    issued,
    line_of,
    moment,
    reported,
    submitted,
    task_data,
    working,
)

TODAY = date(2026, 7, 15)
DAYS = Days(TODAY, date(2026, 7, 20))


def seen(session, member):
    return {t.number for t in session.query(SupervisionTask).filter(task_is_visible(actor(session, member)))}


def listed(session, member, **chosen):
    page = list_lines(session, actor(session, member), SupervisionFilter(**chosen), DAYS)
    return [(row.number, row.unit) for row in page.rows]


def about(petition, ground=Ground.NOT_CONCLUDED):
    return {"source": Origin(TaskSource.PETITION, "petition", petition.id, "", petition.id), "ground": ground}


def counted(session, member):
    found = work_counts(session, actor(session, member), TODAY, DAYS.near_until)
    return {c.key: c.count for c in found if c.count}


def proposed(session, member, today=TODAY):
    return [(p.ground, p.unit, p.days_late) for p in proposals(session, actor(session, member), today)]


def test_a_unit_sees_what_was_given_to_it_or_below_it_once_it_is_issued(session):
    issued(session, "AL2101")
    filed(session, "AL21")
    assert seen(session, LIN) == {"DB-AL01-2026-00001"}
    assert seen(session, WU) == seen(session, HAN) == {"DB-AL01-2026-00001", "DB-AL01-2026-00002"}
    assert seen(session, BAI) == seen(session, ZHU) == seen(session, CHEN) == seen(session, SUN) == set()


def test_of_a_task_for_many_a_unit_lists_its_own_line_only(session):
    issued(session, "AL21", "AL22")
    assert listed(session, LIN) == [("DB-AL01-2026-00001", "柳溪镇")]
    assert len(listed(session, WU)) == 2
    totals = line_totals(session, actor(session, LIN), SupervisionFilter(), DAYS)
    assert (totals.tasks, totals.lines) == (1, 1)


def test_what_is_about_a_sealed_matter_is_for_who_may_read_it(session):
    petition = petitions.registered(
        session,
        purpose=Purpose.ACCUSATION,
        accused_unit_id=unit(session, "AL21").id,
        content="检举镇里违规。",
    )
    issued(session, "AL11", **about(petition, Ground.NOT_FORWARDED))
    assert seen(session, WU) == {"DB-AL01-2026-00001"}  # who took it down
    assert seen(session, ZHENG) == seen(session, ZHU) == set()
    assert listed(session, ZHU) == listed(session, ZHENG) == []
    assert counted(session, ZHU) == {}
    assert proposed(session, ZHENG) == []
    reader = replace(actor(session, ZHU), reads_sealed=True)
    assert session.query(SupervisionTask).filter(task_is_visible(reader)).count() == 1
    accused = replace(actor(session, LIN), reads_sealed=True)
    assert session.query(SupervisionTask).filter(task_is_visible(accused)).count() == 0


def test_a_unit_taken_out_of_the_draft_reads_neither_task_nor_line_nor_letter(session):
    task = filed(session, "AL21", "AL22")
    correct_task(
        session,
        actor=actor(session, WU),
        now=moment(FILED_ON),
        today=FILED_ON,
        task=task,
        data=task_data(session, "AL22"),
        version=1,
    )
    who = {"actor": actor(session, ZHENG), "now": moment(ISSUED_ON), "today": ISSUED_ON}
    issue_task(session, **who, task=task, version=task.version)
    assert seen(session, BAI) == {task.number} and seen(session, LIN) == set()
    with pytest.raises(NotVisible):
        load_task(session, actor(session, LIN), task.id)
    with pytest.raises(NotVisible):
        load_line(session, actor(session, LIN), line_of(task).id)
    assert readable_papers(session, actor(session, LIN), [(1, "supervision_task", task.id)]) == set()
    assert readable_papers(session, actor(session, BAI), [(1, "supervision_task", task.id)]) == {1}
    line = line_of(task, "AL22")
    judging.withdraw(session, act(session, line, ZHENG, TODAY, "督办错了单位。"))
    assert seen(session, BAI) == {task.number}  # it had it


def test_a_list_is_hidden_with_any_of_its_matters(session):
    first, second = petitions.sent(session), petitions.sent(session)
    source = Origin(TaskSource.PETITION, "petition", listed=(first.id, second.id))
    issued(session, source=source, ground=Ground.NOT_NOTIFIED)
    assert seen(session, LIN) == {"DB-AL01-2026-00001"}
    second.purpose, second.sealed = Purpose.ACCUSATION.value, True
    second.accused_unit_id = unit(session, "AL21").id
    second.version += 1
    session.flush()
    assert seen(session, LIN) == seen(session, ZHENG) == set()
    assert listed(session, LIN) == []
    accused = replace(actor(session, LIN), reads_sealed=True)
    assert session.query(SupervisionTask).filter(task_is_visible(accused)).count() == 0


def test_a_unit_that_may_not_read_the_petition_gets_the_task_without_it(session):
    petition = petitions.sent(session)
    task = issued(session, "AL21", "AL11", **about(petition, Ground.NOT_NOTIFIED))
    assert [p.number for p in petitions_shown(session, actor(session, LIN), task)] == [petition.number]
    assert petitions_shown(session, actor(session, ZHU), task) == []
    assert [t.id for t in tasks_of_petition(session, actor(session, LIN), petition.id)] == [task.id]
    assert tasks_of_petition(session, actor(session, BAI), petition.id) == []


def test_the_tabs_count_what_each_must_do(session):
    filed(session)
    issued(session, "AL22")
    working_line = working(session)
    reported(session, working_line, date(2026, 7, 13))
    submitted(session, working(session), on=TODAY)
    assert counted(session, LIN) == {"working": 1}
    assert counted(session, BAI) == {"overdue": 1, "to_receive": 1}
    assert counted(session, ZHENG) == {
        "to_issue": 1, "to_examine": 1, "to_close": 1, "overdue": 1, "to_receive": 1, "working": 1,
    }  # fmt: skip
    assert counted(session, HAN) == {"overdue": 1, "working": 1}


def test_a_request_for_more_time_waits_apart_from_results_to_examine(session):
    line = working(session)
    answering.ask_extension(
        session, act(session, line, LIN, date(2026, 7, 14), "汛期停工。"), date(2026, 9, 15)
    )
    assert counted(session, ZHENG)["to_extend"] == 1
    assert "to_examine" not in counted(session, ZHENG)
    assert counted(session, WU)["to_extend"] == 1
    assert listed(session, ZHENG, state="to_examine") == []
    assert [unit for _number, unit in listed(session, ZHENG, state="to_extend")] == ["柳溪镇"]
    assert "to_extend" not in counted(session, LIN)


@pytest.mark.parametrize("member", [LIN, ZHENG])
def test_the_front_page_counts_from_the_running_lines_only(session, member):
    closed(session)
    working(session)
    who, engine, asked = actor(session, member), session.get_bind(), []

    def note(_connection, _cursor, statement, parameters, *_rest):
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    found = work_counts(session, who, TODAY, DAYS.near_until, waiting=True)
    event.remove(engine, "before_cursor_execute", note)
    assert [c.count for c in found if c.key == "overdue"] == [1]
    ((statement, parameters),) = asked
    assert f"supervision_line.{RUNNING}" in statement
    if engine.dialect.name == "sqlite":
        plan = str(session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())
        assert "supervision_line USING COVERING INDEX ix_supervision_line_running" in plan, plan


def test_what_is_taken_up_is_found_by_the_petition(session):
    """And not by reading all tasks."""
    asked = select(Petition.id).where(~_taken_up(Ground.NOT_CONCLUDED.value))
    if session.get_bind().dialect.name == "sqlite":
        written = asked.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = str(session.execute(text(f"EXPLAIN QUERY PLAN {written}")).all())
        assert "ix_supervision_task_petition_petition_id" in plan, plan
    assert "LIKE" not in str(asked)


def test_a_matter_not_sent_on_in_time_is_proposed_against_the_office_that_registered_it(session):
    petitions.registered(session)
    assert proposed(session, WU, date(2026, 3, 17)) == []
    assert proposed(session, WU, date(2026, 3, 18)) == [(Ground.NOT_FORWARDED, "县信访局", 1)]
    assert proposed(session, LIN, date(2026, 3, 18)) == []


def test_a_unit_that_has_told_nobody_in_time_is_proposed(session):
    petitions.signed(session)
    found = [(ground, name) for ground, name, _late in proposed(session, WU)]
    assert (Ground.NOT_NOTIFIED, "柳溪镇") in found


def test_a_matter_not_concluded_is_proposed_until_a_task_is_about_it(session):
    petition = petitions.accepted(session)
    assert (Ground.NOT_CONCLUDED, "柳溪镇", 67) in proposed(session, WU)  # 9 May to 15 July
    line = line_of(issued(session, **about(petition)))
    assert Ground.NOT_CONCLUDED not in {ground for ground, *_ in proposed(session, WU)}
    judging.withdraw(session, act(session, line, ZHENG, TODAY, "督办错了单位。"))
    assert Ground.NOT_CONCLUDED in {ground for ground, *_ in proposed(session, WU)}


def test_those_of_a_list_are_not_proposed_again(session):
    petition = petitions.accepted(session)
    source = Origin(TaskSource.PETITION, "petition", listed=(petition.id, petitions.sent(session).id))
    task = filed(session, source=source, ground=Ground.NOT_CONCLUDED)
    assert Ground.NOT_CONCLUDED not in {ground for ground, *_ in proposed(session, WU)}
    assert len(petitions_shown(session, actor(session, WU), task)) == 2
    assert [t.id for t in tasks_of_petition(session, actor(session, WU), petition.id)] == [task.id]


def test_half_of_the_time_gone_without_a_record_is_proposed_and_no_more_once_there_is_one(session):
    petition = petitions.accepted(session)  # 10 March to 9 May
    assert proposed(session, WU, date(2026, 4, 9)) == []
    assert (Ground.DELAYING, "柳溪镇", 0) in proposed(session, WU, date(2026, 4, 10))
    record_progress(session, petitions.act(session, petition, LIN, date(2026, 4, 10), "已实地查看。"))
    assert proposed(session, WU, date(2026, 4, 10)) == []


def test_an_assigned_matter_without_its_report_is_proposed(session):
    petitions.accepted(session, petitions.signed(session, petitions.assigned(session)))
    assert (Ground.NOT_REPORTED, "柳溪镇", 76) in proposed(session, WU)  # 30 April to 15 July


def test_a_supported_opinion_not_carried_out_is_proposed_after_thirty_days(session):
    petition = petitions.concluded(session)
    after = date(2026, 6, 30)
    assert (petition.concluded_on, petition.executed_on) == (petitions.SERVED_ON, None)
    assert Ground.NOT_EXECUTED in {ground for ground, *_ in proposed(session, WU, after)}


def test_an_instruction_past_its_day_is_proposed_until_something_was_entered(session):
    petition = petitions.accepted(session)
    day = date(2026, 3, 20)
    instruct(session, petitions.act(session, petition, HAN, day, "请限期解决。"), date(2026, 4, 1))
    found = [p for p in proposals(session, actor(session, WU), date(2026, 4, 2)) if p.what == "领导批示"]
    assert [(p.unit, p.days_late, p.args["source"]) for p in found] == [("柳溪镇", 1, "instruction")]
    record_progress(session, petitions.act(session, petition, LIN, date(2026, 4, 2), "已解决。"))
    assert "领导批示" not in {p.what for p in proposals(session, actor(session, WU), date(2026, 4, 2))}


def test_a_promise_and_a_decision_past_their_day_are_proposed_until_a_task_came_of_them(session):
    reception = factories.leader_reception(session, "AL")
    promise = LeaderPromise(
        reception_id=reception.id, position=1, summary="修好路灯", responsible_unit_id=unit(session, "AL21").id,
        due_date=date(2026, 7, 10),
    )  # fmt: skip
    meeting = Meeting(
        uid="m" * 32, number="LX-AL01-2026-00001", unit_id=unit(session, "AL01").id, level="county", kind="joint",
        held_on=date(2026, 6, 30), registered_at=moment(TODAY), state="held",
    )  # fmt: skip
    session.add_all((promise, meeting))
    session.flush()
    decision = MeetingDecision(
        meeting_id=meeting.id, position=1, content="清理渠道", unit_id=unit(session, "AL22").id,
        due_on=date(2026, 7, 12),
    )  # fmt: skip
    session.add(decision)
    session.flush()
    session.info.clear()
    assert proposed(session, WU) == [(Ground.NOT_FOLLOWED_UP, "柳溪镇", 5)]
    with pytest.raises(NotVisible):  # its record is not final
        visible_decision(session, actor(session, WU), decision.id)
    meeting.state = "minuted"
    session.flush()
    assert proposed(session, WU) == [
        (Ground.NOT_FOLLOWED_UP, "柳溪镇", 5),
        (Ground.NOT_FOLLOWED_UP, "白石乡", 3),
    ]
    origin = Origin(TaskSource.PROMISE, "leader_promise", promise.id, "承诺修好路灯。")
    task = filed(session, source=origin)
    assert proposed(session, WU) == [(Ground.NOT_FOLLOWED_UP, "白石乡", 3)]
    assert tasks_of(session, "leader_promise", [promise.id]) == {promise.id: task}


def test_a_problem_whose_task_was_withdrawn_whole_has_none_any_more(session):
    task = issued(session, source=Origin(TaskSource.INSPECTION, "inspection_problem", 1, "没有建台账。"))
    assert tasks_of(session, "inspection_problem", [1]) == {1: task}
    judging.withdraw(session, act(session, line_of(task), ZHENG, date(2026, 7, 9), "领导另有安排。"))
    assert tasks_of(session, "inspection_problem", [1]) == {}


def test_a_decision_and_a_promise_whose_task_was_struck_off_are_not_proposed_again(session):
    reception = factories.leader_reception(session, "AL")
    promise = LeaderPromise(
        reception_id=reception.id, position=1, summary="修好路灯", responsible_unit_id=unit(session, "AL21").id,
        due_date=date(2026, 7, 10),
    )  # fmt: skip
    session.add(promise)
    row = meetings.meeting(session, "AL01", state="minuted", held_on=date(2026, 6, 30))
    decision = meetings.decision(session, row, due_on=date(2026, 7, 12))
    session.flush()
    for source, table, record in (
        (TaskSource.PROMISE, "leader_promise", promise),
        (TaskSource.MEETING, "meeting_decision", decision),
    ):
        closed(session, working(session, source=Origin(source, table, record.id, "已定的事。")))
    assert proposed(session, WU) == []
    ended = struck_off(session, promise, promise.responsible_unit_id)
    assert (ended.on, ended.text) == (date(2026, 8, 20), "渠道已修复通水。\n佐证材料：镇水利站档案柜")
    assert struck_off(session, promise, unit(session, "AL22").id) is None


def test_what_is_asked_for_is_chosen_before_the_list_is_cut_short(session, monkeypatch):
    """One of each kind is shown: the other unit's older promise does not stand in the way."""
    reception = factories.leader_reception(session, "AL")
    for position, (code, day) in enumerate((("AL21", 1), ("AL22", 10)), start=1):
        values = {"responsible_unit_id": unit(session, code).id, "due_date": date(2026, 7, day)}
        promise = LeaderPromise(reception_id=reception.id, position=position, summary="修好路灯", **values)
        session.add(promise)
    session.flush()
    monkeypatch.setattr(supervision_proposals, "MOST_SHOWN", 1)
    chosen = {"unit_id": unit(session, "AL22").id, "ground": Ground.NOT_FOLLOWED_UP}
    assert [p.unit for p in proposals(session, actor(session, WU), TODAY)] == ["柳溪镇"]
    assert [p.unit for p in proposals(session, actor(session, WU), TODAY, **chosen)] == ["白石乡"]
    assert proposals(session, actor(session, WU), TODAY, ground=Ground.DELAYING) == []


def test_late_objections_are_cut_short_behind_the_earliest_due(session, monkeypatch):
    for due in (date(2026, 7, 6), date(2026, 7, 3)):
        row = petitions.registered(session)
        session.add(
            Deadline(
                petition_id=row.id,
                key="objection",
                unit_id=unit(session, "AL21").id,
                started_on=date(2026, 6, 29),
                due_on=due,
                limit_from=date(2026, 6, 29),
                trace="[]",
                met_on=date(2026, 7, 10),
            )
        )
    session.flush()
    monkeypatch.setattr(supervision_proposals, "MOST_SHOWN", 1)
    found = proposals(session, actor(session, WU), TODAY, ground=Ground.LATE_OBJECTION)
    assert [p.due_on for p in found] == [date(2026, 7, 3)]


def test_a_township_is_proposed_only_what_is_below_it(session):
    petitions.accepted(session)
    assert proposed(session, ZHAO) == []


def test_a_unit_that_owes_a_task_is_not_closed(session):
    issued(session, "AL22", "AL2201")
    filed(session, "AL2201")
    assert "没有销号的督办 1 件（由立项单位销号或撤回）" in in_the_way_of_closing(
        session, unit(session, "AL22"), TODAY
    )
    assert "没有销号的督办 2 件（由立项单位销号或撤回）" in in_the_way_of_closing(
        session, unit(session, "AL2201"), TODAY
    )
    assert "本单位立项、没有办结的督办 2 件" in in_the_way_of_closing(session, unit(session, "AL01"), TODAY)


def lights(session, **chosen):
    page = list_lines(session, actor(session, WU), SupervisionFilter(**chosen), DAYS)
    return {row.number: row.in_time for row in page.rows}


def test_struck_off_a_line_is_in_time_by_the_day_of_its_result_or_late(session):
    closed(session, on=date(2026, 9, 21))
    late = submitted(session, on=date(2026, 9, 20))
    judging.close(session, act(session, late, WU, date(2026, 9, 21)))
    working(session)
    assert lights(session) == {
        "DB-AL01-2026-00001": "按期完成",
        "DB-AL01-2026-00002": "超期完成",
        "DB-AL01-2026-00003": "",
    }
    assert list(lights(session, state="closed-late")) == ["DB-AL01-2026-00002"]


def test_what_the_office_owes_itself_waits_for_its_director_only(session):
    line = line_of(issued(session, "AL01"), "AL01")
    answering.receive(session, act(session, line, WU, date(2026, 7, 8)))
    answering.report(session, act(session, line, WU, date(2026, 7, 14), "已自查整改。"))
    assert "to_examine" not in counted(session, WU)
    assert counted(session, ZHENG)["to_examine"] == 1
