"""Guessing: five failures close a name, thirty an address; nobody else is held up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from extensions import db
from models.sign_in import SignInAttempt, SignInThrottle
from queries.sign_in import account_named, name_key
from tests import people
from tests.browser import Browser
from tests.people import NOW, PASSWORD
from web import clock, credentials


@pytest.fixture(autouse=True)
def quick_check(monkeypatch):
    """The slow hash is not what is tested here."""
    monkeypatch.setattr(
        credentials, "password_matches", lambda hashed, password: bool(hashed) and password == PASSWORD
    )


def guess(browser, username, password="guess", address="10.0.0.1", status=422):
    return browser.post(
        "/sign-in", {"username": username, "password": password}, status=status,
        environ_overrides={"REMOTE_ADDR": address},
    )  # fmt: skip


def test_four_failures_do_no_harm(browser):
    for _ in range(4):
        guess(browser, "lin")
    guess(browser, "lin", PASSWORD, status=303)


def test_a_closed_name_opens_after_a_quarter_of_an_hour(browser):
    for _ in range(5):
        guess(browser, "lin")
    with clock.frozen(NOW + timedelta(minutes=14, seconds=59)):
        guess(browser, "lin", PASSWORD)
    with clock.frozen(NOW + timedelta(minutes=15, seconds=1)):
        guess(browser, "lin", PASSWORD, status=303)


def test_a_name_is_closed_from_every_address(browser):
    for number in range(5):
        guess(browser, "lin", address=f"10.0.0.{number}")
    guess(browser, "lin", PASSWORD, address="10.0.0.99")


def test_an_address_is_closed_after_thirty_failures_and_others_are_unaffected(browser):
    for number in range(30):
        guess(browser, f"name-{number}", address="10.0.0.7")
    guess(browser, "bai", PASSWORD, address="10.0.0.7")
    guess(browser, "bai", PASSWORD, address="10.0.0.8", status=303)


def test_the_right_guess_among_many_at_once_does_not_count(browser, monkeypatch):
    """Five others fail while the sixth is still being checked: it comes too late."""

    def fail_elsewhere():
        for _ in range(5):
            guess(Browser(browser.app), "lin")

    def check(hashed, password):
        if password == PASSWORD:
            with ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(fail_elsewhere).result()
        return password == PASSWORD

    monkeypatch.setattr(credentials, "password_matches", check)
    guess(browser, "lin", PASSWORD, address="10.0.0.9")


def test_ten_thousand_guesses_in_one_window_check_no_more_than_five(browser, monkeypatch):
    """A lock-out answers without counting on; here 60 stand for all that follow."""
    verified = []
    monkeypatch.setattr(credentials, "note_failure", _counting(credentials.note_failure, verified))
    for _ in range(60):
        guess(browser, "lin")
    assert len(verified) == 5


def test_guesses_during_a_lock_out_stand_in_the_history_and_do_not_prolong_it(browser, site):
    for _ in range(7):
        guess(browser, "lin")
    with site.app_context():
        attempts = db.session.execute(select(SignInAttempt.outcome, SignInAttempt.account_id)).all()
        lin = account_named(db.session(), "lin").id
        name = db.session.get(SignInThrottle, name_key("lin"))
    assert attempts == [("wrong", lin)] * 5 + [("locked", lin)] * 2
    assert name.failures == 5
    assert name.locked_until == NOW + timedelta(minutes=15)


def _counting(real, calls):
    def note(*args, **options):
        calls.append(options["outcome"])
        return real(*args, **options)

    return note


def test_secadmin_lifts_a_lock_out(browser, other_browser):
    for _ in range(5):
        guess(browser, "lin")
    other_browser.sign_in(people.QIAN)
    listed = other_browser.get("/staff?state=locked").text
    assert "林秀" in listed
    assert "白云" not in listed
    account = other_browser.get("/staff/accounts/2")
    assert "因连续输错口令正被锁定。" in account.text
    other_browser.post("/staff/accounts/2/unlocking", {"reason": "已电话核实是本人"})
    guess(browser, "lin", PASSWORD, status=303)
