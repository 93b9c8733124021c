"""答复: drafted by the clerk, approved or sent back by the unit's head (条例第三十一、三十二条)."""

from datetime import date

import pytest

from actions.petitions.replying import approve_reply, return_reply, save_reply, submit_reply
from models.petition import PetitionReply
from rules.errors import StaleVersion
from rules.petition_words import Conclusion, HandlingClass
from tests.people import LIN, WU, ZHAO, ZHENG, actor
from tests.petitions import (
    APPROVED_ON,
    REPLY,
    TOLD_ON,
    accepted,
    act,
    approved,
    audited,
    clocks,
    draft,
    refused,
    reply_data,
    steps_of,
)

DRAFTED_ON = date(2026, 4, 20)


def submitted(session, petition=None):
    petition = petition or accepted(session)
    reply = draft(session, petition, DRAFTED_ON)
    submit_reply(session, act(session, petition, LIN, DRAFTED_ON))
    return petition, reply


def test_a_draft_may_be_incomplete_and_is_kept_over_itself(session):
    petition = accepted(session)
    reply = draft(session, petition, DRAFTED_ON, facts="", opinion="")
    again = draft(session, petition, DRAFTED_ON, reply.version, facts=" 渠道淤塞属实。 ")
    session.commit()

    assert (again.id, again.facts, again.state, again.version) == (reply.id, "渠道淤塞属实。", "draft", 2)
    assert [s.verb for s in steps_of(session, petition)][-1] == "notify"
    assert audited(session)[-2:] == ["petition.draft-reply"] * 2


def test_a_draft_needs_its_conclusion_and_no_more_words_than_a_page_holds(session):
    petition = accepted(session)
    with refused("conclusion", "请选择处理结论"):
        draft(session, petition, DRAFTED_ON, conclusion=None)
    with refused("opinion", "“处理意见”最多 5000 字"):
        draft(session, petition, DRAFTED_ON, opinion="办" * 5001)


def test_whoever_drafts_over_somebody_elses_draft_is_told(session):
    petition = accepted(session)
    draft(session, petition, DRAFTED_ON)
    with pytest.raises(StaleVersion):
        draft(session, petition, DRAFTED_ON, version=0)


def test_a_draft_sent_twice_is_kept_once(session):
    petition = accepted(session)
    once = act(session, petition, LIN, DRAFTED_ON, key="k")
    first = save_reply(session, once, reply_data())
    again = save_reply(session, once, reply_data())

    assert (first.id, again.version) == (again.id, 1)
    assert session.query(PetitionReply).count() == 1


def test_only_what_is_handled_as_a_petition_is_answered_so(session):
    petition = accepted(session, handling_class=HandlingClass.ARBITRATION)
    with refused(None, "才出具信访处理意见书"):
        draft(session, petition, DRAFTED_ON)


@pytest.mark.parametrize("part", REPLY)
def test_each_part_that_article_32_asks_for_must_be_there(session, part):
    petition = accepted(session)
    draft(session, petition, DRAFTED_ON, **{part: ""})
    with refused(part, "第三十二条"):
        submit_reply(session, act(session, petition, LIN, DRAFTED_ON))


def test_a_submitted_reply_waits_unchanged_for_the_head(session):
    petition, reply = submitted(session)

    assert reply.state == "submitted"
    with refused(None, "要改请先退回"):
        draft(session, petition, DRAFTED_ON, reply.version)
    for member in (LIN, WU, ZHENG):
        with refused(None, "批准答复由责任单位负责人办理。"):
            approve_reply(session, act(session, petition, member, APPROVED_ON), reply.version)


def test_sent_back_with_its_reason_it_is_a_draft_again(session):
    petition, reply = submitted(session)
    with refused("text", "请写明退回的理由"):
        return_reply(session, act(session, petition, ZHAO, APPROVED_ON))
    with refused("text", "最多 200 字"):
        return_reply(session, act(session, petition, ZHAO, APPROVED_ON, "补" * 201))
    return_reply(session, act(session, petition, ZHAO, APPROVED_ON, "请补充依据。"))
    assert (reply.state, reply.returned_reason) == ("draft", "请补充依据。")

    draft(session, petition, APPROVED_ON, reply.version, legal_basis="《农田水利条例》第二十条第二款。")
    submit_reply(session, act(session, petition, LIN, APPROVED_ON))
    assert reply.state == "submitted"


def test_the_head_approves_what_he_has_read(session):
    petition, reply = submitted(session)
    with pytest.raises(StaleVersion):
        approve_reply(session, act(session, petition, ZHAO, APPROVED_ON), reply.version - 1)
    approve_reply(session, act(session, petition, ZHAO, APPROVED_ON), reply.version)

    assert (reply.state, reply.approved_on) == ("approved", APPROVED_ON)
    assert reply.approved_by_id == actor(session, ZHAO).person_id
    assert (petition.conclusion, petition.served_on, petition.stage) == ("supported", None, "handling")
    with refused(None, "答复已批准。"):
        draft(session, petition, APPROVED_ON, reply.version)


def test_nothing_is_approved_before_it_was_submitted_or_submitted_before_it_was_accepted(session):
    petition = accepted(session)
    reply = draft(session, petition, DRAFTED_ON)
    with refused("on", "早于受理日期 2026-03-10"):
        submit_reply(session, act(session, petition, LIN, date(2026, 3, 9), today=DRAFTED_ON))
    submit_reply(session, act(session, petition, LIN, DRAFTED_ON))
    with refused("on", "早于提交答复的日期 2026-04-20"):
        approve_reply(session, act(session, petition, ZHAO, TOLD_ON), reply.version)
    with refused("on", "早于提交答复的日期 2026-04-20"):
        return_reply(session, act(session, petition, ZHAO, TOLD_ON, "请补充。", today=APPROVED_ON))


def test_a_reply_is_approved_on_the_day_on_which_it_is_approved(session):
    petition = accepted(session)
    reply = draft(session, petition, DRAFTED_ON)
    submit_reply(session, act(session, petition, LIN, DRAFTED_ON))
    with refused("on", "日期就是当天 2026-04-21，不能另填"):
        early = act(session, petition, ZHAO, DRAFTED_ON, today=APPROVED_ON)
        approve_reply(session, early, reply.version)


def test_drafting_and_approving_move_no_clock(session):
    petition = accepted(session)
    before = clocks(session, petition)
    approved(session, petition)

    assert clocks(session, petition) == before


def test_the_conclusion_is_that_of_the_approved_reply(session):
    petition = accepted(session)
    reply = draft(session, petition, DRAFTED_ON, conclusion=Conclusion.EXPLAINED)
    assert petition.conclusion is None
    submit_reply(session, act(session, petition, LIN, DRAFTED_ON))
    approve_reply(session, act(session, petition, ZHAO, APPROVED_ON), reply.version)

    assert petition.conclusion == "explained"
