"""办理倒查 in the browser: the record's own days, kept with an opinion, proposing only where handling fell short."""

from datetime import date

import pytest

from models.deadline import Deadline
from tests import factories, letters
from tests.documents.pdf_reading import pages_of
from tests.people import BAI, LIN, WU, ZHENG, unit


@pytest.fixture
def matter(site):
    """Accepted by the township; told two days after its last day."""
    with site.app_context(), factories.plain_session() as session:
        petition = letters.accepted(session, notified_on=date(2026, 7, 12))
        session.add_all(
            _clock(session, petition, key, code, due, met)
            for key, code, due, met in (
                ("xfbm_dispatch", "AL01", date(2026, 7, 16), date(2026, 7, 3)),
                ("xfr_notice", "AL21", date(2026, 7, 10), date(2026, 7, 12)),
            )
        )
        session.commit()
        return f"/petitions/{petition.id}/look-back"


def _clock(session, petition, key, code, due_on, met_on):
    return Deadline(
        petition_id=petition.id, key=key, unit_id=unit(session, code).id, started_on=date(2026, 7, 1), due_on=due_on,
        met_on=met_on, limit_from=date(2022, 5, 1), trace="",
    )  # fmt: skip


def test_each_step_with_its_days_and_what_fell_short(browser, matter):
    page = browser.sign_in(WU).get(matter).text
    for said in (
        "有 1 个环节不到位",
        "告知（第二十三条第三款）逾期完成（柳溪镇）",
        "未按期告知受理情况",
        "2026-07-12",
    ):
        assert said in page


def test_it_is_kept_as_it_stood_and_an_interview_proposed_from_it(browser, matter, site):
    assert "可以据此提出" not in browser.sign_in(WU).get(matter).text
    browser.post(matter, {"opinion": "经办人没有及时告知。"}, 303)
    with site.app_context(), factories.plain_session() as session:
        for clock in session.query(Deadline):
            clock.met_on = date(2026, 7, 2)
        session.commit()
    page = browser.get(matter)
    assert "各环节没有逾期和应办未办的情形" in page.text
    assert "经办人没有及时告知。" in page.text
    assert "可以据此提出" in page.text
    form = browser.get("/supervision/interviews/new?look_back=1")
    assert form.field("reason") == "经办人没有及时告知。"
    assert form.field("petition") == letters.NUMBER
    assert form.field("ground") == "not_notified"


def test_a_task_is_filed_on_the_ground_that_the_look_back_found(browser, matter):
    browser.sign_in(WU).post(matter, {"opinion": "经办人没有及时告知。"}, 303)
    links = [part.replace("&amp;", "&") for part in browser.get(matter).html.split('"')]
    form = browser.get(next(link for link in links if link.startswith("/supervision/tasks/new?")))
    assert form.field("title") == "柳溪镇信访事项办理中“未按期告知受理情况”问题"
    assert "2026年7月12日才办理，超期2天" in form.text


def test_where_nothing_fell_short_nothing_may_be_proposed(browser, matter, site):
    with site.app_context(), factories.plain_session() as session:
        for clock in session.query(Deadline):
            clock.met_on = date(2026, 7, 2)
        session.commit()
        own = str(unit(session, "AL21").id)
    browser.sign_in(WU).post(matter, {"opinion": "办理规范。"}, 303)
    assert "可以据此提出" not in browser.get(matter).text
    refused = browser.post(
        "/supervision/interviews/new",
        {"unit": own, "interviewed_on": "2026-07-15", "persons": "1", "ground": "other", "reason": "群众多次上访。",
         "look_back": "1"},
        422,
    )  # fmt: skip
    assert "没有发现办理不到位，不能据此约谈" in refused.text


def test_an_empty_opinion_is_refused(browser, matter):
    assert "请写倒查意见" in browser.sign_in(WU).post(matter, {"opinion": " "}, 422).text


def test_a_clerk_reads_it_and_keeps_none_and_other_townships_read_nothing(browser, matter):
    assert "登记倒查意见" not in browser.sign_in(LIN).get(matter).text
    browser.post(matter, {"opinion": "想登记"}, 403)
    browser.sign_in(BAI).get(matter, 404)


def printed(browser, address):
    return "".join(pages_of(browser.get(address).data))


def test_printed(browser, matter):
    words = printed(browser.sign_in(ZHENG), f"{matter}.pdf")
    for said in ("信访事项办理倒查表", "2026-07-12", "逾期完成"):
        assert said in words
    assert "倒查意见" not in words


def test_what_was_kept_is_printed_with_its_opinion_as_it_stood(browser, matter, site):
    browser.sign_in(WU).post(matter, {"opinion": "经办人没有及时告知。\n责成当面说明。"}, 303)
    with site.app_context(), factories.plain_session() as session:
        for clock in session.query(Deadline):
            clock.met_on = date(2026, 7, 2)
        session.commit()
    opinion = "倒查意见（2026-07-15，县信访局吴芳）：经办人没有及时告知。责成当面说明。"
    assert f'href="{matter}.pdf?kept=1"' in browser.get(matter).html
    for address, said in ((f"{matter}.pdf", "各环节没有逾期"), (f"{matter}.pdf?kept=1", "有1个环节不到位")):
        words = printed(browser, address)
        assert opinion in words
        assert said in words


def test_once_kept_it_stands_first_and_another_is_an_act_of_its_own(browser, matter):
    assert "登记倒查意见" in browser.sign_in(WU).get(matter).text
    answer = browser.post(matter, {"opinion": "经办人没有及时告知。"}, 303)
    assert answer.location.endswith("#look-back-1")
    page = browser.get(matter).text
    assert "登记倒查意见" not in page
    assert "再登记一次倒查" in page
    assert page.index("经办人没有及时告知。") < page.index("各环节（今天的情况）")


def test_void_with_its_reason(browser, matter):
    browser.sign_in(WU).post(matter, {"opinion": "经办人没有及时告知。"}, 303)
    browser.post(f"{matter}/1/void", {"version": "1", "reason": "登记错了"}, 303)
    assert "经办人没有及时告知。" not in browser.get(matter).text
