"""Large files are the worker's: the page says how far it is and asks again without keeping the session alive."""

import pytest

import web.imports
from jobs.imports import check_import, run_import
from models.visit import Visit
from tests import factories, people
from tests.sheets import VISIT, upload, workbook


@pytest.fixture
def everything_is_large(monkeypatch):
    monkeypatch.setattr(web.imports, "CHECKED_AT_ONCE_BYTES", 0)


def test_the_worker_checks_and_writes_it(browser, everything_is_large):
    browser.sign_in(people.LIN)
    answer = browser.post("/imports", {"kind": "visits", "file": upload(workbook("visits", [VISIT]))})
    waiting = browser.get(answer.location)
    assert "正在后台检查" in waiting.text
    assert 'hx-headers=\'{"X-Polling": "1"}\'' in waiting.html
    with browser.app.app_context():
        check_import(1)
    part = browser.get(answer.location, headers={"HX-Request": "true", "X-Polling": "1"})
    assert "确认导入 1 行" in part.text
    assert "hx-trigger" not in part.html
    browser.post(f"{answer.location}/confirmation")
    assert "正在后台排队导入" in browser.get(answer.location).text
    with browser.app.app_context():
        run_import(1)
        run_import(1)
    assert "已导入" in browser.get(answer.location).text
    with browser.app.app_context(), factories.plain_session() as session:
        assert [v.registered_by_id is not None for v in session.query(Visit)] == [True]
