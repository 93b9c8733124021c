"""The statistics page: what is chosen, what is shown, what may be opened."""

from datetime import date

import pytest

from indicators.catalogue import BY_CODE
from models.office import OfficeRule
from tests import factories, people
from tests.browser import XHTML


def figure_lines(page):
    """Code-free reading of the main table: {name: [value, previous, change]}."""
    table = page.all("table")[0]
    rows = [["".join(cell.itertext()).strip() for cell in row] for row in table.iter(f"{XHTML}tr")]
    return {row[0]: row[1:] for row in rows[1:]}


def test_this_month_of_the_own_unit_beside_the_year_before(browser, july):
    page = browser.sign_in(people.LIN).get("/statistics")
    assert page.field("period") == "2026-07"
    assert "2026年7月（2026-07-01 至 2026-07-31），柳溪镇及下级，统计截止 2026-07-15。" in page.text
    lines = figure_lines(page)
    assert lines["接待来访批次"] == ["3 批", "1", "+200.0%"]
    assert lines["接待来访人次"] == ["16 人次", "4", "+300.0%"]
    assert lines["村级接访应开场次"] == ["9 场", "6", "+50.0%"]  # 1, 8, 15 July; 2, 9 July 2025
    assert lines["领导接访解决件数"] == ["1 件", "0", "—"]


def test_the_county_sees_its_units_in_tree_order(browser, july):
    page = browser.sign_in(people.WU).get("/statistics?period=2026-07&compare=none")
    names = [row[0].text for row in page.all("tbody")[3]]
    assert names == ["安澜县本级", "县信访局", "县住建局", "县人社局", "柳溪镇", "白石乡"]
    assert "其中密封事项 1 批只计入全县" in page.text
    assert figure_lines(page)["接待来访批次"] == ["5 批"]


def test_a_month_that_still_runs_is_said_to_owe_no_meetings_yet(browser, july):
    browser.sign_in(people.WU)
    running = browser.get("/statistics?period=2026-07&section=leaders")
    assert "乡镇应开 0（只计过完的整月）" in running.text
    assert figure_lines(running)["乡镇联席会议应开次数 （只计过完的整月）"][0] == "0 次"
    assert "乡镇联席会议应开次数只计过完的整月。" in running.text
    assert "只计过完的整月" not in browser.get("/statistics?period=2026-06&section=leaders").text


def test_figures_are_the_same_for_every_viewer(browser, july, unit_id):
    address = f"/statistics?period=2026-07&unit={unit_id('AL21')}&format=json"
    seen = [browser.sign_in(member).get(address).json for member in (people.LIN, people.WU, people.HAN)]
    assert seen[0] == seen[1] == seen[2]


def test_a_foreign_unit_is_not_found(browser, july, unit_id):
    browser.sign_in(people.LIN).get(f"/statistics?unit={unit_id('AL22')}", 404)
    browser.get(f"/statistics?unit={unit_id('AL')}&format=json", 404)
    browser.get(f"/statistics/chart.svg?unit={unit_id('AL22')}", 404)


def test_a_village_sees_its_own_only(browser, july, unit_id):
    page = browser.sign_in(people.CHEN).get("/statistics?period=2026-07")
    assert "上河村及下级" in page.text
    assert 'name="unit"' not in page.html
    browser.get(f"/statistics?unit={unit_id('AL2102')}", 404)


@pytest.mark.parametrize("member", [people.SUN, people.QIAN, people.HE])
def test_those_without_petition_data_have_no_statistics(browser, member):
    browser.sign_in(member).get("/statistics", 403)


def test_a_bad_period_is_refused_at_its_field_and_stays_as_typed(browser, july):
    page = browser.sign_in(people.LIN).get("/statistics?period=2026-13&compare=mom", 422)
    assert "期间“2026-13”不存在" in page.text
    assert (page.field("period"), page.field("compare")) == ("2026-13", "mom")


def test_two_dates_go_before_the_written_period(browser, july):
    page = browser.sign_in(people.LIN).get("/statistics?period=2025&from=2026-07-01&to=2026-07-08")
    assert page.field("period") == "2026-07-01..2026-07-08"
    assert figure_lines(page)["接待来访批次"][0] == "3 批"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=2026-07-01", "起止日期要一起填。"),
        ("to=2026-07-01", "起止日期要一起填。"),
        ("from=2026-07-08&to=2026-07-01", "早于起日"),
        ("from=8/7&to=2026-07-01", "看不懂期间“8/7”"),
        ("compare=last", "比较方式“last”不对"),
    ],
)
def test_bad_dates_and_choices_are_refused(browser, july, query, message):
    assert message in browser.sign_in(people.LIN).get(f"/statistics?{query}", 422).text


