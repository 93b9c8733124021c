"""One step for many petitions: each its own line and entry, refusals in the words of the single step, nothing twice."""

import pytest
from sqlalchemy import func, select

from actions.petitions.dispatching import forward, receive
from actions.petitions.many import MOST_AT_ONCE, OVERTAKEN, take_each
from models.audit_entry import AuditEntry
from models.petition import PetitionStep, PetitionUnit
from queries.audit_chain import verify_chain
from rules.errors import RuleViolation
from rules.petition_states import Stage
from tests.people import LIN, WU, unit
from tests.petitions import SENT_ON, SIGNED_ON, act, clocks, registered, sent, steps_of


def forwarding(session, code="AL21"):
    to = unit(session, code).id
    return lambda s, a: forward(s, a, to)


def acts(session, petitions, member=WU, on=SENT_ON, key="", **more):
    return [act(session, petition, member, on, key=key, **more) for petition in petitions]


def entries(session, action="petition.forward"):
    return session.scalar(select(func.count()).where(AuditEntry.action == action))


def test_each_has_its_own_step_part_clocks_and_audit_entry(session):
    ones = [registered(session) for _ in range(3)]
    outcomes = take_each(session, acts(session, ones), forwarding(session))
    session.commit()

    assert [(o.petition_id, o.stage, o.refusal) for o in outcomes] == [(p.id, Stage.SENT, "") for p in ones]
    assert [[s.verb for s in steps_of(session, p)] for p in ones] == [["forward"]] * 3
    assert [[part.unit.code for part in p.parts] for p in ones] == [["AL21"]] * 3
    assert entries(session) == 3
    assert verify_chain(session).ok


def test_the_clocks_are_those_of_the_single_step(session):
    alone, among = sent(session), sent(session)
    receive(session, act(session, alone, LIN, SIGNED_ON))
    (outcome,) = take_each(session, acts(session, [among], LIN, SIGNED_ON), receive)
    session.commit()

    assert clocks(session, among) == clocks(session, alone)
    assert (outcome.due_on, outcome.due_key) == (alone.next_due_on, alone.next_due_key)
    assert outcome.due_on is not None


def test_one_that_is_refused_says_why_as_the_single_step_does_and_leaves_the_others_be(session):
    first, gone, last = registered(session), sent(session), registered(session)
    with pytest.raises(RuleViolation) as alone:
        forward(session, act(session, gone, WU, SENT_ON), unit(session, "AL21").id)
    before = gone.version
    outcomes = take_each(session, acts(session, [first, gone, last]), forwarding(session))
    session.commit()

    assert [o.refusal for o in outcomes] == ["", alone.value.message, ""]
    assert alone.value.message == "目前是“待签收”，不能转送。"
    assert (gone.version, len(steps_of(session, gone))) == (before, 1)
    assert [p.stage for p in (first, gone, last)] == ["sent", "sent", "sent"]


def test_a_refusal_that_belongs_to_a_field_names_it(session):
    (outcome,) = take_each(session, acts(session, [registered(session)]), forwarding(session, "AL01"))
    assert outcome.field == "to_unit"
    assert "请用“直接办理”" in outcome.refusal


def test_the_same_form_sent_twice_changes_each_once(session):
    ones = [registered(session), registered(session)]
    for _ in range(2):
        outcomes = take_each(session, acts(session, ones, key="form"), forwarding(session))
        session.commit()

    assert [o.was_done for o in outcomes] == [True, True]
    assert [len(steps_of(session, p)) for p in ones] == [1, 1]
    assert session.query(PetitionUnit).count() == 2
    assert entries(session) == 2


def test_what_somebody_else_did_meanwhile_is_told_and_not_overwritten(session):
    mine, theirs = registered(session), registered(session)
    seen = acts(session, [mine, theirs])
    forward(session, act(session, theirs, WU, SENT_ON), unit(session, "AL11").id)
    outcomes = take_each(session, seen, forwarding(session))
    session.commit()

    assert [o.refusal for o in outcomes] == ["", OVERTAKEN]
    assert (mine.responsible_unit.code, theirs.responsible_unit.code) == ("AL21", "AL11")


def test_a_day_before_the_matter_came_is_refused_of_that_one_only(session):
    late = registered(session, registered_on=SIGNED_ON, received_on=SIGNED_ON)
    early = registered(session)
    outcomes = take_each(
        session, acts(session, [late, early], on=SENT_ON, today=SIGNED_ON), forwarding(session)
    )
    assert [o.field for o in outcomes] == ["on", ""]
    assert [o.is_refused for o in outcomes] == [True, False]


def test_more_than_two_hundred_are_refused_as_a_whole(session):
    one = act(session, registered(session), WU, SENT_ON)
    with pytest.raises(RuleViolation, match="一次最多办理 200 件"):
        take_each(session, [one] * (MOST_AT_ONCE + 1), forwarding(session))
    assert session.query(PetitionStep).count() == 0


def test_what_is_read_is_read_once_for_all(both, session, count_statements):
    """What each petition costs more is what is written of it, and its own clocks."""

    def cost(number):
        ones = acts(session, [registered(session) for _ in range(number)], key=f"form {number}")
        with count_statements(both) as statements:
            take_each(session, ones, forwarding(session))
        return len(statements)

    assert (cost(12) - cost(2)) / 10 <= 18
