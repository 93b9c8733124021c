"""告知、办理、延期、办结、报送、执行、化解、评价、批示 (条例第二十三、三十一至三十四条)."""

from datetime import date

import pytest

from actions.petitions.dispatching import receive
from actions.petitions.handling import (
    conclude,
    decide_extension,
    execute,
    instruct,
    notify,
    rate,
    record_progress,
    report,
    request_extension,
    resolve,
)
from rules.petition_words import Acceptance, HandlingClass, Rating, Resolution
from rules.taxonomy import Purpose
from tests.people import HAN, LIN, WU, ZHAO, ZHENG, actor
from tests.petitions import (
    FEEDBACK_DUE_ON,
    SERVED_ON,
    SIGNED_ON,
    TOLD_ON,
    accepted,
    act,
    approved,
    assigned,
    audited,
    clocks,
    concluded,
    last_step,
    refused,
    sent,
    served,
    signed,
)

PETITION, ACCEPTED = HandlingClass.PETITION, Acceptance.ACCEPTED
DUE = date(2026, 5, 9)


def test_acceptance_as_a_petition_starts_the_60_days(session):
    petition = accepted(session)

    assert (petition.stage, petition.acceptance, petition.handling_class) == (
        "handling",
        "accepted",
        "petition",
    )
    assert clocks(session, petition)["xfr_notice"][2] == TOLD_ON
    assert clocks(session, petition)["objection"][3] == TOLD_ON
    assert clocks(session, petition)["handle"] == (TOLD_ON, DUE, None, None)
    assert (petition.next_due_key, petition.next_due_on, petition.reply_due_on) == ("handle", DUE, DUE)
    assert (last_step(session, petition).verb, last_step(session, petition).outcome) == ("notify", "accepted")


def test_acceptance_under_another_item_of_article_31_runs_no_60_days(session):
    petition = accepted(session, handling_class=HandlingClass.RECONSIDERATION)

    assert petition.stage == "handling"
    assert "handle" not in clocks(session, petition)
    assert (petition.reply_due_on, petition.next_due_on) == (None, None)


@pytest.mark.parametrize(
    ("purpose", "handling_class", "words", "right"),
    [
        (Purpose.REQUEST, HandlingClass.OTHER, "信访目的“求决”属于申诉求决，不能按“其他”办理", PETITION),
        (Purpose.APPEAL, HandlingClass.OTHER, "信访目的“申诉”属于申诉求决，不能按“其他”办理", PETITION),
        (
            Purpose.ACCUSATION,
            PETITION,
            "信访目的“揭发控告”属于检举控告，不能按“信访处理”办理",
            HandlingClass.OTHER,
        ),
        (
            Purpose.SUGGESTION,
            PETITION,
            "信访目的“意见建议”属于建议意见，不能按“信访处理”办理",
            HandlingClass.OTHER,
        ),
        (Purpose.SUGGESTION, HandlingClass.LITIGATION, "不能按“诉讼”办理", HandlingClass.OTHER),
    ],
)
def test_a_matter_is_handled_under_the_article_of_its_purpose(session, purpose, handling_class, words, right):
    petition = signed(session, purpose=purpose)
    with refused("handling_class", words):
        accepted(session, petition, handling_class)

    assert accepted(session, petition, right).stage == "handling"


@pytest.mark.parametrize("result", [Acceptance.REFUSED, Acceptance.NO_LONGER])
def test_what_is_not_accepted_closes_with_its_reason(session, result):
    petition = signed(session)
    with refused("text", f"请写明{result.label}的理由和依据"):
        notify(session, act(session, petition, LIN, TOLD_ON), result, None)
    notify(session, act(session, petition, LIN, TOLD_ON, "已由法院受理，请向法院提出。"), result, None)

    assert (petition.stage, petition.acceptance, petition.handling_class) == ("closed", result.value, None)
    assert petition.next_due_on is None


