"""A township plans, mends, publishes and prints a month of duty: at the keyboard, and once with scripts switched off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.documents.pdf_reading import pages_of
from tests.end_to_end.conftest import Served
from tests.prints import work_through


def make_rota(page: Page, name: str, post: str = "带班领导") -> None:
    """One post round the clock, everybody of the office in it."""
    page.goto("/duty/schemes/new?kind=duty")
    page.fill("[name=name]", name)
    page.fill("[name=post-0-name]", post)
    for row in (1, 2):
        page.fill(f"[name=post-{row}-name]", "")
    page.click("main button:has-text('保存，去选人')")
    expect(page.locator("main")).to_contain_text("下一步选参加值班的人")
    for box in page.locator("[name=people]").all():
        box.check()
    page.click("main button:has-text('加入')")
    expect(page.locator("main")).to_contain_text("已加入")


def plan_month(served: Served, page: Page, month: str, *, scripts: bool = True) -> None:
    page.click("main a:has-text('排班')")
    page.fill("[name=first_day]", f"{month}-01")
    page.fill("[name=last_day]", f"{month}-30")
    page.click("main button:has-text('开始排班')")
    expect(page.locator("main")).to_contain_text("排队")
    work_through(served.app)
    if not scripts:
        page.click("main a:has-text('刷新')")
    expect(page.locator("main")).to_contain_text("每个岗位都有人")


def publish_and_print(page: Page, address: str) -> str:
    page.goto(address)
    page.click("main button:has-text('发布')")
    expect(page.locator("main")).to_contain_text("第 1 版")
    answer = page.request.get(f"{address}.pdf")
    return "".join(pages_of(answer.body())).replace(" ", "")


def test_at_the_keyboard(open_browser, served):
    page = open_browser(people.LIN)
    make_rota(page, "防汛值班")
    plan_month(served, page, "2026-09")
    address = page.url
    page.click("main a:has-text('手工调整')")
    cells = page.locator(".roster-grid input[name^=d]")
    first, second = cells.nth(0), cells.nth(1)
    other = second.input_value()
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.type(other)
    page.keyboard.press("Enter")
    expect(page.locator("#roster-conflicts")).to_contain_text("必须改")
    expect(first).to_have_class(re.compile("cell-told"))
    page.click("main button:has-text('保存')")
    expect(page.locator("main")).to_contain_text("已保存 1 处改动")
    page.click("main button:has-text('撤回上一次调整')")
    expect(page.locator("main")).to_contain_text("已撤回上一次手工调整")
    text = publish_and_print(open_browser(people.ZHAO), address)
    assert "防汛值班安排表" in text and "9月30日" in text and other in text


def test_without_scripts(open_browser, served):
    page = open_browser(people.LIN, scripts=False)
    make_rota(page, "防火值班")
    plan_month(served, page, "2026-10", scripts=False)
    address = page.url
    page.click("main a:has-text('手工调整')")
    cell = page.locator(".roster-grid input[name^=d]").first
    cell.fill("")
    page.click("main button:has-text('保存')")
    expect(page.locator("main")).to_contain_text("已保存 1 处改动")
    supervisor = open_browser(people.ZHAO, scripts=False)
    text = publish_and_print(supervisor, address)
    assert "防火值班安排表" in text and "空岗" in text
    expect(supervisor.locator("main")).to_contain_text("手工留空的 1 个岗：2026-10-01 带班领导")


def ask_swap(page: Page, post: str, other: str) -> str:
    """The address of a swap of one's last duty in a post with another's."""
    page.goto("/duty/mine")
    page.locator("tr", has_text=post).last.locator("a:has-text('调班')").click()
    choice = page.locator("select[name=other] option", has_text=other).last
    page.select_option("select[name=other]", choice.get_attribute("value"))
    page.fill("[name=reason]", "家里有事")
    page.click("main button:has-text('提出申请')")
    expect(page.locator("main")).to_contain_text("待对方答复")
    return page.url


def test_from_the_plan_over_a_swap_to_the_print(open_browser, served):
    """林秀 plans August, 赵立 publishes; they exchange two duties; the month's table and its print mark both."""
    page = open_browser(people.LIN)
    make_rota(page, "联防值班", "联防岗")
    plan_month(served, page, "2026-08")
    address = page.url
    supervisor = open_browser(people.ZHAO)
    assert "较上一版" not in publish_and_print(supervisor, address)
    swap = ask_swap(page, "联防岗", "赵立")
    supervisor.goto(swap)
    supervisor.click("main button:has-text('同意调班')")
    expect(supervisor.locator("main")).to_contain_text("待审批")
    supervisor.goto(swap)
    supervisor.click("main button:has-text('批准')")
    page.goto(swap)
    expect(page.locator("main")).to_contain_text("已批准")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("标“改”的 2 处")
    page.click("main a:has-text('值班表')")
    page.click("main a:has-text('调班')")
    expect(page.locator("main")).to_contain_text("已批准")
    text = "".join(pages_of(page.request.get(f"{address}.pdf").body())).replace(" ", "")
    assert "联防值班安排表" in text and "较上一版的改动" in text


@pytest.mark.parametrize("viewport", [{"width": 1366, "height": 768}])
def test_the_grid_fits_the_desk(open_browser, served, viewport):
    page = open_browser(people.LIN, viewport=viewport)
    make_rota(page, "防雪值班")
    plan_month(served, page, "2026-11")
    page.click("main a:has-text('手工调整')")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]
