"""A night at the desk of a township, by keyboard: two instructions come, and both are handed over open."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests import desk, people
from tests.end_to_end.typist import Typist
from tests.people import PASSWORD
from web import clock

NIGHT, MORNING = desk.at("2026-07-16 03:00"), desk.at("2026-07-16 08:25")


def note_instruction(typist: Typist, content: str) -> None:
    """工作指令 by one key, the unit by its initials, the limit by its hour alone."""
    typist.tab_to("kind")
    typist.press("4")
    typist.tab_to("source")
    typist.choose("xrsj", "县人社局")
    typist.tab_to("content")
    typist.characters(content)
    page = typist.page
    page.fill("[name=due_time]", "12:00")
    with page.expect_navigation():
        page.focus("[name=content]")
        typist.press("Control+Enter")


def sign_on(page: Page, username: str, password: str) -> None:
    page.fill("[name=username]", username)
    page.fill("#on-password", password)
    with page.expect_navigation():
        page.press("#on-password", "Enter")


def test_a_night_is_handed_over_with_two_open_instructions(open_browser):
    with clock.frozen(NIGHT):
        page = open_browser(people.LIN)
        page.goto("/duty/log")
        typist = Typist(page)
        note_instruction(typist, "核实柳溪河堤巡查情况，中午前回复。")
        assert typist.focused() == "kind"
        note_instruction(typist, "核实镇区停电抢修进度，中午前回复。")
        expect(page.locator("#log-rows")).to_contain_text("核实镇区停电抢修进度")
        expect(page.locator("#log-rows")).to_contain_text("2026-07-16 12:00")
    with clock.frozen(MORNING):
        page = open_browser(people.LIN)
        page.goto("/duty/handover")
        expect(page.locator("h1")).to_contain_text("2026-07-16 08:30")
        notes = page.locator("textarea[name^=note-]")
        for n in range(notes.count()):
            notes.nth(n).fill(f"第 {n + 1} 件：已电话通知，等回复")
        page.fill("[name=articles]", "值班手机 1 部")
        page.fill("#off-password", PASSWORD)
        with page.expect_navigation():
            page.press("#off-password", "Enter")
        sign_on(page, "zhao", "not the password")
        expect(page.locator("main")).to_contain_text("口令不对")
        sign_on(page, "zhao", PASSWORD)
        expect(page.locator("main")).to_contain_text("交接完成")
        main = page.inner_text("main")
        for words in ("林秀", "赵立", "核实柳溪河堤巡查情况", "核实镇区停电抢修进度", "未办结"):
            assert words in main
        address = page.get_by_text("打印（PDF）").get_attribute("href")
        answer = page.context.request.get(address)
        assert answer.body().startswith(b"%PDF-")


def test_the_desk_works_without_scripts(open_browser):
    with clock.frozen(NIGHT + timedelta(days=1)):
        page = open_browser(people.BAI, scripts=False)
        page.goto("/duty/log")
        page.fill("[name=source]", "xrsj")
        page.fill("[name=content]", "县人社局来电，核对欠薪线索办理情况。")
        page.click("button[value=next]")
        expect(page.locator("#log-rows")).to_contain_text("县人社局")
        page.click("#log-rows tbody a")
        page.click("summary:has-text('登记回复')")
        page.fill("[name=text]", "已联系企业，当日补发。")
        page.click("text=保存回复")
        expect(page.locator("main")).to_contain_text("已联系企业，当日补发。")