def test_notice_names_its_result_and_its_class_and_lies_between_receipt_and_today(session):
    petition = signed(session)
    with refused("acceptance", "请选择告知结果"):
        notify(session, act(session, petition, LIN, TOLD_ON), None, PETITION)
    with refused("handling_class", "第三十一条"):
        notify(session, act(session, petition, LIN, TOLD_ON), ACCEPTED, None)
    with refused("on", "早于单位收到日期 2026-03-06"):
        notify(session, act(session, petition, LIN, date(2026, 3, 5), today=TOLD_ON), ACCEPTED, PETITION)
    with refused("on", "晚于今天"):
        notify(session, act(session, petition, LIN, date(2026, 3, 11), today=TOLD_ON), ACCEPTED, PETITION)


def test_a_late_notice_stays_late(session):
    petition = signed(session)
    notify(session, act(session, petition, LIN, date(2026, 3, 22)), ACCEPTED, PETITION)

    assert clocks(session, petition)["xfr_notice"] == (SIGNED_ON, date(2026, 3, 21), date(2026, 3, 22), None)
    assert (petition.notified_on, petition.notice_due_on) == (date(2026, 3, 22), date(2026, 3, 21))


def test_the_bureau_may_enter_the_notice_of_a_unit_and_the_clerk_becomes_the_handler(session):
    petition = sent(session)
    receive(session, act(session, petition, WU, SIGNED_ON))
    notify(session, act(session, petition, LIN, TOLD_ON), ACCEPTED, PETITION)

    assert petition.handler_id == actor(session, LIN).person_id


def test_progress_is_told_in_words_and_moves_no_clock(session):
    petition = accepted(session)
    before = clocks(session, petition)
    with refused("text", "请写明办理情况"):
        record_progress(session, act(session, petition, LIN, date(2026, 3, 20)))
    with refused("text", "最多 5000 字"):
        record_progress(session, act(session, petition, LIN, date(2026, 3, 20), "查" * 5001))
    with refused("on", "早于受理日期 2026-03-10"):
        record_progress(session, act(session, petition, LIN, SIGNED_ON, "到现场查看。", today=TOLD_ON))
    record_progress(session, act(session, petition, LIN, date(2026, 3, 20), "到现场查看。"))

    assert clocks(session, petition) == before
    assert audited(session)[-1] == "petition.record-progress"


def extended(session, petition, days=30, asked_on=date(2026, 4, 20)):
    request_extension(session, act(session, petition, LIN, asked_on, "涉及三村，情况复杂。"), days)
    return petition


def test_an_extension_approved_before_the_day_moves_it_by_the_days_asked_for(session):
    petition = extended(session, accepted(session), days=20)
    assert (last_step(session, petition).days, last_step(session, petition).waits_for) == (
        20,
        "decide_extension",
    )
    assert petition.reply_due_on == DUE

    decide_extension(session, act(session, petition, ZHAO, date(2026, 5, 8)), agreed=True)
    assert (petition.extension_days, petition.extension_approved_on) == (20, date(2026, 5, 8))
    assert clocks(session, petition)["handle"] == (TOLD_ON, date(2026, 5, 29), None, None)
    assert petition.reply_due_on == petition.next_due_on == date(2026, 5, 29)


@pytest.mark.parametrize("on", [DUE, date(2026, 5, 20)])
def test_a_late_approval_cannot_make_a_late_matter_timely(session, on):
    petition = extended(session, accepted(session))
    with refused("on", "限办日期是 2026-05-09"):
        decide_extension(session, act(session, petition, ZHAO, on), agreed=True)

    assert (petition.extension_days, petition.reply_due_on) == (0, DUE)
    assert clocks(session, petition)["handle"][1] == DUE


@pytest.mark.parametrize("days", [None, 0, -1, 31])
def test_one_to_thirty_days_may_be_asked_for(session, days):
    petition = accepted(session)
    with refused("days", "延期 1 至 30 日"):
        extended(session, petition, days=days)


