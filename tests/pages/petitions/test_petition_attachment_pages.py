"""附件 of a petition: several offices add to one record; of a confidential one each look has its reason."""

import io

import pytest
from sqlalchemy import select

from models.attachment import Attachment
from models.audit_entry import AuditEntry
from models.petition import Petition
from tests import factories, letters
from tests.attachments import LETTER
from tests.people import BAI, HAN, LIN, WU, ZHAO

WHY = {"reason": "核对来信原件"}


@pytest.fixture
def page(browser):
    """Registered by the county's office, handled by 柳溪镇, with 白石乡 helping."""
    with browser.app.app_context(), factories.plain_session() as session:
        petition = letters.accepted(session, parts={"AL22": "joint"})
        session.commit()
        return f"/petitions/{petition.id}"


@pytest.fixture
def confidential(browser, page):
    change(browser, confidential=True)
    return page


def change(browser, **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = session.scalars(select(Petition)).one()
        for name, value in values.items():
            setattr(row, name, value)
        session.commit()


def send(browser, page, name="来信.txt", status=303):
    return browser.post(f"{page}/attachments", {"file": [(io.BytesIO(LETTER), name)]}, status)


def live(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return list(session.scalars(select(Attachment.file_name).where(Attachment.voided_at.is_(None))))


def looked(browser, action):
    with browser.app.app_context(), factories.plain_session() as session:
        return list(session.scalars(select(AuditEntry.reason).where(AuditEntry.action == action)))


def test_of_a_confidential_matter_its_office_adds_without_looking(browser, confidential):
    send(browser.sign_in(LIN), confidential, "周大山来信.txt")
    shown = browser.get(confidential)
    assert "已添加 1 份附件" in shown.text
    assert "信访人要求保密：写明理由查看完整信息以后，才列出附件" in shown.text
    assert "周大山来信" not in shown.html


def test_who_gives_a_reason_sees_their_names_and_takes_each_for_a_reason(browser, confidential):
    send(browser.sign_in(LIN), confidential, "周大山来信.txt")
    revealed = browser.post(f"{confidential}/reveal", WHY, 200)
    assert "1．周大山来信.txt" in revealed.text
    assert "/words" not in revealed.html
    page = browser.post(f"{confidential}/attachments/1/original", {}, 422)
    assert "请写明理由。" in page.text and "周大山来信" not in page.html
    assert looked(browser, "attachment.open") == []
    assert browser.post(f"{confidential}/attachments/1/original", WHY, 200).data == LETTER
    assert looked(browser, "attachment.open") == ["核对来信原件"]
    browser.get(f"{confidential}/attachments/1/words", 404)


def test_who_does_not_handle_the_matter_gets_nothing_for_any_reason(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        number = factories.petition(session, "AL21", confidential=True).id
        session.commit()
    page = f"/petitions/{number}"
    send(browser.sign_in(LIN), page)
    browser.sign_in(WU).post(f"{page}/attachments/1/original", WHY, 404)
    browser.post(f"{page}/case-file.pdf", WHY, 404)
    assert "附件材料" not in browser.post(f"{page}/reveal", WHY, 200).text
    browser.sign_in(HAN).post(f"{page}/attachments/1/original", WHY, 403)


def test_a_file_is_voided_by_the_office_that_brought_it_or_the_county_s(browser, page):
    send(browser.sign_in(LIN), page)
    reason = {"version": "1", "reason": "传错了文件"}
    assert f"{page}/attachments/1/void" not in browser.sign_in(BAI).get(page).html
    refused = browser.post(f"{page}/attachments/1/void", reason, 422)
    assert "附件由上传的单位或者县信访局作废。" in refused.text
    assert live(browser) == ["来信.txt"]
    assert f"{page}/attachments/1/void" in browser.sign_in(WU).get(page).html
    browser.sign_in(ZHAO).post(f"{page}/attachments/1/void", reason)
    assert live(browser) == []


def test_of_a_matter_that_is_archived_or_void_nothing_is_taken_out(browser, page):
    send(browser.sign_in(LIN), page)
    change(browser, stage="archived")
    assert f"{page}/attachments/1/void" not in browser.get(page).html
    refused = browser.post(f"{page}/attachments/1/void", {"version": "1", "reason": "传错了文件"}, 422)
    assert "已作废或已归档，附件不能再改" in refused.text
    assert live(browser) == ["来信.txt"]


def test_a_refused_void_of_a_confidential_matter_says_why_without_listing(browser, confidential):
    send(browser.sign_in(LIN), confidential)
    page = browser.post(f"{confidential}/attachments/1/void", {"version": "1", "reason": ""}, 422)
    assert "请写明理由。" in page.text
    browser.post(f"{confidential}/attachments/1/void", {"version": "1", "reason": "传错了文件"})
    assert live(browser) == []
