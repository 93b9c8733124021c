"""接访安排 of a month in one table."""

from datetime import date

import pytest

from tests import people
from tests.schedules import DAYS, planned, rows, unit_id

MONTH = f"{DAYS}/month?month=2026-08"


def table(**changes):
    return {
        "starts_at": "09:00",
        "ends_at": "11:30",
        "mode": "fixed",
        "place": "县信访局领导接访室",
        "telephone": "0379-6000001",
        "entry-0-day": "5",
        "entry-0-leader_name": "韩副县长",
        "entry-1-day": "8-12",
        "entry-1-leader_name": "李副县长",
        "entry-1-post": "副县长",
        "entry-1-place": "柳溪镇",
    } | changes


def test_rows_of_a_month_are_saved_at_once(browser):
    answer = browser.sign_in(people.WU).post(MONTH, table())
    assert "已安排 2026年8月 2 次接访" in browser.get(answer.location).text
    first, second = rows(browser)
    assert (first.day, first.leader_name, first.post, first.place) == (
        date(2026, 8, 5), "韩副县长", "副县长", "县信访局领导接访室",
    )  # fmt: skip
    assert (second.day, second.place, second.telephone) == (date(2026, 8, 12), "柳溪镇", "0379-6000001")


def test_the_same_table_sent_twice_is_saved_once(browser):
    browser.sign_in(people.WU)
    for _ in range(2):
        browser.post(MONTH, table(submission_key="once-and-no-more"))
    assert len(rows(browser)) == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("entry-1-day", "32", "第 2 行：日期“32”看不懂"),
        ("entry-1-day", "9-12", "第 2 行：2026-09-12 不在2026年8月"),
        ("entry-1-leader_name", "", "第 2 行：请填写领导姓名"),
        ("entry-1-leader_name", "韩" * 41, "第 2 行：最多 40 个字"),
        ("entry-1-place", "长" * 81, "第 2 行：最多 80 个字"),
        ("entry-1-day", "", "第 2 行：请填写日期"),
        ("ends_at", "08:00", "结束时间应晚于开始时间"),
        ("mode", "other", "请选择方式"),
        ("starts_at", "上午", "时间写法不对"),
    ],
)
def test_bad_input_is_told_at_its_row_and_nothing_is_lost_or_saved(browser, field, value, words):
    page = browser.sign_in(people.WU).post(MONTH, table(**{field: value}), status=422)
    assert words in page.text
    for name, typed in table().items():
        if name != field:
            assert page.field(name) == typed, name
    assert rows(browser) == []


def test_a_leader_twice_on_one_day_is_told_at_the_second_row(browser):
    page = browser.sign_in(people.WU).post(
        MONTH, table(**{"entry-1-day": "5", "entry-1-leader_name": "韩副县长"}), status=422
    )
    assert "第 2 行：韩副县长 2026-08-05 已有安排" in page.text
    assert rows(browser) == []


def test_an_empty_table_is_refused(browser):
    empty = {name: "" if name.startswith("entry") else value for name, value in table().items()}
    assert "一天也没有填" in browser.sign_in(people.WU).post(MONTH, empty, status=422).text


def test_leaders_of_the_last_roster_are_offered_and_one_without_a_day_is_left_out(browser):
    planned(browser)
    planned(browser, day=date(2026, 7, 30), leader_name="李副县长")
    page = browser.sign_in(people.WU).get(MONTH)
    assert [page.field(f"entry-{n}-leader_name") for n in range(3)] == ["韩副县长", "李副县长", ""]
    assert page.field("place") == "县信访局领导接访室"
    browser.post(MONTH, table(**{"entry-1-day": ""}))
    assert [r.leader_name for r in rows(browser)[2:]] == ["韩副县长"]


def test_more_rows_are_given_without_losing_anything(browser):
    page = browser.sign_in(people.WU).post(MONTH, table(more="1"), status=200)
    assert page.field("entry-1-place") == "柳溪镇" and page.field("entry-6-day") == ""
    assert rows(browser) == []


def test_days_planned_already_are_shown_above(browser):
    planned(browser, day=date(2026, 8, 3))
    assert "这个月已排 1 次：3 日 韩副县长" in browser.sign_in(people.WU).get(MONTH).text


def test_without_a_month_it_is_the_next_one(browser):
    assert "2026年8月接访安排" in browser.sign_in(people.LIN).get(f"{DAYS}/month").text


def test_another_office_is_out_of_reach(browser):
    browser.sign_in(people.LIN)
    for code in ("AL", "AL22"):
        browser.get(f"{MONTH}&unit={unit_id(browser, code)}", status=404)
        browser.post(f"{MONTH}&unit={unit_id(browser, code)}", table(), status=404)
    assert "村（社区）没有领导接访日" in browser.post(
        f"{MONTH}&unit={unit_id(browser, 'AL2101')}", table(), status=422
    ).text  # fmt: skip
