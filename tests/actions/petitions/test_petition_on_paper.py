"""登记纸质批准: a head without an account signs on paper; the county's office enters it, and lateness stays lateness.

受理 10 March, the 60 days end on Saturday 9 May; Friday 8 May is the last day on which an extension counts.
"""

from datetime import date
from secrets import token_hex

import pytest
from sqlalchemy import select

from actions.petitions.handling import request_extension
from actions.petitions.on_paper import Paper, approve_reply_on_paper, decide_extension_on_paper
from actions.petitions.replying import submit_reply
from models.attachment import Attachment
from models.petition import PetitionPaperApproval
from models.staff import Account
from rules.errors import StaleVersion
from tests.people import LIN, WU, ZHAO, ZHENG
from tests.petitions import accepted, act, audited, clocks, draft, last_step, moment, refused

DRAFTED_ON, ASKED_ON = date(2026, 4, 20), date(2026, 5, 6)
SIGNED_ON, DUE_ON = date(2026, 5, 7), date(2026, 5, 9)


@pytest.fixture
def headless(session):
    """柳溪镇 whose supervisor has no account in use."""
    account = session.scalars(select(Account).filter_by(username=ZHAO.username)).one()
    account.disabled_at = moment(date(2026, 1, 5))
    session.flush()
    return accepted(session)


def scan(session, petition, **values):
    row = Attachment(
        **{
            "subject_type": "petition", "subject_id": petition.id, "position": 1, "file_name": "批件.pdf",
            "media_type": "application/pdf", "size": 9, "digest": "0" * 64, "sent_digest": token_hex(32),
            "sealed_key": "", "uploaded_at": moment(DRAFTED_ON),
        } | values
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def paper(session, petition, **values):
    row = values.pop("scan", None) or scan(session, petition)
    return Paper(
        **{"agreed": True, "approver": "李副镇长", "post": "副镇长", "attachment_id": row.id} | values
    )


def submitted(session, petition):
    reply = draft(session, petition, DRAFTED_ON)
    submit_reply(session, act(session, petition, LIN, DRAFTED_ON))
    return reply


def asked(session, petition, days=20):
    request_extension(session, act(session, petition, LIN, ASKED_ON, "需要现场勘查。"), days)
    return petition


def extend(session, petition, on, today=None, text="", **values):
    told = act(session, petition, WU, on, text, today=today)
    decide_extension_on_paper(session, told, paper(session, petition, **values))


def test_a_reply_is_approved_by_whom_the_paper_names_on_its_day(session, headless):
    reply = submitted(session, headless)
    told = act(session, headless, WU, date(2026, 4, 21), today=date(2026, 4, 23))
    approve_reply_on_paper(session, told, paper(session, headless), reply.version)
    session.flush()

    kept = session.scalars(select(PetitionPaperApproval)).one()
    assert (reply.state, reply.approved_on, reply.approved_by_id) == ("approved", date(2026, 4, 21), None)
    assert (kept.approver, kept.post, kept.attachment.file_name) == ("李副镇长", "副镇长", "批件.pdf")
    assert (last_step(session, headless).verb, headless.conclusion) == ("approve_on_paper", "supported")
    assert audited(session)[-1] == "petition.approve-on-paper"


def test_a_paper_that_refuses_sends_the_reply_back(session, headless):
    reply = submitted(session, headless)
    told = act(session, headless, ZHENG, date(2026, 4, 21), "依据不足。")
    approve_reply_on_paper(session, told, paper(session, headless, agreed=False), reply.version)
    assert (reply.state, reply.returned_reason) == ("draft", "依据不足。")
    assert last_step(session, headless).outcome == "refused"


def test_the_reply_that_was_seen_is_the_one_that_is_approved(session, headless):
    reply = submitted(session, headless)
    with pytest.raises(StaleVersion):
        approve_reply_on_paper(
            session, act(session, headless, WU, DRAFTED_ON), paper(session, headless), reply.version - 1
        )


def test_an_extension_entered_within_three_working_days_counts_from_the_day_on_the_paper(session, headless):
    """Thursday 7 May and three working days, Saturday 9 May being worked for Labour Day: Tuesday 12 May."""
    extend(session, asked(session, headless), SIGNED_ON, today=date(2026, 5, 11))
    assert (headless.extension_days, headless.extension_approved_on) == (20, SIGNED_ON)
    assert (headless.reply_due_on, clocks(session, headless)["handle"][1]) == (
        date(2026, 5, 29),
        date(2026, 5, 29),
    )


def test_entered_later_it_counts_from_the_day_of_entry(session, headless):
    """Signed and asked for on 6 May; entered on the 13th, when the 60 days are over: the matter stays late."""
    extend(session, asked(session, headless), ASKED_ON, today=date(2026, 5, 13))
    step = last_step(session, headless)
    assert (step.verb, step.outcome, step.happened_on, step.days) == (
        "extend_on_paper",
        "late",
        ASKED_ON,
        None,
    )
    assert (headless.extension_days, headless.extension_approved_on) == (0, None)
    assert (headless.reply_due_on, clocks(session, headless)["handle"][1]) == (DUE_ON, DUE_ON)


def test_a_paper_of_the_last_day_itself_is_too_late(session, headless):
    extend(session, asked(session, headless), DUE_ON)
    assert (last_step(session, headless).outcome, headless.reply_due_on) == ("late", DUE_ON)


def test_a_paper_that_refuses_ends_the_request(session, headless):
    extend(session, asked(session, headless), SIGNED_ON, agreed=False, text="情况不复杂。")
    assert (last_step(session, headless).outcome, headless.extension_days) == ("refused", 0)
    with refused(None, "没有等待审批的延期申请"):
        extend(session, headless, SIGNED_ON)


def test_without_a_scan_a_name_or_a_post_nothing_is_entered(session, headless):
    asked(session, headless)
    with refused("attachment", "请上传批件的扫描件，或从附件中选择。"):
        extend(session, headless, SIGNED_ON, attachment_id=None)
    with refused("approver", "请填写批准人。"):
        extend(session, headless, SIGNED_ON, approver=" ")
    with refused("post", "请填写职务。"):
        extend(session, headless, SIGNED_ON, post="")
    foreign = scan(session, headless, subject_id=headless.id + 1)
    with refused("attachment", "请上传批件的扫描件"):
        extend(session, headless, SIGNED_ON, scan=foreign)
    void = scan(session, headless, voided_at=moment(SIGNED_ON))
    with refused("attachment", "已作废"):
        extend(session, headless, SIGNED_ON, scan=void)


def test_where_the_unit_has_a_head_with_an_account_he_approves_himself(session):
    petition = asked(session, accepted(session))
    with refused(None, "责任单位有负责人账号，由负责人在系统里审批。"):
        extend(session, petition, SIGNED_ON)


def test_the_units_own_clerk_enters_no_approval(session, headless):
    asked(session, headless)
    with refused(None, "登记延期的纸质批准由县信访局办理。"):
        decide_extension_on_paper(session, act(session, headless, LIN, SIGNED_ON), paper(session, headless))
