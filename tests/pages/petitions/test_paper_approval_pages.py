"""登记纸质批准 on the page of a petition: offered where nobody can approve here; its scan is uploaded with it."""

import io

import pytest
from sqlalchemy import select

from models.attachment import Attachment
from models.petition import Petition, PetitionPaperApproval, PetitionReply
from models.staff import Account
from tests import factories, letters
from tests.attachments import pdf
from tests.people import NOW, WU, ZHAO

FORM = {
    "on": "2026-07-15",
    "decision": "agreed",
    "approver": "李副镇长",
    "post": "副镇长",
    "reply_version": "1",
}


@pytest.fixture
def page(browser):
    """A reply of 柳溪镇 that waits for its head."""
    with browser.app.app_context(), factories.plain_session() as session:
        petition = letters.accepted(session)
        letters.with_reply(session, petition).state = "submitted"
        session.commit()
        return f"/petitions/{petition.id}"


def disable(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        session.scalars(select(Account).filter_by(username=ZHAO.username)).one().disabled_at = NOW
        session.commit()


def form(browser, **values):
    with browser.app.app_context(), factories.plain_session() as session:
        version = session.scalars(select(Petition.version)).one()
        reply = session.scalars(select(PetitionReply.version)).one()
    return FORM | {"version": str(version), "reply_version": str(reply)} | values


def test_it_is_offered_only_where_nobody_can_approve_here(browser, page):
    text = browser.sign_in(WU).get(page).text
    assert "登记答复的纸质批准：责任单位有负责人账号，由负责人在系统里审批。" in text
    disable(browser)
    html = browser.get(page).html
    assert f'action="{page}/reply-on-paper" enctype="multipart/form-data"' in html
    assert "批件日期" in html


def test_a_scan_sent_with_it_is_attached_and_proves_it(browser, page):
    disable(browser)
    browser.sign_in(WU)
    upload = (io.BytesIO(pdf()), "批件.pdf")
    browser.post(f"{page}/reply-on-paper", form(browser, file=upload), status=303)
    text = browser.get(page).text
    assert "李副镇长（副镇长）批准于纸面，扫描件：批件.pdf" in text
    with browser.app.app_context(), factories.plain_session() as session:
        kept = session.scalars(select(PetitionPaperApproval)).one()
        attachment = kept.attachment_id
    refused = browser.post(
        f"{page}/attachments/{attachment}/void", {"version": "1", "reason": "传错了"}, status=422
    )
    assert "这是纸质批准的扫描件，不能作废。" in refused.text


def test_without_a_scan_nothing_typed_is_lost(browser, page):
    disable(browser)
    refused = browser.sign_in(WU).post(f"{page}/reply-on-paper", form(browser), status=422)
    assert "请上传批件的扫描件，或从附件中选择。" in refused.text
    assert 'value="李副镇长"' in refused.html


def test_a_scan_that_cannot_be_read_is_refused_at_its_field(browser, page):
    disable(browser)
    upload = (io.BytesIO(b"nothing"), "批件.pdf")
    refused = browser.sign_in(WU).post(f"{page}/reply-on-paper", form(browser, file=upload), status=422)
    assert "批件.pdf" in refused.text
    with browser.app.app_context(), factories.plain_session() as session:
        assert session.scalars(select(Attachment)).all() == []
