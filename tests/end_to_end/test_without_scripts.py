"""The site with scripts switched off: every form and list still does its work."""

import re

from playwright.sync_api import Page, expect

from tests import people


def sign_in(page: Page, member: people.Member) -> None:
    page.goto("/")
    page.fill("[name=username]", member.username)
    page.fill("[name=password]", people.PASSWORD)
    page.click("main button[type=submit]")


def test_a_clerk_registers_and_finds_a_visit(open_browser):
    page = open_browser(scripts=False)
    sign_in(page, people.LIN)
    page.click("main >> text=登记来访")
    page.fill("[name=name_1]", "孔无纸")
    page.fill("[name=category]", "zfbzyfdc")
    page.fill("[name=location_unit]", "上河村")
    page.fill("[name=content]", "反映小区房屋漏水，多次找物业没有结果。")
    page.click("button[value=show]")
    assert re.search(r"/reception/visits/\d+$", page.url)
    expect(page.locator("main")).to_contain_text("住房保障与房地产")
    page.goto("/reception/visits")
    page.fill("[name=q]", "孔无纸")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main table")).to_contain_text("孔无纸")
    page.goto("/reception/visits?q=查无此人")
    expect(page.locator("main")).not_to_contain_text("孔无纸")


def test_a_village_registers_its_session(open_browser):
    page = open_browser(scripts=False)
    sign_in(page, people.CHEN)
    page.goto("/reception/village-sessions/new?date=2026-07-08")
    page.fill("[name=session_date]", "2026-07-08")
    page.select_option("[name=mode]", "visitors")
    page.fill("[name=attendees]", "陈小河、驻村干部")
    for name, number in {"batches": 2, "persons": 3, "solved_batches": 2, "solved_persons": 3}.items():
        page.fill(f"[name={name}]", str(number))
    page.locator("main form button[type=submit]").last.click()
    assert re.search(r"/reception/village-sessions/\d+$", page.url), page.inner_text("main")[:500]
    expect(page.locator("main")).to_contain_text("CJ-AL2101-2026-")


def test_signing_out_ends_the_session(open_browser):
    page = open_browser(scripts=False)
    sign_in(page, people.BAI)
    page.click("text=退出")
    expect(page.locator("main")).to_contain_text("您已退出。")
    page.goto("/reception/visits")
    assert "/sign-in" in page.url
