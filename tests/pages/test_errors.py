"""When something cannot be done, an honest page in Chinese says so, and nothing is half saved."""

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from extensions import db
from models.audit_entry import AuditEntry
from models.visit import SerialCounter, Submission, Visit, VisitContact
from tests import people
from tests.pages.reception.test_register_visit import TYPED
from web import unit_of_work

RECORDS = (Visit, VisitContact, SerialCounter, Submission, AuditEntry)


def counts(site):
    """How many rows each table holds that a registered visit touches."""
    with site.app_context():
        found = [db.session.scalar(select(func.count()).select_from(model)) for model in RECORDS]
        db.session.remove()
    return found


def test_a_page_that_does_not_exist_says_so_and_leads_back(browser):
    page = browser.sign_in(people.LIN).get("/no-such-page", status=404)
    assert "没有找到" in page.text
    assert "回工作台" in page.text


def test_a_record_out_of_reach_says_the_same_as_a_missing_one(browser):
    page = browser.sign_in(people.LIN).get("/reception/visits/999999", status=404)
    assert "这条记录不存在，或不在您的查看范围内。" in page.text


def test_a_door_that_is_not_ones_own_says_whom_to_ask(browser):
    page = browser.sign_in(people.HE).get("/reception/visits", status=403)
    assert "您的账号不能做这件事。需要的话，请联系系统管理员。" in page.text


def test_an_address_that_takes_no_such_method_names_those_it_takes(browser):
    page = browser.sign_in(people.LIN).post("/reception/day-sheet", status=405)
    assert "这个地址不接受这种操作。" in page.text
    assert "GET" in page.response.headers["Allow"]


def test_a_form_whose_token_is_worn_out_asks_to_reload(browser):
    page = browser.sign_in(people.LIN).post("/reception/phrases", {"csrf_token": "worn-out"}, status=400)
    assert "表单已失效，刚才的内容没有保存。" in page.text


def test_a_lost_form_names_what_was_typed_in_chinese_and_shows_no_codes(browser):
    typed = {
        "title": "关于接访情况的通报",
        "source": "正文写到一半。",
        "kind": "daily",
        "recipients": "17",
        "x_y": "abc",
    }
    page = browser.sign_in(people.WU).post(
        "/bulletins/1/text", {"csrf_token": "worn-out", **typed}, status=400
    )
    assert "标题 关于接访情况的通报" in page.text
    assert "正文 正文写到一半。" in page.text
    for code in ("daily", "source", "x_y", "abc", "17"):
        assert code not in page.text


def test_too_large_an_upload_says_so(browser, site, monkeypatch):
    monkeypatch.setitem(site.config, "MAX_CONTENT_LENGTH", 2000)
    page = browser.sign_in(people.LIN).post("/imports", {"kind": "visits", "file": "x" * 3000}, status=413)
    assert "上传的文件超过了大小上限。" in page.text


def test_a_bug_shows_no_trace_of_the_code(browser, monkeypatch):
    def broken(*_args):
        raise ValueError("secret detail")

    monkeypatch.setattr("blueprints.reception.visit_pages.similar_visits", broken)
    with browser.app.app_context():
        from tests.factories import plain_session, visit

        with plain_session() as plain, plain.begin():
            visit_id = visit(plain).id
    page = browser.sign_in(people.LIN).get(f"/reception/visits/{visit_id}", status=500)
    assert "刚才的内容没有保存" in page.text
    assert "secret detail" not in page.html
    assert "Traceback" not in page.html


def test_htmx_gets_the_message_alone(browser):
    page = browser.sign_in(people.LIN).get("/no-such-page", status=404, headers={"HX-Request": "true"})
    assert "<html" not in page.html
    assert "没有找到" in page.text


@pytest.fixture
def lost_connection(site):
    """From now on the database breaks the connection at each INSERT into one table."""
    listening = []

    def lose(table):
        def fail(_connection, _cursor, statement, *_rest):
            if statement.startswith(f"INSERT INTO {table}"):
                raise OperationalError(statement, {}, Exception("server closed the connection unexpectedly"))

        with site.app_context():
            event.listen(db.engine, "before_cursor_execute", fail)
        listening.append(fail)

    yield lose
    with site.app_context():
        for fail in listening:
            event.remove(db.engine, "before_cursor_execute", fail)


@pytest.mark.parametrize(
    "table", ["visit", "visit_contact", "visit_search", "audit_entry", "record_version", "submission"]
)
def test_a_connection_lost_half_way_saves_nothing(browser, site, lost_connection, table):
    browser.sign_in(people.LIN)
    token, before = browser.csrf_token(), counts(site)
    lost_connection(table)
    page = browser.post(
        "/reception/visits", TYPED | {"csrf_token": token, "submission_key": "k" * 32}, status=503
    )
    assert "刚才的内容没有保存。请稍后再试。" in page.text
    assert counts(site) == before


def test_after_the_connection_is_back_the_same_form_is_saved_once(browser, site, monkeypatch):
    browser.sign_in(people.LIN)
    fields = TYPED | {"submission_key": "k" * 32}

    def fail(_session, **_options):
        raise OperationalError("BEGIN", {}, Exception("could not connect"))

    with monkeypatch.context() as patch:
        patch.setattr(unit_of_work, "begin_writing", fail)
        browser.post("/reception/visits", fields, status=503)
    assert counts(site)[0] == 0
    browser.post("/reception/visits", fields, status=303)
    browser.post("/reception/visits", fields, status=303)
    assert counts(site)[0] == 1


@pytest.fixture
def full_disk(site):
    """SQLite may not grow any further; give the pages back by calling what is returned."""

    def limit(pages):
        def on_connect(dbapi_connection, _record):
            dbapi_connection.execute(f"PRAGMA max_page_count={pages(dbapi_connection)}")

        return on_connect

    def used(connection):
        return connection.execute("PRAGMA page_count").fetchone()[0]

    full = limit(used)
    with site.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", full)

    def enlarge():
        with site.app_context():
            event.remove(db.engine, "connect", full)
            db.session.remove()
            db.engine.dispose()

    yield enlarge
    with site.app_context():
        if event.contains(db.engine, "connect", full):
            event.remove(db.engine, "connect", full)
        db.engine.dispose()


def save_until(browser, status):
    """Register visits until one is answered with a status; returns how many were acknowledged, and that page."""
    for saved in range(200):
        fields = TYPED | {
            "csrf_token": browser.csrf_token(),
            "content": "反映道路损坏，雨天积水。" * 60,
            "then": "next",
        }
        response = browser.client.post("/reception/visits", data=fields)
        if response.status_code == status:
            return saved, response.get_data(as_text=True)
        assert response.status_code == 303
    raise AssertionError(f"never {status}")


def test_a_full_disk_refuses_clearly_loses_nothing_and_recovers_by_itself(browser, site, full_disk):
    browser.sign_in(people.LIN)
    saved, page = save_until(browser, 503)
    assert "可能是磁盘已满或连接中断" in page
    assert counts(site)[0] == saved
    assert browser.client.get("/reception/visits").status_code == 200
    full_disk()
    assert (
        browser.client.post(
            "/reception/visits", data=TYPED | {"csrf_token": browser.csrf_token()}
        ).status_code
        == 303
    )
    assert counts(site)[0] == saved + 1
    with site.app_context():
        assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert not db.session.execute(text("PRAGMA foreign_key_check")).all()
