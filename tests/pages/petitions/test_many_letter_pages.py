"""批量文书: a preview of which can be drafted and what they lack, drafts for all, and the issued ones as one PDF."""

import pytest
from sqlalchemy import select

from models.bulletin import DocumentRegister
from models.petition import Petition
from models.petition_letter import PetitionLetter
from tests import factories, letters
from tests.documents.pdf_reading import bookmarks_of, pages_of
from tests.people import BAI, HAN, LIN, WU, ZHAO, unit
from tests.prints import shorten_prints, work_through

PAGE = "/petitions/many/letters"


@pytest.fixture
def matters(site):
    """901 and 902 accepted by 柳溪镇, 903 not signed for yet."""
    with site.app_context(), factories.plain_session() as session:
        ones = [letters.accepted(session, number=f"XF-AL01-2026-0090{n}") for n in (1, 2)]
        ones.append(letters.forwarded(session, number="XF-AL01-2026-00903"))
        factories.document_register(session, "AL21", series="letter", word="柳信", mark="柳溪镇")
        unit(session, "AL21").telephone = "0379-6000001"
        session.commit()
        return [row.id for row in ones]


def query(ids, **more):
    return "?" + "&".join([*(f"p={i}" for i in ids), *(f"{k}={v}" for k, v in more.items())])


def previewed(browser, ids, kind="acceptance", status=200, **more):
    return browser.post(PAGE, {"p": ids, "kind": kind, "do": "preview"} | more, status)


def carried(page):
    ticked = [e.get("value") for e in page.all("input") if e.get("name") == "p"]
    names = ("kind", "list", "submission_key")
    return {name: page.field(name) for name in names} | {"p": ticked, "do": "confirm"}


