"""An upload is personal data in plain text: it stays while somebody needs it, and no longer."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

import web.imports
from jobs.imports import check_import, run_import, sweep_imports
from models.audit_entry import AuditEntry
from models.import_batch import ImportBatch, Job
from models.staff import Account
from models.visit import Visit
from models.write_turn import WriteTurnTimeout
from tests import factories, people
from tests.pages.imports.test_imports import send
from tests.sheets import VISIT
from web import clock

ID_NUMBER = "110101199003071234"


def batch(browser):
    with browser.app.app_context(), factories.plain_session() as plain:
        return plain.get(ImportBatch, 1)


def uploads(browser):
    return sorted(path.name for path in (Path(browser.app.config["INSTANCE_DIR"]) / "uploads").iterdir())


@pytest.fixture(autouse=True)
def empty_folders(browser):
    directory = Path(browser.app.config["INSTANCE_DIR"])
    for name in ("uploads", "results"):
        (directory / name).mkdir(exist_ok=True)
        for path in (directory / name).iterdir():
            path.unlink()


@pytest.fixture
def written_then(browser):
    """All files look as if written at the tests' moment."""

    def at(moment=people.NOW):
        for path in Path(browser.app.config["INSTANCE_DIR"]).glob("[ur]*s/*"):
            seconds = (
                moment - people.NOW.replace(year=1970, month=1, day=1, hour=0, minute=0)
            ).total_seconds()
            os.utime(path, (seconds, seconds))

    return at


def sweep(browser, after):
    with browser.app.app_context(), clock.frozen(people.NOW + after):
        sweep_imports()


def busy_once(monkeypatch, name):
    real, busy = getattr(web.imports, name), iter((True,))

    def step(*args):
        if next(busy, False):
            raise WriteTurnTimeout
        return real(*args)

    monkeypatch.setattr(web.imports, name, step)


def visits(browser):
    with browser.app.app_context(), factories.plain_session() as plain:
        return plain.query(Visit).count()


def test_what_nobody_confirms_within_seven_days_is_given_up_with_its_file(browser, written_then):
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT])
    written_then()
    sweep(browser, timedelta(days=6))
    assert (batch(browser).state, len(uploads(browser))) == ("ready", 2)
    sweep(browser, timedelta(days=8))
    assert (batch(browser).state, uploads(browser)) == ("dropped", [])
    assert "超过 7 天没有确认导入，已自动放弃，上传的文件已删除。" in browser.get(answer.location).text
    with browser.app.app_context(), factories.plain_session() as plain:
        last = plain.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
        assert (last.action, last.actor_name) == ("import.drop", "系统")


def test_errors_keep_no_long_number_and_vanish_after_seven_days(browser):
    wrong = VISIT | {"日期": ID_NUMBER, "来访人数": "138 1234 5678"}
    answer = send(browser.sign_in(people.LIN), "visits", [wrong])
    assert batch(browser).state == "refused"
    assert "110****" in batch(browser).errors
    assert "110101" not in batch(browser).errors
    sweep(browser, timedelta(days=8))
    assert (batch(browser).errors, batch(browser).error_count) == ("[]", 2)
    assert "有错误，未导入" in browser.get(answer.location).text


def test_an_upload_whose_batch_is_not_committed_yet_is_left_alone(browser, written_then):
    path = Path(browser.app.config["INSTANCE_DIR"]) / "uploads" / "ab.xlsx"
    path.write_bytes(b"PK")
    written_then()
    sweep(browser, timedelta(hours=23))
    assert uploads(browser) == ["ab.xlsx"]
    sweep(browser, timedelta(hours=25))
    assert uploads(browser) == []


def test_one_time_passwords_go_after_fourteen_days(browser, written_then):
    path = Path(browser.app.config["INSTANCE_DIR"]) / "results" / "import-7-passwords.xlsx"
    path.write_bytes(b"PK")
    written_then()
    sweep(browser, timedelta(days=13))
    assert path.exists()
    sweep(browser, timedelta(days=15))
    assert not path.exists()


def test_a_busy_database_keeps_the_upload_to_be_confirmed_again(browser, monkeypatch):
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT])
    busy_once(monkeypatch, "write_rows")
    browser.post(f"{answer.location}/confirmation", status=503)
    assert "数据库暂时不能写入，没有导入任何一行。" in browser.get(answer.location).text
    browser.post(f"{answer.location}/confirmation")
    assert (batch(browser).state, batch(browser).errors, visits(browser)) == ("done", "[]", 1)
    assert uploads(browser) == []


def test_a_small_check_that_meets_a_busy_database_is_left_to_the_worker(browser, monkeypatch):
    busy_once(monkeypatch, "check_file")
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT])
    assert "正在后台检查" in browser.get(answer.location).text
    with browser.app.app_context():
        check_import(1)
    assert batch(browser).state == "ready"


def test_a_check_that_breaks_says_so(browser, monkeypatch):
    monkeypatch.setattr(web.imports, "check_file", lambda *_args: 1 / 0)
    send(browser.sign_in(people.LIN), "visits", [VISIT], status=500)
    assert (batch(browser).state, uploads(browser)) == ("failed", [])


@pytest.mark.parametrize(("attempts", "state"), [(1, "waiting"), (3, "ready")])
def test_the_worker_tries_again_and_then_asks_its_sender(browser, monkeypatch, attempts, state):
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT])
    monkeypatch.setattr(web.imports, "CHECKED_AT_ONCE_BYTES", 0)
    browser.post(f"{answer.location}/confirmation")
    with browser.app.app_context(), factories.plain_session() as plain, plain.begin():
        job = plain.query(Job).filter(Job.kind == "import.run").one()
        job.state, job.attempts = "running", attempts
    busy_once(monkeypatch, "write_rows")
    with browser.app.app_context(), pytest.raises(WriteTurnTimeout):
        run_import(1)
    assert (batch(browser).state, len(uploads(browser))) == (state, 2)


def test_an_upload_of_an_account_that_was_disabled_since_does_not_wait_for_ever(browser, monkeypatch):
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT])
    monkeypatch.setattr(web.imports, "CHECKED_AT_ONCE_BYTES", 0)
    browser.post(f"{answer.location}/confirmation")
    with browser.app.app_context(), factories.plain_session() as plain, plain.begin():
        plain.query(Account).filter(Account.username == "lin").one().disabled_at = people.NOW
    with browser.app.app_context(), pytest.raises(web.imports.RuleViolation, match="上传的账号已停用"):
        run_import(1)
    assert (batch(browser).state, uploads(browser)) == ("failed", [])
    assert "上传的账号已停用或不再有导入权限。" in batch(browser).errors
