"""常用语 of an office."""

from tests import people


def add(browser, text, status=303):
    return browser.post("/reception/phrases", {"field": "reply", "text": text}, status=status)


def test_a_phrase_is_offered_in_the_form_of_the_office_and_below(browser):
    add(browser.sign_in(people.LIN), "已解释政策，建议按程序申请。")
    assert "已解释政策" in browser.get("/reception/visits/new").html
    assert "已解释政策" in browser.sign_in(people.CHEN).get("/reception/visits/new").html
    assert "已解释政策" not in browser.sign_in(people.BAI).get("/reception/visits/new").html


def test_the_same_phrase_twice_is_refused(browser):
    add(browser.sign_in(people.LIN), "请稍候")
    assert "已经有这一条了。" in add(browser, "请稍候", status=422).text


def test_a_retired_phrase_is_offered_no_more(browser):
    add(browser.sign_in(people.LIN), "请稍候")
    browser.post("/reception/phrases/1/retirement")
    assert "请稍候" not in browser.get("/reception/visits/new").html


def test_another_office_cannot_retire_it(browser):
    add(browser.sign_in(people.LIN), "请稍候")
    browser.sign_in(people.BAI).post("/reception/phrases/1/retirement", status=404)