def rows(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        statement = select(PetitionLetter).order_by(PetitionLetter.petition_id)
        return [(row.petition_id, row.kind, row.state, row.id) for row in session.scalars(statement)]


def issue_all(browser):
    """Each draft filled in by the clerk and issued by the township's head, without a seal."""
    with browser.app.app_context(), factories.plain_session() as session:
        register = str(session.scalars(select(DocumentRegister)).one().id)
    for petition_id, _kind, _state, letter_id in rows(browser):
        address = f"/petitions/{petition_id}/letters/{letter_id}"
        form = browser.sign_in(LIN).get(address)
        typed = {"version": form.field("version"), "source": form.field("source"), "due.handler": "镇水利站"}
        browser.post(address, typed)
        form = browser.sign_in(ZHAO).get(f"{address}/issue")
        chosen = {
            "version": form.field("version"),
            "seen": form.field("seen"),
            "register": register,
            "seal": "0",
        }
        browser.post(f"{address}/issue", chosen)


def test_it_offers_the_kinds_that_may_be_drafted_with_how_many(browser, matters):
    page = browser.sign_in(LIN).get(PAGE + query(matters, list="state%3Dhandling"))
    assert "受理告知书（可起草 2 份）" in page.text
    assert "转送单（" not in page.text
    assert "/petitions?state=handling" in page.html
    assert "打印已印发的文书" not in page.text


def test_a_preview_says_which_can_be_drafted_and_what_they_lack_and_keeps_nothing(browser, matters):
    page = previewed(browser.sign_in(LIN), matters)
    assert "确认起草 2 份" in page.text
    assert "还缺 1 处" in page.text
    assert "请填写办理单位。" in page.text
    assert "不能起草 没有登记告知“受理”。" in page.text
    assert rows(browser) == []


def test_confirmed_each_is_drafted_once_and_leads_to_its_draft(browser, matters):
    page = previewed(browser.sign_in(LIN), matters[:2])
    answers = [browser.post(PAGE, carried(page)) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert [row[:3] for row in rows(browser)] == [(i, "acceptance", "draft") for i in matters[:2]]
    done = browser.get(answers[0].location)
    assert "已起草 2 份受理告知书。" in done.text
    for petition_id, _kind, _state, letter_id in rows(browser):
        assert f"/petitions/{petition_id}/letters/{letter_id}" in done.html


def test_what_was_refused_stays_ticked_while_the_others_are_drafted(browser, matters):
    page = previewed(browser.sign_in(LIN), [matters[0], matters[2]])
    answer = browser.post(PAGE, carried(page), status=422)
    assert "已起草 1 份受理告知书" in answer.text
    assert "没有登记告知“受理”。" in answer.text
    assert [e.get("value") for e in answer.all("input") if e.get("name") == "p"] == [str(matters[2])]


def test_a_draft_that_a_colleague_began_after_the_preview_is_told(browser, matters):
    page = previewed(browser.sign_in(LIN), matters[:2])
    browser.sign_in(ZHAO).post(f"/petitions/{matters[0]}/letters", {"kind": "acceptance"})
    answer = browser.sign_in(LIN).post(PAGE, carried(page), status=422)
    assert "不能起草 已有草稿。" in answer.text
    assert len(rows(browser)) == 2


@pytest.mark.parametrize("kind", ["", "nonsense"])
def test_a_kind_that_there_is_not_is_refused(browser, matters, kind):
    previewed(browser.sign_in(LIN), matters, kind, 422)
    assert rows(browser) == []


def test_ticks_out_of_scope_are_neither_shown_nor_drafted(browser, matters):
    page = browser.sign_in(BAI).get(PAGE + query(matters[:1]))
    assert "勾选的有 1 件现在不在您能看到的范围里" in page.text
    assert "00901" not in page.html
    previewed(browser, matters[:1])
    browser.post(PAGE, {"p": matters[:1], "kind": "acceptance", "do": "confirm"}, status=422)
    assert rows(browser) == []


def test_issued_ones_are_printed_as_one_file_with_a_bookmark_each(browser, matters):
    page = previewed(browser.sign_in(LIN), matters[:2])
    browser.post(PAGE, carried(page))
    issue_all(browser)
    page = browser.sign_in(LIN).get(PAGE + query(matters))
    (link,) = [a.get("href") for a in page.all("a") if "letters.pdf" in (a.get("href") or "")]
    printed = browser.get(link).data
    words = "".join(pages_of(printed))
    assert "柳信〔2026〕1号" in words
    assert words.index("柳信〔2026〕1号") < words.index("柳信〔2026〕2号")
    assert len(bookmarks_of(printed)) == 2
    assert "草稿" not in words


def test_a_letter_that_bears_a_secret_name_is_in_no_file_of_many(browser, matters):
    page = previewed(browser.sign_in(LIN), matters[:2])
    browser.post(PAGE, carried(page))
    issue_all(browser)
    with browser.app.app_context(), factories.plain_session() as session, session.begin():
        session.get_one(Petition, matters[0]).confidential = True
    page = browser.sign_in(LIN).get(PAGE + query(matters))
    (link,) = [a.get("href") for a in page.all("a") if "letters.pdf" in (a.get("href") or "")]
    assert len(bookmarks_of(browser.get(link).data)) == 1


def test_many_are_printed_in_the_background(browser, matters, monkeypatch):
    page = previewed(browser.sign_in(LIN), matters[:2])
    browser.post(PAGE, carried(page))
    issue_all(browser)
    shorten_prints(monkeypatch, at_once=1, at_a_time=1)
    page = browser.sign_in(LIN).get(PAGE + query(matters))
    (target,) = [
        f.get("action") for f in page.all("form") if "paper=petition-letters" in (f.get("action") or "")
    ]
    address = browser.post(target).location
    assert "受理告知书，2 件信访事项" in browser.get(address).text
    work_through(browser.app)
    words = "".join(pages_of(browser.get(f"{address}.pdf").data))
    assert "柳信〔2026〕1号" in words
    assert "柳信〔2026〕2号" in words
    ids = ",".join(str(i) for i in matters)
    refused = browser.get(f"{PAGE}.pdf?petitions={ids}", status=303)
    assert "超过 1 份的在后台打印" in browser.get(refused.location).text


def test_nothing_to_print_says_so(browser, matters):
    refused = browser.sign_in(LIN).get(f"{PAGE}.pdf?petitions={matters[0]},x,&letter=nonsense", status=303)
    assert "没有您能打印的已印发文书" in browser.get(refused.location).text


def test_others_print_nothing_of_it(browser, matters):
    with browser.app.app_context(), factories.plain_session() as session:
        letters.issued(session, session.get_one(Petition, matters[0]), "acceptance", "AL21")
        session.commit()
    browser.sign_in(BAI).get(f"{PAGE}.pdf?petitions={matters[0]}", status=303)
    browser.sign_in(HAN).get(f"{PAGE}.pdf?petitions={matters[0]}", status=403)
    browser.get(PAGE + query(matters), status=403)
    assert "文书" not in [(e.text or "").strip() for e in browser.get("/petitions").all("button")]


def test_the_county_office_drafts_its_forward_letters(browser, matters):
    page = previewed(browser.sign_in(WU), [matters[2]], "forward")
    browser.post(PAGE, carried(page))
    assert [row[:3] for row in rows(browser)] == [(matters[2], "forward", "draft")]


def test_the_page_reads_once_for_all(browser, site, matters, count_statements):
    with site.app_context(), factories.plain_session() as session:
        ids = [letters.accepted(session, number=f"XF-AL01-2026-01{n:03d}").id for n in range(12)]
        session.commit()
    browser.sign_in(LIN)

    def cost(chosen):
        with count_statements(site) as statements:
            browser.get(PAGE + query(chosen))
        return len(statements)

    assert cost(ids) == cost(ids[:2]) <= 24
