"""Joint meetings on both databases: what goes up comes back, decisions end with evidence, 回避."""

from datetime import date

import pytest
from sqlalchemy import select

from actions import audit
from actions.meetings import agenda, deciding, escalating, minuting, recording, registering
from actions.meetings.agenda import NewItem
from actions.meetings.recording import DecisionData, OutcomeData
from models.audit_entry import AuditEntry
from models.meeting import Meeting, MeetingItem
from models.supervision import SupervisionLine, SupervisionTask
from queries.meeting_agenda import offered, task_in_scope
from queries.meeting_decisions import DecisionFilter, list_decisions, owing_units
from queries.meeting_escalations import list_escalated
from queries.meeting_papers import meeting_readers
from queries.meeting_scope import load_meeting
from queries.petition_days import Days
from queries.supervision_origins import Origin
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.meeting_words import ItemOutcome, MeetingKind
from rules.own_entries import was_entered_late
from rules.supervision_words import Ground, TaskSource
from tests import factories, meetings, people, petitions, supervision
from tests.people import NOW, TODAY
from tests.supervision import filed

DAYS = Days(TODAY, TODAY)


def who(session, member):
    return {"actor": people.actor(session, member), "now": NOW}


def sent_up(session, code="AL21", to="joint", **values):
    """A final meeting of a township that sent one item up."""
    row = meetings.meeting(session, code, state="minuted", held_on=date(2026, 7, 1))
    up = {"outcome": "escalated", "escalated_to": to, "escalated_on": row.held_on}
    return meetings.item(session, row, "供水管网", **up | values)


def settle(session, item, outcome=ItemOutcome.DECIDED, to=None):
    """Recorded and made final by the county's head."""
    meeting = item.meeting
    said = OutcomeData(item.id, outcome, "由县住建局牵头改造。", to)
    recording.record_meeting(
        session,
        **who(session, people.ZHENG),
        meeting=meeting,
        version=meeting.version,
        outcomes=[said],
        decisions=(),
    )
    minuting.confirm_meeting(session, **who(session, people.ZHENG), meeting=meeting, version=meeting.version)


def put(session, meeting, asking):
    agenda.add_items(
        session,
        **who(session, people.WU),
        meeting=meeting,
        version=meeting.version,
        items=[NewItem(asked_by_id=asking.id)],
    )
    return session.scalars(select(MeetingItem).where(MeetingItem.asked_by_id == asking.id)).one()


def test_the_countys_answer_comes_back_to_the_item_that_asked(session):
    asking = sent_up(session)
    above = put(session, meetings.meeting(session, "AL01"), asking)
    assert (above.title, above.reporting_unit_id) == ("供水管网", people.unit(session, "AL21").id)
    settle(session, above)
    session.commit()
    assert asking.answered_on == TODAY
    assert asking.answer == "县7月15日联席会议：已议定。由县住建局牵头改造。"
    (row,) = list_escalated(session, people.actor(session, people.LIN), TODAY, state="answered")
    assert row.placed == "县7月15日联席会议（已定稿，2026-07-15）"
    assert "meeting.answer" in session.scalars(select(AuditEntry.action)).all()


def test_what_the_county_sends_on_is_answered_all_the_way_down(session):
    asking = sent_up(session)
    middle = put(session, meetings.meeting(session, "AL01"), asking)
    settle(session, middle, ItemOutcome.ESCALATED, MeetingKind.COMMITTEE)
    assert (asking.answered_on, middle.answered_on) == (None, None)
    top = put(
        session, meetings.meeting(session, "AL01", kind="committee", title="县委常委会第9次会议"), middle
    )
    settle(session, top)
    session.commit()
    assert asking.answer == middle.answer == "县委常委会第9次会议：已议定。由县住建局牵头改造。"


def test_a_record_taken_up_again_takes_its_answers_back(session):
    asking = sent_up(session)
    above = put(session, meetings.meeting(session, "AL01"), asking)
    settle(session, above)
    meeting = above.meeting
    minuting.reopen_meeting(
        session, **who(session, people.ZHENG), meeting=meeting, version=meeting.version, reason="漏记"
    )
    assert (asking.answered_on, asking.answer, meeting.state) == (None, "", "held")
    session.commit()


def reopen(session, meeting, member=people.ZHENG):
    minuting.reopen_meeting(
        session, **who(session, member), meeting=meeting, version=meeting.version, reason="漏记"
    )


