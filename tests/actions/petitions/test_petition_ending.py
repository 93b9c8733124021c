"""终结、归档、并件 (条例第十九条第三款、第三十五、三十六条)."""

from datetime import date

import pytest
from sqlalchemy import literal_column, select

from actions.petitions.dispatching import assign, forward, receive
from actions.petitions.ending import archive, finish, merge, unmerge
from actions.petitions.handling import conclude, notify, report
from actions.petitions.registering import void_petition
from models.petition import COUNTED, Petition
from rules.petition_words import Acceptance, ArchiveTerm, HandlingClass, ReviewOpinion
from rules.taxonomy import Purpose
from tests.people import LIN, WU, ZHENG, actor, unit
from tests.petitions import (
    FEEDBACK_DUE_ON,
    RECEIVED_ON,
    REVIEWED_ON,
    SENT_ON,
    SERVED_ON,
    SIGNED_ON,
    TOLD_ON,
    accepted,
    act,
    approved,
    assigned,
    clocks,
    concluded,
    last_step,
    moment,
    refused,
    registered,
    reviewed,
    sent,
    served,
    signed,
    under_review,
)

TERM = ArchiveTerm.THIRTY_YEARS
AFTER_ITS_TIME = date(2026, 5, 23)


def test_it_is_finished_when_the_time_to_contest_it_has_run_out(session):
    petition = concluded(session)
    with refused("text", "申请复查的期限到 2026-05-22"):
        finish(session, act(session, petition, WU, date(2026, 5, 22)))
    finish(session, act(session, petition, WU, AFTER_ITS_TIME))

    assert (petition.stage, petition.finished_on) == ("finished", AFTER_ITS_TIME)


def test_before_that_it_is_finished_only_for_a_reason(session):
    petition = concluded(session)
    finish(session, act(session, petition, WU, SERVED_ON, "信访人书面表示不再申请复查。"))

    assert (petition.finished_on, last_step(session, petition).text) == (
        SERVED_ON,
        "信访人书面表示不再申请复查。",
    )


def test_after_a_review_it_is_finished_when_the_time_for_a_re_review_has_run_out(session):
    petition = reviewed(session, ReviewOpinion.UPHELD)
    with refused(None, "复查意见还没有送达。"):
        finish(session, act(session, petition, WU, date(2026, 6, 30)))


def test_what_could_not_be_contested_is_finished_at_once(session):
    petition = accepted(session, handling_class=HandlingClass.LITIGATION)
    conclude(session, act(session, petition, LIN, SERVED_ON, "已引导至法院。"), None)
    with refused("on", "早于办结日期 2026-04-22"):
        finish(session, act(session, petition, WU, TOLD_ON, today=SERVED_ON))
    finish(session, act(session, petition, WU, SERVED_ON))

    assert petition.stage == "finished"


def test_it_is_archived_for_a_term_and_only_rated_from_then_on(session):
    petition = concluded(session)
    with refused("text", "期满前终结、归档的，请写明理由"):
        archive(session, act(session, petition, LIN, SERVED_ON), TERM)
    with refused("term", "请选择保管期限"):
        archive(session, act(session, petition, LIN, AFTER_ITS_TIME), None)
    archive(session, act(session, petition, LIN, AFTER_ITS_TIME), TERM)

    assert (petition.stage, petition.archived_on, petition.archive_term) == (
        "archived",
        AFTER_ITS_TIME,
        "30y",
    )
    with refused(None, "目前是“已归档”，不能终结。"):
        finish(session, act(session, petition, WU, AFTER_ITS_TIME))


def test_what_was_not_accepted_is_archived_once_an_assignment_was_reported_on(session):
    petition = signed(session, assigned(session))
    notify(session, act(session, petition, LIN, TOLD_ON, "属诉讼事项。"), Acceptance.REFUSED, None)
    assert petition.next_due_on == FEEDBACK_DUE_ON
    with refused(None, "报送后才能归档"):
        archive(session, act(session, petition, LIN, TOLD_ON), TERM)
    report(session, act(session, petition, LIN, TOLD_ON, "已引导至法院。"))
    archive(session, act(session, petition, LIN, TOLD_ON), TERM)

    assert petition.next_due_on is None


def merged(session, petition, into, on=TOLD_ON, by=WU):
    merge(session, act(session, petition, by, on), into)
    return petition


def test_merged_it_goes_on_under_the_other_whose_clocks_are_not_started_again(session):
    first = accepted(session)
    again = signed(session)
    before = clocks(session, first)
    merged(session, again, first, on=date(2026, 3, 12))
    session.commit()

    assert (again.stage, again.merged_into_id) == ("merged", first.id)
    assert clocks(session, first) == before
    assert clocks(session, again)["xfr_notice"] == (SIGNED_ON, date(2026, 3, 21), None, date(2026, 3, 12))
    assert clocks(session, again)["xfbm_dispatch"][2:] == (SENT_ON, None)
    assert again.next_due_on is None


def test_the_line_of_merging_names_the_whole_number_beside_what_was_said(session):
    first, again = accepted(session), signed(session)
    first.number = "XF-AL0103-2026-00001-导入自2019年旧系统的长编号"
    merge(session, act(session, again, WU, TOLD_ON, " 同一事项。 "), first)
    session.commit()

    line = last_step(session, again)
    assert (line.outcome, line.text) == ("XF-AL0103-2026-00001-导入自2019年旧系统的长编号", "同一事项。")


