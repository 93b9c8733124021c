"""应办事项 as pages and sheets: who reads which office's, and where each line leads."""

from datetime import date

import pytest

from models.organisation import Unit
from tests import factories, interviews, meetings, people

ALL = "/supervision/owed"


@pytest.fixture
def office(site):
    """柳溪镇 is late with an interview's correction and owes a decision of the county's meeting."""
    with site.app_context(), factories.plain_session() as session:
        interviews.interview(session, correct_by=date(2026, 7, 10))
        meetings.decision(session, meetings.meeting(session, "AL01", state="minuted"))
        session.commit()
        return {unit.code: unit.id for unit in session.query(Unit)}


def test_the_county_reads_all_offices_and_opens_one(browser, office):
    page = browser.sign_in(people.WU).get(ALL)
    assert f'href="{ALL}/{office["AL21"]}?kind=interview"' in page.html
    page = browser.get(f"{ALL}/{office['AL21']}")
    assert "柳溪镇（含下级）还没有办结的事：共 2 件" in page.text
    assert 'href="/supervision/interviews/' in page.html and 'href="/meetings/decisions/' in page.html
    late = browser.get(f"{ALL}/{office['AL21']}?late=1").text
    assert "已超期的事：共 1 件" in late and "约谈整改" in late


def test_a_township_reads_its_own_and_not_its_neighbours(browser, office):
    browser.sign_in(people.ZHAO)
    assert "柳溪镇" in browser.get(ALL).text
    browser.get(f"{ALL}/{office['AL22']}", 404)


def test_both_are_sheets_too(browser, office):
    browser.sign_in(people.WU)
    for address in (ALL, f"{ALL}/{office['AL21']}"):
        answer = browser.get(f"{address}?format=xlsx")
        assert answer.data[:2] == b"PK"


def test_an_office_that_owes_nothing_is_told_so(browser, office):
    assert "没有要办的事" in browser.sign_in(people.WU).get(f"{ALL}/{office['AL22']}").text