def test_a_program_gets_its_refusal_as_json(browser):
    page = browser.sign_in(people.LIN).get("/statistics?period=sometime&format=json", 422)
    assert page.json["field"] == "period"
    assert page.json["error"].startswith("看不懂期间“sometime”")


def test_quick_links_keep_unit_and_comparison(browser, july, unit_id):
    page = browser.sign_in(people.WU).get(f"/statistics?unit={unit_id('AL21')}&compare=mom")
    links = {a.text: a.get("href") for a in page.all("a")}
    for word, period in (("本周", "2026-W29"), ("上月", "2026-06"), ("本季", "2026Q3"), ("去年", "2025")):
        assert links[word] == f"/statistics?period={period}&unit={unit_id('AL21')}&compare=mom"


def test_each_figure_opens_its_records(browser, july):
    page = browser.sign_in(people.LIN).get("/statistics?period=2026-07")
    group = next(a for a in page.all("a") if "集体访批次" in "".join(a.itertext()))
    assert "共 1 批 12 人次" in browser.get(group.get("href")).text


def test_an_empty_period_prints_zeros_and_no_base(browser):
    lines = figure_lines(browser.sign_in(people.WU).get("/statistics?period=2024"))
    assert lines["接待来访批次"] == ["0 批", "0", "—"]


def test_the_chart_is_a_picture_without_script(browser, july):
    page = browser.sign_in(people.LIN).get("/statistics/chart.svg?period=2026-07")
    assert page.response.mimetype == "image/svg+xml"
    svg = page.data.decode()
    assert "柳溪镇2026年7月接待来访趋势（按日）" in svg
    assert "<script" not in svg
    assert browser.get("/statistics/chart.svg?period=2026-07-15").response.mimetype == "image/svg+xml"
    browser.get("/statistics/chart.svg?period=sometime", 404)


def test_the_page_points_at_the_chart_of_what_it_shows(browser, july, unit_id):
    page = browser.sign_in(people.LIN).get("/statistics?period=2026Q3&compare=mom&step=month")
    assert page.all("img")[0].get("src") == (
        f"/statistics/chart.svg?unit={unit_id('AL21')}&period=2026Q3&compare=mom&step=month"
    )


def test_few_statements_however_many_units(browser, july, count_statements):
    browser.sign_in(people.WU).get("/statistics?period=2026")
    with count_statements(browser.app) as statements:
        browser.client.get("/statistics?period=2026")
    assert len(statements) <= 13
    assert sum("FROM visit" in s for s in statements) == 3  # figures; shares; the chart's numbers


def test_a_list_counts_groups_by_the_rule_of_its_days(browser, july, site):
    """From 1 July on ten persons make a group; in June five did, and the list of June says so too."""
    with site.app_context(), factories.plain_session() as session:
        rule = OfficeRule(
            key="group_visit_persons",
            value="10",
            valid_from=date(2026, 7, 1),
            basis="县信访局规定",
            set_at=people.NOW,
        )
        session.add(rule)
        session.commit()
    for period, counted in (("2026-06", "共 1 批 6 人次"), ("2026-07", "共 1 批 12 人次")):
        page = browser.sign_in(people.WU).get(f"/statistics?period={period}")
        group = next(a for a in page.all("a") if "集体访批次" in "".join(a.itertext()))
        assert counted in browser.get(group.get("href")).text


def test_every_row_of_the_large_figures_is_full_on_a_desk(browser, july):
    """They stand in five columns, in four on a narrow screen and on paper, in two on a telephone."""
    page = browser.sign_in(people.LIN).get("/statistics")
    large = [e for e in (*page.all("a"), *page.all("div")) if e.get("class") == "figure"]
    assert len(large) % 5 == len(large) % 4 == len(large) % 2 == 0


def test_people_read_no_codes_of_figures(browser, july):
    browser.sign_in(people.WU)
    for address in ("/statistics?period=2026-07", "/statistics/indicators/reception_batches"):
        page = browser.get(address)
        found = [code for code in BY_CODE if code in page.text]
        assert found == [], address
    assert "接待来访批次（第 1 版）" in browser.get("/statistics?period=2026-07").text
