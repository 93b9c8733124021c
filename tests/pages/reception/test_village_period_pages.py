"""Village sessions owed and held over a period: what the figure 应开 opens."""

from datetime import date

import pytest

from tests import factories, people
from tests.browser import XHTML
from tests.indicators.world import build_july

PERIOD = "/reception/village-sessions/period"
JULY = f"{PERIOD}?from=2026-07-01&to=2026-07-31"


@pytest.fixture
def july(site):
    """上河村 held sessions on 1 and 8 July, 石门村 on the 8th, 下河村 and 柳园社区 none."""
    with site.app_context(), factories.plain_session() as session:
        build_july(session)
        session.commit()
        return {code: people.unit(session, code).id for code in ("AL", "AL11", "AL21", "AL2101", "AL22")}


def rows(page):
    body = page.all("tbody")[0]
    return [["".join(cell.itertext()).strip() for cell in row] for row in body.iter(f"{XHTML}tr")]


def links(page):
    return {(a.text, a.get("href")) for a in page.all("a")}


def opened(page, text):
    return next(a.get("href") for a in page.all("a") if a.text == text)


def test_the_figure_of_a_year_opens_what_is_owed_in_that_year(browser, july):
    page = browser.sign_in(people.WU).get("/statistics?period=2026&compare=none")
    line = next(row for row in page.all("tr") if row.get("id") == "figure-village_sessions_due")
    (figure,) = line.iter(f"{XHTML}a")
    shown = browser.get(figure.get("href"))
    assert f"2026-01-01 至 2026-07-15，安澜县及下级：应开 {figure.text} 场，实开 3 场。" in shown.text
    assert sum(int(row[1]) for row in rows(shown)) == int(figure.text)


def test_from_the_county_to_the_township_to_the_weeks_of_a_village(browser, july):
    browser.sign_in(people.WU)
    county = browser.get(f"{JULY}&unit={july['AL']}")
    assert rows(county) == [["柳溪镇", "9", "2"], ["白石乡", "3", "1"]]
    township = browser.get(opened(county, "9"))
    assert "2026-07-01 至 2026-07-15，柳溪镇及下级：应开 9 场，实开 2 场。" in township.text
    assert rows(township) == [["上河村", "3", "2"], ["下河村", "3", "0"], ["柳园社区", "3", "0"]]
    village = browser.get(opened(township, "3"))
    assert rows(village) == [
        ["2026-07-15", "未开 登记"],
        ["2026-07-08", "有访接访 4 批 9 人次"],
        ["2026-07-01", "有访接访 1 批 1 人次"],
    ]
    back = browser.get(opened(village, "返回上级"))
    assert rows(back) == rows(township)
    top = browser.get(opened(back, "返回上级"))
    assert rows(top) == rows(county)
    assert "返回上级" not in top.text


def test_the_way_back_ends_at_the_readers_own_unit(browser, july):
    village = browser.sign_in(people.LIN).get(f"{JULY}&unit={july['AL2101']}")
    township = browser.get(opened(village, "返回上级"))
    assert "返回上级" not in township.text
    assert "返回上级" not in browser.sign_in(people.CHEN).get(JULY).text


@pytest.fixture
def at_the_months_edge(site):
    """上河村 held sessions on a Tuesday, in the next week on Wednesday and Thursday, and on a Monday."""
    with site.app_context(), factories.plain_session() as session:
        for day in ((6, 30), (7, 8), (7, 9), (7, 13)):
            factories.village_session(session, session_date=date(2026, *day))
        session.commit()
        return people.unit(session, "AL2101").id


@pytest.mark.parametrize(
    ("first", "last", "sums", "lines"),
    [
        (
            "2026-07-01",
            "2026-07-12",
            "应开 2 场，实开 2 场",
            [
                ["2026-07-08", "有访接访 1 批 1 人次", "有访接访 1 批 1 人次 2026-07-09 开"],
                ["2026-07-01", "本周 2026-06-30 已开，不在这段时间内"],
            ],
        ),
        (
            "2026-06-18",
            "2026-06-30",
            "应开 1 场，实开 1 场",
            [["本周不计应开", "有访接访 1 批 1 人次 2026-06-30 开"], ["2026-06-24", "未开 登记"]],
        ),
        (
            "2026-07-09",
            "2026-07-12",
            "应开 0 场，实开 1 场",
            [["本周不计应开", "有访接访 1 批 1 人次 2026-07-09 开"]],
        ),
    ],
)
def test_a_village_lists_each_session_of_the_period_and_no_other_as_held(
    browser, at_the_months_edge, first, last, sums, lines
):
    page = browser.sign_in(people.LIN).get(f"{PERIOD}?unit={at_the_months_edge}&from={first}&to={last}")
    assert sums in page.text
    assert week_lines(page) == lines


def week_lines(page):
    """The day of each week, and what stands in its cell line by line."""
    found = []
    for row in page.all("tbody")[0].iter(f"{XHTML}tr"):
        day, cell = row
        for br in cell.iter(f"{XHTML}br"):
            br.text = "\n"
        found.append([day.text, *"".join(cell.itertext()).split("\n")])
    return found


def test_the_number_held_opens_the_register_of_those_days(browser, july):
    page = browser.sign_in(people.LIN).get(JULY)
    assert "今天以后的接访日还不计" in page.text
    assert "：共 2 场" in browser.get(opened(page, "2")).text


def test_without_days_it_shows_this_month_and_quick_links_lead_to_others(browser, july):
    page = browser.sign_in(people.LIN).get(PERIOD)
    assert (page.field("from"), page.field("to")) == ("2026-07-01", "2026-07-31")
    unit = july["AL21"]
    assert ("今年", f"{PERIOD}?unit={unit}&from=2026-01-01&to=2026-07-15") in links(page)
    assert "按时间段看" in browser.get("/reception/village-sessions/week").text


def test_an_office_without_villages_owes_nothing(browser, july):
    page = browser.sign_in(people.ZHU).get(JULY)
    assert "应开 0 场，实开 0 场" in page.text
    assert "这段时间里没有应开的场次。" in page.text


def test_a_period_to_come_has_nothing_to_open(browser, july):
    page = browser.sign_in(people.LIN).get("/statistics?period=2026-08&compare=none")
    line = next(row for row in page.all("tr") if row.get("id") == "figure-village_sessions_due")
    assert list(line.iter(f"{XHTML}a")) == []
    assert "应开 0 场" in browser.get(f"{PERIOD}?from=2026-08-01&to=2026-08-31").text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=2026-07-01", "起止日期要一起填。"),
        ("to=2026-07-01", "起止日期要一起填。"),
        ("from=2026-07-08&to=2026-07-01", "起始日期晚于截止日期。"),
        ("from=x&to=2026-07-01", "日期“x”写法不对"),
        ("period=sometime", "看不懂期间“sometime”"),
    ],
)
def test_days_that_cannot_be_read_are_refused_and_stay_as_typed(browser, july, query, message):
    page = browser.sign_in(people.LIN).get(f"{PERIOD}?{query}", 422)
    assert message in page.text
    assert page.field("from") == query.partition("&")[0].partition("from=")[2]


def test_a_foreign_unit_is_not_found(browser, july):
    browser.sign_in(people.LIN).get(f"{JULY}&unit={july['AL22']}", 404)


def test_few_statements_however_many_villages(browser, july, count_statements):
    browser.sign_in(people.WU).get(JULY)
    with count_statements(browser.app) as statements:
        browser.client.get(JULY)
    assert len(statements) <= 7
