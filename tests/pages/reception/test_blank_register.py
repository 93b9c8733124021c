"""空白登记簿: numbered pages, and typing them in later."""

import pytest

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
    browser.sign_in(people.LIN)
    for count in ("0", "501"):
        assert "一次可打印 1 至 500 页。" in print_pages(browser, count, status=422).text


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


def test_the_form_sent_twice_numbers_its_pages_once(browser):
    browser.sign_in(people.LIN)
    page = browser.get("/reception/blank-register")
    form = {name: page.field(name) for name in ("unit", "submission_key")}
    for _ in range(2):
        assert (
            browser.post("/reception/blank-register", form | {"count": "2"}, status=200).data[:4] == b"%PDF"
        )
    refused = browser.post("/reception/blank-register", form | {"count": "3"}, status=422)
    assert "请刷新本页后再打印" in refused.text
    text = browser.get("/reception/blank-register").text
    assert "AL21-2026-002" in text
    assert "AL21-2026-003" not in text


@pytest.mark.parametrize("paper_page", ["AL22-2026-001", "X" * 5000])
def test_a_page_that_was_never_printed_for_the_unit_is_refused(browser, paper_page):
    print_pages(browser.sign_in(people.BAI))
    answer = register(browser.sign_in(people.LIN), paper_page=paper_page, status=422)
    assert f"没有编号为 {paper_page[:40]} 的登记簿页，或不归您单位使用。" in answer.text
