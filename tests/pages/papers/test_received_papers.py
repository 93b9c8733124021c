"""收到的: what other offices issued to one's own, as a tab of the list of papers, its sheet and the printed register."""

import io
from datetime import date
from itertools import count

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models.inspection import InspectionVisit
from models.interview import Interview
from tests import factories, inspections, interviews, leads, meetings, papers, people, supervision
from tests.documents.pdf_reading import pages_of

RECEIVED = "/papers?state=received"


_serial = count(1)


def _issue(session, row, kind, title, by="AL01", **values):
    papers.issued_paper(
        session, row, by, kind=kind, title=title, number=f"{by}〔2026〕{next(_serial)}号", **values
    )


@pytest.fixture
def county(site):
    with site.app_context(), factories.plain_session() as session:
        talk = interviews.interview(session)
        _issue(session, talk, "interview_notice", "约谈的通知", issued_on=date(2026, 7, 13))
        _issue(session, talk, "interview_record", "存档的约谈纪要")
        papers.paper(session, talk, title="没有签发的通知")
        _issue(session, supervision.issued(session, "AL21", "AL22"), "supervision", "督办两个单位的函")
        _issue(session, leads.lead(session, "AL01", "AL21"), "lead_notice", "包案的通知")
        visit = session.get_one(InspectionVisit, inspections.problem(session).visit_id)
        _issue(session, visit.inspection, "inspection_notice", "开展督查的通知")
        _issue(session, visit, "inspection_feedback", "督查反馈的意见")
        asked = meetings.meeting(session, "AL21", state="minuted")
        meetings.attendee(session, asked, "AL21")
        _issue(session, asked, "escalation", "提请研究的报告书", by="AL21")
        _issue(session, asked, "minutes", "镇里自己的会议纪要", by="AL21")
        session.commit()


def titles(page):
    known = (
        *(
            "约谈的通知",
            "存档的约谈纪要",
            "没有签发的通知",
            "督办两个单位的函",
            "包案的通知",
            "开展督查的通知",
        ),
        *("督查反馈的意见", "提请研究的报告书", "镇里自己的会议纪要"),
    )
    rows = page.html.split('id="paper-rows"')[1]
    return {title for title in known if f">{title}<" in rows}


@pytest.mark.parametrize(
    ("member", "seen"),
    [
        (people.LIN, {"约谈的通知", "督办两个单位的函", "包案的通知", "开展督查的通知", "督查反馈的意见"}),
        (people.BAI, {"督办两个单位的函"}),
        (people.ZHU, set()),
        (people.WU, {"提请研究的报告书"}),
    ],
    ids=lambda value: getattr(value, "username", ""),
)
def test_each_office_finds_what_others_issued_to_it(browser, county, member, seen):
    page = browser.sign_in(member).get(RECEIVED)
    assert titles(page) == seen
    assert f"收到的：共 {len(seen)} 份" in page.text


def test_the_tab_stands_beside_the_others_and_names_who_issued_it(browser, county):
    page = browser.sign_in(people.LIN).get("/papers")
    assert 'href="/papers?state=received"' in page.html
    assert titles(page) == {"提请研究的报告书", "镇里自己的会议纪要"}
    shown = browser.get(f"{RECEIVED}&kind=interview_notice&from=2026-07-13&to=2026-07-13")
    assert titles(shown) == {"约谈的通知"}
    assert "2026-07-13 AL01〔2026〕" in shown.text
    assert "县信访局" in shown.text


def test_what_is_hidden_at_its_record_is_hidden_here(browser, site, county):
    with site.app_context(), factories.plain_session() as session:
        sealed = factories.petition(session, purpose="accusation", sealed=True)
        session.scalars(select(Interview)).one().petition_id = sealed.id
        session.commit()
    assert "约谈的通知" not in titles(browser.sign_in(people.LIN).get(RECEIVED))


def test_as_sheet_and_as_printed_register(browser, county):
    browser.sign_in(people.LIN)
    rows = list(load_workbook(io.BytesIO(browser.get(f"{RECEIVED}&format=xlsx").data)).active.values)
    assert len(rows) == 6
    printed = "".join(pages_of(browser.get("/papers.pdf?state=received").data)).replace("\n", "")
    assert "收到的。共5份" in printed
    assert "督查反馈的意见" in printed
