"""打印任务: one's own orders, watched, fetched, cancelled and ordered again."""

from datetime import timedelta
from pathlib import Path

import pytest

from models.print_order import PrintOrder
from tests import factories, people
from tests.documents.pdf_reading import pages_of
from tests.prints import add_visits, shorten_prints, work_through
from web import clock

PART = {"HX-Request": "true", "X-Polling": "1"}


@pytest.fixture
def visits(site, monkeypatch):
    """Four visits of 柳溪镇, one more than is printed at once."""
    shorten_prints(monkeypatch, at_once=3)
    add_visits(site, 4)


def order(browser, query="paper=visits"):
    return browser.post(f"/prints?{query}").location


def test_a_long_list_offers_the_background_and_a_short_one_does_not(browser, visits):
    page = browser.sign_in(people.LIN).get("/reception/visits")
    assert "打印登记册（后台）" in page.text
    refused = browser.get("/reception/visits.pdf", status=303)
    assert "超过 3 批的在后台打印" in browser.get(refused.location).text
    assert "（后台）" not in browser.get("/reception/visits?q=70001").text


def test_a_list_filtered_by_kind_is_ordered_as_it_is_shown(browser, visits):
    page = browser.sign_in(people.LIN).get("/reception/visits?kind=first")
    (target,) = [f.get("action") for f in page.all("form") if f.get("action", "").startswith("/prints")]
    shown = browser.get(browser.post(target).location).text
    assert "初访" in shown
    assert "4 批" in shown


def test_it_is_made_watched_and_fetched(browser, visits):
    address = order(browser.sign_in(people.LIN))
    waiting = browser.get(address)
    assert "排队" in waiting.text
    assert 'hx-trigger="every 2s"' in waiting.html
    assert browser.get(f"{address}.pdf", status=303).location == address
    work_through(browser.app)
    part = browser.get(address, headers=PART)
    assert "已完成" in part.text
    assert "hx-trigger" not in part.html
    assert "打开 PDF" in browser.get("/prints").text
    printed = browser.get(f"{address}.pdf")
    assert "".join(pages_of(printed.data)).count("LF-AL21-2026-7") == 4


def test_the_file_has_a_name_and_stays_in_no_cache(browser, visits):
    address = order(browser.sign_in(people.LIN))
    work_through(browser.app)
    headers = browser.get(f"{address}.pdf").response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert "%E6%9D%A5%E8%AE%BF%E7%99%BB%E8%AE%B0%E5%86%8C_2026-07-15.pdf" in headers["Content-Disposition"]
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_second_click_finds_the_print_under_way(browser, visits):
    browser.sign_in(people.LIN)
    assert order(browser) == order(browser, "sort=date&paper=visits&q=")
    with browser.app.app_context(), factories.plain_session() as session:
        assert session.query(PrintOrder).count() == 1


@pytest.mark.parametrize("member", [people.ZHAO, people.BAI, people.WU, people.HAN])
def test_others_have_no_such_order(browser, visits, member):
    address = order(browser.sign_in(people.LIN))
    work_through(browser.app)
    browser.sign_in(member)
    for path in (address, f"{address}.pdf"):
        browser.get(path, status=404)
    for path in (f"{address}/cancellation", f"{address}/repetition"):
        browser.post(path, status=404)
    assert "没有打印任务" in browser.get("/prints").text


def test_one_is_cancelled_once(browser, visits):
    address = order(browser.sign_in(people.LIN))
    browser.post(f"{address}/cancellation")
    assert "已取消" in browser.get(address).text
    browser.post(f"{address}/cancellation")
    assert "这个打印任务已取消，不用取消。" in browser.get(address).text
    work_through(browser.app)
    browser.get(f"{address}.pdf", status=303)


def test_ordered_again_it_holds_the_rows_of_now(browser, visits):
    address = order(browser.sign_in(people.LIN), "paper=visits&unit=5")
    work_through(browser.app)
    add_visits(browser.app, 2, "AL2101")
    again = browser.post(f"{address}/repetition").location
    assert again != address
    work_through(browser.app)
    text = "".join(pages_of(browser.get(f"{again}.pdf").data))
    assert text.count("LF-AL21") == 6
    browser.get(f"{address}.pdf")


