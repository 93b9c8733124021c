"""A leaver's open visits change hands in one transaction."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.hand_over import hand_over
from models.audit_entry import AuditEntry
from models.petition import Petition
from models.visit import Visit
from queries.handing_over import open_work, possible_successors
from rules.errors import RuleViolation
from tests import factories, people
from tests.people import NOW, TODAY
from tests.staff_accounts import account_of

DUE = date(2026, 8, 1)


@pytest.fixture
def world(both):
    """林秀 handles two open visits, one concluded, one void, one without due date."""
    with both.app_context(), factories.plain_session() as plain, plain.begin():
        lin = account_of(plain, people.LIN).person_id
        mine = {"handler_id": lin, "outcome": "committed", "due_date": DUE}
        factories.visit(plain, **mine)
        factories.visit(plain, **mine)
        factories.visit(plain, **mine, completed_on=TODAY)
        factories.visit(plain, **mine, voided_at=NOW)
        factories.visit(plain, handler_id=lin)
    return mine


def give(session, to, leaver=people.LIN):
    return hand_over(
        session, actor=people.actor(session, people.SUN), now=NOW, today=TODAY, leaver=account_of(session, leaver),
        successor=account_of(session, to) if to else None, reason="调离",
    )  # fmt: skip


def test_open_work_move_the_posting_ends_the_account_closes(world, session):
    assert give(session, people.ZHAO).work.visits == 2
    session.commit()
    leaver, successor = account_of(session, people.LIN), account_of(session, people.ZHAO)
    assert (open_work(session, leaver.person_id).visits, open_work(session, successor.person_id).visits) == (
        0,
        2,
    )
    kept = session.scalars(select(Visit.id).where(Visit.handler_id == leaver.person_id)).all()
    assert len(kept) == 3
    assert (leaver.disabled_at, leaver.disabled_reason) == (NOW, "调离")
    assert [p.to_date for p in leaver.person.postings] == [TODAY]
    entries = session.execute(
        select(AuditEntry.action, AuditEntry.subject_label).order_by(AuditEntry.id)
    ).all()
    assert [tuple(e) for e in entries] == [
        ("posting.end", "林秀"),
        ("account.hand_over", "lin→zhao 来访 2 件"),
    ]


@pytest.mark.parametrize(
    ("to", "message"),
    [
        (None, "还有未办结的来访或信访事项，请选择承接人"),
        (people.LIN, "承接人应是能登记来访的在用账号"),
        (people.NEW, "承接人应是能登记来访的在用账号"),
        (people.HAN, "承接人应是能登记来访的在用账号"),
        (people.BAI, "其中有承接人不能办理的来访"),
    ],
)
def test_a_successor_who_could_not_handle_them_is_refused(world, session, to, message):
    with pytest.raises(RuleViolation, match=message):
        give(session, to)


@pytest.mark.parametrize("kind", ["sealed", "accused"])
def test_sealed_matters_and_matters_that_name_the_successor_are_not_handed_to_him(world, both, session, kind):
    session.rollback()
    with factories.plain_session() as plain, plain.begin():
        zhao = account_of(plain, people.ZHAO).person_id
        more = {"sealed": True, "purpose": "accusation"} if kind == "sealed" else {"accused_person_id": zhao}
        factories.visit(plain, **world, **more)
    with pytest.raises(RuleViolation, match="属密封材料或应当回避"):
        give(session, people.ZHAO)


def test_petitions_not_archived_change_hands_as_well(both, session):
    session.rollback()
    with factories.plain_session() as plain, plain.begin():
        lin = account_of(plain, people.LIN).person_id
        kept = {"unit_code": "AL21", "responsible": "AL21", "handler_id": lin}
        factories.petition(plain, **kept, stage="handling")
        factories.petition(plain, **kept, stage="concluded")
        factories.petition(plain, **kept, stage="archived")
        factories.petition(plain, **kept, stage="handling", voided_at=NOW)
    moved = give(session, people.ZHAO)
    assert (moved.work.visits, moved.work.petitions, moved.words) == (0, 2, "信访事项 2 件")
    session.commit()
    zhao = account_of(session, people.ZHAO).person_id
    stages = session.scalars(
        select(Petition.stage).where(Petition.handler_id == zhao).order_by(Petition.stage)
    )
    assert list(stages) == ["concluded", "handling"]


def test_petitions_go_to_who_may_handle_petitions_and_see_them(both, session):
    session.rollback()
    with factories.plain_session() as plain, plain.begin():
        lin = account_of(plain, people.LIN).person_id
        factories.petition(plain, "AL21", responsible="AL21", handler_id=lin, stage="handling")
    with pytest.raises(RuleViolation, match="其中有信访事项"):
        give(session, people.CHEN)
    with pytest.raises(RuleViolation, match="不能办理的来访或信访事项"):
        give(session, people.BAI)


def test_without_open_work_no_successor_is_needed(session):
    assert give(session, None, leaver=people.BAI).work.visits == 0
    session.commit()
    assert account_of(session, people.BAI).disabled_at == NOW


def test_nobody_hands_over_himself(session):
    with pytest.raises(RuleViolation, match="不能办理自己的离岗移交"):
        give(session, people.WU, leaver=people.SUN)


def test_colleagues_come_first_among_the_possible_successors(reading):
    found = possible_successors(reading, account_of(reading, people.LIN))
    assert [a.username for a in found] == ["zhao", "wu", "zheng"]
