"""Take the README's screenshots from a fresh demonstration county. `python docs/screenshots/take.py`

Needs requirements-dev.txt and a Chromium (`CHROMIUM`, default /usr/bin/chromium). Takes about a minute.
"""

import os
import subprocess  # noqa: S404
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
NEW_PASSWORD = "Screens-2026-river"  # noqa: S105
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

SHOTS = (
    ("clerk1", "home", "/"),
    ("clerk1", "new-visit", "/reception/visits/new"),
    ("clerk1", "visits", "/reception/visits"),
    ("clerk1", "village-week", "/reception/village-sessions/week"),
    ("bureau1", "day-sheet", "/reception/day-sheet"),
    ("bureau1", "statistics", "/statistics"),
    ("bureau1", "petitions", "/petitions"),
    ("bureau1", "owed", "/supervision/owed"),
    ("supervisor1", "roster", "/duty/roster"),
    ("supervisor1", "supervision", "/supervision/tasks"),
    ("sysadmin", "accounts", "/staff"),
)


os.environ.setdefault(
    "FONTCONFIG_FILE", str(Path(sys.prefix) / "share/fonts/fonts.conf")
)  # Chinese for the browser


def flask(*arguments: str, environment: dict[str, str]) -> None:
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "flask", "--app", "app", *arguments], cwd=ROOT, env=environment, check=True
    )


def first_passwords(instance: Path) -> dict[str, str]:
    lines = (
        line.split() for line in (instance / "first-passwords.txt").read_text(encoding="utf-8").splitlines()
    )
    return {words[0]: words[-1] for words in lines if len(words) >= 2}


def wait_for_site() -> None:
    for _ in range(60):
        try:
            urllib.request.urlopen(f"{BASE}/health", timeout=1)  # noqa: S310
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the site did not start")


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto(f"{BASE}/sign-in")
    page.fill("#username", username)
    page.fill("#password", password)
    page.click("form.sign-in button")
    page.fill("#current", password)
    page.fill("#password", NEW_PASSWORD)
    page.fill("#again", NEW_PASSWORD)
    page.click("main form button[type=submit]")


def take(passwords: dict[str, str]) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        for username in dict.fromkeys(user for user, _name, _path in SHOTS):
            context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
            page = context.new_page()
            sign_in(page, username, passwords[username])
            for user, name, path in SHOTS:
                if user == username:
                    page.goto(BASE + path)
                    page.screenshot(path=HERE / f"{name}.png")
            context.close()
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page = context.new_page()
        sign_in(page, "director1", passwords["director1"])
        take_bulletin(page)
        chromium.close()


def take_bulletin(page: Page) -> None:
    """The monthly bulletin while it is written, and the first page of its PDF once it is issued."""
    page.goto(f"{BASE}/bulletins/new")
    page.check("input[value=monthly]")
    page.get_by_role("button", name="按模板起草").click()
    page.get_by_role("link", name="修改", exact=True).click()
    page.screenshot(path=HERE / "bulletin.png")
    page.get_by_role("link", name="返回").click()
    page.get_by_role("button", name="提交签发").click()
    page.get_by_role("link", name="去签发").click()
    page.get_by_role("button", name="签发").click()
    address = page.get_by_role("link", name="看版面（PDF）").get_attribute("href")
    pdf = page.request.get(f"{BASE}{address}").body()
    pypdfium2.PdfDocument(pdf)[0].render(scale=1.1).to_pil().save(HERE / "bulletin-page.png")


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        environment = {**os.environ, "INSTANCE_DIR": directory, "DEMONSTRATION": "1"}
        environment.pop("DATABASE_URL", None)
        flask("db", "upgrade", environment=environment)
        flask("data", "demo", environment=environment)
        site = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{PORT}", "--call", "app:create_app"],
            cwd=ROOT,
            env=environment,
        )
        try:
            wait_for_site()
            take(first_passwords(Path(directory)))
        finally:
            site.terminate()
            site.wait()


if __name__ == "__main__":
    main()
