"""值班日志: the form above the list, what is kept and told, the filters, the sheet, who has a door."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from models.duty_desk import DeskEntry
from tests import desk, factories, people
from tests.desk import LOG
from tests.documents.pdf_reading import pages_of
from tests.people import NOW
from web import clock

FORM = {
    "kind": "information",
    "source": "县住建局",
    "content": "上河村三组道路塌陷，住建部门已到场处置。",
    "happened_on": "2026-07-15",
    "happened_time": "10:20",
    "mode": "telephone",
}


def rows(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(DeskEntry).order_by(DeskEntry.id)).all()


def written(browser, unit="AL21", **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = desk.line(session, unit, **values)
        session.commit()
        return row.id


def sent(browser, to="AL21", **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = desk.dispatch(session, desk.line(session, "AL01"), to, **values)
        session.commit()
        return row.id


def test_a_line_is_entered_above_the_list_and_the_form_is_ready_for_the_next(browser):
    browser.sign_in(people.LIN)
    answer = browser.post(LOG, FORM | {"then": "next"})
    assert answer.location == LOG
    page = browser.get(LOG)
    for words in ("已记入 ZZ-AL21-2026-00001", "2026-07-15 10:20", "县住建局", "共 1 条"):
        assert words in page.text
    assert page.field("content") == ""
    assert page.field("happened_time") == "10:30"
    (row,) = rows(browser)
    assert row.happened_at == desk.at("2026-07-15 10:20")
    assert row.source == ""


def test_the_page_says_what_may_stand_there_and_asks_for_nobodys_movements(browser):
    page = browser.sign_in(people.LIN).get(LOG)
    assert "只记事件和单位的处置，不记个人行踪；涉密事项不得录入。" in page.text


@pytest.mark.parametrize(
    ("typed", "unit", "words"),
    [("xzjj", "AL11", ""), ("群众来电", None, "群众来电"), ("AL22", "AL22", ""), ("zzz", None, "zzz")],
)
def test_the_source_is_a_unit_where_the_text_is_one(browser, typed, unit, words):
    browser.sign_in(people.LIN).post(LOG, FORM | {"source": typed})
    (row,) = rows(browser)
    with browser.app.app_context(), factories.plain_session() as session:
        wanted = people.unit(session, unit).id if unit else None
    assert (row.source_unit_id, row.source) == (wanted, words)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("happened_time", "10:36", "晚于现在"),
        ("happened_time", "半夜", "时间写法不对"),
        ("happened_on", "2025-07-01", "一年以前"),
        ("happened_on", "", "请填写发生时间"),
        ("kind", "whereabouts", "请选择类别"),
        ("source", "", "请填写来源"),
        ("content", "", "请填写内容"),
        ("content", "机密★三年", "不能填写密级"),
        ("due_on", "2026-07-16", "几点几分"),
        ("report", "final", "首报的编号"),
        ("responsible_unit", "没有的局", "没有找到“没有的局”"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(browser, field, value, words):
    page = browser.sign_in(people.LIN).post(LOG, FORM | {"proposal": "请领导阅示", field: value}, status=422)
    assert words in page.text
    assert page.field("proposal") == "请领导阅示"
    assert rows(browser) == []


def test_a_limit_by_the_hour_alone_is_its_next_coming(browser):
    browser.sign_in(people.LIN)
    browser.post(LOG, FORM | {"due_time": "12:00"})
    browser.post(LOG, FORM | {"due_time": "08:00"})
    assert [r.due_at for r in rows(browser)] == [desk.at("2026-07-15 12:00"), desk.at("2026-07-16 08:00")]


def test_numbers_of_people_are_told_and_nothing_is_refused(browser):
    browser.sign_in(people.LIN).post(LOG, FORM | {"content": "来电人手机 13800005678 反映道路塌陷"})
    assert "138****5678" in browser.get(LOG).text
    assert len(rows(browser)) == 1


def test_the_same_form_sent_twice_makes_one_line(browser):
    browser.sign_in(people.LIN)
    for _ in range(2):
        browser.post(LOG, FORM | {"submission_key": "once-and-no-more"})
    assert len(rows(browser)) == 1


def test_a_line_written_down_later_shows_both_times(browser):
    browser.sign_in(people.LIN).post(LOG, FORM | {"happened_time": "08:40"})
    assert "2026-07-15 08:40 补记 2026-07-15 10:30" in browser.get(LOG).text


def test_a_lost_session_keeps_what_was_typed(browser):
    browser.sign_in(people.LIN)
    token = browser.csrf_token()
    with clock.frozen(NOW + timedelta(minutes=45)):
        answer = browser.client.post(LOG, data=FORM | {"csrf_token": token})
        assert "/sign-in" in answer.headers["Location"]
    page = browser.sign_in(people.LIN).get(f"{LOG}/new")
    assert "这是您上次没有保存的内容" in page.text
    assert page.field("content") == FORM["content"]
    assert "有没保存完的值班日志" in browser.get("/").text
    browser.post(f"{LOG}/drafts")
    assert "这是您上次没有保存的内容" not in browser.get(LOG).text


def test_at_three_in_the_morning_the_list_begins_where_the_shift_began(browser):
    written(browser, happened_at=desk.at("2026-07-14 23:50"), content="夜里的事")
    written(browser, happened_at=desk.at("2026-07-13 23:50"), content="前一班的事")
    with clock.frozen(desk.at("2026-07-15 03:00")):
        text = browser.sign_in(people.LIN).get(LOG).text
    assert "夜里的事" in text
    assert "前一班的事" not in text


def test_the_filters_show_what_they_say(browser):
    written(browser, content="甲事", kind="instruction", due_at=NOW - timedelta(minutes=1))
    written(browser, content="乙事", due_at=NOW + timedelta(minutes=20))
    written(browser, content="丙事", done_at=NOW)
    written(browser, content="丁事", voided_at=NOW, void_reason="重复")
    browser.sign_in(people.LIN)
    for query, shown in {
        "": "甲乙丙",
        "state=overdue": "甲",
        "state=waiting&sort=due": "甲乙",
        "state=open": "甲乙",
        "state=done": "丙",
        "state=void": "丁",
        "kind=instruction": "甲",
        "q=乙事": "乙",
        "from=2026-07-16": "",
        "from=2026-07-15&to=2026-07-15&sort=time-up": "甲乙丙",
    }.items():
        text = browser.get(f"{LOG}?{query}").text
        assert {c for c in "甲乙丙丁" if f"{c}事" in text} == set(shown), query
    assert "柳溪镇值班日志，待回复：共 2 条" in browser.get(f"{LOG}?state=waiting").text


def test_a_filter_that_cannot_be_read_is_told_at_its_field(browser):
    page = browser.sign_in(people.LIN).get(f"{LOG}?from=昨天", status=422)
    assert "写法不对" in page.text


def test_pages_by_key_show_each_line_once(browser):
    for n in range(60):
        written(browser, content=f"第{n:02d}件事")
    browser.sign_in(people.LIN)
    first = browser.get(LOG)
    (link,) = [a.get("href") for a in first.all("a") if a.get("rel") == "next"]
    second = browser.get(link)
    seen = [n for page in (first, second) for n in range(60) if f"第{n:02d}件事" in page.text]
    assert sorted(seen) == list(range(60))


def test_what_waits_is_counted_and_what_was_sent_here_can_be_received(browser):
    dispatch_id = sent(browser, due_at=NOW + timedelta(minutes=20))
    written(browser, due_at=NOW - timedelta(minutes=1))
    browser.sign_in(people.LIN)
    text = browser.get(LOG).text
    assert "待签收 1 待回复 1 超时 1 未办结 1" in text
    assert "即将到时 2026-07-15 10:50" in text
    answer = browser.post(f"/duty/dispatches/{dispatch_id}/receipt")
    assert "由 县信访局 转来" in browser.get(answer.location).text


def test_the_second_to_receive_is_told(browser):
    dispatch_id = sent(browser)
    browser.sign_in(people.LIN).post(f"/duty/dispatches/{dispatch_id}/receipt")
    page = browser.sign_in(people.ZHAO).post(f"/duty/dispatches/{dispatch_id}/receipt", status=422)
    assert "已由林秀签收" in page.text


def test_the_sheet_and_the_printed_log_hold_the_same_lines(browser):
    written(browser, content="甲事", instruction="立即抢修。", instructed_by="韩某（副县长）")
    browser.sign_in(people.LIN)
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get(f"{LOG}?format=xlsx").data)).active
    cells = dict(zip(*([c.value for c in row] for row in sheet.iter_rows()), strict=True))
    assert (cells["时间"], cells["内容"]) == ("2026-07-15 10:20", "甲事")
    printed = "".join(pages_of(browser.get(f"{LOG}.pdf").data))
    assert "值班日志" in printed
    assert "甲事" in printed


def test_the_county_reads_all_desks_and_writes_only_into_its_own(browser):
    line_id = written(browser, content="镇里的事")
    browser.sign_in(people.WU)
    assert "镇里的事" not in browser.get(LOG).text
    assert "镇里的事" in browser.get(f"{LOG}?unit=0").text
    page = browser.get(f"{LOG}/{line_id}")
    assert "保存回复" not in page.text
    browser.post(f"{LOG}/{line_id}/reply", {"text": "已派人。", "version": "1"}, status=404)


def test_a_leader_reads_all_desks_and_has_no_form(browser):
    written(browser, content="镇里的事")
    page = browser.sign_in(people.HAN).get(LOG)
    assert "镇里的事" in page.text
    assert "保存，接着记" not in page.text


@pytest.mark.parametrize("member", [people.CHEN, people.SUN, people.QIAN, people.HE, people.NEW])
def test_villages_and_administrators_have_no_door(browser, member):
    browser.sign_in(member)
    for address in (LOG, "/duty/handover", "/duty/handovers"):
        browser.get(address, status=403)
    assert "值班日志" not in browser.get("/").text


def test_a_long_log_costs_no_more_statements_than_a_short_one(browser, count_statements):
    browser.sign_in(people.LIN)
    written(browser)
    browser.get(LOG)
    with count_statements(browser.app) as few:
        browser.get(LOG)
    for _ in range(20):
        dispatch_of = written(browser, due_at=NOW + timedelta(hours=1))
    assert dispatch_of
    with count_statements(browser.app) as many:
        browser.get(LOG)
    assert len(many) == len(few) <= 20


def test_the_log_of_another_desk_says_whose_it_is_and_that_it_is_read_only(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        units = {code: people.unit(session, code).id for code in ("AL01", "AL21", "AL22")}
    browser.sign_in(people.HAN)
    assert "值班日志：柳溪镇（只读）" in browser.get(f"/duty/log?unit={units['AL21']}").text
    assert "值班日志：各单位（只读）" in browser.get("/duty/log?unit=0").text
    browser.sign_in(people.WU)
    assert "值班日志：柳溪镇（只读）" in browser.get(f"/duty/log?unit={units['AL21']}").text
    assert "只读" not in browser.get("/duty/log").text
    browser.sign_in(people.LIN).get(f"/duty/log?unit={units['AL22']}", status=404)