def test_an_extension_is_asked_for_once_in_time_and_with_its_reason(session):
    petition = accepted(session)
    with refused("on", "到了当天就不能再延"):
        extended(session, petition, asked_on=DUE)
    with refused("on", "早于受理日期 2026-03-10"):
        request_extension(session, act(session, petition, LIN, SIGNED_ON, "情况复杂。"), 30)
    with refused("text", "请写明延期的理由"):
        request_extension(session, act(session, petition, LIN, date(2026, 4, 20)), 30)
    extended(session, petition)
    with refused(None, "等待审批"):
        extended(session, petition)
    decide_extension(session, act(session, petition, ZHAO, date(2026, 4, 21)), agreed=True)
    with refused(None, "已经延期过一次"):
        extended(session, petition, asked_on=date(2026, 4, 22))


def test_only_the_units_head_decides_on_an_extension(session):
    petition = extended(session, accepted(session))
    for member in (LIN, WU, ZHENG):
        with refused(None, "审批延期由责任单位负责人办理。"):
            decide_extension(session, act(session, petition, member, date(2026, 4, 21)), agreed=True)


def test_after_the_60_days_nobody_dates_an_extension_back_into_them(session):
    """The 60 days end on 9 May; on 20 May neither a request of the 1st nor an approval of the 2nd can be entered."""
    may_20, petition = date(2026, 5, 20), accepted(session)
    with refused("on", "日期就是当天 2026-05-20，不能另填"):
        asked = act(session, petition, LIN, date(2026, 5, 1), "情况复杂。", today=may_20)
        request_extension(session, asked, 30)
    with refused("on", "到了当天就不能再延"):
        extended(session, petition, asked_on=may_20)
    extended(session, petition, asked_on=date(2026, 5, 1))
    with refused("on", "日期就是当天 2026-05-20，不能另填"):
        decided = act(session, petition, ZHAO, date(2026, 5, 2), today=may_20)
        decide_extension(session, decided, agreed=True)

    assert (petition.extension_days, petition.reply_due_on) == (0, DUE)


def test_a_refused_extension_moves_nothing_and_may_be_asked_for_again(session):
    petition = extended(session, accepted(session))
    with refused("text", "请写明不批准的理由"):
        decide_extension(session, act(session, petition, ZHAO, date(2026, 4, 21)), agreed=False)
    decide_extension(session, act(session, petition, ZHAO, date(2026, 4, 21), "并不复杂。"), agreed=False)

    assert petition.extension_days == 0
    assert clocks(session, petition)["handle"][1] == DUE
    extended(session, petition, asked_on=date(2026, 4, 22))


def test_it_is_concluded_after_the_reply_was_served(session):
    petition = approved(session)
    with refused(None, "送达后才能办结"):
        conclude(session, act(session, petition, LIN, SERVED_ON), None)
    served(session, petition)
    with refused("on", "早于答复送达日期 2026-04-22"):
        conclude(session, act(session, petition, LIN, date(2026, 4, 21), today=SERVED_ON), None)
    conclude(session, act(session, petition, LIN, SERVED_ON), Resolution.RESOLVED)

    assert (petition.stage, petition.concluded_on, petition.resolution) == (
        "concluded",
        SERVED_ON,
        "resolved",
    )
    assert clocks(session, petition)["handle"] == (TOLD_ON, DUE, SERVED_ON, None)
    assert petition.next_due_on is None


def test_a_conclusion_after_the_day_is_late(session):
    petition = concluded(session, served(session, approved(session, on=date(2026, 5, 10)), date(2026, 5, 11)),
                         date(2026, 5, 11))  # fmt: skip

    assert clocks(session, petition)["handle"] == (TOLD_ON, DUE, date(2026, 5, 11), None)
    assert petition.concluded_on > petition.reply_due_on


def test_another_class_is_concluded_with_its_result_and_without_a_reply(session):
    petition = accepted(session, handling_class=HandlingClass.STATUTORY_DUTY)
    with refused("text", "请写明办理结果"):
        conclude(session, act(session, petition, LIN, SERVED_ON), None)
    with refused("on", "早于告知日期 2026-03-10"):
        conclude(session, act(session, petition, LIN, SIGNED_ON, "已处罚。", today=SERVED_ON), None)
    conclude(session, act(session, petition, LIN, SERVED_ON, "已立案处罚。"), None)

    assert (petition.stage, petition.conclusion) == ("concluded", None)


