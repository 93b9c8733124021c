"""接访日报: the day's figures on screen and on paper."""

from datetime import date

import pytest

from tests import factories, people


@pytest.fixture
def day(site):
    """2026-07-15, a Wednesday: 3 visits of 柳溪镇 and below (18 persons, one group of 12), one sealed."""
    with site.app_context(), factories.plain_session() as session:
        factories.visit(session, "AL21", persons=12, representatives=5)
        factories.visit(session, "AL21", persons=5, representatives=5, visit_kind="repeat")
        factories.visit(session, "AL2101", persons=1)
        factories.visit(session, "AL21", persons=2, representatives=2, sealed=True, purpose="accusation")
        factories.visit(session, "AL21", visit_date=date(2026, 7, 14))
        factories.visit(session, "AL22")
        factories.village_session(session, "AL2101")
        factories.leader_reception(session, "AL21")
        session.commit()


def test_a_township_counts_itself_and_its_villages(browser, day):
    text = browser.sign_in(people.LIN).get("/reception/day-sheet").text
    assert "柳溪镇及下级，2026-07-15 星期三。" in text
    assert "3 批 来访 · 18 人次" in text
    assert "2 批 集体访 · 17 人次" in text
    assert "2 / 1 初访 / 重访（批）" in text
    assert "1 / 3 村级接访 实开 / 应开" in text


def test_the_county_counts_the_sealed_matter_but_does_not_list_it(browser, day):
    text = browser.sign_in(people.WU).get("/reception/day-sheet").text
    assert "5 批 来访 · 21 人次" in text
    assert "另有 1 批按规定密封，只计数、不列出。" in text


def test_another_day(browser, day):
    text = browser.sign_in(people.LIN).get("/reception/day-sheet?date=2026-07-14").text
    assert "1 批 来访 · 1 人次" in text
    assert "村级接访 实开" not in text


def test_a_wrong_date_is_said(browser, day):
    assert "写法不对" in browser.sign_in(people.LIN).get("/reception/day-sheet?date=x", status=422).text


def test_a_foreign_unit_is_not_found(browser, day, site):
    with site.app_context(), factories.plain_session() as session:
        foreign = people.unit(session, "AL22").id
    browser.sign_in(people.LIN).get(f"/reception/day-sheet?unit={foreign}", status=404)


def test_the_paper_is_a_pdf(browser, day):
    assert browser.sign_in(people.LIN).get("/reception/day-sheet.pdf").data.startswith(b"%PDF")
