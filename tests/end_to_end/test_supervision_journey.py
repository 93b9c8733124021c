"""A late petition leads to a proposal, a task for two units, a numbered 督办函, a feedback returned, and a task struck off."""

import re

from playwright.sync_api import Page, expect

from tests import factories, people, petitions
from web.unit_of_work import writing


def step(page: Page, address: str, verb: str, **fields: str) -> None:
    """Open the folded form of a verb, where it does not stand open as the next step, fill it in, send it."""
    page.goto(address)
    form = page.locator(f"details#{verb}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button").click()


def file_from_proposal(page: Page, number: str) -> str:
    """The address of the new task."""
    page.goto("/supervision/proposals")
    row = page.locator("tr", has_text=number).filter(has_text="告知")
    row.get_by_role("link", name=re.compile("立项")).click()
    expect(page.locator("main")).to_contain_text(number)
    page.fill("[name=line-0-demand]", "补发受理告知书")
    page.fill("[name=line-1-unit]", "县住建局")
    page.fill("[name=line-1-demand]", "配合核查")
    page.fill("[name=due_on]", "2026-08-31")
    page.locator("main .form-buttons button").click()
    expect(page.locator("main")).to_contain_text("已立项 DB-AL01-2026-")
    return page.url


def issue_letter(page: Page, address: str) -> None:
    page.goto(address)
    page.click("main a:has-text('起草督办函')")
    page.locator("main button:has-text('草稿')").first.click()
    page.goto(address)
    page.locator("#papers a:has-text('签发')").click()
    with page.expect_navigation(timeout=120_000):  # the sealed page is drawn meanwhile
        page.locator("main button:has-text('签发')").click(no_wait_after=True)
    page.goto(address)
    expect(page.locator("#papers")).to_contain_text("〔2026〕")
    expect(page.locator("main")).to_contain_text("2026-07-15 签发")


def lines_of(page: Page, address: str) -> list[str]:
    """The addresses of the task's units, in their order."""
    page.goto(address)
    links = page.locator("#units a").evaluate_all("links => links.map(link => link.href)")
    return [link.split("#")[0] for link in links]


def test_from_a_late_petition_to_the_striking_off(served, open_browser):
    with served.app.app_context(), writing() as session:
        number = petitions.signed(session).number
    with served.app.app_context(), factories.plain_session() as plain:
        factories.document_register(plain, "AL01", word="安信督", series="paper")
        plain.commit()
    clerk, director = open_browser(people.WU), open_browser(people.ZHENG)
    address = file_from_proposal(clerk, number)
    clerk.goto("/supervision/proposals")
    expect(clerk.locator("main tr", has_text=number).filter(has_text="告知")).to_have_count(0)
    issue_letter(director, address)

    township = open_browser(people.LIN, scripts=False)
    township.goto("/")
    expect(township.get_by_role("navigation", name="督办待办")).to_be_visible()
    step(township, address, "receive")
    step(township, address, "report", text="已补发告知书。")
    line, other = lines_of(clerk, address)
    step(clerk, line, "return", text="没有附送达回证。", until="2026-07-17")
    expect(clerk.locator("main")).to_contain_text("已退回")
    township.goto(address)
    expect(township.locator("main .alert").first).to_contain_text("阶段反馈被退回，要重新反馈。")
    expect(township.locator("main .alert").first).to_contain_text("没有附送达回证。")
    step(township, address, "report", text="送达回证已附。")
    step(clerk, line, "accept")
    step(township, address, "submit", text="已告知信访人。", evidence="镇信访办档案柜")
    step(clerk, line, "close", text="同意销号。")
    expect(clerk.locator("#units")).to_contain_text("已销号")

    step(director, other, "withdraw", text="核查完毕，不再需要配合。")
    expect(director.locator("main")).to_contain_text("已办结")
    clerk.goto(f"/petitions?q={number}")
    clerk.click(f"main a:has-text('{number}')")
    expect(clerk.locator("#supervision")).to_contain_text("已办结")
