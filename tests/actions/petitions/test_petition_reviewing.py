"""复查、复核 (条例第三十五、三十六条)."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.petitions.handling import conclude
from actions.petitions.reviewing import (
    ApplicationData,
    apply_for_review,
    decide_review,
    hear,
    refuse_review,
    withdraw_review,
)
from actions.petitions.serving import DeliveryData, serve
from models.deadline import Deadline
from models.petition import PetitionReview
from rules.petition_words import DeliveryMethod, HandlingClass, ReviewKind, ReviewOpinion, ServedPaper
from tests.people import LIN, WU, ZHU, unit
from tests.petitions import (
    ASKED_ON,
    OPINION_SERVED_ON,
    REVIEWED_ON,
    SERVED_ON,
    accepted,
    act,
    approved,
    audited,
    clocks,
    concluded,
    last_step,
    refused,
    review_of,
    reviewed,
    served,
    under_review,
)

REVIEW, RE_REVIEW = ReviewKind.REVIEW, ReviewKind.RE_REVIEW
BASIS = "《信访工作条例》第三十六条。"
CITY, COUNTY = "EX01", "AL"


def ask(
    session,
    petition,
    on,
    kind=REVIEW,
    organ=CITY,
    text="请求撤销处理意见。",
    late_reason="",
    by=WU,
    today=None,
):
    data = ApplicationData(kind, unit(session, organ).id if organ else None, late_reason)
    apply_for_review(session, act(session, petition, by, on, text, today=today), data)


def decide(session, petition, on, opinion=ReviewOpinion.UPHELD, today=None):
    decide_review(session, act(session, petition, WU, on, "经查，事实清楚。", today=today), opinion, BASIS)


def opinion_served(session, petition, on=OPINION_SERVED_ON):
    serve(session, act(session, petition, WU, on), DeliveryData(ServedPaper.REVIEW, DeliveryMethod.DIRECT))
    return petition


def upheld_and_served(session):
    return opinion_served(session, reviewed(session, ReviewOpinion.UPHELD))


def test_a_request_uses_the_petitioners_right_and_starts_the_organs_30_days(session):
    petition = under_review(session)

    assert petition.stage == "reviewing"
    assert clocks(session, petition)["fc_apply"] == (SERVED_ON, date(2026, 5, 22), ASKED_ON, None)
    assert clocks(session, petition)["fc_decide"] == (ASKED_ON, date(2026, 6, 5), None, None)
    assert (petition.next_due_key, petition.next_due_on) == ("fc_decide", date(2026, 6, 5))
    assert last_step(session, petition).to_unit_id == unit(session, CITY).id


def test_a_request_names_its_organ_and_what_it_asks_for(session):
    petition = concluded(session)
    with refused("to_unit", "请选择复查机关"):
        ask(session, petition, ASKED_ON, organ=None)
    with refused("text", "请写明申请的请求和理由"):
        ask(session, petition, ASKED_ON, text="")
    with refused("on", "早于送达日期 2026-04-22"):
        ask(session, petition, date(2026, 4, 21), today=ASKED_ON)


@pytest.mark.parametrize("organ", ["AL21", "AL2101"])
def test_the_unit_that_replied_does_not_review_itself_nor_does_one_below_it(session, organ):
    petition = concluded(session)
    with refused("to_unit", "应向柳溪镇的上一级机关申请"):
        ask(session, petition, ASKED_ON, organ=organ)


def test_a_closed_organ_reviews_nothing(session):
    petition = concluded(session)
    with session.no_autoflush:
        unit(session, CITY).valid_to = date(2026, 3, 1)
        with refused("to_unit", "已撤销"):
            ask(session, petition, ASKED_ON)
    session.rollback()


def test_an_organ_of_the_tree_gets_its_part_and_one_outside_has_none(session):
    petition = under_review(session, by=COUNTY)
    assert [p.unit.code for p in petition.parts if p.part == "reviewer"] == [COUNTY]

    other = under_review(session)
    assert [p for p in other.parts if p.part == "reviewer"] == []


def test_the_30th_day_is_in_time_and_after_it_only_with_a_reason(session):
    petition = concluded(session)
    with refused("late_reason", "30 日已于 2026-05-22 届满"):
        ask(session, petition, date(2026, 5, 23))
    with refused("late_reason", "最多 200 字"):
        ask(session, petition, date(2026, 5, 23), late_reason="病" * 201)
    ask(session, petition, date(2026, 5, 23), late_reason=" 信访人住院，有证明。 ")
    assert review_of(session, petition).late_reason == "信访人住院，有证明。"

    other = concluded(session)
    ask(session, other, date(2026, 5, 22))
    assert review_of(session, other).late_reason == ""


def test_a_right_that_would_end_on_a_sunday_ends_on_the_monday(session):
    """Served on 8 May: 30 days end on Sunday 7 June, by 民法典第二百零三条 on the 8th."""
    petition = concluded(session, served(session, approved(session), date(2026, 5, 8)), date(2026, 5, 8))
    with refused("late_reason", "届满"):
        ask(session, petition, date(2026, 6, 9))
    ask(session, petition, date(2026, 6, 8))

    assert clocks(session, petition)["fc_apply"] == (
        date(2026, 5, 8),
        date(2026, 6, 7),
        date(2026, 6, 8),
        None,
    )


def test_only_a_reply_may_be_contested(session):
    petition = accepted(session, handling_class=HandlingClass.ARBITRATION)
    conclude(session, act(session, petition, LIN, SERVED_ON, "已仲裁。"), None)
    with refused(None, "只有信访处理意见可以申请复查。"):
        ask(session, petition, ASKED_ON)


def test_another_unit_has_no_hand_in_a_review(session):
    petition = concluded(session)
    with refused(None, "申请复查由登记、转送的信访部门或责任单位或复查复核机关办理。"):
        ask(session, petition, ASKED_ON, by=ZHU)


@pytest.mark.parametrize("opinion", [ReviewOpinion.UPHELD, ReviewOpinion.CHANGED])
def test_an_opinion_that_stands_ends_the_review_and_once_served_opens_the_re_review(session, opinion):
    petition = reviewed(session, opinion)
    assert (petition.stage, review_of(session, petition).opinion) == ("concluded", opinion.value)
    assert clocks(session, petition)["fc_decide"] == (ASKED_ON, date(2026, 6, 5), REVIEWED_ON, None)
    with refused(None, "对复查意见不服的，申请复核"):
        ask(session, petition, REVIEWED_ON)
    with refused(None, "复核期限还没有开始"):
        ask(session, petition, REVIEWED_ON, RE_REVIEW)

    opinion_served(session, petition)
    ask(session, petition, date(2026, 6, 21), RE_REVIEW, organ=COUNTY)
    assert clocks(session, petition)["fh_apply"] == (
        *(OPINION_SERVED_ON, date(2026, 6, 21)),
        *(date(2026, 6, 21), None),
    )
    assert clocks(session, petition)["fh_decide"][:2] == (date(2026, 6, 21), date(2026, 7, 21))


def test_the_organ_that_reviewed_does_not_review_its_own_opinion(session):
    petition = upheld_and_served(session)
    with refused("to_unit", "应向市信访局的上一级机关申请"):
        ask(session, petition, date(2026, 6, 1), RE_REVIEW, organ=CITY)


def test_an_opinion_says_what_it_found_and_on_which_basis(session):
    petition = under_review(session)
    with refused("opinion", "请选择意见"):
        decide(session, petition, REVIEWED_ON, opinion=None)
    with refused("text", "请写明事实认定和意见"):
        decide_review(session, act(session, petition, WU, REVIEWED_ON), ReviewOpinion.UPHELD, BASIS)
    with refused("legal_basis", "请写明依据"):
        decide_review(session, act(session, petition, WU, REVIEWED_ON, "清楚。"), ReviewOpinion.UPHELD, "")
    with refused("on", "早于收到申请的 2026-05-06"):
        decide(session, petition, date(2026, 5, 5), today=REVIEWED_ON)

    assert review_of(session, petition).decided_on is None


def test_a_hearing_stops_the_clock_of_a_re_review_and_of_nothing_else(session):
    petition = under_review(session)
    hear(session, act(session, petition, WU, date(2026, 5, 11), today=date(2026, 5, 13)), date(2026, 5, 13))
    assert clocks(session, petition)["fc_decide"][1] == date(2026, 6, 5)
    decide(session, petition, REVIEWED_ON)
    opinion_served(session, petition)

    ask(session, petition, date(2026, 6, 1), RE_REVIEW, organ=COUNTY)
    assert clocks(session, petition)["fh_decide"][1] == date(2026, 7, 1)
    hear(session, act(session, petition, WU, date(2026, 6, 8), today=date(2026, 6, 10)), date(2026, 6, 10))
    assert clocks(session, petition)["fh_decide"][1] == date(2026, 7, 4)


def test_a_hearing_lies_between_the_request_and_today_and_is_held_once(session):
    petition = under_review(session)
    on, today = date(2026, 5, 11), date(2026, 5, 13)
    with refused("on", "早于收到申请的 2026-05-06"):
        hear(session, act(session, petition, WU, date(2026, 5, 5), today=today), None)
    for until in (date(2026, 5, 10), date(2026, 5, 14)):
        with refused("until", "不早于开始日期，且不晚于今天"):
            hear(session, act(session, petition, WU, on, today=today), until)
    hear(session, act(session, petition, WU, on, today=today), date(2026, 5, 12))
    with refused("on", "已登记过听证"):
        hear(session, act(session, petition, WU, on, today=today), None)
    with refused("on", "早于听证结束的 2026-05-12"):
        decide(session, petition, on, today=today)


def test_revoked_it_is_handled_again_and_the_first_conclusion_stays(session):
    petition = reviewed(session, ReviewOpinion.REVOKED)
    assert (petition.stage, petition.concluded_on) == ("handling", SERVED_ON)
    assert (petition.next_due_key, petition.next_due_on) == ("handle", date(2026, 7, 19))
    with refused(None, "还没有经负责人批准的答复"):
        conclude(session, act(session, petition, LIN, REVIEWED_ON), None)

    approved(session, petition, on=date(2026, 6, 10))
    assert petition.served_on is None
    served(session, petition, date(2026, 6, 12))
    concluded(session, petition, date(2026, 6, 12))

    assert (petition.stage, petition.concluded_on) == ("concluded", SERVED_ON)
    handled = select(Deadline.due_on, Deadline.met_on).filter_by(petition_id=petition.id, key="handle")
    assert session.execute(handled.order_by(Deadline.id)).all() == [
        (date(2026, 5, 9), SERVED_ON),
        (date(2026, 7, 19), date(2026, 6, 12)),
    ]
    assert (petition.reply_due_on, petition.next_due_on) == (date(2026, 5, 9), None)


def test_the_new_opinion_may_be_contested_in_its_own_30_days(session):
    petition = reviewed(session, ReviewOpinion.REDONE)
    served(session, approved(session, petition, on=date(2026, 6, 10)), date(2026, 6, 12))
    concluded(session, petition, date(2026, 6, 12))
    assert clocks(session, petition)["fc_apply"] == (date(2026, 6, 12), date(2026, 7, 12), None, None)
    with refused(None, "还没有复查意见。"):
        ask(session, petition, date(2026, 6, 20), RE_REVIEW)

    ask(session, petition, date(2026, 6, 20))
    assert clocks(session, petition)["fc_apply"][2] == date(2026, 6, 20)
    assert clocks(session, petition)["fc_decide"] == (date(2026, 6, 20), date(2026, 7, 20), None, None)
    assert session.query(PetitionReview).count() == 2


def test_a_re_review_ends_the_matter(session):
    petition = upheld_and_served(session)
    ask(session, petition, date(2026, 6, 1), RE_REVIEW, organ=COUNTY)
    decide(session, petition, date(2026, 6, 20))

    assert (petition.stage, petition.finished_on) == ("finished", date(2026, 6, 20))
    assert clocks(session, petition)["fh_decide"][2] == date(2026, 6, 20)
    for kind in ReviewKind:
        with refused(None, "目前是“已终结”"):
            ask(session, petition, date(2026, 6, 21), kind)


def test_a_re_review_that_revokes_opens_both_ways_again_for_the_new_opinion(session):
    petition = upheld_and_served(session)
    ask(session, petition, date(2026, 6, 1), RE_REVIEW, organ=COUNTY)
    decide(session, petition, date(2026, 6, 20), ReviewOpinion.REVOKED)
    assert (petition.stage, petition.finished_on) == ("handling", None)

    served(session, approved(session, petition, on=date(2026, 7, 1)), date(2026, 7, 2))
    concluded(session, petition, date(2026, 7, 2))
    with refused(None, "还没有复查意见。"):
        ask(session, petition, date(2026, 7, 3), RE_REVIEW)
    ask(session, petition, date(2026, 7, 3))


@pytest.mark.parametrize(
    ("drop", "why"), [(withdraw_review, "撤回的情况"), (refuse_review, "不予受理的理由和依据")]
)
def test_a_request_that_is_dropped_ends_its_clock_and_leaves_the_right_as_it_was(session, drop, why):
    petition = under_review(session)
    with refused("text", f"请写明{why}"):
        drop(session, act(session, petition, WU, date(2026, 5, 12)))
    with refused("on", "早于收到申请的 2026-05-06"):
        drop(session, act(session, petition, WU, date(2026, 5, 5), "信访人来函。", today=REVIEWED_ON))
    drop(session, act(session, petition, WU, date(2026, 5, 12), "信访人来函。"))

    assert (petition.stage, review_of(session, petition).opinion) == ("concluded", None)
    assert clocks(session, petition)["fc_decide"][2:] == (None, date(2026, 5, 12))
    assert clocks(session, petition)["fc_apply"] == (SERVED_ON, date(2026, 5, 22), None, None)
    assert petition.next_due_on is None
    assert audited(session)[-1] in ("petition.withdraw-review", "petition.refuse-review")
    ask(session, petition, date(2026, 5, 20))


def test_the_unit_that_replied_neither_decides_on_its_review_nor_drops_it(session):
    petition = under_review(session)
    for verb in (withdraw_review, refuse_review):
        with refused(None, "由登记、转送的信访部门或复查复核机关办理。"):
            verb(session, act(session, petition, LIN, REVIEWED_ON, "不再申请。"))
