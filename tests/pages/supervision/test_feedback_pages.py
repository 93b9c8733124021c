"""督办阶段反馈: each feedback day of each unit, what came in time, late, or not."""

import io

import openpyxl
import pytest

from tests import factories
from tests.indicators.supervision_world import build_supervision
from tests.people import BAI, CHEN, HAN, LIN, WU

LIST = "/supervision/feedback"


@pytest.fixture
def supervised(site):
    """A owes the 28th, answered the 14th and, late, the 21st; B owes the 14th."""
    with site.app_context(), factories.plain_session() as session:
        build_supervision(session)
        session.commit()


def test_the_county_reads_every_feedback_day(browser, supervised):
    page = browser.sign_in(WU).get(LIST)
    assert "全部阶段反馈：共 4 期，按时反馈 1 期，超期反馈 1 期，没有反馈 2 期。" in page.text
    assert page.text.index("2026-07-28") < page.text.index("2026-07-21")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2026-07-14&to=2026-07-14", "反馈期限 2026-07-14：共 2 期"),
        ("state=late", "超期反馈：共 1 期"),
        ("state=on_time", "按时反馈：共 1 期"),
        ("state=missing&sort=due-up", "没有反馈：共 2 期"),
        ("q=领导批示", "含“领导批示”：共 4 期"),
        ("q=没有这样的话", "含“没有这样的话”：共 0 期"),
    ],
)
def test_each_filter_shows_its_days(browser, supervised, query, words):
    assert words in browser.sign_in(WU).get(f"{LIST}?{query}").text


def test_a_unit_reads_its_own(browser, supervised):
    assert "共 3 期" in browser.sign_in(LIN).get(LIST).text
    assert "共 1 期" in browser.sign_in(BAI).get(LIST).text
    browser.sign_in(HAN).get(LIST)
    browser.sign_in(CHEN).get(LIST, 403)


def test_what_is_owed_today_is_not_late_yet(browser, supervised):
    """Today is 15 July."""
    page = browser.sign_in(WU).get(f"{LIST}?state=missing")
    assert ("待反馈" in page.text, "超期未反馈" in page.text) == (True, True)


def test_a_wrong_day_is_said_at_its_field(browser, supervised):
    assert "写法不对" in browser.sign_in(WU).get(f"{LIST}?from=14.7.", 422).text


def test_the_sheet_has_the_same_rows(browser, supervised):
    content = browser.sign_in(WU).get(f"{LIST}?sort=due-up&format=xlsx").data
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert [line[5] for line in sheet.values] == ["是否按时", "超期未反馈", "按时反馈", "超期反馈", "待反馈"]


def test_a_list_asks_the_same_number_of_questions_however_long(browser, supervised, count_statements):
    browser.sign_in(WU)
    with count_statements(browser.app) as few:
        browser.get(f"{LIST}?state=late")
    with count_statements(browser.app) as many:
        browser.get(LIST)
    assert len(many) == len(few)
