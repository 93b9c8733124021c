"""Sums of lists and figures are kept until anything is entered: never a number that an entry has changed."""

from datetime import timedelta

import pytest

from tests import factories, people
from tests.browser import Browser
from tests.pages.statistics.test_show import figure_lines
from web import clock

VISITS, PETITIONS = "/reception/visits", "/petitions"
FIGURES = "/statistics?period=2026-07"
TYPED = {
    "unit": "柳溪镇", "visit_date": "2026-07-15", "reception_type": "daily", "receptionist": "林秀", "name_1": "周大山",
    "persons": "3", "representatives": "1", "visit_kind": "first", "category": "住房保障与房地产", "purpose": "request",
    "content": "反映小区房屋漏水，多次找物业没有结果。", "outcome": "explained",
}  # fmt: skip


@pytest.fixture
def lin(site):
    """Something is entered already: a site without an entry keeps nothing."""
    lin = Browser(site).sign_in(people.LIN)
    register(lin)
    return lin


@pytest.fixture
def wu(site, lin):
    return Browser(site).sign_in(people.WU)


def register(browser):
    return browser.post(VISITS, TYPED)


def add_unentered(site):
    """Rows that no entry tells of, which a site never has: who does not count them again shows it."""
    with site.app_context(), factories.plain_session() as session:
        factories.visit(
            session, "AL21", number="LF-AL21-2026-00901", persons=40, content="反映小区房屋漏水。"
        )
        factories.petition(session, "AL01", persons=40, stage="received", responsible="AL21")
        session.commit()


@pytest.mark.parametrize("address", [VISITS, f"{VISITS}?q=漏水", f"{VISITS}?type=daily"])
def test_a_list_counts_once_and_again_after_an_entry(site, lin, wu, address):
    assert "1 批 3 人次" in wu.get(address).text
    add_unentered(site)
    assert "1 批 3 人次" in wu.get(address).text
    register(lin)
    assert "3 批 46 人次" in wu.get(address).text


def test_who_entered_sees_it_at_once(lin):
    assert "1 批 3 人次" in lin.get(VISITS).text
    register(lin)
    assert "2 批 6 人次" in lin.get(VISITS).text


def test_what_was_voided_no_longer_counts(lin, wu):
    register(lin)
    assert "2 批 6 人次" in wu.get(VISITS).text
    lin.post(f"{VISITS}/1/void", {"reason": "重复登记", "version": "1"})
    assert "1 批 3 人次" in wu.get(VISITS).text


def test_every_reader_has_sums_of_his_own_scope(site, lin, wu):
    bai = Browser(site).sign_in(people.BAI)
    assert "1 批 3 人次" in wu.get(VISITS).text
    assert "1 批" not in bai.get(VISITS).text


def test_tabs_of_petitions_count_once_and_again_after_an_entry(site, lin, wu):
    assert waiting(wu) == "待告知 0"
    add_unentered(site)
    assert waiting(wu) == "待告知 0"
    register(lin)
    assert waiting(wu) == "待告知 1"


def waiting(browser):
    (tab,) = [a for a in browser.get(PETITIONS).all("a") if "state=to_notify" in a.get("href", "")]
    return " ".join("".join(tab.itertext()).split())


def test_figures_are_made_once_and_again_after_an_entry(site, lin, wu):
    assert persons(wu) == "3 人次"
    add_unentered(site)
    assert persons(wu) == "3 人次"
    register(lin)
    assert persons(wu) == "46 人次"


def persons(browser):
    return figure_lines(browser.get(FIGURES))["接待来访人次"][0]


def test_a_look_again_asks_the_database_for_rows_alone(site, wu, count_statements):
    for address, sums in ((VISITS, 1), (PETITIONS, 2), (FIGURES, 4)):
        with count_statements(site) as first:
            wu.get(address)
        with count_statements(site) as again:
            wu.get(address)
        assert len(first) - len(again) >= sums, address


def test_a_day_that_begins_is_counted_anew(site, lin, wu):
    """Nothing is entered overnight; what was due today is late tomorrow."""
    with site.app_context(), factories.plain_session() as session:
        factories.visit(
            session, "AL21", number="LF-AL21-2026-00901", outcome="committed", due_date=people.TODAY,
            responsible_unit_id=people.unit(session, "AL11").id,
        )  # fmt: skip
        session.commit()
    late = f"{VISITS}?state=overdue"
    assert "1 批" not in wu.get(late).text
    assert "2 批 4 人 今天来访" in front(wu)
    with clock.frozen(people.NOW + timedelta(days=1)):
        tomorrow = Browser(site).sign_in(people.WU)
        assert "1 批" in tomorrow.get(late).text
        assert "2 批 4 人 今天来访" not in front(tomorrow)


def test_the_front_page_counts_once_and_again_after_an_entry(site, lin, wu):
    assert "1 批 3 人 今天来访" in front(wu)
    add_unentered(site)
    assert "1 批 3 人 今天来访" in front(wu)
    register(lin)
    assert "3 批 46 人 今天来访" in front(wu)


def front(browser):
    return browser.get("/").text


def test_a_request_that_counts_as_activity_still_remembers(site, wu, count_statements):
    """Once a minute a request notes that somebody is there, which is no entry."""
    wu.get(PETITIONS)
    with clock.frozen(people.NOW + timedelta(seconds=90)), count_statements(site) as again:
        wu.get(PETITIONS)
    assert any(statement.startswith("UPDATE sign_in_session") for statement in again)
    assert not any("count(" in statement for statement in again)


def test_an_id_of_nothing_is_another_question(lin, wu):
    assert "1 批" not in wu.get(f"{VISITS}?category=0").text
    assert "1 批 3 人次" in wu.get(VISITS).text
    assert "1 批" not in wu.get(f"{VISITS}?q=漏水&batch=0").text
    assert "1 批 3 人次" in wu.get(f"{VISITS}?q=漏水").text
