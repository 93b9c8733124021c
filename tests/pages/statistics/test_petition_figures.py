"""The figures of petitions on the page, in the sheet, as JSON and from the console; their cards."""

import json

import pytest

from tests import factories, people
from tests.indicators.petition_world import build_june
from tests.pages.statistics.test_same_strings import expected, lines_of
from tests.pages.statistics.test_show import figure_lines

ADDRESS = "/statistics?period=2026-06&compare=mom"


@pytest.fixture
def june(site):
    with site.app_context(), factories.plain_session() as session:
        build_june(session)
        session.commit()


@pytest.fixture
def from_json(browser, june):
    return browser.sign_in(people.WU).get(f"{ADDRESS}&format=json").json


def test_a_rate_in_json_is_a_percentage_with_its_fraction(from_json):
    """In May P alone was to be told of, by the 5th, and was told of on the 1st."""
    assert from_json["figures"]["acceptance_on_time_statute"] == {
        "value": 75.0,
        "text": "75.00%",
        "numerator": 3,
        "denominator": 4,
        "previous": 100.0,
        "change_text": "-25.00个百分点",
    }
    assert from_json["figures"]["campaign_rate:百日攻坚"]["text"] == "50.00%"
    assert from_json["figures"]["campaign_assigned"] == {
        "value": 3,
        "text": "3",
        "previous": 0,
        "change_text": "—",
    }


def test_a_township_has_no_figure_of_what_comes_from_above(browser, june):
    found = browser.sign_in(people.LIN).get(f"{ADDRESS}&format=json").json
    assert found["figures"]["upward_items"] == {
        "value": None,
        "text": "—",
        "previous": None,
        "change_text": "—",
    }


def test_page_sheet_and_console_print_the_same(browser, from_json):
    assert lines_of(browser.get(f"{ADDRESS}&format=xlsx").data) == expected(from_json)
    lines = figure_lines(browser.get(ADDRESS))
    assert lines["按期答复率"][0].split() == ["50.00%", "2/4"]
    run = browser.app.test_cli_runner().invoke
    printed = run(args=["statistics", "export", "--period", "2026-06", "--compare", "mom"])
    assert json.loads(printed.stdout) == from_json


def test_a_figure_leads_to_its_petitions(browser, june):
    """A B G L reached a unit and were registered 30 days before a day of June; L is sealed, and 吴芳 may not read it."""
    page = browser.sign_in(people.WU).get(ADDRESS)
    (href,) = {
        a.get("href")
        for a in page.all("a")
        if "".join(a.itertext()).strip() == "50.00%"
        and "reached=1" in a.get("href")
        and "responsible=1&" in a.get("href")
    }
    assert "from=2026-05-02&to=2026-05-31" in href
    listed = browser.get(href)
    assert "共 3 件" in listed.text


def test_the_village_sees_figures_without_a_way_into_petitions(browser, june):
    page = browser.sign_in(people.CHEN).get(ADDRESS)
    assert "按期答复率" in page.text
    assert not [a for a in page.all("a") if (a.get("href") or "").startswith("/petitions")]


def test_every_figure_has_a_card(browser, june):
    page = browser.sign_in(people.LIN).get("/statistics/indicators/acceptance_on_time")
    for words in (
        "责任单位及时受理率（系统口径）",
        "系统口径",
        "登记日期加30日在期间内的件中，告知日期不晚于该日的件数 ÷ 全部件数",
        "重件、涉法涉诉的",
        "第 1 版",
    ):
        assert words in page.text
    cards = {a.get("href") for a in page.all("a") if "/statistics/indicators/" in (a.get("href") or "")}
    assert "/statistics/indicators/campaign_rate" in cards
    for href in sorted(cards):
        browser.get(href)


@pytest.mark.parametrize("code", ["no_such_figure", "campaign_rate:百日攻坚"])
def test_there_is_no_card_of_what_is_not_in_the_catalogue(browser, june, code):
    browser.sign_in(people.LIN).get(f"/statistics/indicators/{code}", 404)
