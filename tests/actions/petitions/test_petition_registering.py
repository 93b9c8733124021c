"""登记、更正、作废信访事项 (条例第十九、二十二条)."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from actions.petitions.ending import merge
from actions.petitions.joining import add_unit
from actions.petitions.registering import correct_petition, register_petition, void_petition
from models.audit_entry import AuditEntry
from models.deadline import Deadline
from models.petition import Petition, PetitionVisit
from models.petition_letter import PetitionLetter
from rules.errors import StaleVersion
from rules.office_time import day_of
from rules.petition_rules import ALREADY_SOMEWHERE, LONGEST_CONTENT
from rules.petition_words import ItemKind, ReviewOpinion
from rules.taxonomy import Purpose
from tests import factories
from tests.people import BAI, LIN, WU, ZHENG, actor, unit
from tests.petitions import (
    ASKED_ON,
    RECEIVED_ON,
    SENT_ON,
    SERVED_ON,
    SIGNED_ON,
    TOLD_ON,
    accepted,
    act,
    approved,
    audited,
    clocks,
    letter,
    moment,
    refused,
    registered,
    reviewed,
    sent,
    served,
    signed,
)


def correct(session, petition, by=WU, on=TOLD_ON, version=None, **values):
    correct_petition(
        session,
        actor=actor(session, by),
        now=moment(on),
        today=on,
        petition=petition,
        data=letter(session, unit_id=petition.unit_id, **values),
        version=petition.version if version is None else version,
        reason="信访人更正",
    )


def void(session, petition, by=WU, now=None):
    now = now or moment(TOLD_ON)
    void_petition(
        session,
        actor=actor(session, by),
        now=now,
        today=day_of(now),
        petition=petition,
        version=petition.version,
        reason="登记错误",
    )


def test_the_county_office_has_15_days_to_send_on_what_it_registers(session):
    petition = registered(session)
    session.commit()

    assert (petition.number, petition.stage) == ("XF-AL01-2026-00001", "pending")
    assert petition.responsible_unit_id is None
    assert clocks(session, petition) == {"xfbm_dispatch": (RECEIVED_ON, date(2026, 3, 17), None, None)}
    assert (petition.next_due_on, petition.next_due_key) == (date(2026, 3, 17), "xfbm_dispatch")
    assert audited(session) == ["petition.register"]


def test_a_township_handles_what_it_registers(session):
    petition = registered(session, LIN, unit_id=unit(session, "AL21").id)

    assert (petition.stage, petition.dispatch_kind) == ("received", "direct")
    assert petition.responsible_unit.code == "AL21"
    assert petition.handler_id == actor(session, LIN).person_id
    assert clocks(session, petition) == {"direct_notice": (RECEIVED_ON, date(2026, 3, 17), None, None)}
    assert petition.notice_due_on == date(2026, 3, 17)


def test_the_clock_runs_from_the_day_it_came_and_the_figure_from_the_day_it_was_registered(session):
    petition = registered(session, registered_on=date(2026, 3, 4))

    assert clocks(session, petition)["xfbm_dispatch"][:2] == (RECEIVED_ON, date(2026, 3, 17))
    assert petition.dispatch_due_on == date(2026, 3, 19)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"received_on": date(2026, 3, 3)}, "received_on", "晚于登记日期"),
        ({"received_on": date(1989, 12, 31)}, "received_on", "早于 1990 年"),
        ({"postmarked_on": date(2026, 3, 3)}, "postmarked_on", "晚于收到日期"),
        ({"happened_on": date(2026, 3, 3)}, "happened_on", "晚于收到日期"),
        ({"persons": 0}, "persons", "1 到 9999"),
        ({"persons": 10_000}, "persons", "1 到 9999"),
        ({"persons": 8, "representatives": 6}, "representatives", "第二十条"),
        ({"persons": 2, "representatives": 3}, "representatives", "多于人数"),
        ({"persons": 5, "involved_persons": 4}, "involved_persons", "少于人数"),
        ({"content": "  "}, "content", "请填写概况"),
        ({"content": "水" * (LONGEST_CONTENT + 1)}, "content", "最多 5000 字"),
        ({"title": "水" * 61}, "title", "最多 60 字"),
        ({"contacts": ()}, "name_1", "请填写信访人姓名"),
        ({"category_id": 999_999}, "category", "请选择内容分类"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(session, values, field, words):
    with refused(field, words):
        registered(session, **values)


def test_nobody_registers_for_tomorrow_or_for_another_township(session):
    day = date(2026, 3, 3)
    with refused("registered_on", "晚于今天"):
        register_petition(
            session,
            actor=actor(session, WU),
            now=moment(RECEIVED_ON),
            today=RECEIVED_ON,
            data=letter(session, registered_on=day, received_on=day),
        )
    with refused("unit", "只能为本单位及下级单位登记"):
        registered(session, BAI, unit_id=unit(session, "AL21").id)


def test_five_speak_for_a_larger_group(session):
    assert registered(session, persons=12).representatives == 5
    assert registered(session, persons=3).representatives == 3


def test_whoever_wishes_no_name_needs_none(session):
    assert registered(session, anonymous=True, contacts=()).contacts == []


def test_an_accusation_is_sealed_and_not_taken_down_where_it_accuses(session):
    township = unit(session, "AL21").id
    assert registered(session, purpose=Purpose.ACCUSATION, accused_unit_id=township).sealed is True
    with refused("accused_unit", "第三十条"):
        registered(
            session,
            LIN,
            unit_id=township,
            purpose=Purpose.ACCUSATION,
            accused_unit_id=unit(session, "AL21").id,
        )


def test_the_county_office_registers_an_accusation_against_itself(session):
    petition = registered(session, purpose=Purpose.ACCUSATION, accused_unit_id=unit(session, "AL01").id)

    assert petition.sealed is True


def test_a_key_used_before_gives_the_same_petition_and_no_second_number(session):
    first, again = registered(session, key="k"), registered(session, key="k")

    assert first.id == again.id
    assert registered(session).number == "XF-AL01-2026-00002"


def test_a_province_number_belongs_to_one_petition_until_that_is_void(session):
    first = registered(session, external_number="410000202603020001")
    with refused("external_number", "已登记在 XF-AL01-2026-00001"):
        registered(session, external_number="410000202603020001")
    void(session, first)
    assert registered(session, external_number="410000202603020001").number == "XF-AL01-2026-00002"
    session.commit()


@pytest.mark.parametrize("hidden", ["another office's", "sealed"])
def test_typing_a_province_number_does_not_tell_of_a_matter_that_is_out_of_sight(session, hidden):
    number = "410000202603020001"
    if hidden == "sealed":
        registered(session, ZHENG, external_number=number, purpose=Purpose.ACCUSATION)
    else:
        registered(session, BAI, unit_id=unit(session, "AL22").id, external_number=number)
    with refused("external_number", ALREADY_SOMEWHERE):
        registered(session, LIN, unit_id=unit(session, "AL21").id, external_number=number)
    if hidden == "sealed":
        with refused("external_number", ALREADY_SOMEWHERE):
            registered(session, external_number=number)


def test_registering_from_a_visit_links_the_two(session):
    visit = factories.visit(session, "AL01")
    petition = register_petition(
        session,
        actor=actor(session, WU),
        now=moment(RECEIVED_ON),
        today=RECEIVED_ON,
        data=letter(session),
        visit=visit,
    )
    link = session.scalars(select(PetitionVisit)).one()
    assert (link.petition_id, link.visit_id) == (petition.id, visit.id)


def from_visit(session, visit, by=WU, reason="", **values):
    return register_petition(
        session,
        actor=actor(session, by),
        now=moment(RECEIVED_ON),
        today=RECEIVED_ON,
        data=letter(session, **{"contacts": ()} | values),
        visit=visit,
        look_reason=reason,
    )


def test_to_take_over_people_whom_one_reads_masked_is_a_look_at_them(session):
    visit = factories.visit(session, "AL21")
    with refused("look_reason", "要写明理由，并留痕"):
        from_visit(session, visit)
    petition = from_visit(session, visit, reason="转为信访事项办理")
    session.commit()

    assert [c.name for c in petition.contacts] == ["周大山"]
    look, made = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert (look.action, look.subject_id, look.reason) == ("visit.reveal", visit.id, "转为信访事项办理")
    assert made.action == "petition.register"


def test_the_office_that_received_them_takes_over_its_own_people_without_asking(session):
    from_visit(session, factories.visit(session, "AL21"), LIN, unit_id=unit(session, "AL21").id)

    assert audited(session) == ["petition.register"]


def test_what_was_told_in_confidence_stays_so_whatever_the_form_says(session):
    visit = factories.visit(session, "AL01", confidential=True)
    with refused("look_reason", "要写明理由"):
        from_visit(session, visit)

    assert from_visit(session, visit, reason="转为信访事项办理", confidential=False).confidential is True


def test_a_corrected_day_of_receipt_moves_the_clock_and_leaves_an_entry(session):
    petition = sent(session)
    correct(session, petition, received_on=date(2026, 2, 27), registered_on=RECEIVED_ON)
    session.commit()

    assert clocks(session, petition)["xfbm_dispatch"] == (date(2026, 2, 27), date(2026, 3, 14), SENT_ON, None)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.reason) == ("petition.correct", "信访人更正")
    assert "received_on" in entry.fields


def test_marked_as_judicial_it_has_no_time_of_notice_any_more_while_the_figure_keeps_its_day(session):
    petition = signed(session)
    correct(session, petition, judicial=True)
    assert clocks(session, petition)["xfr_notice"][2:] == (None, TOLD_ON)
    assert (petition.next_due_on, petition.notice_due_on) == (None, date(2026, 3, 21))

    correct(session, petition, judicial=False)
    assert clocks(session, petition)["xfr_notice"] == (SIGNED_ON, date(2026, 3, 21), None, None)
    assert petition.next_due_on == date(2026, 3, 21)


def test_an_accusation_runs_no_notice_clock_and_keeps_that_of_the_sender(session):
    petition = registered(session, purpose=Purpose.ACCUSATION)

    assert clocks(session, petition).keys() == {"xfbm_dispatch"}


def test_a_clock_that_was_met_under_a_wrong_day_of_receipt_falls_away_when_the_day_is_corrected(session):
    """Sent on 5 March; received on 2 March as registered, on 27 February as corrected."""
    petition = sent(session)
    correct(session, petition, received_on=date(2026, 2, 27))
    kept = select(Deadline.started_on, Deadline.met_on, Deadline.ended_on)
    kept = kept.filter_by(petition_id=petition.id, key="xfbm_dispatch").order_by(Deadline.id)
    assert session.execute(kept).all() == [
        (RECEIVED_ON, None, TOLD_ON),
        (date(2026, 2, 27), SENT_ON, None),
    ]

    correct(session, petition, received_on=RECEIVED_ON)
    assert session.execute(kept).all() == [
        (RECEIVED_ON, SENT_ON, None),
        (date(2026, 2, 27), None, TOLD_ON),
    ]


def test_a_correction_of_anything_else_leaves_what_was_met_before_a_second_reply(session):
    """The first reply's time to ask for a review was used; the second has its own, and the first stays used."""
    petition = reviewed(session, ReviewOpinion.REDONE)
    served(session, approved(session, petition, on=date(2026, 6, 10)), date(2026, 6, 12))
    correct(session, petition, WU, on=date(2026, 6, 13), title="反映西灌溉渠断水")
    used = select(Deadline.started_on, Deadline.met_on, Deadline.ended_on)
    used = used.filter_by(petition_id=petition.id, key="fc_apply").order_by(Deadline.id)

    assert session.execute(used).all() == [
        (SERVED_ON, ASKED_ON, None),
        (date(2026, 6, 12), None, None),
    ]