def test_taken_out_again_its_own_clocks_run_on_from_their_own_days(session):
    first, again = accepted(session), signed(session)
    clocks_before, stage, due = clocks(session, again), again.stage, again.next_due_on
    merged(session, again, first, on=date(2026, 3, 12))
    with refused("text", "请写明撤销并件的理由"):
        unmerge(session, act(session, again, WU, date(2026, 3, 16)))
    with refused("on", "早于并件日期 2026-03-12"):
        unmerge(session, act(session, again, WU, SIGNED_ON, "两件事。", today=date(2026, 3, 16)))
    unmerge(session, act(session, again, WU, date(2026, 3, 16), "两件不是同一事项。"))

    assert (again.stage, again.merged_into_id, again.next_due_on) == (stage, None, due)
    assert clocks(session, again) == clocks_before
    assert [last_step(session, again).verb, last_step(session, again).from_stage] == ["unmerge", "merged"]


def test_it_is_merged_into_another_one_that_is_named_open_and_of_its_kind(session):
    petition, secret = signed(session), registered(session, purpose=Purpose.ACCUSATION)
    with refused("into", "请填写并入哪一件的编号"):
        merged(session, petition, None)
    with refused("into", "请填写并入哪一件的编号"):
        merged(session, petition, petition)
    with refused("into", "检举控告与其他事项不能并件"):
        merged(session, petition, secret)
    with refused("into", "检举控告与其他事项不能并件"):
        merged(session, secret, petition)


@pytest.mark.parametrize("ended", ["void", "merged"])
def test_nothing_is_merged_into_what_is_void_or_merged_itself(session, ended):
    petition, into = signed(session), registered(session)
    if ended == "void":
        void_petition(
            session,
            actor=actor(session, WU),
            now=moment(TOLD_ON),
            today=TOLD_ON,
            petition=into,
            version=into.version,
            reason="登记错误",
        )
    else:
        merged(session, into, accepted(session))
    with refused("into", "已作废或已并入别的事项"):
        merged(session, petition, into)


def test_a_late_matter_does_not_escape_into_one_that_is_no_longer_handled(session):
    into = concluded(session)
    petition = signed(session)
    with refused("into", "那一件已办结，不再办理"):
        merged(session, petition, into, on=AFTER_ITS_TIME)


def test_it_may_join_one_under_review(session):
    into = under_review(session)
    petition = merged(session, registered(session, registered_on=REVIEWED_ON), into, on=REVIEWED_ON)

    assert petition.stage == "merged"


def counted(session, petition):
    found = select(Petition.id).where(Petition.id == petition.id, literal_column(COUNTED))
    return session.scalar(found) is not None


def test_what_was_merged_is_a_repeat_that_no_rate_counts_and_counts_again_when_it_is_taken_out(session):
    first, again = accepted(session), signed(session)
    assert (again.item_kind, counted(session, again)) == ("first", True)
    merged(session, again, first, on=date(2026, 3, 12))
    assert (again.item_kind, again.earlier_id, counted(session, again)) == ("repeat", first.id, False)
    assert counted(session, first)

    unmerge(session, act(session, again, WU, date(2026, 3, 16), "两件不是同一事项。"))
    assert (again.item_kind, again.earlier_id, counted(session, again)) == ("first", None, True)


def test_a_late_matter_leaves_the_rates_by_merging_at_the_directors_hand_alone(session):
    """Registered on 2 March and never sent: late from the 18th on. One signed on the 6th is to be told of by the 21st."""
    first, unsent, untold = accepted(session), registered(session), signed(session)
    with refused(None, "转送交办期限 2026-03-17 已超期，并件后不再计入考核，由县信访局负责人办理。"):
        merged(session, unsent, first, on=date(2026, 3, 18))
    with refused(None, "告知期限 2026-03-21 已超期"):
        merged(session, untold, first, on=date(2026, 3, 22))
    merged(session, unsent, first, on=date(2026, 3, 22), by=ZHENG)
    merged(session, accepted(session), first, on=date(2026, 3, 22))

    assert (unsent.stage, unsent.item_kind) == ("merged", "repeat")


def test_only_the_sender_merges(session):
    petition, into = signed(session), accepted(session)
    with refused(None, "并件由登记、转送的信访部门办理。"):
        merge(session, act(session, petition, LIN, TOLD_ON), into)


def test_what_was_concluded_is_not_merged(session):
    petition = concluded(session, served(session, approved(session)))
    with refused(None, "目前是“已办结”，不能并件。"):
        merged(session, petition, sent(session), on=SERVED_ON)


def test_a_merged_matter_that_waits_for_an_answer_waits_again_when_it_is_taken_out(session):
    petition = registered(session)
    assign(session, act(session, petition, WU, SENT_ON), unit(session, "AL21").id, FEEDBACK_DUE_ON)
    merged(session, petition, accepted(session))
    assert clocks(session, petition)["jiaoban_feedback"][2:] == (None, TOLD_ON)
    unmerge(session, act(session, petition, WU, TOLD_ON, "两件不是同一事项。"))

    assert clocks(session, petition)["jiaoban_feedback"][2:] == (None, None)
    receive(session, act(session, petition, LIN, TOLD_ON))


def test_the_first_of_two_letters_keeps_the_day_it_came(session):
    first = registered(session)
    merged(session, registered(session, received_on=date(2026, 2, 27)), first, on=SENT_ON)
    forward(session, act(session, first, WU, SENT_ON), unit(session, "AL21").id)

    assert clocks(session, first)["xfbm_dispatch"][0] == RECEIVED_ON
