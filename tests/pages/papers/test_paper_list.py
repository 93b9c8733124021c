"""公函: the list of what is to be issued and what was issued, as page, sheet and printed 公函登记簿."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tests import factories, interviews, meetings, papers
from tests.documents.pdf_reading import pages_of
from tests.people import BAI, CHEN, HAN, WU, ZHAO, ZHENG


@pytest.fixture
def county(site):
    """县信访局: one to sign, one issued, one given up, about an interview of 柳溪镇. 柳溪镇: 纪要 issued, notice to sign."""
    with site.app_context(), factories.plain_session() as session:
        talk = interviews.interview(session)
        papers.paper(session, talk)
        papers.issued_paper(
            session,
            talk,
            kind="interview_record",
            title="约谈纪要",
            number="安信督〔2026〕1号",
            issued_on=date(2026, 7, 13),
        )
        papers.paper(session, talk, state="void", title="写错的通知", void_reason="另行发文")
        meeting = meetings.meeting(session, "AL21", state="minuted")
        papers.issued_paper(
            session, meeting, "AL21", kind="minutes", title="镇联席会议纪要", number="柳信督〔2026〕1号"
        )
        papers.paper(session, meeting, "AL21", kind="meeting_notice", title="镇联席会议通知")
        session.commit()


def titles(page):
    known = ("关于约谈柳溪镇的通知", "约谈纪要", "写错的通知", "镇联席会议纪要", "镇联席会议通知")
    rows = page.html.split('id="paper-rows"')[1]
    return {title for title in known if f">{title}<" in rows}


@pytest.mark.parametrize(
    ("member", "seen"),
    [
        (WU, {"关于约谈柳溪镇的通知", "约谈纪要", "镇联席会议纪要"}),
        (ZHAO, {"镇联席会议纪要", "镇联席会议通知"}),
        (HAN, {"约谈纪要", "镇联席会议纪要"}),
        (BAI, set()),
    ],
    ids=lambda value: getattr(value, "username", ""),
)
def test_each_office_has_its_drafts_and_what_was_issued_in_its_scope(browser, county, member, seen):
    assert titles(browser.sign_in(member).get("/papers")) == seen


def test_a_village_has_no_papers(browser, county):
    browser.sign_in(CHEN).get("/papers", 403)


def test_by_state_kind_day_and_words(browser, county):
    browser.sign_in(WU)
    assert titles(browser.get("/papers?state=draft")) == {"关于约谈柳溪镇的通知"}
    assert titles(browser.get("/papers?state=void")) == {"写错的通知"}
    assert titles(browser.get("/papers?kind=minutes")) == {"镇联席会议纪要"}
    assert titles(browser.get("/papers?state=issued&from=2026-07-13&to=2026-07-13")) == {"约谈纪要"}
    assert titles(browser.get("/papers?q=安信督")) == {"约谈纪要"}
    assert titles(browser.get("/papers?from=2026-07-16")) == set()
    assert "没有符合条件的公函" in browser.get("/papers?from=2026-07-16").text
    assert "起始日期晚于截止日期" in browser.get("/papers?from=2026-07-16&to=2026-07-01", 422).text


def test_only_the_signer_is_offered_to_sign(browser, county):
    assert ">签发</a>" in browser.sign_in(ZHENG).get("/papers?state=draft").html
    assert ">签发</a>" not in browser.sign_in(WU).get("/papers?state=draft").html


def test_a_paper_of_a_sealed_matter_is_not_listed_for_who_may_not_read_its_record(browser, site):
    with site.app_context(), factories.plain_session() as session:
        sealed = factories.petition(session, "AL01", number="XF-9", purpose="accusation", sealed=True)
        papers.paper(session, interviews.interview(session, petition_id=sealed.id))
        session.commit()
    assert titles(browser.sign_in(WU).get("/papers")) == set()


def test_the_same_rows_as_a_sheet_and_as_a_printed_register(browser, county):
    browser.sign_in(WU)
    sheet = load_workbook(io.BytesIO(browser.get("/papers?format=xlsx&state=issued").data)).active
    assert [tuple(str(cell) for cell in row[:4]) for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        ("柳信督〔2026〕1号", "2026-07-15 00:00:00", "会议纪要", "镇联席会议纪要"),
        ("安信督〔2026〕1号", "2026-07-13 00:00:00", "约谈纪要", "约谈纪要"),
    ]
    printed = "".join(pages_of(browser.get("/papers.pdf?state=issued").data))
    for said in ("公函登记簿", "安信督〔2026〕1号", "镇联席会议纪要", "共2份"):
        assert said in printed


def test_a_page_costs_few_statements(browser, site, county, count_statements):
    browser.sign_in(WU)
    with count_statements(site) as statements:
        browser.get("/papers")
    assert len(statements) <= 8