def test_a_unit_that_received_directly_received_on_the_corrected_day(session):
    petition = registered(session, LIN, unit_id=unit(session, "AL21").id)
    correct(session, petition, LIN, received_on=date(2026, 2, 27), registered_on=RECEIVED_ON)

    assert petition.unit_received_on == date(2026, 2, 27)
    assert clocks(session, petition)["direct_notice"] == (date(2026, 2, 27), date(2026, 3, 14), None, None)
    assert petition.next_due_on == petition.notice_due_on == date(2026, 3, 14)


def test_it_did_not_come_after_it_was_sent_on(session):
    petition = signed(session)
    with refused("received_on", "晚于已经办理的 2026-03-05"):
        correct(session, petition, received_on=SIGNED_ON, registered_on=SIGNED_ON)


def test_a_correction_does_not_leave_an_accusation_with_a_unit_that_has_a_part_in_it(session):
    petition = accepted(session)
    add_unit(session, act(session, petition, WU, TOLD_ON), unit(session, "AL12").id)
    for code in ("AL21", "AL12"):
        with session.no_autoflush, refused("accused_unit", "第三十条"):
            correct(session, petition, purpose=Purpose.ACCUSATION, accused_unit_id=unit(session, code).id)


def test_what_is_handled_as_a_petition_does_not_become_a_suggestion_but_may_be_sealed(session):
    petition = accepted(session)
    with refused("purpose", "信访目的“意见建议”属于建议意见，不能按“信访处理”办理"):
        correct(session, petition, purpose=Purpose.SUGGESTION)
    correct(session, petition, purpose=Purpose.APPEAL)
    correct(session, petition, purpose=Purpose.ACCUSATION)

    assert petition.sealed is True


