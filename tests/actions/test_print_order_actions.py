"""A print order's way from waiting to done, failed or cancelled."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions.print_orders import (
    MOST_OPEN,
    cancel_print,
    fail_print,
    finish_print,
    forget_old_prints,
    note_gathered,
    note_slice,
    order_print,
)
from models.audit_entry import AuditEntry
from models.import_batch import Job
from models.print_order import PrintOrder
from rules.errors import RuleViolation
from tests import people
from tests.people import NOW


def ordered(session, member=people.LIN, **arguments):
    return order_print(
        session, actor=people.actor(session, member), now=NOW, kind="visits", title="来访登记册", arguments=arguments,
        sentence="全部有效登记", pieces=900,
    )  # fmt: skip


def steps_asked_for(session):
    return [
        (job.kind, json.loads(job.arguments)["step"]) for job in session.scalars(select(Job).order_by(Job.id))
    ]


def test_an_order_waits_with_its_job_and_is_audited(session):
    order = ordered(session, unit="5")
    session.commit()
    assert (order.state, order.step, order.pieces, order.arguments) == ("waiting", 0, 900, '{"unit": "5"}')
    assert steps_asked_for(session) == [("print.run", 0)]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "print.order")).one()
    assert (entry.subject_label, entry.reason) == (f"来访登记册 第 {order.id} 号", "全部有效登记")


def test_the_same_print_under_way_is_not_doubled_and_others_have_their_own(session):
    first = ordered(session, unit="5", state="void")
    assert ordered(session, state="void", unit="5") is first
    assert ordered(session, unit="6") is not first
    assert ordered(session, people.BAI, unit="5", state="void") is not first
    assert len(steps_asked_for(session)) == 3


def test_the_same_print_may_be_ordered_again_once_it_ended(session):
    first = ordered(session)
    fail_print(session, now=NOW, order=first, message="没有做完。")
    assert ordered(session) is not first


def test_an_account_has_three_open_orders_at_most(session):
    orders = [ordered(session, unit=str(n)) for n in range(MOST_OPEN)]
    with pytest.raises(RuleViolation, match="您已有 3 个打印任务没有做完"):
        ordered(session, unit="9")
    ordered(session, people.BAI, unit="9")
    cancel_print(session, actor=people.actor(session, people.LIN), now=NOW, order=orders[0])
    ordered(session, unit="9")


def test_each_step_asks_for_the_next_and_the_last_for_none(session):
    order = ordered(session)
    note_gathered(session, now=NOW, order=order, reach="now", pieces=880)
    assert (order.state, order.reach, order.pieces, order.step) == ("running", "now", 880, 1)
    note_slice(session, now=NOW, order=order, pieces=190, pages=30)
    note_slice(session, now=NOW, order=order, pieces=195, pages=31)
    assert (order.pieces_done, order.pages, order.step) == (385, 61, 3)
    finish_print(session, now=NOW, order=order, pages=140, digest="d" * 64, size=9000)
    assert (order.state, order.pages, order.file_size) == ("done", 140, 9000)
    assert order.expires_at == datetime(2026, 7, 22, 2, 30)
    assert [step for _kind, step in steps_asked_for(session)] == [0, 1, 2, 3]


def test_what_has_ended_is_neither_cancelled_nor_failed(session):
    lin, order = people.actor(session, people.LIN), ordered(session)
    cancel_print(session, actor=lin, now=NOW, order=order)
    with pytest.raises(RuleViolation, match="这个打印任务已取消，不用取消。"):
        cancel_print(session, actor=lin, now=NOW, order=order)
    fail_print(session, now=NOW, order=order, message="出错。")
    assert (order.state, order.error) == ("cancelled", "")
    session.commit()
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.action == "print.cancel")).all()) == 1


def test_rows_are_forgotten_after_90_days_but_not_while_they_are_open(session):
    ended, under_way = ordered(session, unit="1"), ordered(session, unit="2")
    fail_print(session, now=NOW, order=ended, message="出错。")
    kept = under_way.id
    assert forget_old_prints(session, now=NOW + timedelta(days=90)) == 0
    assert forget_old_prints(session, now=NOW + timedelta(days=90, seconds=1)) == 1
    assert session.scalars(select(PrintOrder.id)).all() == [kept]
