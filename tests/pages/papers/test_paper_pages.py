"""公函 in the browser: drafted with what the record says, edited, given up, issued as it was seen; in the number book."""

import pytest

from tests import factories, interviews
from tests.people import BAI, LIN, WU, ZHENG

NEW = "/papers/new?kind=interview_notice&subject=1"
WORDS = ("title", "addressee", "copies_to", "source")


@pytest.fixture
def paper(browser, site):
    with site.app_context(), factories.plain_session() as session:
        interviews.interview(session)
        factories.document_register(session, "AL01", series="paper", word="安信督", mark="安澜县信访局")
        session.commit()
    form = browser.sign_in(WU).get(NEW)
    return browser.post(NEW, {name: form.field(name) for name in WORDS}, 303).location


def save(browser, paper, status=303, **changes):
    form = browser.get(paper)
    given = {name: form.field(name) for name in (*WORDS, "version")} | changes
    return browser.post(paper, given, status)


def test_a_draft_is_edited_and_written_anew_from_its_record(browser, paper):
    save(browser, paper, source="一、改过的正文。")
    assert browser.get(paper).field("source") == "一、改过的正文。"
    save(browser, paper, renew="y")
    assert "2026年7月10日（星期五）上午9时30分，县信访局三楼会议室。" in browser.get(paper).field("source")


def test_over_a_colleagues_newer_draft_both_texts_are_there(browser, paper):
    save(browser, paper, source="一、先存的正文。")
    late = save(browser, paper, 422, version="1", source="一、迟到的正文。")
    for said in ("刚被别人修改过", "一、先存的正文。"):
        assert said in late.text
    assert late.field("source") == "一、迟到的正文。"


def test_a_second_of_the_same_kind_says_that_there_is_one(browser, paper):
    page = browser.get(NEW)
    assert "已有草稿。" in page.text
    words = {name: page.field(name) for name in WORDS}
    assert "已有草稿。" in browser.post(NEW, words, 422).text


def test_given_up_with_its_reason(browser, paper):
    assert "请写明理由" in browser.post(f"{paper}/void", {"version": "1", "reason": ""}, 422).text
    answer = browser.post(f"{paper}/void", {"version": "1", "reason": "另行发文"}, 303)
    assert "另行发文" in browser.get(answer.location).text
    assert "起草约谈通知书" in browser.get(answer.location).text


def test_the_signer_issues_what_was_seen(browser, paper):
    seen = browser.sign_in(ZHENG).get(f"{paper}/issue")
    given = {"version": seen.field("version"), "seen": seen.field("seen"), "seal": "0"}
    save(browser.sign_in(WU), paper, source="一、又改过。")
    refused = browser.sign_in(ZHENG).post(f"{paper}/issue", given, 422)
    assert "有改动" in refused.text
    assert "一、又改过。" in refused.text


def test_nobody_of_another_office_reads_a_draft_and_a_clerk_issues_none(browser, paper):
    browser.sign_in(LIN).get(f"{paper}.pdf", 404)
    browser.get(paper, 404)
    browser.sign_in(BAI).get(NEW, 404)
    browser.sign_in(WU).get(f"{paper}/issue", 403)


def test_an_issued_paper_stands_in_the_number_book_with_its_link(browser, paper):
    seen = browser.sign_in(ZHENG).get(f"{paper}/issue")
    given = {"version": seen.field("version"), "seen": seen.field("seen"), "seal": "0"}
    browser.post(f"{paper}/issue", given, 303)
    book = browser.get("/bulletins/numbers")
    assert "安信督〔2026〕1号" in book.text
    assert f'href="{paper}.pdf"' in book.html
    browser.sign_in(WU).get(paper, 303)
    assert browser.get(f"{paper}.docx").data[:2] == b"PK"