def test_it_is_not_concluded_while_an_extension_is_being_asked_for(session):
    petition = served(session)
    extended(session, petition, asked_on=date(2026, 4, 22))
    with refused(None, "延期申请还在等待审批"):
        conclude(session, act(session, petition, LIN, date(2026, 4, 23)), None)


def test_the_report_of_an_assigned_matter_meets_the_day_of_its_letter(session):
    petition = concluded(session, served(session, approved(session, accepted(session, signed(session, assigned(session))))))  # fmt: skip
    assert (petition.next_due_key, petition.next_due_on) == ("jiaoban_feedback", FEEDBACK_DUE_ON)
    with refused("text", "请写明调查情况和处理结果"):
        report(session, act(session, petition, LIN, date(2026, 5, 6)))
    report(session, act(session, petition, LIN, date(2026, 5, 6), "已清淤通水，信访人认可。"))

    assert petition.reported_on == date(2026, 5, 6)
    assert clocks(session, petition)["jiaoban_feedback"][1:3] == (FEEDBACK_DUE_ON, date(2026, 5, 6))
    assert petition.next_due_on is None
    with refused(None, "已报送。"):
        report(session, act(session, petition, LIN, date(2026, 5, 7), "再报一次。"))


def test_a_supported_request_is_carried_out_once_after_the_conclusion(session):
    petition = concluded(session)
    with refused("on", "早于办结日期 2026-04-22"):
        execute(session, act(session, petition, LIN, date(2026, 4, 21), "已通水。", today=date(2026, 4, 30)))
    with refused("text", "请写明执行情况"):
        execute(session, act(session, petition, LIN, date(2026, 4, 30)))
    execute(session, act(session, petition, LIN, date(2026, 4, 30), "已通水。"))

    assert petition.executed_on == date(2026, 4, 30)
    with refused(None, "已登记执行。"):
        execute(session, act(session, petition, LIN, date(2026, 5, 1), "已通水。"))


def test_settled_in_fact_is_a_mark_of_its_own(session):
    petition = accepted(session)
    before = clocks(session, petition)
    with refused("resolution", "请选择化解状态"):
        resolve(session, act(session, petition, LIN, TOLD_ON), None)
    resolve(session, act(session, petition, LIN, date(2026, 3, 30)), Resolution.RESOLVED)
    with refused("resolution", "已经是“化解”"):
        resolve(session, act(session, petition, LIN, date(2026, 3, 31)), Resolution.RESOLVED)

    assert (petition.stage, petition.resolution) == ("handling", "resolved")
    assert clocks(session, petition) == before


def test_a_rating_is_entered_by_the_office_after_the_end(session):
    petition = concluded(session)
    with refused(None, "登记评价由登记、转送的信访部门办理。"):
        rate(session, act(session, petition, LIN, SERVED_ON), Rating.SATISFIED, None)
    rate(session, act(session, petition, WU, date(2026, 5, 1)), Rating.FAIRLY, Rating.UNRATED)
    with refused(None, "没有改动任何内容"):
        rate(session, act(session, petition, WU, date(2026, 5, 1)), Rating.FAIRLY, Rating.UNRATED)

    assert (petition.bureau_rating, petition.unit_rating) == ("fairly", "unrated")


def test_a_leader_instructs_and_nobody_else_does(session):
    petition = accepted(session)
    with refused(None, "领导批示由县领导办理。"):
        instruct(session, act(session, petition, ZHENG, TOLD_ON, "请依法办理。"), None)
    with refused("text", "请写明批示内容"):
        instruct(session, act(session, petition, HAN, TOLD_ON), None)
    with refused("until", "早于批示日期"):
        instruct(session, act(session, petition, HAN, TOLD_ON, "三日内报告。"), SIGNED_ON)
    instruct(session, act(session, petition, HAN, TOLD_ON, "三日内报告。"), date(2026, 3, 13))

    assert (last_step(session, petition).text, last_step(session, petition).until) == (
        "三日内报告。",
        date(2026, 3, 13),
    )
    for verb in (receive, record_progress, report):
        with refused(None, "由责任单位办理" if verb is record_progress else ""):
            verb(session, act(session, petition, HAN, TOLD_ON, "已办理。"))
