"""转送、交办、直接办理、签收、异议、争议 (条例第二十二至二十四条)."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.petitions.dispatching import (
    assign,
    decide_dispute,
    decide_objection,
    dispute,
    forward,
    object_to,
    receive,
    take_directly,
)
from actions.petitions.handling import notify
from actions.petitions.joining import add_unit
from models.deadline import Deadline
from models.petition import PetitionStep
from rules.petition_words import Acceptance, HandlingClass
from rules.taxonomy import Purpose
from tests import people
from tests.people import BAI, LIN, WU, ZHENG, ZHU, actor, unit
from tests.petitions import (
    FEEDBACK_DUE_ON,
    RECEIVED_ON,
    SENT_ON,
    SIGNED_ON,
    accepted,
    act,
    assigned,
    audited,
    clocks,
    last_step,
    letter,
    refused,
    registered,
    sent,
    signed,
)

DUE_TO_SEND = date(2026, 3, 17)


def live_parts(session, petition):
    return sorted((p.part, p.unit.code) for p in petition.parts if p.until is None)


def test_a_forwarded_letter_stops_the_bureaus_clock(session):
    petition = sent(session)

    assert (petition.stage, petition.dispatch_kind, petition.dispatched_on) == ("sent", "forward", SENT_ON)
    assert petition.responsible_unit.code == "AL21"
    assert clocks(session, petition)["xfbm_dispatch"] == (RECEIVED_ON, DUE_TO_SEND, SENT_ON, None)


def test_until_the_unit_signs_its_time_runs_provisionally_from_the_day_it_was_sent(session):
    """Sent on Thursday 5 March, signed on Tuesday the 17th."""
    petition = sent(session)
    notice = clock_rows(session, petition, "xfr_notice")[0]
    assert (notice.started_on, notice.due_on, notice.provisional) == (SENT_ON, date(2026, 3, 20), True)
    assert "还没有签收，暂按转送交办之日起算" in notice.trace
    assert (petition.next_due_key, petition.next_due_on) == ("xfr_notice", date(2026, 3, 20))
    assert petition.notice_due_on is None

    receive(session, act(session, petition, LIN, date(2026, 3, 17)))
    assumed, signed_for = clock_rows(session, petition, "xfr_notice")
    assert (assumed.met_on, assumed.ended_on) == (None, date(2026, 3, 17))
    assert (signed_for.due_on, signed_for.provisional) == (date(2026, 4, 1), False)
    assert petition.next_due_on == petition.notice_due_on == date(2026, 4, 1)


def test_signed_on_the_day_it_was_sent_the_clock_is_no_longer_provisional(session):
    petition = sent(session)
    receive(session, act(session, petition, LIN, SENT_ON))
    (notice,) = clock_rows(session, petition, "xfr_notice")

    assert (notice.started_on, notice.provisional, "暂按" in notice.trace) == (SENT_ON, False, False)


def clock_rows(session, petition, key):
    found = select(Deadline).filter_by(petition_id=petition.id, key=key).order_by(Deadline.id)
    return list(session.scalars(found))


def test_forwarding_writes_one_line_one_part_and_one_audit_entry(session):
    petition = registered(session)
    forward(session, act(session, petition, WU, SENT_ON, " 请依法办理。 "), unit(session, "AL21").id)
    session.commit()

    line = last_step(session, petition)
    assert (line.verb, line.happened_on, line.from_stage, line.text) == (
        *("forward", SENT_ON, "pending"),
        "请依法办理。",
    )
    assert (line.unit_id, line.to_unit_id) == (unit(session, "AL01").id, unit(session, "AL21").id)
    assert live_parts(session, petition) == [("responsible", "AL21")]
    assert audited(session) == ["petition.register", "petition.forward"]


@pytest.mark.parametrize(
    ("on", "field", "words"),
    [
        (date(2026, 3, 1), "on", "早于收到日期 2026-03-02"),
        (date(2026, 3, 6), "on", "晚于今天 2026-03-05"),
    ],
)
def test_it_is_sent_neither_before_it_came_nor_tomorrow(session, on, field, words):
    petition = registered(session)
    with refused(field, words):
        forward(session, act(session, petition, WU, on, today=SENT_ON), unit(session, "AL21").id)


def test_no_unit_no_sending(session):
    petition = registered(session)
    with refused("to_unit", "请选择单位"):
        forward(session, act(session, petition, WU, SENT_ON), None)
    with refused("to_unit", "请选择单位"):
        forward(session, act(session, petition, WU, SENT_ON), 999_999)


def test_a_closed_unit_gets_nothing(session):
    petition = registered(session)
    with session.no_autoflush:
        unit(session, "AL22").valid_to = date(2026, 3, 1)
        with refused("to_unit", "已撤销"):
            forward(session, act(session, petition, WU, SENT_ON), unit(session, "AL22").id)
    session.rollback()


def test_the_bureau_does_not_stop_its_clock_by_sending_a_letter_to_itself(session):
    petition = registered(session)
    with refused("to_unit", "请用“直接办理”"):
        forward(session, act(session, petition, WU, SENT_ON), unit(session, "AL01").id)


def test_an_accusation_never_reaches_the_accused_nor_what_stands_below_it(session):
    petition = registered(
        session, purpose=Purpose.ACCUSATION, accused_unit_id=unit(session, "AL21").id, anonymous=True
    )
    for code in ("AL21", "AL2101"):
        with refused("to_unit", "第三十条"):
            forward(session, act(session, petition, WU, SENT_ON), unit(session, code).id)
    forward(session, act(session, petition, WU, SENT_ON), unit(session, "AL12").id)
    with refused("to_unit", "第三十条"):
        add_unit(session, act(session, petition, WU, SENT_ON), unit(session, "AL2101").id)
    with refused("to_unit", "第三十条"):
        object_to(session, act(session, petition, WU, SENT_ON, "不属本局职权。"), unit(session, "AL21").id)


def test_a_township_neither_sends_for_the_county_nor_signs_for_another(session):
    petition = registered(session)
    with refused(None, "转送由登记、转送的信访部门办理。"):
        forward(session, act(session, petition, LIN, SENT_ON), unit(session, "AL21").id)
    forward(session, act(session, petition, WU, SENT_ON), unit(session, "AL21").id)
    for stranger in (BAI, ZHU, people.CHEN, people.HAN):
        with refused(None, "签收由责任单位办理。"):
            receive(session, act(session, petition, stranger, SIGNED_ON))


def test_an_assignment_carries_its_day_and_asks_for_a_report(session):
    petition = assigned(session)

    assert (petition.dispatch_kind, petition.feedback_due_on) == ("assign", FEEDBACK_DUE_ON)
    assert last_step(session, petition).until == FEEDBACK_DUE_ON
    assert clocks(session, petition)["jiaoban_feedback"] == (SENT_ON, FEEDBACK_DUE_ON, None, None)
    assert (petition.next_due_key, petition.next_due_on) == ("xfr_notice", date(2026, 3, 20))


@pytest.mark.parametrize(
    ("until", "words"), [(None, "要写明反馈期限"), (SENT_ON, "应晚于交办日期 2026-03-05")]
)
def test_an_assignment_without_a_later_day_is_refused(session, until, words):
    petition = registered(session)
    with refused("until", words):
        assign(session, act(session, petition, WU, SENT_ON), unit(session, "AL21").id, until)


def test_what_the_bureau_takes_late_stays_late_though_it_came_in_time(session):
    petition = registered(session)
    take_directly(session, act(session, petition, WU, date(2026, 4, 1)))

    assert (petition.stage, petition.dispatch_kind, petition.dispatched_on) == ("received", "direct", None)
    assert petition.handler_id == actor(session, WU).person_id
    assert clocks(session, petition)["xfbm_dispatch"] == (RECEIVED_ON, DUE_TO_SEND, None, None)

    notify(session, act(session, petition, WU, date(2026, 4, 2)), Acceptance.ACCEPTED, HandlingClass.PETITION)
    assert clocks(session, petition)["xfbm_dispatch"] == (RECEIVED_ON, DUE_TO_SEND, date(2026, 4, 2), None)
    assert clocks(session, petition)["direct_notice"] == (RECEIVED_ON, DUE_TO_SEND, date(2026, 4, 2), None)


def test_the_units_clock_runs_from_its_own_receipt(session):
    petition = signed(session)

    assert (petition.stage, petition.unit_received_on) == ("received", SIGNED_ON)
    assert petition.handler_id == actor(session, LIN).person_id
    assert clocks(session, petition)["xfr_notice"] == (SIGNED_ON, date(2026, 3, 21), None, None)
    assert clocks(session, petition)["objection"] == (SIGNED_ON, date(2026, 3, 13), None, None)
    assert petition.notice_due_on == petition.next_due_on == date(2026, 3, 21)


def test_whoever_enters_the_receipt_for_a_unit_does_not_become_its_clerk(session):
    petition = sent(session)
    receive(session, act(session, petition, WU, SIGNED_ON))

    assert petition.handler_id is None


def test_it_is_not_received_before_it_was_sent(session):
    petition = sent(session)
    with refused("on", "早于转送交办日期 2026-03-05"):
        receive(session, act(session, petition, LIN, date(2026, 3, 4), today=SIGNED_ON))


def objected(session, on=date(2026, 3, 12), petition=None):
    petition = petition or signed(session)
    object_to(session, act(session, petition, LIN, on, "灌溉渠由县水利部门管理。"), None)
    return petition


def test_an_objection_waits_for_the_sender_while_the_notice_clock_runs_on(session):
    petition = objected(session)

    assert petition.stage == "objected"
    assert last_step(session, petition).waits_for == "decide_objection"
    assert clocks(session, petition)["objection"][2] == date(2026, 3, 12)
    assert clocks(session, petition)["xfr_notice"][2:] == (None, None)
    assert petition.next_due_on == date(2026, 3, 21)


def test_an_objection_comes_within_five_working_days_with_reasons(session):
    petition = signed(session)
    with refused("on", "截止 2026-03-13"):
        object_to(session, act(session, petition, LIN, date(2026, 3, 14), "不属本镇职权。"), None)
    with refused("text", "请写明异议的详细理由"):
        object_to(session, act(session, petition, LIN, date(2026, 3, 13), " "), None)
    with refused("on", "早于收到日期 2026-03-06"):
        object_to(session, act(session, petition, LIN, SENT_ON, "不属本镇职权。", today=SIGNED_ON), None)
    object_to(session, act(session, petition, LIN, date(2026, 3, 13), "不属本镇职权。"), None)


def test_an_objection_may_be_made_at_once_without_signing_first(session):
    petition = sent(session)
    object_to(session, act(session, petition, LIN, SIGNED_ON, "不属本镇职权。"), unit(session, "AL11").id)

    assert (petition.stage, petition.unit_received_on) == ("objected", SIGNED_ON)
    assert last_step(session, petition).to_unit_id == unit(session, "AL11").id


def test_whoever_has_not_signed_objects_within_five_working_days_of_the_sending(session):
    """Sent on Thursday 5 March: the fifth working day is Thursday the 12th."""
    petition = sent(session)
    with refused("on", "截止 2026-03-12"):
        object_to(session, act(session, petition, LIN, date(2026, 3, 13), "不属本镇职权。"), None)
    object_to(session, act(session, petition, LIN, date(2026, 3, 12), "不属本镇职权。"), None)
    decide_objection(session, act(session, petition, WU, date(2026, 3, 13), "属镇级设施。"), agreed=False)
    with refused("on", "截止 2026-03-12"):
        object_to(session, act(session, petition, LIN, date(2026, 3, 16), "仍不属本镇。"), None)


def test_nobody_objects_to_what_it_received_directly(session):
    petition = registered(session, LIN, unit_id=unit(session, "AL21").id)
    with refused(None, "没有转送单位可退"):
        object_to(session, act(session, petition, LIN, SIGNED_ON, "不属本镇职权。"), None)


def test_agreed_it_goes_to_another_unit_whose_clock_starts_anew_while_the_first_sending_stays(session):
    petition = objected(session)
    decide_objection(
        session, act(session, petition, WU, date(2026, 3, 16), "经核实，属县住建局。"), agreed=True
    )
    assert (petition.stage, petition.responsible_unit_id, petition.unit_received_on) == (
        "pending",
        None,
        None,
    )
    assert clocks(session, petition)["xfr_notice"][3] == date(2026, 3, 16)
    assert live_parts(session, petition) == []
    assert (petition.next_due_key, petition.next_due_on) == ("xfbm_dispatch", date(2026, 3, 31))

    forward(session, act(session, petition, WU, date(2026, 3, 18)), unit(session, "AL11").id)
    receive(session, act(session, petition, ZHU, date(2026, 3, 19)))

    assert petition.dispatched_on == SENT_ON
    first, again = clock_rows(session, petition, "xfbm_dispatch")
    assert (first.due_on, first.met_on) == (DUE_TO_SEND, SENT_ON)
    assert (again.started_on, again.due_on, again.met_on) == (
        *(date(2026, 3, 16), date(2026, 3, 31)),
        date(2026, 3, 18),
    )
    assert clocks(session, petition)["xfr_notice"] == (date(2026, 3, 19), date(2026, 4, 3), None, None)
    assert clocks(session, petition)["objection"] == (date(2026, 3, 19), date(2026, 3, 26), None, None)
    assert live_parts(session, petition) == [("responsible", "AL11")]


def test_the_second_unit_signs_neither_before_the_second_sending_nor_is_it_sent_before_the_return(session):
    petition = objected(session)
    decide_objection(
        session, act(session, petition, WU, date(2026, 3, 16), "经核实，属县住建局。"), agreed=True
    )
    with refused("on", "早于答复异议的日期 2026-03-16"):
        late = act(session, petition, WU, date(2026, 3, 13), today=date(2026, 3, 18))
        forward(session, late, unit(session, "AL11").id)
    forward(session, act(session, petition, WU, date(2026, 3, 18)), unit(session, "AL11").id)
    with refused("on", "早于转送交办日期 2026-03-18"):
        receive(session, act(session, petition, ZHU, SIGNED_ON, today=date(2026, 3, 19)))


def test_two_units_that_sign_on_one_day_each_have_their_own_time_to_object(session):
    petition = objected(session, SIGNED_ON)
    decide_objection(session, act(session, petition, WU, SIGNED_ON, "经核实，属县住建局。"), agreed=True)
    forward(session, act(session, petition, WU, SIGNED_ON), unit(session, "AL11").id)
    receive(session, act(session, petition, ZHU, SIGNED_ON))

    assert clocks(session, petition)["objection"] == (SIGNED_ON, date(2026, 3, 13), None, None)


def test_refused_the_unit_goes_on_and_its_clock_has_never_stopped(session):
    petition = objected(session)
    decide_objection(
        session, act(session, petition, ZHENG, date(2026, 3, 16), "属镇级水利设施。"), agreed=False
    )

    assert (petition.stage, petition.unit_received_on) == ("received", SIGNED_ON)
    assert clocks(session, petition)["xfr_notice"] == (SIGNED_ON, date(2026, 3, 21), None, None)
    assert [s.waits_for for s in session.query(PetitionStep).filter_by(petition_id=petition.id)] == [None] * 4


def test_a_refused_objection_begins_no_new_five_days(session):
    petition = objected(session)
    decide_objection(session, act(session, petition, WU, date(2026, 3, 13), "属镇级水利设施。"), agreed=False)
    with refused("on", "截止 2026-03-13"):
        object_to(session, act(session, petition, LIN, date(2026, 3, 16), "仍不属本镇。"), None)


def test_the_answer_to_an_objection_gives_reasons_and_comes_after_it(session):
    petition = objected(session)
    with refused("text", "请写明答复异议的理由"):
        decide_objection(session, act(session, petition, WU, date(2026, 3, 16)), agreed=True)
    with refused("on", "早于提出异议退回的日期 2026-03-12"):
        early = act(session, petition, WU, date(2026, 3, 11), "同意。", today=date(2026, 3, 16))
        decide_objection(session, early, agreed=True)
    with refused(None, "答复异议由登记、转送的信访部门办理。"):
        decide_objection(session, act(session, petition, LIN, date(2026, 3, 16), "同意。"), agreed=True)


def disputed(session, petition=None):
    petition = petition or signed(session)
    dispute(session, act(session, petition, LIN, date(2026, 3, 9), "镇与县住建局对由谁受理有争议。"))
    return petition


def test_a_dispute_is_decided_for_another_unit_which_gets_it_anew(session):
    petition = disputed(session)
    decide_dispute(
        session, act(session, petition, WU, date(2026, 3, 18), "县政府指定。"), unit(session, "AL11").id
    )

    assert (petition.stage, petition.unit_received_on, petition.dispatched_on) == ("sent", None, SENT_ON)
    assert live_parts(session, petition) == [("responsible", "AL11")]
    of_the_town, of_the_bureau = clock_rows(session, petition, "xfr_notice")[1:]
    assert of_the_town.ended_on == date(2026, 3, 18)
    assert (of_the_bureau.due_on, of_the_bureau.provisional) == (date(2026, 4, 2), True)
    receive(session, act(session, petition, ZHU, date(2026, 3, 20)))
    assert clocks(session, petition)["xfr_notice"][:2] == (date(2026, 3, 20), date(2026, 4, 4))


def test_a_dispute_decided_for_the_unit_that_has_it_leaves_its_clock_running(session):
    petition = disputed(session)
    decide_dispute(
        session, act(session, petition, WU, date(2026, 3, 25), "县政府指定。"), unit(session, "AL21").id
    )

    assert (petition.stage, petition.unit_received_on) == ("received", SIGNED_ON)
    assert clocks(session, petition)["xfr_notice"] == (SIGNED_ON, date(2026, 3, 21), None, None)
    assert live_parts(session, petition) == [("responsible", "AL21")]


def test_a_dispute_about_what_was_received_directly_sends_it_on_for_the_first_time(session):
    petition = registered(session, LIN, unit_id=unit(session, "AL21").id)
    disputed(session, petition)
    decide_dispute(
        session, act(session, petition, WU, date(2026, 3, 18), "县政府指定。"), unit(session, "AL11").id
    )
    receive(session, act(session, petition, ZHU, date(2026, 3, 20)))

    assert (petition.dispatch_kind, petition.dispatched_on) == ("forward", date(2026, 3, 18))
    assert clocks(session, petition)["xfr_notice"][:2] == (date(2026, 3, 20), date(2026, 4, 4))
    assert clocks(session, petition)["direct_notice"][2:] == (None, date(2026, 3, 18))


def test_a_dispute_is_asked_once_and_decided_with_its_basis(session):
    petition = disputed(session)
    with refused(None, "争议已提请裁定。"):
        disputed(session, petition)
    with refused("text", "请写明裁定的依据"):
        decide_dispute(session, act(session, petition, WU, date(2026, 3, 18)), unit(session, "AL11").id)
    with refused("to_unit", "请选择单位"):
        decide_dispute(session, act(session, petition, WU, date(2026, 3, 18), "县政府指定。"), None)


def test_a_unit_that_tells_the_petitioner_ends_the_dispute(session):
    petition = accepted(session, disputed(session))

    assert [s.waits_for for s in session.query(PetitionStep).filter_by(petition_id=petition.id)] == [None] * 4
    assert last_step(session, petition).answers_id is not None


def test_an_agreed_objection_ends_the_dispute_too(session):
    petition = objected(session, petition=disputed(session))
    decide_objection(session, act(session, petition, WU, date(2026, 3, 16), "属县住建局。"), agreed=True)

    waiting = [s for s in session.query(PetitionStep).filter_by(petition_id=petition.id) if s.waits_for]
    assert waiting == []


def test_a_letter_of_2021_runs_no_clock_that_the_regulation_did_not_know_then(session):
    """Five working days to object came with the regulation of 1 May 2022."""
    petition = registered(
        session, registered_on=date(2021, 7, 1), received_on=date(2021, 7, 1), content=letter(session).content
    )
    forward(session, act(session, petition, WU, date(2021, 7, 5)), unit(session, "AL21").id)
    receive(session, act(session, petition, LIN, date(2021, 7, 6)))

    assert clocks(session, petition) == {
        "xfbm_dispatch": (date(2021, 7, 1), date(2021, 7, 16), date(2021, 7, 5), None),
        "xfr_notice": (date(2021, 7, 6), date(2021, 7, 21), None, None),
    }
