"""WCAG 2.2 AA by axe on every page, for every role, on a desk's screen and on a telephone's."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from rules.roles import FOR_ALL_SIGNED_IN, GRANTS, Role
from tests import people
from tests.end_to_end.conftest import DESK, TELEPHONE
from tests.people import Member
from tests.shape.county import own_value
from web.guard import OPEN_ENDPOINTS
from web.guarded_blueprint import PERMISSIONS
from web.navigation import MENU

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ELSEWHERE = OPEN_ENDPOINTS | {entry.endpoint for entry in MENU}
ELSEWHERE |= {"health.show", "reception.open_paper_page", "papers.new_paper", "duty.list_roster_people"}
ELSEWHERE |= {"accountability.edit_suggestion"}
"""A paper is begun from its record, whose page asks for it with kind and subject; the grid asks who may stand in a post;
a suggestion is edited until it is issued."""
BY_THE_HEAD = {"duty.edit_roster"}
"""Of a published roster: who publishes it."""
ASKED = {"duty.new_scheme": {"kind": "duty"}}
"""What the address has to say besides."""
MEMBERS = (people.LIN, people.ZHAO, people.WU, people.ZHENG, people.SUN, people.QIAN, people.HE)
"""Between them they may open every page."""
SHOWN_BY_OTHERS = (people.ZHAO, people.WU, people.HAN)
"""On a telephone the pages of their menus are those of the clerk and of the director."""


WITHOUT_MENU = {"include": [["html"]], "exclude": [[".site-menu nav"]]}


def violations(
    page: Page, part: str | dict[str, list[list[str]]] = "html", *, contrast: bool = True
) -> list[str]:
    """`contrast`: that of each text with what lies under it, which takes most of the time."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    found: Any = page.evaluate(
        "([part, tags, contrast]) => axe.run(part, {runOnly: {type: 'tag', values: tags},"
        " resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}}})",
        [part, TAGS, contrast],
    )
    return [
        f"{page.url} {page.viewport_size}: {v['id']} ({v['help']}): {[n['target'] for n in v['nodes']][:4]}"
        for v in found["violations"]
    ]


LOOK = """() => JSON.stringify([...new Set([...document.querySelectorAll('body *')].map(e => [
    e.tagName, e.className, e.getAttribute('type'), (e.getAttribute('name') || '').replace(/\\d+/g, ''), e.disabled, ...[...e.attributes].map(a => a.name),
].join(' ')))].sort())"""
"""The kinds of elements on a page, however many there are of each."""
_judged: set[tuple[str, str]] = set()


def is_known(page: Page) -> bool:
    """Whether this process has judged the page before, made of the same elements, as another member sees it: many roles open
    the same pages, most of which differ in their rows alone."""
    address = urlsplit(page.url)
    known = (re.sub(r"\d+", "", address.path + address.query), page.evaluate(LOOK))
    if known in _judged:
        return True
    _judged.add(known)
    return False


def reflows(page: Page) -> list[str]:
    """WCAG 1.4.10: a page is read in one direction; a wide table scrolls inside its own box."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return (
        [f"{page.url} {page.viewport_size}: {wide} px wider than the screen: {_widest(page)}"]
        if wide > 1
        else []
    )


def _widest(page: Page) -> str:
    """The innermost elements that stick out."""
    return page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right >"
        " document.documentElement.clientWidth + 1).slice(-3).map(e => e.outerHTML.slice(0, 90)).join(' | ')"
    )


def problems_on(page: Page, addresses: list[str], *, telephone: bool = True) -> list[str]:
    """On both screens; a page of the desk is turned into the telephone's, with its menu open. The menu, alike on all, is looked
    at with the first. A narrow screen moves things about and leaves their colours as they are."""
    found = []
    for number, address in enumerate(addresses):
        page.set_viewport_size(DESK)
        answer = page.goto(address)
        assert answer is not None
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            found.append(f"{address}: {answer.status}, not a page")
        if is_known(page):
            continue
        found += violations(page, WITHOUT_MENU if number else "html")
        if telephone:
            page.set_viewport_size(TELEPHONE)
            page.evaluate("new Promise(requestAnimationFrame)")
            found += violations(page, "main" if number else "html", contrast=not number) + reflows(page)
    return found


@pytest.mark.parametrize("member", people.ONE_PER_ROLE, ids=lambda m: m.role.value)
def test_every_page_of_the_menu(open_browser, member):
    page = open_browser(member)
    page.goto("/")
    links = page.locator(".site-menu a").evaluate_all("links => links.map(l => l.getAttribute('href'))")
    assert len(links) >= 2
    assert not (found := problems_on(page, links, telephone=member not in SHOWN_BY_OTHERS)), "\n".join(found)


def pages_beside_the_menu(served: Any, member: Member) -> list[str]:
    """GET addresses that answer with a page, each with the first member who may open it."""
    app, found = served.app, []
    for rule in app.url_map.iter_rules():
        name = rule.endpoint.rpartition(".")[2]
        if "GET" not in rule.methods or rule.endpoint in ELSEWHERE or is_file(rule.rule, name):
            continue
        permission = app.extensions[PERMISSIONS][rule.endpoint]
        allowed = (
            m
            for m in MEMBERS
            if (permission in FOR_ALL_SIGNED_IN or m.role in GRANTS[permission])
            and not (rule.endpoint in BY_THE_HEAD and m.role is Role.CLERK)
        )
        if next(allowed) is member:
            values = {p: own_value(served.rows, member, p) for p in rule.arguments} | ASKED.get(
                rule.endpoint, {}
            )
            found.append(app.url_map.bind("localhost").build(rule.endpoint, values, method="GET"))
    return found


def is_file(rule: str, name: str) -> bool:
    """PDF, Excel, pictures, parts of an attachment and what scripts fetch on the side."""
    return (
        rule.rpartition(".")[2] in ("pdf", "docx", "xlsx", "csv", "svg", "ics")
        or "choices" in name
        or "_attachment_" in name
        or name.endswith(("_day_visits", "_image"))
    )


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: m.role.value)
def test_every_other_page(open_browser, served, member):
    addresses = pages_beside_the_menu(served, member)
    assert not (found := problems_on(open_browser(member), addresses)), "\n".join(found)


def test_a_page_opened_on_a_telephone_has_its_menu_folded(open_browser):
    page = open_browser(people.LIN, viewport=TELEPHONE)
    page.goto("/reception/visits")
    assert not page.locator(".site-menu a").first.is_visible()
    assert not (found := violations(page) + reflows(page)), found
    page.locator(".site-menu summary").click()
    assert page.locator(".site-menu a").first.is_visible()


def test_forms_with_errors_and_error_pages(open_browser):
    page = open_browser(people.LIN)
    found = []
    page.goto("/reception/visits/new")
    page.click("button[value=show]")
    found += violations(page)
    for address in ("/no-such-page", "/audit"):
        page.goto(address)
        found += violations(page)
    page.goto("/reception/visits/new")
    page.focus("[name=category]")
    page.locator("[role=listbox]:not([hidden]) [role=option]").first.wait_for()
    found += violations(page)
    assert not found, "\n".join(found)


def test_the_first_tab_offers_to_skip_the_menu(open_browser):
    page = open_browser(people.LIN)
    page.goto("/reception/visits")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