def test_a_correction_keeps_the_unit_and_changes_something(session):
    petition = registered(session)
    with refused("unit", "登记单位不能更改"):
        correct_petition(
            session,
            actor=actor(session, WU),
            now=moment(TOLD_ON),
            today=TOLD_ON,
            petition=petition,
            data=letter(session, unit_id=unit(session, "AL21").id),
            version=petition.version,
            reason="改单位",
        )
    with refused(None, "没有改动任何内容"):
        correct(session, petition)


def test_only_the_registering_office_and_those_above_it_correct(session):
    petition = registered(session, LIN, unit_id=unit(session, "AL21").id)
    with refused(None, "只能由登记单位更正或作废"):
        correct(session, petition, BAI, persons=2)
    correct(session, petition, ZHENG, persons=2)

    assert petition.persons == 2


def test_whoever_corrects_what_somebody_else_just_saved_is_told(session):
    petition = registered(session)
    seen = petition.version
    correct(session, petition, persons=2)
    with pytest.raises(StaleVersion):
        correct(session, petition, ZHENG, version=seen, persons=3)


def test_a_void_petition_stays_and_its_clocks_end_on_the_day_of_the_office(session):
    """7 a.m. of 11 March in the office is still 10 March in UTC, as moments are stored."""
    petition = signed(session)
    void(session, petition, now=datetime(2026, 3, 10, 23, 0))
    session.commit()

    assert petition.number == "XF-AL01-2026-00001"
    assert clocks(session, petition)["xfr_notice"] == (
        *(SIGNED_ON, date(2026, 3, 21)),
        *(None, date(2026, 3, 11)),
    )
    assert clocks(session, petition)["xfbm_dispatch"][2:] == (SENT_ON, None)
    assert petition.next_due_on is None
    with refused(None, "已作废，不能再改"):
        void(session, petition)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"included": False}, "included", "“纳入统计”只能由县信访局负责人更正"),
        ({"judicial": True}, "judicial", "“涉法涉诉”只能由县信访局负责人更正"),
        ({"anonymous": True}, "anonymous", "“匿名”只能由县信访局负责人更正"),
        ({"item_kind": ItemKind.REPEAT}, "item_kind", "“初件、重件”只能由县信访局负责人更正"),
        ({"registered_on": date(2026, 3, 4)}, "registered_on", "期限 2026-03-17 已过"),
        ({"received_on": date(2026, 2, 27)}, "received_on", "期限 2026-03-17 已过"),
    ],
)
def test_a_late_matter_is_taken_out_of_the_rates_by_the_director_alone(session, changes, field, words):
    """To be sent on by 17 March; on the 17th the clerk may still say so, on the 18th only the director may."""
    day_after, petition = date(2026, 3, 18), registered(session)
    with refused(field, words):
        correct(session, petition, WU, on=day_after, **changes)
    correct(session, petition, WU, on=day_after, persons=2)
    correct(session, petition, ZHENG, on=day_after, persons=2, **changes)

    assert audited(session)[-2:] == ["petition.correct", "petition.correct-counting"]
    timely = registered(session)
    correct(session, timely, WU, on=date(2026, 3, 17), **changes)
    assert audited(session)[-1] == "petition.correct"


