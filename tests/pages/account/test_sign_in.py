"""Signing in: the right password opens, everything else looks the same from outside."""

from tests import people

WORDS = "用户名或口令不对，或因连续输错暂时不能登录。"


def sign_in(browser, username, password, status):
    return browser.post("/sign-in", {"username": username, "password": password}, status=status)


def test_the_right_password_opens_the_front_page(browser):
    assert sign_in(browser, "lin", people.PASSWORD, 303).location == "/"
    browser.member = people.LIN
    assert "柳溪镇 林秀" in browser.get("/").text


def test_upper_case_and_full_width_names_are_the_same_account(browser):
    assert sign_in(browser, "LIN", people.PASSWORD, 303).location == "/"


def test_a_wrong_password_and_an_unknown_name_look_the_same(browser):
    wrong = sign_in(browser, "lin", "no-such-password", 422)
    unknown = sign_in(browser, "nobody", "no-such-password", 422)
    assert WORDS in wrong.text
    assert WORDS in unknown.text


def test_five_failures_close_the_name_even_for_the_right_password(browser):
    for _ in range(5):
        sign_in(browser, "lin", "no-such-password", 422)
    assert WORDS in sign_in(browser, "lin", people.PASSWORD, 422).text
    assert sign_in(browser, "bai", people.PASSWORD, 303).location == "/"