def test_an_answer_stays_where_another_meeting_with_the_same_item_is_taken_up_again(session):
    asking = sent_up(session)
    first = put(session, meetings.meeting(session, "AL01"), asking)
    later = meetings.meeting(session, "AL01")
    second = meetings.item(session, later, "供水管网", asked_by_id=asking.id)
    settle(session, first)
    settle(session, second)
    reopen(session, later)
    assert (asking.answered_on, asking.answered_by_item_id) == (TODAY, first.id)
    reopen(session, first.meeting)
    assert (asking.answered_on, asking.answered_by_item_id) == (None, None)
    session.commit()


def test_what_a_body_above_took_up_is_changed_no_more_below(session):
    asking = sent_up(session)
    below = asking.meeting
    above = put(session, meetings.meeting(session, "AL01"), asking)
    with pytest.raises(RuleViolation, match="列入上级会议或者得到答复"):
        reopen(session, below)
    settle(session, above)
    with pytest.raises(RuleViolation, match="列入上级会议或者得到答复"):
        reopen(session, below)
    session.rollback()


def test_an_item_that_a_void_agenda_above_refers_to_is_not_dropped(session):
    asking = sent_up(session)
    below, above = asking.meeting, meetings.meeting(session, "AL01")
    put(session, above, asking)
    lin, zhao = who(session, people.LIN), who(session, people.ZHAO)
    again = {"meeting": below, "outcomes": [OutcomeData(asking.id, None)], "decisions": ()}
    below.state = "held"
    with pytest.raises(RuleViolations, match="上级已受理"):
        recording.record_meeting(session, **lin, version=below.version, **again)
    registering.void_meeting(
        session, **who(session, people.ZHENG), meeting=above, version=above.version, reason="改期"
    )
    below.state = "minuted"
    reopen(session, below, people.ZHAO)
    recording.record_meeting(session, **lin, version=below.version, **again)
    with pytest.raises(RuleViolation, match="已提请上级研究"):
        agenda.drop_item(session, **zhao, meeting=below, version=below.version, item_id=asking.id)
    session.rollback()


def test_an_item_put_off_is_not_answered(session):
    asking = sent_up(session)
    settle(session, put(session, meetings.meeting(session, "AL01"), asking), ItemOutcome.DEFERRED)
    assert asking.answered_on is None
    session.rollback()


def test_an_answer_without_a_meeting_is_entered_by_the_countys_office_only(session):
    asking = sent_up(session)
    said = {"today": TODAY, "item_id": asking.id, "text": "县长批示：由县住建局办理。", "on": TODAY}
    with pytest.raises(RuleViolation, match="由县信访局登记"):
        escalating.give_answer(session, **who(session, people.ZHAO), version=1, **said)
    with pytest.raises(NotVisible):
        escalating.give_answer(session, **who(session, people.BAI), version=1, **said)
    with pytest.raises(StaleVersion):
        escalating.give_answer(session, **who(session, people.WU), version=9, **said)
    with pytest.raises(RuleViolation, match="答复日期"):
        escalating.give_answer(
            session, **who(session, people.WU), version=1, **said | {"on": date(2026, 6, 30)}
        )
    escalating.give_answer(session, **who(session, people.WU), version=1, **said)
    assert asking.answered_on == TODAY
    with pytest.raises(RuleViolation, match="已于"):
        escalating.give_answer(session, **who(session, people.WU), version=2, **said)
    session.commit()


def test_only_the_body_asked_may_put_it_on_its_agenda(session):
    asking = sent_up(session, to="committee")
    for meeting in (meetings.meeting(session, "AL01"), meetings.meeting(session, "AL22")):
        with pytest.raises(NotVisible):
            agenda.add_items(
                session,
                **who(session, people.WU),
                meeting=meeting,
                version=1,
                items=[NewItem(asked_by_id=asking.id)],
            )
    session.rollback()


def test_the_same_matter_stands_on_an_agenda_once(session):
    asking = sent_up(session)
    meeting = meetings.meeting(session, "AL01")
    put(session, meeting, asking)
    put(session, meeting, asking)
    session.rollback()