def test_a_file_of_another_post_or_an_expired_one_is_not_handed_out(browser, visits):
    address = order(browser.sign_in(people.LIN))
    work_through(browser.app)
    with clock.frozen(people.NOW + timedelta(days=7)):
        browser.sign_in(people.LIN)
        assert browser.get(f"{address}.pdf", status=303).location == address
        assert "文件已过期删除。需要时请重新打印。" in browser.get(address).text
    browser.sign_in(people.LIN)
    with browser.app.app_context(), factories.plain_session() as session:
        session.query(PrintOrder).one().reach = "another post"
        session.commit()
    browser.get(f"{address}.pdf", status=303)
    assert "您的岗位或查看范围变了" in browser.get(address).text
    assert (Path(browser.app.config["INSTANCE_DIR"]) / "prints" / "1.pdf").exists()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("paper=visits&q=没有这样的内容", "没有可以打印的内容"),
        ("paper=visits&from=2026-13-01", "日期“2026-13-01”写法不对"),
    ],
)
def test_what_cannot_be_printed_is_told(browser, visits, query, said):
    browser.sign_in(people.LIN)
    assert browser.post(f"/prints?{query}").location == "/prints"
    page = browser.get("/prints")
    assert said in page.text
    assert "没有打印任务" in page.text


def test_more_than_is_printed_at_all_is_told(browser, visits, monkeypatch):
    shorten_prints(monkeypatch, most=3)
    browser.sign_in(people.LIN).post("/prints?paper=visits")
    assert "符合条件的有 4 批，一次最多打印 3 批，请缩小日期或单位范围。" in browser.get("/prints").text


@pytest.mark.parametrize("query", ["", "paper=nothing", "paper=blank-register&first=1&count=1"])
def test_what_there_is_not_cannot_be_ordered(browser, visits, query):
    browser.sign_in(people.LIN).post(f"/prints?{query}", status=404)


def test_a_fourth_print_has_to_wait(browser, visits):
    browser.sign_in(people.LIN)
    for sort in ("paper=visits", "paper=visits&q=LF", "paper=visits&kind=first"):
        order(browser, sort)
    browser.post("/prints?paper=visits&type=daily")
    assert "您已有 3 个打印任务没有做完" in browser.get("/prints").text


def test_many_blank_pages_are_ordered_and_typed_in_at_this_site(browser, monkeypatch):
    monkeypatch.setattr("blueprints.reception.paper.AT_ONCE", 1)
    page = browser.sign_in(people.LIN).get("/reception/blank-register")
    form = {name: page.field(name) for name in ("unit", "submission_key")} | {"count": "3"}
    address = browser.post("/reception/blank-register", form).location
    assert browser.post("/reception/blank-register", form).location == address
    work_through(browser.app)
    assert len(pages_of(browser.get(f"{address}.pdf").data)) == 3


def test_blank_pages_that_cannot_be_ordered_are_not_numbered(browser, visits, monkeypatch):
    monkeypatch.setattr("blueprints.reception.paper.AT_ONCE", 1)
    browser.sign_in(people.LIN)
    for query in ("paper=visits", "paper=visits&q=LF", "paper=visits&kind=first"):
        order(browser, query)
    page = browser.get("/reception/blank-register")
    form = {name: page.field(name) for name in ("unit", "submission_key")} | {"count": "3"}
    refused = browser.post("/reception/blank-register", form, status=422)
    assert "您已有 3 个打印任务没有做完" in refused.text
    assert refused.field("count") == "3"
    assert "AL21-2026-001" not in browser.get("/reception/blank-register").text


def test_the_list_asks_no_query_for_each_order(browser, count_statements):
    browser.sign_in(people.LIN)
    counts = []
    for more in (2, 15):
        with browser.app.app_context(), factories.plain_session() as session:
            for _ in range(more):
                factories.print_order(session)
            session.commit()
        browser.get("/prints")
        with count_statements(browser.app) as statements:
            browser.get("/prints")
        counts.append(len(statements))
    assert counts[0] == counts[1]
