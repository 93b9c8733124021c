"""督办 beside a figure: who gets it, at which figures, and the way back from the task."""

from datetime import date

import pytest

from models.supervision import SupervisionTask
from tests import factories, people
from tests.indicators.petition_world import build_june
from tests.indicators.supervision_world import build_supervision

JUNE = "/statistics?period=2026-06&compare=none"
TASK = {
    "filed_on": "2026-07-15",
    "title": "督促柳溪镇整改：按期答复率",
    "ground": "",
    "content": "六月份按期答复率偏低，需要查明原因，限期改进。",
    "demands": "查明原因，限期整改。",
    "cycle": "none",
    "due_on": "2026-08-31",
    "line-0-unit": "柳溪镇",
}


@pytest.fixture
def june(site):
    with site.app_context(), factories.plain_session() as session:
        build_june(session)
        session.commit()


def links(page, word="督办"):
    return [
        a.get("href")
        for a in page.all("a")
        if a.get("class", "").startswith("figure-task") and a.text == word
    ]


def code_of(href):
    return dict(part.split("=") for part in href.partition("?")[2].split("&"))["code"]


def test_a_unit_below_that_answered_late_may_be_supervised(browser, june, unit_id):
    found = links(browser.sign_in(people.WU).get(f"{JUNE}&unit={unit_id('AL21')}"))
    address = f"/supervision/tasks/new?source=figure&code=reply_on_time&unit={unit_id('AL21')}&period=2026-06"
    assert address in found
    assert {code_of(href) for href in found} <= {
        *("acceptance_on_time", "acceptance_on_time_statute", "reply_on_time"),
    }


def test_beside_the_units_each_has_its_own_and_the_county_has_none(browser, june, unit_id):
    found = links(browser.sign_in(people.WU).get(f"{JUNE}&section=petitions"))
    units = {href.partition("unit=")[2].partition("&")[0] for href in found}
    assert str(unit_id("AL21")) in units
    assert str(unit_id("AL")) not in units


def test_no_unit_supervises_itself_and_leaders_and_villages_file_nothing(browser, june, unit_id):
    assert links(browser.sign_in(people.ZHAO).get(JUNE)) == []
    assert links(browser.sign_in(people.HAN).get(f"{JUNE}&unit={unit_id('AL21')}")) == []
    assert links(browser.sign_in(people.CHEN).get(JUNE)) == []


def test_the_form_says_unit_period_figure_and_day_and_nothing_is_saved(browser, june, site, unit_id):
    page = browser.sign_in(people.WU).get(f"{JUNE}&unit={unit_id('AL21')}")
    href = next(h for h in links(page) if code_of(h) == "reply_on_time")
    form = browser.get(href)
    assert "柳溪镇2026年6月按期答复率为50.00%（1/2，统计截至 2026-07-15）。" in form.text
    assert (form.field("title"), form.field("line-0-unit")) == ("督促柳溪镇整改：按期答复率", "柳溪镇")
    assert form.field("demands").startswith("请查明原因")
    with site.app_context(), factories.plain_session() as session:
        assert session.query(SupervisionTask).count() == 0


def test_the_task_leads_back_and_the_figure_to_the_task(browser, june, site, unit_id):
    query = f"source=figure&code=reply_on_time&unit={unit_id('AL21')}&period=2026-06"
    answer = browser.sign_in(people.WU).post(f"/supervision/tasks?{query}", TASK, 303)
    with site.app_context(), factories.plain_session() as session:
        task = session.query(SupervisionTask).one()
        assert (task.figure_code, task.figure_period, task.figure_as_of) == (
            "reply_on_time",
            "2026-06",
            date(2026, 7, 15),
        )
        assert (task.source_type, task.source_id) == ("unit", unit_id("AL21"))
    page = browser.get(answer.location)
    back = next(a.get("href") for a in page.all("a") if a.text == "柳溪镇2026年6月按期答复率")
    assert back == f"/statistics?unit={unit_id('AL21')}&period=2026-06#figure-reply_on_time"
    shown = browser.get(back)
    assert links(shown, "已督办") == [answer.location]
    assert "reply_on_time" not in {code_of(href) for href in links(shown)}
    assert 'id="figure-reply_on_time"' in shown.html


@pytest.mark.parametrize("code", ["reception_batches", "upward_visits", "unit_satisfaction", "nothing"])
def test_nobody_is_supervised_for_how_many_came_or_how_they_rated(browser, june, unit_id, code):
    address = f"/supervision/tasks/new?source=figure&code={code}&period=2026-06&unit={unit_id('AL21')}"
    browser.sign_in(people.WU).get(address, 404)


def test_nor_is_the_county_as_a_whole(browser, june, unit_id):
    address = "/supervision/tasks/new?source=figure&code=reply_on_time&period=2026-06&unit="
    browser.sign_in(people.WU).get(f"{address}{unit_id('AL')}", 404)


def test_figures_of_supervision_open_their_records(browser, site):
    with site.app_context(), factories.plain_session() as session:
        build_supervision(session)
        session.commit()
    page = browser.sign_in(people.WU).get("/statistics?period=2026-07&compare=none")
    tasks = next(a for a in page.all("a") if "督办事项" in "".join(a.itertext()))
    assert "签发日期 2026-07-01 至 2026-07-31" in browser.get(tasks.get("href")).text
    feedback = next(a for a in page.all("a") if "督办按时反馈率" in "".join(a.itertext()))
    assert "共 2 期，按时反馈 1 期，超期反馈 0 期，没有反馈 1 期。" in browser.get(feedback.get("href")).text


def test_the_list_behind_such_a_figure_offers_it_too_until_its_filter_is_changed(browser, june, unit_id):
    page = browser.sign_in(people.WU).get(f"{JUNE}&unit={unit_id('AL21')}")
    opened = next(a.get("href") for a in page.all("a") if "figure=reply_on_time" in (a.get("href") or ""))
    shown = browser.get(opened)
    assert "这里是 柳溪镇2026年6月按期答复率 统计的记录" in shown.text
    assert [code_of(href) for href in links(shown)] == ["reply_on_time"]
    assert "figure=" not in "".join(
        a.get("href") or "" for a in shown.all("a") if "xlsx" in (a.get("href") or "")
    )


def test_the_list_behind_the_countys_own_figure_offers_none(browser, june, unit_id):
    page = browser.sign_in(people.WU).get(JUNE)
    opened = next(a.get("href") for a in page.all("a") if "figure=reply_on_time" in (a.get("href") or ""))
    assert f"figure_unit={unit_id('AL')}" in opened
    shown = browser.get(opened)
    assert "按期答复率 统计的记录" in shown.text
    assert not links(shown)


@pytest.mark.parametrize(
    "query",
    [
        "figure=nothing&figure_unit=1&figure_period=2026-06",
        "figure=reply_on_time&figure_unit=999999&figure_period=2026-06",
        "figure=reply_on_time&figure_unit=1&figure_period=never",
        "figure=reply_on_time",
    ],
)
def test_an_address_that_names_no_figure_is_a_plain_list(browser, june, query):
    assert "统计的记录" not in browser.sign_in(people.WU).get(f"/petitions?{query}").text