def test_a_decision_of_the_county_reaches_its_unit_when_the_record_is_final(session):
    row = meetings.meeting(session, "AL01")
    meetings.decision(session, row, "AL11")
    zhu = people.actor(session, people.ZHU)
    assert list_decisions(session, zhu, DecisionFilter(), DAYS).rows == []
    minuting.confirm_meeting(session, **who(session, people.ZHENG), meeting=row, version=1)
    (seen,) = list_decisions(session, zhu, DecisionFilter(), DAYS).rows
    assert (seen.unit, seen.meeting, seen.age) == ("县住建局", "县7月15日联席会议", 0)
    with pytest.raises(NotVisible):
        load_meeting(session, zhu, row.id)
    assert list_decisions(session, people.actor(session, people.LIN), DecisionFilter(), DAYS).rows == []
    session.commit()


def test_a_decision_ends_with_evidence_said_by_its_unit(session):
    row = meetings.meeting(session, "AL01", state="minuted")
    decision = meetings.decision(session, row, "AL11")
    done = {"today": TODAY, "decision_id": decision.id, "done_on": TODAY, "result": "已修好。"}
    with pytest.raises(NotVisible):
        deciding.complete_decision(session, **who(session, people.LIN), version=1, evidence="卷宗", **done)
    with pytest.raises(RuleViolation, match="县领导只查看"):
        deciding.complete_decision(session, **who(session, people.HAN), version=1, evidence="卷宗", **done)
    with pytest.raises(RuleViolations, match="佐证"):
        deciding.complete_decision(session, **who(session, people.ZHU), version=1, evidence="", **done)
    deciding.complete_decision(
        session, **who(session, people.ZHU), version=1, evidence="县住建局 3 号卷", **done
    )
    assert (decision.done_on, decision.evidence, decision.version) == (TODAY, "县住建局 3 号卷", 2)
    assert owing_units(session, people.actor(session, people.WU), TODAY) == []
    with pytest.raises(RuleViolation, match="由召开会议的单位退回"):
        deciding.reopen_decision(
            session, **who(session, people.ZHU), decision_id=decision.id, version=2, reason="不实"
        )
    deciding.reopen_decision(
        session, **who(session, people.ZHENG), decision_id=decision.id, version=2, reason="不实"
    )
    (owing,) = owing_units(session, people.actor(session, people.WU), TODAY)
    assert (owing.unit, owing.open, owing.overdue, owing.oldest) == ("县住建局", 1, 0, TODAY)
    session.commit()


def test_a_decision_that_became_a_task_ends_with_it(session):
    row = meetings.meeting(session, "AL01", state="minuted")
    decision = meetings.decision(session, row, "AL11")
    task = SupervisionTask(
        number="DB-AL01-2026-00001", unit_id=row.unit_id, filed_on=TODAY, title="修路", source="meeting",
        source_type="meeting_decision", source_id=decision.id, content="修路", due_on=date(2026, 7, 31), state="issued",
        registered_at=NOW,
    )  # fmt: skip
    session.add(task)
    session.flush()
    line = SupervisionLine(task_id=task.id, unit_id=decision.unit_id, due_on=date(2026, 7, 31), state="sent")
    session.add(line)
    audit.record(session, actor=people.SYSTEM, now=NOW, action="supervision_task.file", subject=task)
    done = {
        "today": TODAY,
        "decision_id": decision.id,
        "done_on": TODAY,
        "result": "已修好。",
        "evidence": "卷",
    }
    with pytest.raises(RuleViolation, match="已转为督办 DB-AL01-2026-00001"):
        deciding.complete_decision(session, **who(session, people.ZHU), version=1, **done)
    with pytest.raises(RuleViolation, match="已有议定事项转为督办"):
        minuting.reopen_meeting(session, **who(session, people.ZHENG), meeting=row, version=1, reason="漏记")
    wu = people.actor(session, people.WU)
    assert [r.task_number for r in list_decisions(session, wu, DecisionFilter(), DAYS).rows] == [task.number]
    task.state, task.closed_on = "closed", TODAY
    line.state, line.closed_on = "withdrawn", TODAY
    session.flush()
    (again,) = list_decisions(session, wu, DecisionFilter(), DAYS).rows
    assert (again.task_id, again.done_on) == (None, None)
    line.state = "closed"
    session.flush()
    assert list_decisions(session, wu, DecisionFilter(), DAYS).rows == []
    (ended,) = list_decisions(session, wu, DecisionFilter(state="done"), DAYS).rows
    assert ended.done_on == TODAY
    session.rollback()


