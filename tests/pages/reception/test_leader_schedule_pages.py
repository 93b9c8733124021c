"""接访安排: the list of a month, one day, its correction, putting off, swapping, voiding."""

import io
from datetime import date

import openpyxl
import pytest
from icalendar import Calendar

from tests import factories, people
from tests.schedules import DAYS, planned, rows, unit_id

READERS = (people.CHEN, people.LIN, people.ZHAO, people.ZHU, people.WU, people.ZHENG, people.HAN)
WRITERS = (people.LIN, people.ZHAO, people.ZHU, people.WU, people.ZHENG)


def day_form(browser, office="AL", **changes):
    return {
        "unit": unit_id(browser, office),
        "day": "2026-08-05",
        "starts_at": "09:00",
        "ends_at": "11:30",
        "leader_name": "韩副县长",
        "mode": "fixed",
        "place": "县信访局领导接访室",
        "telephone": "0379-6000001",
    } | changes


@pytest.mark.parametrize("member", READERS, ids=lambda m: m.username)
def test_everyone_who_reads_receptions_reads_the_countys_days(browser, member):
    planned(browser)
    page = browser.sign_in(member).get(f"{DAYS}?month=2026-07&unit={unit_id(browser)}")
    assert "2026-07-29 星期三 09:00—11:30 韩副县长 副县长 分管城乡建设工作" in page.text
    assert ("排一个月" in page.text) == (member in (people.WU, people.ZHENG))


@pytest.mark.parametrize("member", (people.SUN, people.QIAN, people.HE), ids=lambda m: m.username)
def test_administrators_do_not(browser, member):
    browser.sign_in(member).get(DAYS, status=403)


@pytest.mark.parametrize(
    ("member", "own"), [(people.CHEN, "柳溪镇"), (people.ZHU, "县住建局"), (people.HAN, "安澜县")]
)
def test_the_own_office_and_this_month_are_shown_first(browser, member, own):
    assert f"{own}，2026年7月：共 0 次" in browser.sign_in(member).get(DAYS).text


def test_past_days_say_whether_the_reception_was_registered(browser):
    planned(browser, day=date(2026, 7, 8))
    missing = planned(browser, day=date(2026, 7, 9), leader_name="李副县长")
    with browser.app.app_context(), factories.plain_session() as session:
        factories.leader_reception(session, reception_date=date(2026, 7, 8))
        session.commit()
    page = browser.sign_in(people.WU).get(DAYS)
    assert "共 2 次，已接访 1，未登记接访 1。" in page.text
    assert f"/reception/leader-days/new?schedule={missing}" in page.html


def test_the_register_begins_with_what_was_planned(browser):
    row = planned(browser, day=date(2026, 7, 9), mode="appointment")
    page = browser.sign_in(people.WU).get(f"/reception/leader-days/new?schedule={row}")
    typed = {
        n: page.field(n) for n in ("reception_date", "leader_name", "post", "portfolio", "mode", "place")
    }
    assert typed == {
        "reception_date": "2026-07-09",
        "leader_name": "韩副县长",
        "post": "副县长",
        "portfolio": "分管城乡建设工作",
        "mode": "appointment",
        "place": "县信访局领导接访室",
    }
    assert page.field("starts_at") == "09:00"


def test_the_register_does_not_begin_with_a_day_of_another_office(browser):
    row = planned(browser)
    browser.sign_in(people.LIN).get(f"/reception/leader-days/new?schedule={row}", status=404)


@pytest.mark.parametrize("month", ["2026-13", "八月", "2026"])
def test_a_month_that_cannot_be_read_is_told_at_its_field(browser, month):
    page = browser.sign_in(people.WU).get(f"{DAYS}?month={month}", status=422)
    assert "写法不对，请写成 2026-08" in page.text


def test_an_office_out_of_reach_looks_as_if_it_did_not_exist(browser):
    browser.sign_in(people.LIN)
    for address in (DAYS, f"{DAYS}.pdf", f"{DAYS}.ics"):
        browser.get(f"{address}?unit={unit_id(browser, 'AL22')}", status=404)
        browser.get(f"{address}?unit=99999", status=404)


def test_the_sheet_and_the_printed_list_have_the_same_rows(browser):
    planned(browser)
    planned(browser, day=date(2026, 7, 30), leader_name="=李副县长")
    browser.sign_in(people.WU)
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get(f"{DAYS}?month=2026-07&format=xlsx").data)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0][:5] == ["日期", "星期", "时间", "单位", "领导"]
    assert [row[4] for row in lines[1:]] == ["韩副县长", "=李副县长"]
    assert browser.get(f"{DAYS}.pdf?month=2026-07").data.startswith(b"%PDF")


