"""立项, 修改, 作废, 签发 of a supervision task."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.supervision.filing import correct_task, void_task
from actions.supervision.issuing import issue_task
from models.supervision import SupervisionStep, SupervisionTask
from queries.paper_subjects import accused_by
from queries.supervision_origins import Origin
from rules.errors import RuleViolations, StaleVersion
from rules.supervision_words import Ground, TaskSource
from rules.taxonomy import Purpose
from tests import meetings, petitions
from tests.people import BAI, LIN, WU, ZHAO, ZHENG, actor, unit
from tests.petitions import refused
from tests.supervision import (
    DUE_ON,
    FILED_ON,
    ISSUED_ON,
    filed,
    issued,
    line_of,
    lines_of,
    moment,
    owes,
    task_data,
)


def test_a_task_is_a_draft_with_a_line_for_each_unit(session):
    task = filed(session, "AL21", "AL11")
    assert task.number == "DB-AL01-2026-00001"
    assert task.state == "draft"
    assert [(line.unit.code, line.state, line.due_on) for line in task.lines] == [
        ("AL21", "draft", DUE_ON),
        ("AL11", "draft", DUE_ON),
    ]
    assert owes(task.lines[0]) == (None, None)
    session.commit()


def test_the_same_form_sent_twice_is_one_task(session):
    first, second = filed(session, key="k"), filed(session, key="k")
    assert first.id == second.id
    assert session.query(SupervisionTask).count() == 1


def test_a_unit_may_have_its_own_day_and_demand(session):
    lines = lines_of(session, "AL21", due_on=date(2026, 7, 31), demand="先修主渠")
    task = filed(session, lines=lines)
    assert (task.lines[0].due_on, task.lines[0].demand) == (date(2026, 7, 31), "先修主渠")


def test_every_refusal_of_a_form_at_once(session):
    with pytest.raises(RuleViolations) as refusals:
        filed(session, title="", content="", due_on=FILED_ON, lines=lines_of(session, "AL21", "AL21"))
    assert {v.field for v in refusals.value.violations} == {"title", "content", "due_on", "line-1-unit"}


def test_a_task_about_handling_names_petition_and_ground(session):
    with refused("petition", "请填写信访事项编号"):
        filed(session, source=Origin(TaskSource.PETITION))
    with refused("petition", "请填写信访事项编号"):
        filed(session, source=Origin(TaskSource.PETITION, text="XF-AL01-2026-00001"))
    petition = petitions.sent(session)
    with refused("ground", "第四十条"):
        filed(session, source=Origin(TaskSource.PETITION, petition_id=petition.id))


def test_a_township_supervises_below_itself_only(session):
    task = filed(session, "AL2101", by=ZHAO)
    assert task.unit_id == unit(session, "AL21").id
    with refused("line-0-unit", "不在本单位的督办范围"):
        filed(session, "AL22", by=ZHAO)
    with refused("line-0-unit", "不能督办本单位自己"):
        filed(session, "AL21", by=ZHAO)


def test_of_a_decision_one_task_runs_at_a_time(session):
    row = meetings.meeting(session, "AL01", state="minuted")
    source = Origin(
        TaskSource.MEETING, "meeting_decision", meetings.decision(session, row).id, "修好村口道路。"
    )
    first = filed(session, source=source)
    with refused(None, f"已有督办 {first.number}"):
        filed(session, "AL11", source=source)
    who = {"actor": actor(session, WU), "now": moment(FILED_ON)}
    void_task(session, **who, task=first, version=1, reason="单位填错")
    assert filed(session, source=source).state == "draft"


def test_units_outside_the_tree_and_closed_ones_get_none(session):
    with refused("line-0-unit", "不在本单位的督办范围"):
        filed(session, "EX01")
    unit(session, "AL22").valid_to = date(2026, 6, 30)
    with refused("line-0-unit", "已撤销"):
        filed(session, "AL22")


def test_an_accusation_never_reaches_whom_it_accuses(session):
    accused = unit(session, "AL21")
    petition = petitions.registered(
        session,
        by=WU,
        purpose=Purpose.ACCUSATION,
        accused_unit_id=accused.id,
        title="检举",
        content="检举镇里违规。",
    )
    source = Origin(TaskSource.PETITION, petition_id=petition.id)
    with refused("line-0-unit", "第三十条"):
        filed(session, "AL21", source=source, ground=Ground.NOT_FORWARDED)
    with refused("line-0-unit", "第三十条"):
        filed(session, "AL2101", source=source, ground=Ground.NOT_FORWARDED)
    assert filed(session, "AL11", source=source, ground=Ground.NOT_FORWARDED).petition_id == petition.id


def test_a_draft_is_corrected_and_a_unit_taken_out_may_come_back(session):
    task = filed(session, "AL21", "AL11")
    who = {"actor": actor(session, WU), "now": moment(FILED_ON), "today": FILED_ON, "task": task}
    data = task_data(session, "AL11", "AL22", title="改过的标题")
    correct_task(session, **who, data=data, version=1)
    assert task.title == "改过的标题"
    assert {line.unit.code: line.state for line in task.lines} == {
        "AL21": "withdrawn",
        "AL11": "draft",
        "AL22": "draft",
    }
    with pytest.raises(StaleVersion):
        correct_task(session, **who, data=data, version=1)
    correct_task(session, **who, data=task_data(session, "AL21"), version=2)
    assert line_of(task).state == "draft"


def test_only_the_filing_unit_corrects_or_voids_and_only_a_draft(session):
    task = filed(session)
    data = task_data(session)
    other = {"actor": actor(session, BAI), "now": moment(FILED_ON)}
    with refused(None, "由别的单位立项"):
        correct_task(session, **other, today=FILED_ON, task=task, data=data, version=1)
    void_task(
        session, actor=actor(session, WU), now=moment(FILED_ON), task=task, version=1, reason="重复立项"
    )
    assert task.is_void
    with refused(None, "不能再修改"):
        void_task(
            session, actor=actor(session, WU), now=moment(FILED_ON), task=task, version=2, reason="再作废"
        )


def test_at_the_issue_each_line_is_to_be_signed_for_within_three_working_days(session):
    task = issued(session, "AL21", "AL11")
    assert (task.state, task.issued_on, task.issued_by.name) == ("issued", ISSUED_ON, "郑重")
    assert [owes(line) for line in task.lines] == [(date(2026, 7, 10), "receive")] * 2
    verbs = session.scalars(select(SupervisionStep.verb).order_by(SupervisionStep.id))
    assert list(verbs) == ["file", "issue"]
    session.commit()


def test_only_the_head_of_the_filing_unit_issues(session):
    for member in (WU, LIN, ZHAO):
        with refused(None, "由立项单位负责人签发"):
            issued(session, by=member)


def test_of_two_directors_the_second_is_told(session):
    task = filed(session)
    who = {"actor": actor(session, ZHENG), "now": moment(ISSUED_ON), "today": ISSUED_ON, "task": task}
    issue_task(session, **who, version=1, submission_key="one")
    issue_task(session, **who, version=1, submission_key="one")
    with pytest.raises(StaleVersion):
        issue_task(session, **who, version=1, submission_key="two")
    assert session.query(SupervisionStep).filter_by(verb="issue").count() == 1


def test_what_has_changed_since_the_draft_is_asked_again_at_the_issue(session):
    petition = petitions.sent(session)
    source = Origin(TaskSource.PETITION, petition_id=petition.id)
    task = filed(session, source=source, ground=Ground.NOT_NOTIFIED)
    petition.purpose, petition.sealed = Purpose.ACCUSATION.value, True
    petition.accused_unit_id = unit(session, "AL21").id
    petition.version += 1
    who = {"actor": actor(session, ZHENG), "now": moment(ISSUED_ON), "today": ISSUED_ON}
    with refused("", "第三十条"):
        issue_task(session, **who, task=task, version=1)


def test_a_list_of_petitions_goes_to_nobody_once_one_of_them_is_an_accusation(session):
    first, second = petitions.sent(session), petitions.sent(session)
    source = Origin(TaskSource.PETITION, "petition", listed=(first.id, second.id))
    task = filed(session, source=source, ground=Ground.NOT_NOTIFIED)
    assert [p.id for p in task.petitions] == [first.id, second.id]
    second.purpose, second.sealed = Purpose.ACCUSATION.value, True
    second.accused_unit_id = unit(session, "AL21").id
    second.version += 1
    who = {"actor": actor(session, ZHENG), "now": moment(ISSUED_ON), "today": ISSUED_ON}
    with pytest.raises(RuleViolations) as refusals:
        issue_task(session, **who, task=task, version=1)
    said = "".join(v.message for v in refusals.value.violations)
    assert "单独立项" in said and "第三十条" in said
    assert unit(session, "AL21").name in accused_by(session, "supervision_task", task)
    with refused(None, "单独立项"):
        filed(session, "AL11", source=source, ground=Ground.NOT_NOTIFIED)


def test_a_line_whose_day_has_come_is_not_sent_out(session):
    task = filed(session)
    who = actor(session, ZHENG)
    with refused(None, "的办理期限 2026-08-31 已到"):
        issue_task(session, actor=who, now=moment(DUE_ON), today=DUE_ON, task=task, version=1)
