"""Sums of lists and figures are kept until anything is entered: never a number that an entry has changed."""

import pytest

from tests import factories, people
from tests.browser import Browser
from tests.pages.statistics.test_show import figure_lines

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