def test_the_calendar_has_the_live_days_in_the_offices_hours(browser):
    planned(browser)
    planned(browser, day=date(2026, 7, 30), starts_at=None, ends_at=None, leader_name="李副县长")
    planned(browser, day=date(2026, 7, 31), voided_at=people.NOW, void_reason="排错了")
    answer = browser.sign_in(people.HAN).get(f"{DAYS}.ics?month=2026-07")
    assert answer.response.mimetype == "text/calendar"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [str(e["SUMMARY"]) for e in events] == [
        "领导接访：韩副县长（副县长）",
        "领导接访：李副县长（副县长）",
    ]
    assert events[0]["DTSTART"].to_ical() == b"20260729T010000Z"
    assert events[1]["DTSTART"].to_ical() == b"20260730"


@pytest.mark.parametrize(("member", "office"), [(people.WU, "AL"), (people.ZHENG, "AL21"), (people.LIN, "AL21"), (people.ZHAO, "AL21"), (people.ZHU, "AL11")])  # fmt: skip
def test_offices_plan_their_own_days_and_those_below(browser, member, office):
    browser.sign_in(member)
    answer = browser.post(f"{DAYS}/new", day_form(browser, office, leader_name="李镇长"))
    assert "李镇长" in browser.get(answer.location).text
    (row,) = rows(browser)
    assert (row.day, row.leader_name) == (date(2026, 8, 5), "李镇长")


@pytest.mark.parametrize("member", (people.CHEN, people.HAN), ids=lambda m: m.username)
def test_villages_and_leaders_only_read(browser, member):
    row = planned(browser, "AL21")
    browser.sign_in(member)
    for address in (f"{DAYS}/new", f"{DAYS}/month", f"{DAYS}/notice", f"{DAYS}/{row}/correction"):
        browser.get(address, status=403)
    for act in ("void", "swap", "postponement"):
        browser.post(f"{DAYS}/{row}/{act}", {"version": 1, "reason": "排错了"}, status=403)
    assert "作废" not in browser.get(f"{DAYS}/{row}").text


