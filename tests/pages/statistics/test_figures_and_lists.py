"""The list that a figure opens says the figure's number again, by the same measure word."""

import pytest

from tests import factories, people
from tests.browser import XHTML
from tests.indicators.supervision_world import build_supervision


@pytest.fixture
def supervised(site, july):
    with site.app_context(), factories.plain_session() as session:
        build_supervision(session)
        session.commit()


def said_of(browser, name):
    """(number and measure of the figure, sentence of its list)."""
    page = browser.get("/statistics?period=2026-07&compare=none")
    line = next(row for row in page.all("tr") if row[0].text == name)
    figure = "".join(line[1].itertext()).strip()
    (link,) = line[1].iter(f"{XHTML}a")
    listed = browser.get(link.get("href"))
    return figure, next("".join(p.itertext()) for p in listed.all("p") if p.get("class") == "sentence")


@pytest.mark.parametrize(
    ("name", "figure", "words"),
    [
        ("约谈单位", "2 个", "共 3 条，被约谈单位 2 个，约谈 6 人次。"),
        ("约谈人次", "6 人次", "共 3 条，被约谈单位 2 个，约谈 6 人次。"),
        ("村级接访人次", "10 人次", "5 批 10 人次："),
        ("村级接访现场解决人次", "4 人次", "现场解决 3 批 4 人次，"),
        ("村级接访应开场次", "12 场", "应开 12 场，实开 3 场。"),
    ],
)
def test_the_number_stands_in_the_lists_sentence(browser, supervised, name, figure, words):
    shown, said = said_of(browser.sign_in(people.WU), name)
    assert shown == figure
    assert words in said


@pytest.mark.parametrize(
    ("member", "words"),
    [
        (people.WU, "共 6 件督办，按承办单位计 7 件。"),
        (people.ZHENG, "共 5 件督办，按承办单位计 6 件。"),
    ],
)
def test_of_supervision_it_is_the_number_by_units(browser, supervised, member, words):
    """Seven lines of six tasks; one is about a sealed matter, which 吴芳 entered and 郑重 may not read."""
    shown, said = said_of(browser.sign_in(member), "督办事项")
    assert shown == "7 件"
    assert said.endswith(f"{words}涉及密封或者需要回避的事项、您不能看的不在此列。")


def test_a_list_of_interviews_without_rows_adds_up_to_nothing(browser):
    page = browser.sign_in(people.WU).get("/supervision/interviews")
    assert "共 0 条，被约谈单位 0 个，约谈 0 人次。" in page.text
    assert "共 0 条。" in browser.get("/supervision/suggestions").text
