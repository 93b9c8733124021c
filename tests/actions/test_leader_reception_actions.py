"""Leaders' receptions on both databases: whose name it is, what was promised."""

from datetime import date

import pytest
from sqlalchemy import select

from actions import leader_receptions as actions
from actions.leader_receptions import PromiseData, ReceptionData
from models.audit_entry import AuditEntry
from models.leader_reception import LeaderReceptionVisit
from queries.supervision_origins import Origin
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.supervision_words import TaskSource
from rules.taxonomy import LeaderReceptionMode
from tests import factories, people
from tests.people import NOW, TODAY
from tests.supervision import filed


def data(session, office="AL", **values):
    plain = {
        "unit_id": people.unit(session, office).id,
        "reception_date": TODAY,
        "leader_name": "韩副县长",
        "mode": LeaderReceptionMode.FIXED,
    }
    return ReceptionData(**(plain | values))


def register(session, member=people.WU, **values):
    return actions.register_reception(
        session, actor=people.actor(session, member), now=NOW, today=TODAY, data=data(session, **values)
    )


def test_a_leader_of_the_unit_is_tied_to_the_staff_with_the_post(session):
    row = register(session)
    session.commit()
    assert row.number == "LD-AL-2026-00001"
    assert row.leader_id == people.actor(session, people.HAN).person_id
    assert row.post == "副县长"


def test_a_leader_from_above_who_comes_down_to_a_township_is_known_too(session):
    row = register(session, people.LIN, office="AL21")
    assert row.leader_id == people.actor(session, people.HAN).person_id
    session.rollback()


def test_a_typed_post_stands(session):
    assert register(session, post="常务副县长").post == "常务副县长"
    session.rollback()


def test_more_batches_than_persons_are_refused(session):
    with pytest.raises(RuleViolations, match="总人次 1 少于总批次 2"):
        register(session, batches=2, persons=1)


def test_a_stale_or_void_reception_is_not_changed(session):
    row, wu = register(session), people.actor(session, people.WU)
    with pytest.raises(StaleVersion):
        actions.void_reception(session, actor=wu, now=NOW, row=row, version=2, reason="重复登记")
    actions.void_reception(session, actor=wu, now=NOW, row=row, version=1, reason="重复登记")
    session.commit()
    assert row.is_void


def test_the_responsible_unit_keeps_its_promise_and_others_cannot(session):
    housing = people.unit(session, "AL11").id
    row = register(session, promises=(PromiseData(0, "协调供水改造", housing, date(2026, 8, 15)),))
    (promise,) = row.promises
    done = {"now": NOW, "today": TODAY, "promise_id": promise.id, "result": "已通水", "on": TODAY}
    with pytest.raises(NotVisible):
        actions.complete_promise(session, actor=people.actor(session, people.LIN), **done)
    with pytest.raises(NotVisible):
        actions.complete_promise(session, actor=people.actor(session, people.HAN), **done)
    actions.complete_promise(session, actor=people.actor(session, people.ZHU), **done)
    session.commit()
    assert (promise.result, promise.completed_on) == ("已通水", TODAY)
    assert row.version == 2
    assert "leader_reception.complete" in session.scalars(select(AuditEntry.action)).all()


def test_a_promise_that_became_a_task_is_not_deleted(session):
    housing = people.unit(session, "AL11").id
    row = register(session, promises=(PromiseData(0, "协调供水改造", housing, date(2026, 8, 15)),))
    task = filed(session, source=Origin(TaskSource.PROMISE, "leader_promise", row.promises[0].id, "供水。"))
    with pytest.raises(RuleViolation, match=f"已转为督办 {task.number}，不能删去"):
        actions.correct_reception(
            session, actor=people.actor(session, people.WU), now=NOW, today=TODAY, row=row, data=data(session),
            version=row.version, reason="填错了",
        )  # fmt: skip
    session.rollback()


def test_a_promise_to_a_unit_that_is_not_there_is_refused(session):
    with pytest.raises(RuleViolations, match="没有这个单位"):
        register(session, promises=(PromiseData(0, "协调供水改造", 999_999),))


def test_only_visits_of_the_day_in_scope_are_linked(session):
    own = factories.visit(session, "AL21").id
    foreign = factories.visit(session, "AL22").id
    earlier = factories.visit(session, "AL21", visit_date=factories.days_before(1)).id
    register(session, people.LIN, office="AL21", visit_ids=frozenset({own, foreign, earlier}))
    assert set(session.scalars(select(LeaderReceptionVisit.visit_id))) == {own}
    session.rollback()
