"""排班任务: the page that waits for a plan, with scripts and without, and cancelling it."""

import jobs.rosters
from tests import people
from tests.prints import work_through
from tests.rotas import on_site, scheme_on_site, stored

NEW = "/duty/roster/new"
DAYS = {"first_day": "2026-08-01", "last_day": "2026-08-06"}


def asked(browser, **typed):
    scheme_id = scheme_on_site(browser)
    return browser.sign_in(people.LIN).post(NEW, {"scheme": scheme_id} | DAYS | typed).location


def test_the_page_says_how_far_it_is_and_asks_again_by_itself(browser):
    address = asked(browser)
    page = browser.get(address)
    assert "排队" in page.text and "2026-08-01 至 2026-08-06" in page.text and "刷新" in page.text
    assert 'hx-trigger="every 2s"' in page.html
    part = browser.get(address, headers={"HX-Request": "true"})
    assert part.html.lstrip().startswith('<div id="roster-order"')


def test_once_it_is_planned_both_ways_of_asking_lead_to_the_roster(browser):
    address = asked(browser)
    work_through(browser.app)
    (roster,) = stored(browser)
    answer = browser.get(address, headers={"HX-Request": "true"}, status=204)
    assert answer.response.headers["HX-Redirect"] == f"/duty/roster/{roster.id}"
    answer = browser.get(address, status=303)
    assert answer.location == f"/duty/roster/{roster.id}"
    assert "已排好一份草稿" in browser.get(answer.location).text


def test_a_plan_is_cancelled_once_and_asked_again(browser):
    address = asked(browser)
    page = browser.get(browser.post(f"{address}/cancellation", {}).location)
    assert (
        "已取消" in page.text
        and "重新排班" in page.text
        and "hx-trigger" not in page.html.split('id="roster-order"')[1]
    )
    assert "不用取消" in browser.get(browser.post(f"{address}/cancellation", {}).location).text
    work_through(browser.app)
    assert stored(browser) == []


def test_a_draft_that_is_planned_again_says_so_on_its_page(browser):
    _scheme, roster_id = on_site(browser, publishes=False)
    page = browser.sign_in(people.LIN).get(f"/duty/roster/{roster_id}")
    address = browser.post(f"/duty/roster/{roster_id}/plan", {"version": page.field("version")}).location
    page = browser.get(f"/duty/roster/{roster_id}")
    assert "正在重新排这张班表" in page.text and address in page.html
    work_through(browser.app)
    assert "正在重新排" not in browser.get(f"/duty/roster/{roster_id}").text


def test_plans_are_read_by_who_plans_for_the_unit(browser):
    address = asked(browser)
    assert "排队" in browser.sign_in(people.ZHAO).get(address).text
    browser.sign_in(people.BAI).get(address, status=404)
    browser.sign_in(people.CHEN).get(address, status=403)


def test_who_left_the_page_finds_the_plan_on_the_month_and_why_it_failed(browser, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError

    asked(browser)
    assert "24小时值班 2026-08-01 至 2026-08-06：排队" in browser.get("/duty/roster").text
    assert "排队" not in browser.sign_in(people.CHEN).get("/duty/roster").text
    monkeypatch.setattr(jobs.rosters, "_stored", broken)
    work_through(browser.app)
    told = browser.sign_in(people.LIN).get("/duty/roster").text
    assert "没有排成" in told and "系统出错，没有排成" in told
