"""下一步 on the page of a petition: the usual step first, the letter it needs, what must be filled in."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from models.deadline import Deadline
from models.petition import Petition, PetitionReply
from tests import factories, letters, people


@pytest.fixture
def page(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        petition = letters.accepted(session)
        letters.with_reply(session, petition)
        session.commit()
        return f"/petitions/{petition.id}"


def change(browser, act):
    with browser.app.app_context(), factories.plain_session() as session:
        act(session)
        session.commit()


def issue(browser, **values):
    def act(session):
        petition = session.scalars(select(Petition)).one()
        letters.issued(session, petition, "reply", "AL21", **values)

    change(browser, act)


def steps(page):
    """The names of the steps in their order."""
    section = page.html.partition('id="next"')[2].partition("暂时不能做的")[0]
    return re.findall(r"<summary>([^<]+)</summary>", section)


def test_the_usual_step_stands_first(browser, page):
    assert steps(browser.sign_in(people.LIN).get(page))[0] == "登记送达"


def test_the_county_s_own_steps_stand_before_what_it_may_enter_for_a_unit(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        address = f"/petitions/{letters.forwarded(session).id}"
        session.commit()
    seen = browser.sign_in(people.WU).get(address)
    named = steps(seen)
    assert named[0] == "增加协办单位"
    assert named[-2:] == ["代单位签收", "代单位提出异议退回"]
    assert "由责任单位、复查复核机关自己办理；他们以书面、来函办理的，可以代为录入：" in seen.text
    assert steps(browser.sign_in(people.LIN).get(address))[0] == "签收"


def test_before_the_reply_is_approved_it_says_which_letter_follows(browser, page):
    change(browser, lambda s: setattr(s.scalars(select(PetitionReply)).one(), "state", "draft"))
    text = browser.sign_in(people.LIN).get(page).text
    assert "答复批准以后，还要起草、签发信访处理意见书，再登记送达。" in text


def test_from_the_approved_reply_it_leads_to_draft_and_issue_the_letter(browser, page):
    browser.sign_in(people.ZHAO)
    html = browser.get(page).html
    assert "答复已批准：先起草信访处理意见书，签发以后送达，再登记送达。" in html
    assert '<a href="#letters">起草意见书</a>' in html
    issue(browser, state="draft", issued_on=None, issued_at=None, content=None, content_digest=None)
    html = browser.get(page).html
    assert re.search(rf'<a href="{page}/letters/\d+/issue[a-z]*">签发意见书</a>', html)


def test_the_number_of_the_one_issued_letter_is_filled_in(browser, page):
    number = "柳信〔2026〕1号"
    issue(browser, number=number)
    form = browser.sign_in(people.LIN).get(page).html.partition(f'action="{page}/service"')[2]
    form = form.partition("</form>")[0]
    assert re.search(rf'name="document_number"[^>]*value="{re.escape(number)}"', form)
    assert '<option selected value="reply">' in form


def test_what_must_be_filled_in_bears_the_star(browser, page):
    form = browser.sign_in(people.LIN).get(page).html.partition(f'action="{page}/service"')[2]
    form = form.partition("</form>")[0]
    star = '<span class="required" aria-hidden="true">*</span>'
    starred = re.findall(rf">([^<>]+){re.escape(star)}", form)
    assert starred == ["送达日期", "送达的文书", "送达方式"]


def test_only_the_end_of_the_handling_is_called_so(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        petition = letters.accepted(session)
        for key, met_on in (("xfr_notice", date(2026, 7, 6)), ("handle", date(2026, 7, 10))):
            days = {
                "started_on": date(2026, 7, 4),
                "due_on": date(2026, 7, 19),
                "limit_from": date(2022, 5, 1),
            }
            session.add(Deadline(petition_id=petition.id, key=key, met_on=met_on, trace="", **days))
        session.commit()
        address = f"/petitions/{petition.id}"
    text = browser.sign_in(people.LIN).get(address).text
    assert "按期完成 2026-07-06" in text
    assert "按期办结 2026-07-10" in text