def test_a_meeting_is_offered_the_tasks_that_its_unit_was_given_and_no_other(session):
    row = meetings.meeting(session, "AL21")
    lin = people.actor(session, people.LIN)
    draft = supervision.filed(session)
    elsewhere = supervision.issued(session, "AL22")
    petition = petitions.registered(session)  # not sent to 柳溪镇
    about = {"source": Origin(TaskSource.PETITION, "petition", petition.id, "", petition.id)}
    given = supervision.issued(session, **about, ground=Ground.NOT_FORWARDED)
    assert offered(session, lin, row, TODAY).tasks == [given]
    for other in (draft, elsewhere):
        with pytest.raises(NotVisible):
            task_in_scope(session, lin, other.id)
    new = NewItem(task_id=given.id)
    agenda.add_items(session, actor=lin, now=NOW, meeting=row, version=1, items=[new])
    (item,) = row.items
    assert (item.task_id, item.petition_id) == (given.id, petition.id)
    assert petition.number not in item.title


def test_a_decision_with_a_task_is_not_deleted_and_no_id_is_given_twice(session):
    row = meetings.meeting(session, "AL21")
    decision = meetings.decision(session, row)
    lin = who(session, people.LIN)
    left_out = {"meeting": row, "outcomes": (), "decisions": ()}
    origin = Origin(TaskSource.MEETING, "meeting_decision", decision.id, "修好村口道路。")
    task = filed(session, source=origin)
    with pytest.raises(RuleViolation, match=f"已转为督办 {task.number}，不能删去"):
        recording.record_meeting(session, **lin, version=row.version, **left_out)
    task.source_id = None
    session.flush()
    gone = decision.id
    recording.record_meeting(session, **lin, version=row.version, **left_out)
    assert meetings.decision(session, row).id > gone
    session.rollback()


def test_the_accused_get_nothing_of_a_matter(session):
    """Sealed after it came on the agenda: its item is hidden, its decision from the accused unit and from every paper."""
    petition = factories.petition(session, "AL01")
    row = meetings.meeting(session, "AL01", state="minuted")
    item = meetings.item(session, row, petition_id=petition.id)
    meetings.decision(session, row, "AL11", item_id=item.id)
    zhu, wu = people.actor(session, people.ZHU), people.actor(session, people.WU)
    assert len(list_decisions(session, zhu, DecisionFilter(), DAYS).rows) == 1
    petition.sealed, petition.purpose = True, "accusation"
    petition.accused_unit_id = people.unit(session, "AL11").id
    session.flush()
    assert list_decisions(session, zhu, DecisionFilter(), DAYS).rows == []
    assert list_decisions(session, wu, DecisionFilter(), DAYS).rows == []
    assert session.scalars(meeting_readers(wu).where(Meeting.id == row.id)).all() == []
    with pytest.raises(RuleViolation, match="检举控告类"):
        agenda.add_items(
            session,
            actor=people.actor(session, people.ZHENG),
            now=NOW,
            meeting=meetings.meeting(session, "AL01"),
            version=1,
            items=[NewItem(petition_id=factories.petition(session, "AL01", purpose="accusation").id)],
        )
    session.rollback()


def test_a_township_binds_its_own_villages_only(session):
    row = meetings.meeting(session, "AL21")
    unit = people.unit(session, "AL22").id
    with pytest.raises(RuleViolations, match="请提请上级研究"):
        recording.record_meeting(
            session,
            **who(session, people.LIN),
            meeting=row,
            version=1,
            outcomes=(),
            decisions=[DecisionData(0, "修路", unit, due_on=TODAY)],
        )
    session.rollback()


def test_a_unit_carries_out_on_the_day_of_entry_an_earlier_one_is_entered_for_it(session):
    row = meetings.meeting(session, "AL01", state="minuted", held_on=date(2026, 7, 1))
    decision = meetings.decision(session, row, "AL11")
    done = {
        "today": TODAY, "decision_id": decision.id, "done_on": date(2026, 7, 3), "result": "已修好。",
        "evidence": "卷宗", "version": 1,
    }  # fmt: skip
    with pytest.raises(RuleViolations, match="由召开会议的单位代为登记"):
        deciding.complete_decision(session, **who(session, people.ZHU), **done)
    deciding.complete_decision(session, **who(session, people.WU), **done)
    assert decision.done_on == date(2026, 7, 3)
    assert was_entered_late(decision.done_on, decision.recorded_at)
    session.commit()
