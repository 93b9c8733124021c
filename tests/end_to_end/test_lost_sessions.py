"""One-time passwords, and sessions that run out in the middle of a form."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests import people
from tests.people import NOW
from tests.shape.county import FORCED
from web import clock

NEW_PASSWORD = "Baishi-2026-stone"  # noqa: S105


def sign_in(page: Page, member: people.Member, password: str = people.PASSWORD) -> None:
    page.fill("[name=username]", member.username)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def test_a_one_time_password_must_be_changed_before_anything_else(open_browser):
    page = open_browser()
    page.goto("/sign-in")
    sign_in(page, FORCED)
    assert page.url.endswith("/account/password")
    page.goto("/reception/visits")
    assert page.url.endswith("/account/password")
    page.fill("[name=current]", people.PASSWORD)
    page.fill("[name=password]", NEW_PASSWORD)
    page.fill("[name=again]", NEW_PASSWORD)
    page.press("[name=again]", "Enter")
    page.wait_for_url("**/")
    expect(page.locator("main")).to_contain_text("口令已改好。")
    page.goto("/reception/visits")
    assert page.url.endswith("/reception/visits")


def test_a_session_that_runs_out_keeps_the_half_filled_form(open_browser):
    page = open_browser(people.ZHAO)
    page.goto("/reception/visits/new")
    page.fill("[name=name_1]", "周大山")
    page.fill("[name=content]", "反映桥面破损，车辆难行。")
    with clock.frozen(NOW + timedelta(minutes=45)):
        page.click("button[value=show]")
        page.wait_for_url("**/sign-in**")
        expect(page.locator("main")).to_contain_text("您填写的内容已替您存好")
        sign_in(page, people.ZHAO)
        page.wait_for_url("**/reception/visits/new")
        expect(page.locator("main")).to_contain_text("这是您上次没有保存的内容")
        expect(page.locator("[name=name_1]")).to_have_value("周大山")
        expect(page.locator("[name=content]")).to_have_value("反映桥面破损，车辆难行。")


def test_a_lookup_on_the_side_does_not_carry_a_half_filled_form_away(open_browser):
    page = open_browser(people.ZHAO)
    page.goto("/reception/visits/new?fresh=1")
    page.fill("[name=content]", "反映桥面破损，车辆难行。")
    with clock.frozen(NOW + timedelta(minutes=45)):
        with page.expect_response("**/similar") as answer:
            page.fill("[name=name_1]", "周大山")
            page.press("[name=name_1]", "Tab")
        assert answer.value.status == 401
        page.wait_for_timeout(300)
        assert page.url.endswith("/reception/visits/new?fresh=1")
        expect(page.locator("[name=content]")).to_have_value("反映桥面破损，车辆难行。")


def test_ending_other_sessions_closes_the_other_browser(open_browser):
    here, there = open_browser(people.ZHU), open_browser(people.ZHU)
    for page in (here, there):
        page.goto("/account")
    here.click("text=退出其他")
    there.goto("/reception/visits")
    assert "/sign-in" in there.url
    here.goto("/reception/visits")
    assert here.url.endswith("/reception/visits")
