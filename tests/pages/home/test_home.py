"""工作台: what is due, what is missing, for each role its own."""

from datetime import date

import pytest

from actions.petition_deadlines import settle_deadlines
from models.organisation import Unit
from rules.taxonomy import UnitCategory
from tests import factories, people
from tests.browser import XHTML


@pytest.fixture
def county(site):
    with site.app_context(), factories.plain_session() as session:
        responsible = people.unit(session, "AL11").id
        factories.visit(
            session,
            "AL21",
            outcome="committed",
            responsible_unit_id=responsible,
            due_date=factories.days_before(1),
        )
        factories.visit(
            session,
            "AL21",
            outcome="committed",
            responsible_unit_id=responsible,
            due_date=factories.days_before(-3),
        )
        factories.village_session(session, "AL2101")
        session.commit()


def test_a_clerk_sees_what_is_due_and_which_villages_are_missing(browser, county):
    text = browser.sign_in(people.LIN).get("/").text
    assert "2 批 2 人 今天来访" in text
    assert "1 件 来访超过限办日期未办结" in text
    assert "1 件 七天内到期" in text
    assert "还没登记村级接访的（2 个） 下河村、柳园社区" in text


@pytest.mark.parametrize(("state", "due"), [("overdue", "2026-07-14"), ("due_soon", "2026-07-18")])
def test_a_number_leads_to_its_rows(browser, county, state, due):
    (card,) = [
        a for a in browser.sign_in(people.LIN).get("/").all("a") if f"state={state}&" in a.get("href", "")
    ]
    page = browser.get(card.get("href"))
    assert "：共 1 批" in page.text and due in page.text


def test_a_session_held_on_another_day_of_its_week_counts_as_on_the_page_of_the_week(browser, site, county):
    with site.app_context(), factories.plain_session() as session:
        factories.village_session(session, "AL2102", session_date=factories.days_before(1))
        session.commit()
    text = browser.sign_in(people.LIN).get("/").text
    assert "还没登记村级接访的（1 个） 柳园社区" in text


def late_lines(page):
    """{unit: ((open, its list), (late, its list))}."""
    table = next(t for t in page.all("table") if "责任单位（含下级）" in "".join(t.itertext()))
    lines = [list(row) for row in table.iter(f"{XHTML}tr")][1:]
    return {row[0].text: tuple(number_of(cell) for cell in row[1:]) for row in lines}


def number_of(cell):
    link = cell.find(f"{XHTML}a")
    return (cell.text, None) if link is None else (link.text, link.get("href"))


def test_the_countys_late_units_lead_to_their_visits(browser, county):
    browser.sign_in(people.WU)
    found = late_lines(browser.get("/"))
    assert list(found) == ["县住建局"]
    (opens, open_list), (late, late_list) = found["县住建局"]
    assert (opens, late) == ("2", "1")
    assert 'aria-label="县住建局未办结的来访 2 批"' in browser.get("/").html
    assert "：共 2 批" in browser.get(open_list).text
    assert "：共 1 批" in browser.get(late_list).text


def test_a_late_unit_counts_what_stands_below_it_as_its_list_does(browser, site, county):
    """柳溪镇 owes one in time, its 上河村 one late; the county itself has no list of its own."""
    with site.app_context(), factories.plain_session() as session:
        for code, days in (("AL21", -5), ("AL2101", 2), ("AL", 3)):
            unit_id = people.unit(session, code).id
            due = factories.days_before(days)
            factories.visit(session, "AL01", outcome="committed", responsible_unit_id=unit_id, due_date=due)
        session.commit()
    browser.sign_in(people.HAN)
    found = late_lines(browser.get("/"))
    assert found.pop("安澜县") == (("1", None), ("1", None))
    assert {name: (opens[0], late[0]) for name, (opens, late) in found.items()} == {
        "县住建局": ("2", "1"),
        "柳溪镇": ("2", "1"),
    }
    for opens, late in found.values():
        for number, address in (opens, late):
            assert f"：共 {number} 批" in browser.get(address).text


def test_each_unit_outside_the_county_has_its_own_line(browser, site):
    with site.app_context(), factories.plain_session() as session:
        police = Unit(
            name="云江市公安局", short_name="市公安局", code="EX02", category=UnitCategory.EXTERNAL.value
        )
        session.add(police)
        session.flush()
        for unit_id in [people.unit(session, "EX01").id] * 3 + [police.id]:
            due = factories.days_before(1)
            factories.visit(session, "AL01", outcome="committed", responsible_unit_id=unit_id, due_date=due)
        session.commit()
    found = late_lines(browser.sign_in(people.WU).get("/"))
    assert {name: (opens[0], late[0]) for name, (opens, late) in found.items()} == {
        "市信访局": ("3", "3"),
        "市公安局": ("1", "1"),
    }
    assert "：共 3 批" in browser.get(found["市信访局"][1][1]).text


def test_the_responsible_unit_sees_what_it_owes(browser, county):
    assert "1 件 来访超过限办日期未办结" in browser.sign_in(people.ZHU).get("/").text


def test_the_county_sees_units_with_overdue_matters(browser, county):
    assert "县住建局 2 1" in browser.sign_in(people.WU).get("/").text


@pytest.mark.parametrize("member", people.CAST, ids=lambda m: m.username)
def test_everyone_has_a_front_page(browser, county, member):
    assert browser.sign_in(member).get("/").text


def test_administrators_see_no_petition_data(browser, county):
    for member in (people.SUN, people.QIAN, people.HE):
        assert "来访" not in browser.sign_in(member).get("/").text


def test_the_front_page_costs_few_statements(browser, site, county, count_statements):
    browser.sign_in(people.WU)
    with count_statements(site) as statements:
        browser.get("/")
    assert len(statements) <= 25


def test_a_clerk_meets_the_deadlines_of_the_own_unit_first(browser, site):
    with site.app_context(), factories.plain_session() as session:
        sent = dict.fromkeys(("registered_on", "dispatched_on", "unit_received_on"), date(2026, 6, 30))
        petition = factories.petition(session, number="XF-1", responsible="AL21", stage="received", **sent)
        settle_deadlines(session, petition, people.TODAY)
        session.commit()
    text = browser.sign_in(people.LIN).get("/").text
    assert "已超期 0 个，今天到期 1 个，3 个工作日内到期 0 个" in text
    assert "当日 2026-07-15 今天到期 告知 XF-1 反映房屋漏水 本单位" in text
    assert "我和本单位的期限" not in browser.sign_in(people.BAI).get("/").text
