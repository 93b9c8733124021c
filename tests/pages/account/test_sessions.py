"""Sessions: begun anew at each sign-in, ended by idling, age, hand or disabling, and then useless at once."""

from datetime import timedelta

import pytest
from flask import url_for

from actions.sign_in import end_sessions, note_seen
from extensions import db
from queries.sign_in import session_row
from tests import people
from tests.people import NOW, PASSWORD
from web import clock
from web.safe_address import safe_next
from web.session import TOKEN
from web.unit_of_work import writing


def token_of(browser):
    with browser.client.session_transaction() as cookie:
        return cookie.get(TOKEN)


def sign_in(browser, username="lin", password=PASSWORD, status=303, **more):
    browser.member = None
    return browser.post("/sign-in", {"username": username, "password": password, **more}, status=status)


def put_back(browser, token):
    with browser.client.session_transaction() as cookie:
        cookie[TOKEN] = token


def test_signing_in_gives_a_fresh_token_and_ends_the_old_session(browser, sessions_of):
    browser.sign_in(people.LIN)
    old = token_of(browser)
    sign_in(browser)
    assert token_of(browser) != old
    assert [s.ended_why for s in sessions_of("lin")] == ["replaced", None]
    put_back(browser, old)
    assert browser.get("/", status=303).location == "/sign-in"


def test_a_token_planted_before_signing_in_is_not_taken_over(browser):
    put_back(browser, "planted-by-somebody")
    sign_in(browser)
    assert token_of(browser) != "planted-by-somebody"


@pytest.mark.parametrize(("minutes", "status"), [(30, 200), (31, 303)])
def test_thirty_idle_minutes_end_it(browser, minutes, status):
    browser.sign_in(people.LIN)
    with clock.frozen(NOW + timedelta(minutes=minutes)):
        browser.get("/", status=status)


def test_work_keeps_it_open_but_not_beyond_ten_hours(browser):
    browser.sign_in(people.LIN)
    for quarter in range(1, 41):
        with clock.frozen(NOW + timedelta(minutes=15 * quarter)):
            browser.get("/account")
    with clock.frozen(NOW + timedelta(hours=10, seconds=1)):
        assert browser.get("/account", status=303).location.startswith("/sign-in")


def test_a_page_that_asks_by_itself_keeps_nothing_open(browser):
    browser.sign_in(people.LIN)
    for minute in (10, 20, 30):
        with clock.frozen(NOW + timedelta(minutes=minute)):
            browser.get("/account", headers={"X-Polling": "1"})
    with clock.frozen(NOW + timedelta(minutes=31)):
        browser.get("/account", status=303)


def test_signing_out_makes_the_token_useless_at_once(browser):
    browser.sign_in(people.LIN)
    token = token_of(browser)
    browser.post("/sign-out")
    put_back(browser, token)
    assert browser.get("/", status=303).location == "/sign-in"


def test_signing_out_everywhere_else(browser, other_browser):
    browser.sign_in(people.LIN)
    other_browser.sign_in(people.LIN)
    assert browser.get("/account").text.count("test") >= 2
    browser.post("/account/sessions")
    assert "已退出其他 1 处登录。" in browser.get("/account").text
    other_browser.get("/account", status=303)


def test_a_disabled_account_is_out_at_the_next_request(browser, set_account):
    browser.sign_in(people.LIN)
    set_account("lin", disabled_at=NOW, disabled_reason="调离")
    browser.get("/account", status=303)
    assert "用户名或口令不对" in sign_in(browser, status=422).text


def test_a_request_in_flight_cannot_revive_an_ended_session(browser, sessions_of):
    """The request was let in; while it works, the session is ended elsewhere; then it notes its activity."""
    browser.sign_in(people.LIN)
    token = token_of(browser)
    later = NOW + timedelta(minutes=5)
    with browser.app.app_context():
        row = session_row(db.session(), token)
        with writing() as session:
            end_sessions(session, account_id=row.account_id, now=later, why="disabled")
        with writing() as session:
            note_seen(session, session_id=row.id, now=later)
    (ended,) = sessions_of("lin")
    assert (ended.ended_at, ended.last_seen_at) == (later, NOW)
    browser.get("/account", status=303)


def test_of_sign_ins_under_way_none_survives_a_disabling(browser, set_account, monkeypatch):
    """The account is disabled while the slow password check runs."""
    from web import credentials

    def check_while_disabled(password_hash, password):
        set_account("lin", disabled_at=NOW, disabled_reason="调离")
        return True

    monkeypatch.setattr(credentials, "password_matches", check_while_disabled)
    assert "用户名或口令不对" in sign_in(browser, status=422).text


def test_ones_own_history_shows_successes_and_failures(browser):
    sign_in(browser, password="wrong-password", status=422)
    sign_in(browser)
    browser.member = people.LIN
    text = browser.get("/account").text
    assert "口令不对" in text
    assert "成功" in text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "evil",
        "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "/a\r\nSet-Cookie: x=1", "http:/evil", "", " /staff",
    ],
)  # fmt: skip
def test_after_signing_in_nobody_is_sent_away_from_the_site(browser, target):
    assert sign_in(browser, next=target).location == "/"


@pytest.mark.parametrize("target", ["/account", "/reception/visits?from=2026-07-01", "/%2f%2fevil.example"])
def test_a_path_of_this_site_is_gone_back_to(browser, target):
    assert sign_in(browser, next=target).location == target


def test_a_missing_target_is_the_front_page(site):
    with site.test_request_context():
        assert safe_next(None) == url_for("home.show")


def test_the_office_telephone_can_be_corrected_by_its_owner(browser):
    browser.sign_in(people.LIN).post("/account/telephone", {"telephone": "0379-6123456"})
    assert browser.get("/account").field("telephone") == "0379-6123456"
    assert "0379-6123456" in browser.get("/staff/telephones").text
