"""空白登记簿: numbered pages, and typing them in later."""

from tests import people
from tests.pages.reception.test_register_visit import register


def print_pages(browser, count="2", status=200):
    page = browser.get("/reception/blank-register")
    return browser.post(
        "/reception/blank-register", {"unit": page.field("unit"), "count": count}, status=status
    )


def test_pages_are_numbered_one_after_the_other(browser):
    browser.sign_in(people.LIN)
    assert print_pages(browser).data.startswith(b"%PDF")
    print_pages(browser, "1")
    text = browser.get("/reception/blank-register").text
    assert all(f"AL21-2026-00{n}" in text for n in (1, 2, 3))


def test_a_number_of_pages_that_is_none_is_refused(browser):
    assert "一次可打印 1 至 50 页。" in print_pages(browser.sign_in(people.LIN), "51", status=422).text


def test_the_number_on_the_paper_opens_the_typing_form(browser):
    browser.sign_in(people.LIN)
    print_pages(browser)
    answer = browser.get("/reception/paper?number=al21-2026-002", status=303)
    assert "补录纸质登记簿 AL21-2026-002" in browser.get(answer.location).text
    register(browser, paper_page="AL21-2026-002", visit_date="2026-07-10")
    text = browser.get("/reception/blank-register").text
    assert "AL21-2026-002 柳溪镇 2026-07-15 10:30 1 / 8 未录完" in text


def test_another_office_cannot_open_it(browser):
    print_pages(browser.sign_in(people.LIN))
    answer = browser.sign_in(people.BAI).get("/reception/paper?number=AL21-2026-001", status=303)
    assert "没有编号为 AL21-2026-001 的登记簿页" in browser.get(answer.location).text
    browser.get("/reception/blank-register/1.pdf", status=404)


def test_a_page_is_closed_once(browser):
    browser.sign_in(people.LIN)
    print_pages(browser, "1")
    browser.post("/reception/blank-register/1/closing")
    assert "已录完" in browser.get("/reception/blank-register").text
    browser.post("/reception/blank-register/1/closing", status=422)
