"""应办事项: what each office owes, side by side and one by one, each under the scope of its own register."""

from datetime import date

from sqlalchemy import select

from actions.supervision.issuing import issue_task
from actions.supervision.judging import withdraw
from models.leader_reception import LeaderPromise
from models.organisation import Unit
from queries.owed import OwedFilter, list_owed, owed_by_offices
from queries.petition_days import Days
from queries.supervision_origins import Origin
from rules.lights import Light
from rules.owed_kinds import OwedKind
from rules.supervision_words import TaskSource
from tests import factories, interviews, leads, meetings, people
from tests.supervision import act, closed, filed, line_of, working

TODAY, NOW = people.TODAY, people.NOW
DAYS = Days(TODAY, date(2026, 7, 20))


def office(session, code):
    return session.scalars(select(Unit).where(Unit.code == code)).one()


def owed(session, member, code, **chosen):
    lines = list_owed(
        session, people.actor(session, member), office(session, code), OwedFilter(**chosen), DAYS, NOW
    )
    return [(line.kind, line.due_on, line.light) for line in lines]


def side_by_side(session, member):
    rows = owed_by_offices(session, people.actor(session, member), NOW, TODAY)
    return {row.unit: (row.all_open, row.all_late) for row in rows if row.all_open}


def world(session):
    """柳溪镇 owes an interview's correction since the 10th, a decision by the 17th and a case led by 7 August; 白石乡 a
    decision without a day."""
    interviews.interview(session, correct_by=date(2026, 7, 10))
    row = meetings.meeting(session, "AL01", level="county", state="minuted")
    meetings.decision(session, row, "AL21", due_on=date(2026, 7, 17))
    meetings.decision(session, row, "AL22", due_on=None)
    leads.lead(session, due_on=date(2026, 8, 7))
    session.flush()


def test_an_office_owes_what_every_register_says_of_it_the_earliest_due_first(both):
    with both.app_context(), factories.plain_session() as session:
        world(session)
        assert owed(session, people.WU, "AL21") == [
            (OwedKind.INTERVIEW, date(2026, 7, 10), Light.OVERDUE),
            (OwedKind.DECISION, date(2026, 7, 17), Light.NEAR),
            (OwedKind.LEAD, date(2026, 8, 7), Light.NORMAL),
        ]
        assert owed(session, people.WU, "AL21", late=True) == [
            (OwedKind.INTERVIEW, date(2026, 7, 10), Light.OVERDUE)
        ]
        assert owed(session, people.WU, "AL22", kind=OwedKind.DECISION) == [(OwedKind.DECISION, None, None)]


def test_all_offices_stand_side_by_side_with_what_is_late(both):
    with both.app_context(), factories.plain_session() as session:
        world(session)
        assert side_by_side(session, people.WU) == {"柳溪镇": (3, 1), "白石乡": (1, 0)}


def test_a_township_reads_its_own_and_nobody_elses(both):
    with both.app_context(), factories.plain_session() as session:
        world(session)
        assert side_by_side(session, people.ZHAO) == {"柳溪镇": (3, 1)}


def test_a_unit_of_a_task_owes_its_next_day_and_what_became_a_task_is_owed_as_the_task(session):
    line = working(session)
    lines = list_owed(
        *(session, people.actor(session, people.LIN), office(session, "AL21")),
        *(OwedFilter(kind=OwedKind.SUPERVISION), DAYS, NOW),
    )
    assert [(one.record_id, one.due_on, one.to) for one in lines] == [
        (line.task_id, date(2026, 7, 14), "县信访局")
    ]


def test_an_accusation_is_counted_for_nobody_who_may_not_read_it(both):
    with both.app_context(), factories.plain_session() as session:
        matter = factories.petition(session, purpose="accusation", sealed=True)
        interviews.interview(session, correct_by=date(2026, 7, 10), petition_id=matter.id)
        session.flush()
        assert side_by_side(session, people.ZHAO) == {}


def test_the_page_costs_the_same_however_much_is_owed(both, count_statements):
    with both.app_context(), factories.plain_session() as session:
        world(session)
        reader = people.actor(session, people.WU)
        with count_statements(both) as statements:
            owed_by_offices(session, reader, NOW, TODAY)
            list_owed(session, reader, office(session, "AL21"), OwedFilter(), DAYS, NOW)
        assert len(statements) == 2 + 1 + 2


def kinds_owed(session):
    lines = list_owed(
        session, people.actor(session, people.WU), office(session, "AL21"), OwedFilter(), DAYS, NOW
    )
    return [line.kind for line in lines]


def test_a_decision_is_owed_until_its_task_is_sent_and_again_once_that_was_withdrawn(both):
    with both.app_context(), factories.plain_session() as session:
        row = meetings.meeting(session, "AL01", level="county", state="minuted")
        decision = meetings.decision(session, row, "AL21")
        origin = Origin(TaskSource.MEETING, "meeting_decision", decision.id, "修好村口道路。")
        task = filed(session, source=origin)
        assert kinds_owed(session) == [OwedKind.DECISION]
        sent = {"actor": people.actor(session, people.ZHENG), "now": NOW, "today": TODAY}
        issue_task(session, **sent, task=task, version=task.version)
        assert kinds_owed(session) == [OwedKind.SUPERVISION]
        withdraw(session, act(session, line_of(task), people.ZHENG, TODAY, "督办错了单位。"))
        assert (task.state, kinds_owed(session)) == ("closed", [OwedKind.DECISION])


def test_a_promise_is_owed_as_its_task_and_once_that_is_struck_off_waits_to_be_registered(session):
    """Due since 10 July, yet no longer late: the unit did it, and only the leader's register does not say so."""
    reception = factories.leader_reception(session, "AL")
    promise = LeaderPromise(
        reception_id=reception.id, position=1, summary="修好路灯", responsible_unit_id=office(session, "AL21").id,
        due_date=date(2026, 7, 10),
    )  # fmt: skip
    session.add(promise)
    session.flush()
    assert kinds_owed(session) == [OwedKind.PROMISE]
    line = working(session, source=Origin(TaskSource.PROMISE, "leader_promise", promise.id, "承诺修好路灯。"))
    assert kinds_owed(session) == [OwedKind.SUPERVISION]
    closed(session, line)
    asked = (session, people.actor(session, people.WU), office(session, "AL21"))
    (left,) = list_owed(*asked, OwedFilter(), DAYS, NOW)
    assert (left.kind, left.record_id, left.note, left.light) == (
        OwedKind.PROMISE, promise.id, "督办已销号，待登记落实情况", None,
    )  # fmt: skip
    assert list_owed(*asked, OwedFilter(late=True), DAYS, NOW) == []


def test_offices_stand_in_the_order_of_the_tree_not_of_their_ids(session):
    """白石乡 is sorted before 柳溪镇."""
    office(session, "AL22").sort_order = -1
    session.flush()
    rows = owed_by_offices(session, people.actor(session, people.WU), NOW, TODAY)
    assert [row.unit for row in rows] == ["安澜县", "白石乡", "县信访局", "县住建局", "县人社局", "柳溪镇"]
