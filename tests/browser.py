"""A test client that signs in as one of the cast and inspects every page it is given.

Each HTML page is checked for: valid HTML, exactly one h1, unique ids, a label for every control, the CSRF
token in every posting form, no inline script or style, and links that lead to routes this user may call.
"""

import re
import secrets
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import lxml.html
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from actions.sign_in import open_session
from extensions import db
from models.staff import Account
from tests.people import Member
from web import clock
from web.guarded_blueprint import PERMISSIONS
from web.session import TOKEN
from web.unit_of_work import writing

XHTML = "{http://www.w3.org/1999/xhtml}"
CONTROLS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button")
LINKS = ("href", "action", "formaction", "hx-get", "hx-post")


class Browser:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.member: Member | None = None

    def sign_in(self, member: Member) -> "Browser":
        """Skip the password: a session row and its cookie, as a successful sign-in leaves them."""
        token = secrets.token_urlsafe(16)
        with self.app.app_context():
            account = db.session.scalars(select(Account).where(Account.username == member.username)).one()
            with writing() as session:
                open_session(
                    session,
                    account=account,
                    token=token,
                    username=member.username,
                    address="127.0.0.1",
                    browser="test",
                    now=clock.now(),
                )
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie[TOKEN] = token
        self.member = member
        return self

    def get(self, address: str, status: int = 200, **options: Any) -> "Page":
        return self._checked(self.client.get(address, **options), status, address)

    def post(
        self, address: str, data: dict[str, Any] | None = None, status: int = 303, **options: Any
    ) -> "Page":
        """Post with this session's own CSRF token."""
        fields = {"csrf_token": self.csrf_token(), **(data or {})}
        response = self.client.post(address, data=fields, **options)
        return self._checked(response, status, address)

    def csrf_token(self) -> str:
        """As the forms of this session carry it, without opening a page for it."""
        with self.client.session_transaction() as cookie:
            kept = cookie.setdefault("csrf_token", secrets.token_hex(20))
        return URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token").dumps(kept)

    def _checked(self, response: TestResponse, status: int, address: str) -> "Page":
        page = Page(response)
        assert response.status_code == status, f"{address}: {response.status_code}\n{page.text[:3000]}"
        if response.mimetype == "text/html" and "<html" in page.html and not response.location:
            inspect(page, self.app, self.member, address)
        return page


BLOCK_TAGS = (
    "td",
    "th",
    "li",
    "dt",
    "dd",
    "p",
    "option",
    "div",
    "h1",
    "h2",
    "summary",
    "label",
    "legend",
    "button",
)


def _read(element: Any) -> Iterator[str]:
    """Text as a reader meets it: blocks and cells stand apart, comments are not read."""
    if isinstance(element.tag, str):
        yield element.text or ""
    for child in element:
        yield from _read(child)
        yield (" " if child.tag in BLOCK_TAGS else "") + (child.tail or "")


