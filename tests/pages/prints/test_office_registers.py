"""议定事项台账, 信息稿件登记册, 自报数据登记册: the rows of the page on paper, at once or by an order."""

import pytest

from tests import factories, meetings, office_registers, people
from tests.documents.pdf_reading import pages_of
from tests.prints import shorten_prints, work_through


def words_of(content):
    return "".join("".join(pages_of(content)).split())


@pytest.fixture
def books(site):
    with site.app_context(), factories.plain_session() as session:
        final = meetings.meeting(session, "AL01", state="minuted", held_on=factories.days_before(5))
        meetings.decision(session, final, "AL11", content="修好村口道路")
        meetings.decision(session, final, "AL12", content="补发拖欠工资", due_on=factories.days_before(1))
        for code in ("AL21", "AL22"):
            office_registers.publication(session, code)
            office_registers.figure(session, code)
        session.commit()


@pytest.mark.parametrize(
    ("address", "title", "present", "absent"),
    [
        (
            "/meetings/decisions.pdf?state=overdue",
            "议定事项台账",
            ["已超期。共1件。", "补发拖欠工资", "县人社局"],
            "修好村口道路",
        ),
        (
            "/registers/publications.pdf",
            "信息稿件登记册",
            ["全部有效登记。共2篇。", "柳溪镇", "白石乡"],
            "已作废",
        ),
        ("/registers/figures.pdf", "自报数据登记册", ["全部有效登记。共2条。", "没有登记记录可查"], "已作废"),
    ],
)
def test_the_rows_of_the_page_stand_on_paper(browser, books, address, title, present, absent):
    words = words_of(browser.sign_in(people.WU).get(address).data)
    assert title in words
    assert [w for w in present if w not in words] == []
    assert absent not in words


@pytest.mark.parametrize("address", ["/meetings/decisions", "/registers/publications", "/registers/figures"])
def test_a_unit_prints_what_its_page_shows(browser, books, address):
    page = browser.sign_in(people.BAI).get(
        f"{address}?state=" if "registers" in address else f"{address}?state=all"
    )
    assert f'href="{address}.pdf' in page.html
    words = words_of(browser.get(f"{address}.pdf").data)
    assert "柳溪镇" not in words


@pytest.mark.parametrize(
    ("paper", "address"),
    [
        ("decisions", "/meetings/decisions"),
        ("publications", "/registers/publications"),
        ("reported-figures", "/registers/figures"),
    ],
)
def test_what_is_long_is_printed_by_an_order(browser, books, monkeypatch, paper, address):
    shorten_prints(monkeypatch, at_once=1)
    page = browser.sign_in(people.WU).get(address)
    assert "打印登记册（后台）" in page.text
    browser.get(f"{address}.pdf", 303)
    order = browser.post(f"/prints?paper={paper}")
    work_through(browser.app)
    assert browser.get(f"{order.location}.pdf").data[:5] == b"%PDF-"


def test_a_wrong_day_is_said_at_its_field(browser):
    assert "写法不对" in browser.sign_in(people.WU).get("/meetings/decisions?due_from=1.7.", 422).text
