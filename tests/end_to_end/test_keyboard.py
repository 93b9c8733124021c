"""A clerk's day with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.end_to_end.typist import Typist

MOST_SECONDS = 40
CONTENT = "反映上河村三组道路塌陷积水，要求尽快修复。"


def sign_in(page: Page, typist: Typist, member: people.Member) -> None:
    page.goto("/sign-in")
    typist.tab_to("username")
    typist.letters(member.username)
    typist.press("Tab")
    typist.letters(people.PASSWORD)
    typist.press("Enter")
    page.wait_for_url(re.compile(r"/$"))


def write_visit(typist: Typist, name: str) -> None:
    typist.tab_to("name_1")
    typist.characters(name)
    typist.press("Tab")
    typist.letters("13800005678")
    typist.tab_to("address_1")
    typist.characters("上河村三组")
    typist.tab_to("category")
    typist.choose("czjs", "村镇建设")
    typist.tab_to("location_unit")
    typist.choose("shc", "上河村")
    typist.tab_to("content")
    typist.characters(CONTENT)


def test_an_ordinary_visit_takes_less_than_forty_seconds_of_typing(open_browser, record_property):
    page = open_browser()
    typist = Typist(page)
    sign_in(page, typist, people.LIN)
    typist.skip_the_menu()
    typist.tab_to("登记来访")
    typist.press("Enter")
    page.wait_for_url(re.compile(r"/reception/visits/new"))
    typist.keystrokes = 0
    write_visit(typist, "周大山")
    typist.press("Control+Enter")
    page.wait_for_url(re.compile(r"/reception/visits/\d+$"))
    record_property("keystrokes", typist.keystrokes)
    record_property("seconds", round(typist.seconds, 1))
    said = (
        f"{typist.keystrokes} keystrokes, {typist.seconds:.1f} s for one visit of {len(CONTENT)} characters"
    )
    assert typist.seconds < MOST_SECONDS, said
    number = re.search(r"LF-AL21-2026-\d{5}", page.inner_text("main")).group()
    page.goto("/reception/visits")
    expect(page.locator("main")).to_contain_text(number)
    answer = page.context.request.get("/reception/day-sheet.pdf?date=2026-07-15")
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF-")


def test_ten_visits_one_after_another_by_save_and_next(open_browser):
    page = open_browser(people.LIN)
    typist = Typist(page)
    page.goto("/reception/visits/new")
    for n in range(10):
        write_visit(typist, f"丁{'一二三四五六七八九十'[n]}")
        with page.expect_navigation(url=re.compile(r"saved=")):
            typist.press("Alt+Enter")
        assert typist.focused() == "name_1"
    page.goto("/reception/visits?q=丁十")
    expect(page.locator("main table")).to_contain_text("丁十")
    assert typist.seconds / 10 < MOST_SECONDS, f"{typist.keystrokes / 10:.0f} keystrokes a visit"


@pytest.mark.parametrize(
    ("field", "initials", "label"),
    [
        ("category", "gzfl", "工资福利"),
        ("category", "漏水", "工程质量"),
        ("responsible_unit", "xzjj", "县住建局"),
        ("responsible_unit", "axzf", "安澜县住房和城乡建设局"),
        ("location_unit", "bsx", "白石乡"),
        ("accused_unit", "lys", "柳园社区"),
    ],
)
def test_initials_find_categories_and_units(open_browser, field, initials, label):
    page = open_browser(people.LIN)
    page.goto("/reception/visits/new")
    typist = Typist(page)
    typist.tab_to(field)
    typist.letters(initials)
    options = page.locator("[role=listbox]:not([hidden]) [role=option]")
    expect(options.first).to_be_visible()
    shown = options.all_inner_texts()
    assert any(label in text or label.removeprefix("安澜") in text for text in shown), shown


def test_arrows_walk_the_list_and_escape_leaves_it(open_browser):
    page = open_browser(people.LIN)
    page.goto("/reception/visits/new")
    typist = Typist(page)
    typist.tab_to("category")
    typist.letters("gz")
    options = page.locator("[role=listbox]:not([hidden]) [role=option]")
    expect(options.first).to_have_attribute("aria-selected", "true")
    typist.press("ArrowDown")
    second = options.nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    field = page.locator("[name=category]")
    assert field.get_attribute("aria-activedescendant") == second.get_attribute("id")
    label = second.evaluate("e => e.firstChild.textContent")
    typist.press("Enter")
    expect(field).to_have_value(label)
    typist.press("ArrowDown")
    expect(options.first).to_be_visible()
    typist.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_a_mistake_keeps_what_was_typed_and_puts_the_cursor_on_the_list_of_errors(open_browser):
    page = open_browser(people.LIN)
    page.goto("/reception/visits/new")
    typist = Typist(page)
    typist.tab_to("name_1")
    typist.characters("周大山")
    with page.expect_navigation():
        typist.press("Control+Enter")
    expect(page.locator("[name=name_1]")).to_have_value("周大山")
    expect(page.locator("main")).to_contain_text("请填写内容分类。")
    assert page.evaluate("document.activeElement.hasAttribute('data-focus')")