def test_a_township_reads_the_countys_day_and_cannot_touch_it(browser):
    row = planned(browser)
    browser.sign_in(people.LIN)
    page = browser.get(f"{DAYS}/{row}")
    assert "韩副县长" in page.text and "更正" not in page.text.replace("登记和更正记录", "").replace(
        "没有更正过", ""
    )
    browser.get(f"{DAYS}/{row}/correction", status=404)
    browser.post(f"{DAYS}/{row}/void", {"version": 1, "reason": "排错了"}, status=404)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("unit", "", "请选择单位"),
        ("day", "", "请填写接访日期"),
        ("day", "下周", "日期写法不对"),
        ("day", "2062-08-05", "请核对年份"),
        ("leader_name", "", "请填写领导姓名"),
        ("leader_name", "长" * 41, "最多 40 个字"),
        ("post", "长" * 61, "最多 60 个字"),
        ("portfolio", "长" * 81, "最多 80 个字"),
        ("mode", "other", "请选择方式"),
        ("starts_at", "上午", "时间写法不对"),
        ("ends_at", "08:00", "结束时间应晚于开始时间"),
        ("telephone", "1" * 41, "最多 40 个字"),
        ("notes", "长" * 2001, "最多 2000 个字"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(browser, field, value, words):
    page = browser.sign_in(people.WU).post(f"{DAYS}/new", day_form(browser, **{field: value}), status=422)
    assert words in page.text
    assert page.field("place") == "县信访局领导接访室"
    if field != "telephone":
        assert page.field("telephone") == "0379-6000001"
    assert rows(browser) == []


def test_a_new_day_begins_with_the_usual_hours_and_place(browser):
    planned(browser)
    page = browser.sign_in(people.WU).get(f"{DAYS}/new")
    assert (page.field("starts_at"), page.field("place")) == ("09:00", "县信访局领导接访室")


def test_a_correction_asks_for_its_reason_and_is_told_in_the_history(browser):
    browser.sign_in(people.WU)
    browser.post(f"{DAYS}/new", day_form(browser))
    row = rows(browser)[0].id
    change = day_form(browser, place="柳溪镇", version=1)
    page = browser.post(f"{DAYS}/{row}/correction", change, status=422)
    assert "请填写更正理由" in page.text and page.field("place") == "柳溪镇"
    browser.post(f"{DAYS}/{row}/correction", change | {"reason": "改地点"})
    assert "地点:县信访局领导接访室 → 柳溪镇" in browser.get(f"{DAYS}/{row}").text.replace("：", ":")


def test_a_stale_correction_shows_the_newer_change_and_keeps_what_was_typed(browser):
    browser.sign_in(people.WU)
    browser.post(f"{DAYS}/new", day_form(browser))
    row = rows(browser)[0].id
    browser.post(f"{DAYS}/{row}/correction", day_form(browser, place="柳溪镇", version=1, reason="改地点"))
    page = browser.post(
        f"{DAYS}/{row}/correction", day_form(browser, place="白石乡", version=1, reason="改地点"), status=422
    )
    assert "刚被别人修改过" in page.text and "柳溪镇" in page.text
    assert (page.field("place"), page.field("version")) == ("白石乡", "2")


def test_a_day_is_put_off_with_a_reason(browser):
    row = planned(browser)
    browser.sign_in(people.WU)
    page = browser.post(
        f"{DAYS}/{row}/postponement", {"version": 1, "day": "2026-07-28", "reason": "会议"}, status=422
    )
    assert "延期后的日期应晚于原定的 2026-07-29" in page.text
    assert page.field("day") == "2026-07-28"
    page = browser.post(f"{DAYS}/{row}/postponement", {"version": 1, "day": "", "reason": ""}, status=422)
    assert "请填写延期后的日期" in page.text and "请写明理由" in page.text
    browser.post(f"{DAYS}/{row}/postponement", {"version": 1, "day": "2026-08-03", "reason": "会议"})
    page = browser.get(f"{DAYS}/{row}")
    assert "2026-08-03 星期一" in page.text and "延期 会议" in page.text


def test_two_leaders_swap_and_both_rows_tell_it(browser):
    first = planned(browser)
    second = planned(browser, day=date(2026, 8, 5), leader_name="李副县长")
    browser.sign_in(people.WU)
    assert "2026-08-05 星期三 李副县长" in browser.get(f"{DAYS}/{first}").text
    browser.post(f"{DAYS}/{first}/swap", {"version": 1, "other": f"{second}-1", "reason": "外出学习"})
    for row, day in ((first, "2026-08-05"), (second, "2026-07-29")):
        text = browser.get(f"{DAYS}/{row}").text
        assert f"接访日期 {day}" in text and "对换 外出学习" in text


@pytest.mark.parametrize("other", ["", "x", "1", "99999-1", "-1-1"])
def test_a_swap_with_nobody_is_told_at_its_field(browser, other):
    row = planned(browser)
    page = browser.sign_in(people.WU).post(
        f"{DAYS}/{row}/swap", {"version": 1, "other": other, "reason": "外出"}, status=422
    )
    assert "请选择与谁对换" in page.text
    assert page.field("reason") == "外出" or "外出" in page.html


def test_a_swap_with_a_row_changed_meanwhile_is_refused_and_may_be_sent_again(browser):
    first = planned(browser)
    second = planned(browser, day=date(2026, 8, 5), leader_name="李副县长", version=2)
    browser.sign_in(people.WU)
    page = browser.post(
        f"{DAYS}/{first}/swap", {"version": 1, "other": f"{second}-1", "reason": "外出"}, status=422
    )
    assert "刚被别人修改过" in page.text
    assert page.field("other") == f"{second}-2"
    assert [r.day for r in rows(browser)] == [date(2026, 7, 29), date(2026, 8, 5)]


def test_a_void_day_is_in_no_list_but_its_own(browser):
    row = planned(browser)
    browser.sign_in(people.WU)
    assert "请写明理由" in browser.post(f"{DAYS}/{row}/void", {"version": 1, "reason": ""}, status=422).text
    browser.post(f"{DAYS}/{row}/void", {"version": 1, "reason": "排错了"})
    assert "韩副县长" not in browser.get(f"{DAYS}?month=2026-07").text
    assert "排错了" in browser.get(f"{DAYS}?month=2026-07&state=void").text
    assert "作废。理由：排错了" in browser.get(f"{DAYS}/{row}").text


def test_a_registered_day_no_longer_moves(browser):
    row = planned(browser, day=date(2026, 7, 8))
    with browser.app.app_context(), factories.plain_session() as session:
        factories.leader_reception(session, reception_date=date(2026, 7, 8))
        session.commit()
    page = browser.sign_in(people.WU).get(f"{DAYS}/{row}")
    assert "这天的接访已经登记，日期不再变动" in page.text
    assert "与另一位领导对换" not in page.text


@pytest.mark.parametrize("member", (people.WU, people.ZHENG, people.HAN), ids=lambda m: m.username)
def test_the_front_page_shows_the_days_of_the_coming_week(browser, member):
    planned(browser, day=date(2026, 7, 20))
    planned(browser, day=date(2026, 7, 23), leader_name="李副县长")
    text = browser.sign_in(member).get("/").text
    assert "七天内的领导接访" in text and "2026-07-20 星期一 09:00" in text
    assert "李副县长" not in text


def test_a_clerk_has_no_such_panel(browser):
    planned(browser, "AL21", day=date(2026, 7, 20))
    assert "七天内的领导接访" not in browser.sign_in(people.LIN).get("/").text
    assert "七天内的领导接访" in browser.sign_in(people.ZHAO).get("/").text


def test_the_list_costs_few_statements(browser, site, count_statements):
    for day in range(1, 29):
        planned(browser, day=date(2026, 8, day))
    browser.sign_in(people.WU)
    with count_statements(site) as statements:
        browser.get(f"{DAYS}?month=2026-08")
    assert len(statements) <= 12
