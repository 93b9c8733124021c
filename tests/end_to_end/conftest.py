"""The site served as in production, and a real Chromium before it. Time stands still on the tests' Wednesday."""

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy.orm import Session
from waitress import create_server

from actions.sign_in import open_session
from extensions import db
from models.staff import Account
from queries.memory import forget
from tests.conftest import SQLITE, Site, _build_site, use_keys_of
from tests.people import NOW, Member
from tests.shape.county import Rows, seed
from web import clock
from web.session import TOKEN
from web.unit_of_work import writing

ROOT = Path(__file__).parents[2]
FONTS = ROOT / ".venv" / "share" / "fonts" / "fonts.conf"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK = {"width": 1366, "height": 768}
TELEPHONE = {"width": 390, "height": 844}


@dataclass
class Served:
    """A running site: where it is, and what its county holds."""

    app: Flask
    address: str
    rows: Rows

    def cookie_of(self, member: Member) -> dict[str, str]:
        """The cookie that a successful sign-in leaves, without typing a password."""
        token = secrets.token_urlsafe(16)
        with self.app.app_context():
            account = db.session.query(Account).filter_by(username=member.username).one()
            with writing() as session:
                open_session(
                    session, account=account, token=token, username=member.username, address="127.0.0.1",
                    browser="chromium", now=clock.now(),
                )  # fmt: skip
            serializer = self.app.session_interface.get_signing_serializer(self.app)
            value = serializer.dumps({TOKEN: token})
        return {"name": "xinfang", "value": value, "url": self.address}


@pytest.fixture(scope="session")
def served(sites: dict[str, Site], password_hash: str, worker_id: str) -> Iterator[Served]:
    root = sites[SQLITE].directory.parent
    site = _build_site(SQLITE, root / f"served_{worker_id}_{secrets.token_hex(3)}", password_hash)
    with site.app.app_context():
        with Session(db.engine) as plain, plain.begin():
            rows = seed(plain, password_hash)
        db.session.remove()
    server = create_server(site.app, host="127.0.0.1", port=0, threads=8, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Served(site.app, f"http://127.0.0.1:{server.effective_port}", rows)
    server.close()
    thread.join(timeout=5)
    with site.app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    environment = dict(os.environ) | ({"FONTCONFIG_FILE": str(FONTS)} if FONTS.exists() else {})
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS), env=environment)
        yield browser
        browser.close()


Opener = Callable[..., Page]


@pytest.fixture
def open_browser(served: Served, chromium: Browser) -> Iterator[Opener]:
    """`page = open_browser(people.LIN)`; what the console complains of fails the test at its end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opener(
        member: Member | None = None, *, viewport: dict[str, int] = DESK, scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=served.address, viewport=viewport, java_script_enabled=scripts, locale="zh-CN"
        )
        context.set_default_timeout(15_000)
        if member:
            context.add_cookies([served.cookie_of(member)])
        page = context.new_page()
        listen(page, complaints)
        contexts.append(context)
        return page

    use_keys_of(served.app)
    forget()
    with clock.frozen(NOW):
        yield opener
        for context in contexts:
            context.close()
    assert not complaints, "\n".join(complaints)


def listen(page: Page, complaints: list[str]) -> None:
    """Note errors of scripts, of the content security policy, and files that did not come."""

    def note(message: object) -> None:
        text = getattr(message, "text", "")
        refused = "the server responded with a status of 4" in text
        if getattr(message, "type", "") == "error" and not refused:
            complaints.append(f"{page.url}: {text}")

    def answered(response: object) -> None:
        if getattr(response, "status", 0) >= 500 or (response.status == 404 and "/static/" in response.url):
            complaints.append(f"{response.url}: {response.status}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", answered)
