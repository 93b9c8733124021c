"""值班信息和工作指令: the list behind the figures."""

import io

import openpyxl
import pytest

from tests import factories, people
from tests.indicators.duty_world import build_duty

LIST = "/duty/messages"


@pytest.fixture
def duty(site):
    with site.app_context(), factories.plain_session() as session:
        made = {letter: row.number for letter, row in build_duty(session).items()}
        session.commit()
        return made


def test_the_county_reads_all_each_message_once(browser, duty):
    text = browser.sign_in(people.WU).get(LIST).text
    assert "共 6 条，其中信息 3 条、工作指令 3 条；有回复时限的 5 条，按时回复 2 条。" in text
    for number in duty.values():
        assert text.count(number) == 1


def test_a_township_reads_what_it_took_down_and_what_it_answers_for(browser, duty):
    page = browser.sign_in(people.LIN).get(LIST)
    assert "共 3 条，其中信息 3 条、工作指令 0 条" in page.text
    assert f">{duty['F']}</a>" in page.html  # in its own log; A and B stand in the county's
    assert f">{duty['A']}</a>" not in page.html


@pytest.mark.parametrize(
    ("member", "status"),
    [(people.HAN, 200), (people.ZHAO, 200), (people.CHEN, 403), (people.SUN, 403)],
    ids=lambda value: getattr(value, "username", value),
)
def test_who_may_read_it(browser, duty, member, status):
    browser.sign_in(member).get(LIST, status=status)


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("from=2026-07-01&to=2026-07-31&kind=information", "AF"),
        ("from=2026-07-01&to=2026-07-01", "A"),
        ("due_from=2026-07-01&due_to=2026-07-15", "ABCD"),
        ("period=2026-06", "B"),
        ("state=late", "B"),
        ("state=on_time", "AC"),
        ("state=waiting", "DE"),
        ("state=timed&kind=instruction", "CDE"),
        ("q=水位上涨", "ABCDEF"),
        ("q=没有这样的话", ""),
    ],
)
def test_each_filter_shows_its_rows(browser, duty, query, letters):
    text = browser.sign_in(people.WU).get(f"{LIST}?{query}").text
    assert {letter for letter, number in duty.items() if number in text} == set(letters)


def test_a_unit_stands_for_all_that_lies_below_it(browser, site, duty):
    with site.app_context(), factories.plain_session() as session:
        below = people.unit(session, "AL22").id
    text = browser.sign_in(people.WU).get(f"{LIST}?unit={below}").text
    assert "白石乡及下级：共 2 条" in text


def test_wrong_days_are_said(browser, duty):
    page = browser.sign_in(people.WU)
    assert "写法不对" in page.get(f"{LIST}?from=x", status=422).text
    assert (
        "起始日期晚于截止日期" in page.get(f"{LIST}?due_from=2026-07-02&due_to=2026-07-01", status=422).text
    )


def test_the_same_address_gives_a_sheet(browser, duty):
    answer = browser.sign_in(people.WU).get(f"{LIST}?state=late&format=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert rows[0][1:5] == ("时间", "类别", "来源单位", "内容")
    assert rows[1][1:4] == ("2026-06-30 23:59", "信息", "市信访局")
    assert rows[1][5:] == ("柳溪镇", "2026-07-02 09:00", "2026-07-02 09:01")
    assert len(rows) == 2


def test_htmx_gets_the_rows_alone(browser, duty):
    answer = (
        browser.sign_in(people.WU).client.get(LIST, headers={"HX-Request": "true"}).get_data(as_text=True)
    )
    assert answer.lstrip().startswith('<section id="message-rows"')


def test_figures_lead_to_it(browser, duty):
    html = browser.sign_in(people.WU).get("/statistics?period=2026-07").html
    assert "/duty/messages?from=2026-07-01&amp;to=2026-07-31&amp;unit=" in html
    assert "/duty/messages?due_from=2026-07-01&amp;due_to=2026-07-15&amp;unit=" in html


def test_a_page_of_many_takes_few_statements(browser, site, duty, count_statements):
    page = browser.sign_in(people.WU)
    page.get(LIST)
    with count_statements(site) as statements:
        page.get(LIST)
    assert len(statements) <= 7