class Page:
    """An answer: `text` is what a reader sees, `html` what was sent."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        self.is_html = response.mimetype == "text/html"
        self.html = (
            response.get_data(as_text=True)
            if response.mimetype.startswith(("text/", "application/json"))
            else ""
        )
        self.data = response.get_data()
        self.json = response.get_json(silent=True)

    @cached_property
    def text(self) -> str:
        if not self.is_html:
            return self.html
        body = lxml.html.document_fromstring(self.html).find("body") if self.html.strip() else None
        return re.sub(r"\s+", " ", "".join(_read(body)) if body is not None else "").strip()

    @cached_property
    def _parsed(self) -> tuple[Element, list[Any]]:
        """Parsed once, however often a test looks at it: the tree, and what is invalid."""
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
        return parser.parse(self.html), parser.errors

    @property
    def tree(self) -> Element:
        return self._parsed[0]

    @property
    def invalid(self) -> list[Any]:
        return self._parsed[1]

    def all(self, tag: str) -> list[Element]:
        return self.tree.findall(f".//{XHTML}{tag}")

    def field(self, name: str) -> str:
        """The current value of a form control."""
        for element in self.tree.iter():
            if element.get("name") != name:
                continue
            if element.tag == f"{XHTML}textarea":
                return (element.text or "").strip()
            if element.tag == f"{XHTML}select":
                chosen = [o for o in element.iter(f"{XHTML}option") if o.get("selected") is not None]
                return chosen[0].get("value", "") if chosen else ""
            return element.get("value", "")
        raise AssertionError(f"no control named {name}")


def inspect(page: Page, app: Flask, member: Member | None, address: str) -> None:
    problems = [f"invalid HTML: {error}" for error in page.invalid]
    elements = list(page.tree.iter())
    problems += _structure(elements)
    problems += _forms(elements)
    problems += [p for e in elements for p in _links(e, app, member, address)]
    assert not problems, f"{address}: " + "; ".join(problems[:8])


def _tag(element: Element) -> str:
    return element.tag.replace(XHTML, "") if isinstance(element.tag, str) else ""


def _structure(elements: list[Element]) -> list[str]:
    problems = []
    headings = sum(_tag(e) == "h1" for e in elements)
    if headings != 1:
        problems.append(f"{headings} h1")
    repeated = [i for i, n in Counter(e.get("id") for e in elements if e.get("id")).items() if n > 1]
    problems += [f"id {i} repeated" for i in repeated]
    for e in elements:
        if _tag(e) == "script" and (e.text or not e.get("src")):
            problems.append("inline script")
        if _tag(e) == "style" or e.get("style"):
            problems.append("inline style")
        problems += [f"inline handler {name}" for name in e.keys() if name.startswith("on")]  # noqa: SIM118
    return problems


def _forms(elements: list[Element]) -> list[str]:
    problems = []
    labelled = {e.get("for") for e in elements if _tag(e) == "label"}
    inside = {id(c) for e in elements if _tag(e) == "label" for c in e.iter()}
    for e in elements:
        if _tag(e) in CONTROLS and e.get("type") not in UNLABELLED:
            named = (
                e.get("id") in labelled or id(e) in inside or e.get("aria-label") or e.get("aria-labelledby")
            )
            if not named:
                problems.append(f"control {e.get('name')} has no label")
        if _tag(e) == "form":
            if not e.get("action"):
                problems.append("form without action")
            names = {c.get("name") for c in e.iter()}
            if (e.get("method") or "get").lower() == "post" and "csrf_token" not in names:
                problems.append(f"form {e.get('action')} without csrf_token")
    return problems


def _links(element: Element, app: Flask, member: Member | None, address: str) -> list[str]:
    problems = []
    for name in LINKS:
        target = element.get(name)
        if not target or target.startswith(("#", "data:")):
            continue
        parts = urlsplit(urljoin(f"http://localhost{address}", target))
        if parts.netloc != "localhost":
            problems.append(f"foreign link {target}")
            continue
        method = _method(element, name)
        problem = _problem_of(app, member, parts.path, method)
        if problem:
            problems.append(f"{name}={target}: {problem}")
    return problems


def _method(element: Element, attribute: str) -> str:
    if attribute == "hx-post":
        return "POST"
    if attribute == "action":
        return (element.get("method") or "get").upper()
    return "POST" if attribute == "formaction" and element.get("formmethod", "post") == "post" else "GET"


def _problem_of(app: Flask, member: Member | None, path: str, method: str) -> str:
    from rules.roles import FOR_ALL_SIGNED_IN, GRANTS
    from web.guard import OPEN_ENDPOINTS

    try:
        endpoint, _arguments = app.url_map.bind("localhost").match(path, method=method)
    except RequestRedirect:
        return "redirects: write the final address"
    except HTTPException as error:
        return f"leads nowhere ({error.code})"
    if endpoint in OPEN_ENDPOINTS:
        return ""
    permission = app.extensions[PERMISSIONS].get(endpoint)
    if permission in FOR_ALL_SIGNED_IN:
        return ""
    if member is None or member.role is None or permission is None or member.role not in GRANTS[permission]:
        return f"{endpoint} is not allowed for this user"
    return ""
