"""Bulletins with the mouse only: from the template to the number, and the receipt of who it was sent to."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests import people

DRAFT, SUBMIT = "按模板起草", "提交签发"


def issued_with_the_mouse(page: Page, kind: str) -> str:
    """Draft, submit and issue one bulletin of a kind; returns its number."""
    page.get_by_role("link", name="通报公示").first.click()
    page.get_by_role("link", name="起草通报").first.click()
    page.check(f"input[value={kind}]")
    page.get_by_role("button", name=DRAFT).click()
    page.get_by_role("button", name=SUBMIT).click()
    page.get_by_role("link", name="去签发").click()
    page.get_by_role("button", name="签发", exact=True).click()
    expect(page.locator("h1")).to_contain_text("〔2026〕")
    return page.inner_text("h1")


def pages_of(page: Page) -> int:
    address = page.get_by_role("link", name="看版面（PDF）").get_attribute("href")
    return len(pypdfium2.PdfDocument(page.request.get(page.url.split("/bulletins")[0] + str(address)).body()))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_director_issues_a_daily_and_a_monthly_bulletin(open_browser, scripts):
    page = open_browser(people.ZHENG, scripts=scripts)
    page.goto("/")
    daily = issued_with_the_mouse(page, "daily")
    monthly = issued_with_the_mouse(page, "monthly")
    first, second = (int(re.findall(r"(\d+)号", number)[0]) for number in (daily, monthly))
    assert second == first + 1
    assert pages_of(page) % 2 == 0  # 版记 on an even page


def test_a_township_acknowledges_what_it_was_sent(open_browser):
    director = open_browser(people.ZHENG)
    director.goto("/")
    issued_with_the_mouse(director, "weekly")
    clerk = open_browser(people.BAI)
    clerk.goto(director.url)
    clerk.get_by_role("button", name="签收").click()
    expect(clerk.locator("main")).to_contain_text("已签收")
    director.reload()
    expect(director.locator("main")).to_contain_text("白云")


def test_the_preview_follows_what_is_typed_and_picked(open_browser):
    page = open_browser(people.WU)
    page.goto("/bulletins/new")
    page.get_by_role("button", name=DRAFT).click()
    page.get_by_role("link", name="修改", exact=True).click()
    source = page.locator("#source")
    source.fill("共接待")
    page.get_by_text("插入数字、表、图").click()
    page.locator('[data-insert="〔接待来访批次〕"]').click()
    expect(source).to_have_value("共接待〔接待来访批次〕")
    expect(page.locator("#bulletin-preview .quoted")).to_have_count(1)
    expect(page.locator("#bulletin-preview a.quoted").first).to_have_attribute("target", "_blank")
    source.press("Control+z")
    expect(source).to_have_value("共接待")
    source.fill("共接待〔没有的指标〕批")
    expect(page.locator("#bulletin-preview")).to_contain_text("第1行")
