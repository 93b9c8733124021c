"""移交: a running matter goes to the unit that takes on the work of one that is closed; nothing begins anew."""

from datetime import date

from actions.petitions.dispatching import decide_dispute, dispute
from actions.petitions.handing_over import hand_over
from actions.petitions.many import take_each
from models.deadline import Deadline
from queries.organisation import in_the_way_of_closing, running_petitions
from queries.petition_scope import running_of, visible_ids
from tests.people import BAI, LIN, TODAY, WU, ZHENG, actor, unit
from tests.petitions import (
    SENT_ON,
    accepted,
    act,
    assigned,
    audited,
    clocks,
    concluded,
    draft,
    last_step,
    refused,
    registered,
    sent,
)

MOVED_ON, WHY = date(2026, 4, 1), "柳溪镇并入白石乡。"


def handed_over(session, petition, to="AL22", on=MOVED_ON, member=WU, text=WHY, number="安政〔2026〕8号"):
    hand_over(session, act(session, petition, member, on, text), unit(session, to).id, number)
    return petition


def test_the_successor_owes_on_the_same_days(session):
    petition = accepted(session)
    before = clocks(session, petition)
    due = petition.next_due_on, petition.next_due_key, petition.reply_due_on, petition.notice_due_on
    handed_over(session, petition)
    session.commit()

    assert clocks(session, petition) == before
    assert (petition.next_due_on, petition.next_due_key, petition.reply_due_on, petition.notice_due_on) == due
    assert (petition.responsible_unit.code, petition.stage, petition.unit_received_on) == (
        "AL22",
        "handling",
        date(2026, 3, 6),
    )


def test_its_clocks_are_the_same_rows_with_their_traces_and_those_of_others_stay_theirs(session):
    petition = accepted(session)
    rows = session.query(Deadline).filter_by(petition_id=petition.id).order_by(Deadline.id)
    before = [(row.id, row.key, row.trace, row.due_on) for row in rows]
    handed_over(session, petition)
    assert [(row.id, row.key, row.trace, row.due_on) for row in rows] == before
    assert {row.key: row.unit_id for row in rows} == {
        "xfbm_dispatch": unit(session, "AL01").id,
        **dict.fromkeys(("xfr_notice", "objection", "handle"), unit(session, "AL22").id),
    }


def test_what_was_assigned_is_reported_by_the_day_that_was_set(session):
    petition = assigned(session)
    before = clocks(session, petition)
    handed_over(session, petition, on=SENT_ON)
    assert clocks(session, petition) == before


def test_it_is_one_step_with_its_reason_and_the_number_of_the_paper(session):
    petition = handed_over(session, accepted(session), member=ZHENG)
    session.commit()
    step = last_step(session, petition)
    assert (step.verb, step.happened_on, step.text, step.outcome, step.to_unit.code) == (
        "hand_over",
        MOVED_ON,
        WHY,
        "安政〔2026〕8号",
        "AL22",
    )
    assert audited(session)[-1] == "petition.hand-over"


def test_the_successor_sees_it_and_the_former_unit_no_longer_does(session):
    petition = handed_over(session, accepted(session))
    assert visible_ids(session, actor(session, BAI), [petition.id]) == [petition.id]
    assert visible_ids(session, actor(session, LIN), [petition.id]) == []
    assert [(part.unit.code, part.since, part.until) for part in petition.parts] == [
        ("AL21", SENT_ON, MOVED_ON),
        ("AL22", MOVED_ON, None),
    ]


def test_a_reply_that_is_being_written_goes_with_it(session):
    petition = accepted(session)
    reply = draft(session, petition, date(2026, 3, 20))
    handed_over(session, petition)
    assert (reply.unit_id, reply.state) == (unit(session, "AL22").id, "draft")


def test_what_is_missing_or_makes_no_sense_is_refused(session):
    petition = accepted(session)
    with refused("to_unit", "它已由这个单位办理"):
        handed_over(session, petition, to="AL21")
    with refused("text", "移交的理由"):
        handed_over(session, petition, text="")
    with refused("on", "早于转送交办日期"):
        handed_over(session, petition, on=date(2026, 3, 4))
    with refused(None, "移交由县信访局办理。"):
        handed_over(session, petition, member=LIN)
    with refused(None, "目前是“待转送”，不能移交。"):
        handed_over(session, registered(session))
    with refused(None, "目前是“已办结”，不能移交。"):
        handed_over(session, concluded(session), on=TODAY)


def test_all_running_matters_of_a_unit_go_at_once_and_the_unit_may_be_closed(session):
    ones = [accepted(session), sent(session), concluded(session)]
    old, new = unit(session, "AL21"), unit(session, "AL22")
    ids = running_of(session, actor(session, WU), old.id, 200)
    assert ids == [ones[0].id, ones[1].id]
    assert any(
        "没有办完的信访事项 2 件（由县信访局移交" in w for w in in_the_way_of_closing(session, old, TODAY)
    )
    acts = [act(session, petition, WU, MOVED_ON, WHY) for petition in ones[:2]]
    outcomes = take_each(session, acts, lambda s, a: hand_over(s, a, new.id))
    session.commit()
    assert [(o.refusal, o.stage) for o in outcomes] == [("", "handling"), ("", "sent")]
    assert (running_petitions(session, old), running_petitions(session, new)) == (0, 2)


def test_a_unit_that_has_it_again_owes_by_the_clock_it_had_before(session):
    """Sent, handed over and handed back on one day: one clock of each kind runs, and the other unit's is over."""
    petition = sent(session)
    handed_over(session, petition, "AL22", on=SENT_ON)
    dispute(session, act(session, petition, BAI, SENT_ON, "职责不清。"))
    decide_dispute(session, act(session, petition, WU, SENT_ON, "由柳溪镇办理。"), unit(session, "AL21").id)
    handed_over(session, petition, "AL22", on=SENT_ON)
    session.flush()

    rows = session.query(Deadline).filter_by(petition_id=petition.id, key="xfr_notice").all()
    assert {(row.unit_id, row.ended_on) for row in rows} == {
        (unit(session, "AL22").id, None),
        (unit(session, "AL21").id, SENT_ON),
    }
    assert len(rows) == 2