def test_a_township_does_not_take_its_own_late_matter_out_of_the_rates_nor_void_it(session):
    petition = registered(session, LIN, unit_id=unit(session, "AL21").id)
    with refused("included", "只能由县信访局负责人更正"):
        correct(session, petition, LIN, on=date(2026, 3, 18), included=False)
    with refused(None, "期限 2026-03-17 已过，只能由县信访局负责人作废。"):
        void(session, petition, LIN, now=moment(date(2026, 3, 18)))
    with refused(None, "只能由县信访局负责人作废。"):
        void(session, petition, WU, now=moment(date(2026, 3, 18)))
    void(session, petition, ZHENG, now=moment(date(2026, 3, 18)))

    assert (petition.is_void, audited(session)[-1]) == (True, "petition.void-counting")


def test_what_was_answered_in_time_counts_as_it_stands_from_its_first_due_date_on(session):
    petition = signed(session)
    with refused("item_kind", "期限 2026-03-17 已过"):
        correct(session, petition, WU, on=date(2026, 3, 18), item_kind=ItemKind.REPEAT)


def test_after_a_paper_was_issued_it_counts_as_it_stands_whatever_the_day(session):
    petition = signed(session)
    session.add(issued_letter(petition))
    with refused("judicial", "这件已印发文书，“涉法涉诉”只能由县信访局负责人更正"):
        correct(session, petition, WU, judicial=True)
    with refused(None, "这件已印发文书，只能由县信访局负责人作废。"):
        void(session, petition, WU)
    void(session, petition, ZHENG)


def issued_letter(petition):
    return PetitionLetter(
        petition_id=petition.id,
        kind="forward",
        unit_id=petition.unit_id,
        state="issued",
        drafted_at=moment(SENT_ON),
        issued_on=SENT_ON,
        content="{}",
        content_digest="0" * 64,
    )


def test_what_others_were_merged_into_is_not_voided_under_them(session):
    first, again = sent(session), registered(session)
    merge(session, act(session, again, WU, SENT_ON), first)
    with refused(None, "有 1 件已并入这件"):
        void(session, first)
    void(session, again)
    void(session, first)

    assert session.query(Petition).filter(Petition.voided_at.is_not(None)).count() == 2
