"""One's own password: forced change, expiry, rules, history."""

from datetime import timedelta

import pytest
from werkzeug.routing import IntegerConverter

from tests import people
from tests.people import NOW, PASSWORD
from web import clock
from web.guard import DURING_PASSWORD_CHANGE, OPEN_ENDPOINTS

CHANGE = "/account/password"
FRESH = "Shuangqiao-77-tower"


def change(browser, new=FRESH, current=PASSWORD, again=None, status=303):
    return browser.post(
        CHANGE, {"current": current, "password": new, "again": new if again is None else again}, status=status
    )


def every_address(app):
    """Each route with each of its methods, numbers filled in with 1."""
    for rule in app.url_map.iter_rules():
        values = {
            name: "1" if isinstance(rule._converters[name], IntegerConverter) else "x"
            for name in rule.arguments
        }
        built = rule.build(values)
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule.endpoint, method, built[1] if built else rule.rule


@pytest.mark.parametrize("member", people.ONE_PER_ROLE, ids=lambda m: m.username)
def test_with_a_one_time_password_every_other_page_leads_to_the_change(browser, set_account, member):
    browser.sign_in(member)
    set_account(member.username, must_change_password=True)
    token = browser.csrf_token()
    reached = []
    for endpoint, method, address in every_address(browser.app):
        if endpoint in OPEN_ENDPOINTS | DURING_PASSWORD_CHANGE or endpoint in (
            "account.sign_in",
            "duty.export_feed",
            "health.show",
        ):
            continue
        answer = browser.client.open(
            address, method=method, data={"csrf_token": token} if method == "POST" else None
        )
        if answer.status_code != 403 and (answer.status_code, answer.headers.get("Location")) != (
            303,
            CHANGE,
        ):
            reached.append((endpoint, method, answer.status_code))
    assert [r for r in reached if not r[0].startswith("health")] == []


def test_changing_it_opens_the_site(browser, set_account):
    browser.sign_in(people.LIN)
    set_account("lin", must_change_password=True, one_time_until=NOW + timedelta(days=1))
    assert browser.get("/", status=303).location == CHANGE
    assert "这是一次性口令" in browser.get(CHANGE).text
    assert change(browser).location == "/"
    assert browser.get("/").status == 200


@pytest.mark.parametrize(("days", "opens"), [(14, True), (15, False)])
def test_a_one_time_password_is_worthless_after_its_term(browser, set_account, days, opens):
    set_account("lin", must_change_password=True, one_time_until=NOW + timedelta(days=14))
    with clock.frozen(NOW + timedelta(days=days)):
        answer = browser.post(
            "/sign-in", {"username": "lin", "password": PASSWORD}, status=303 if opens else 422
        )
    assert bool(answer.location) is opens


@pytest.mark.parametrize(("days", "asked"), [(90, False), (91, True)])
def test_a_password_is_asked_for_anew_on_the_day_after_the_ninetieth(browser, set_account, days, asked):
    set_account("lin", password_changed_at=NOW - timedelta(days=days))
    browser.sign_in(people.LIN)
    answer = browser.get("/", status=303 if asked else 200)
    if asked:
        assert answer.location == CHANGE
        assert "口令已用满 90 天" in browser.get(CHANGE).text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"current": "wrong"}, "现在的口令不对。"),
        ({"again": "Shuangqiao-77-towel"}, "两遍新口令不一样。"),
        ({"new": "Short-1a"}, "至少 12 个字符，现有 8 个。"),
        ({"new": "alllowercase"}, "须含大写字母、小写字母、数字、其他字符中的三种"),
        ({"new": "Xinfang-2026-ok"}, "不能含有“xinfang”"),
        ({"new": "Password@2026"}, "太常见"),
        ({"new": PASSWORD}, "不能用最近用过的口令。"),
    ],
)
def test_a_password_that_breaks_a_rule_is_refused(browser, options, message):
    assert message in change(browser.sign_in(people.LIN), status=422, **options).text


def test_a_long_chinese_sentence_will_do(browser):
    assert change(browser.sign_in(people.LIN), "柳溪镇的老槐树下每逢初五都有集市").location == ("/")


def test_the_last_five_do_not_come_back(browser):
    browser.sign_in(people.LIN)
    current = PASSWORD
    for number in range(1, 5):
        change(browser, f"Shuangqiao-{number}-tower", current=current)
        current = f"Shuangqiao-{number}-tower"
    assert "不能用最近用过的口令" in change(browser, PASSWORD, current=current, status=422).text
    change(browser, "Shuangqiao-5-tower", current=current)
    assert change(browser, PASSWORD, current="Shuangqiao-5-tower").location == "/"


def test_after_a_change_only_this_browser_stays_in(browser, other_browser, sessions_of):
    browser.sign_in(people.LIN)
    other_browser.sign_in(people.LIN)
    change(browser)
    assert browser.get("/").status == 200
    assert other_browser.get("/", status=303).location == "/sign-in"
    assert [s.ended_why for s in sessions_of("lin")] == [None, "password"]
