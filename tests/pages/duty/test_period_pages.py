"""特殊时段: the list, the page of a day, each unit's form, one sheet for the office that gathers."""

import io
from datetime import datetime, timedelta

import openpyxl
import pypdfium2
import pytest

from models.duty_desk import PeriodReport, SpecialPeriod
from tests import duty, factories, people
from tests.people import NOW
from web import clock

LIST = "/duty/periods"
FORM = {
    "name": "国庆节",
    "first_day": "2026-07-14",
    "last_day": "2026-07-20",
    "report_at": "17:00",
    "doubled": "y",
    "demands": "每天报送。",
    "submission_key": "k" * 24,
}
READERS = (people.CHEN, people.LIN, people.ZHAO, people.ZHU, people.WU, people.ZHENG, people.HAN)


@pytest.fixture
def period(site):
    """The county's, Monday to Friday; 柳溪镇 has reported today, 白石乡 has not."""
    with site.app_context(), factories.plain_session() as session:
        row = factories.special_period(session)
        factories.period_report(session, row, "AL21", events=1, content="河堤渗水，已处置。", leader="赵立")
        session.commit()
        return row.id


def unit_id(site, code):
    with site.app_context(), factories.plain_session() as session:
        return people.unit(session, code).id


def held(site, model=PeriodReport):
    with site.app_context(), factories.plain_session() as session:
        return session.query(model).all()


def report_address(site, period, code="AL22"):
    return f"{LIST}/{period}/reports/{unit_id(site, code)}?date=2026-07-15"


@pytest.mark.parametrize("member", READERS, ids=lambda m: m.username)
def test_every_office_below_reads_the_countys_period(browser, period, member):
    page = browser.sign_in(member).get(LIST)
    assert "防汛值守 安澜县 2026-07-13 至 2026-07-17 17:00 双人双岗 进行中" in page.text
    assert ("设立特殊时段" in page.text) == (member in (people.ZHAO, people.WU, people.ZHENG))


@pytest.mark.parametrize("member", (people.SUN, people.QIAN, people.HE), ids=lambda m: m.username)
def test_administrators_do_not(browser, period, member):
    browser.sign_in(member).get(LIST, status=403)


def test_an_empty_list_says_what_a_special_period_is(browser):
    assert "重要会议、节日前由县或乡镇设立" in browser.sign_in(people.LIN).get(LIST).text


def test_the_list_goes_by_state_and_is_a_sheet_too(browser, site, period):
    page = browser.sign_in(people.WU)
    assert "防汛值守" not in page.get(f"{LIST}?state=past").text
    answer = page.get(f"{LIST}?state=running&format=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert rows[1][:2] == ("防汛值守", "安澜县")
    assert rows[1][4:] == ("17:00", "是", "进行中")


def test_a_period_is_declared_once_and_shown(browser, site):
    page = browser.sign_in(people.WU)
    first = page.post(f"{LIST}/new", FORM)
    assert page.post(f"{LIST}/new", FORM).location == first.location
    assert [p.name for p in held(site, SpecialPeriod)] == ["国庆节"]
    text = page.get(first.location).text
    assert "应报 4 个单位，已报 0 个，未报 4 个；共报告事件 0 起。" in text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "请填写名称。"),
        ({"first_day": "2026-07-21"}, "最后一天早于第一天。"),
        ({"last_day": "明天"}, "日期写法不对，请写成 2026-07-15。"),
        ({"last_day": ""}, "请填写最后一天。"),
        ({"report_at": "25:00"}, "时间写法不对"),
        ({"demands": "密级：机密"}, "不得存储、处理国家秘密"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(browser, site, change, message):
    page = browser.sign_in(people.WU).post(
        f"{LIST}/new", FORM | {"demands": "值守到位。"} | change, status=422
    )
    assert message in page.text
    assert page.field("demands") == (change.get("demands") or "值守到位。")
    assert held(site, SpecialPeriod) == []


def test_the_office_that_gathers_sees_who_has_and_has_not(browser, period):
    text = browser.sign_in(people.WU).get(f"{LIST}/{period}").text
    assert "2026-07-15 星期三：应报 4 个单位，已报 1 个，未报 3 个；共报告事件 1 起。" in text
    assert "还没报的单位（3 个） 县住建局；县人社局；白石乡" in text
    assert "柳溪镇 按时报送 2026-07-15 09:30 1 河堤渗水，已处置。 赵立" in text


def test_a_unit_below_sees_its_own_report_only(browser, period):
    text = browser.sign_in(people.BAI).get(f"{LIST}/{period}").text
    assert "白石乡未到时" in text
    assert "柳溪镇" not in text and "河堤渗水" not in text
    assert "不用本单位报送" in browser.sign_in(people.CHEN).get(f"{LIST}/{period}").text


def test_lights_go_by_the_hour(browser, period):
    for hour, minute, word in ((8, 30, "即将到时"), (9, 1, "超时未报")):
        with clock.frozen(datetime(2026, 7, 15, hour, minute)):
            assert f"白石乡 {word}" in browser.sign_in(people.BAI).get(f"{LIST}/{period}").text


def test_another_day_of_the_period_and_one_outside(browser, period):
    page = browser.sign_in(people.WU)
    assert "已报 0 个" in page.get(f"{LIST}/{period}?date=2026-07-14").text
    assert "不在这个特殊时段内" in page.get(f"{LIST}/{period}?date=2026-07-18", status=422).text


def test_a_report_of_nothing_is_sent_with_one_press(browser, site, period):
    address = report_address(site, period)
    page = browser.sign_in(people.BAI).get(address)
    assert page.field("events") == "0"
    assert "只报事件和单位的处置，不报个人行踪；涉密事项不得录入。" in page.text
    browser.post(address, {"events": "0"})
    assert [(r.events, r.content) for r in held(site)][1:] == [(0, "零报告：无情况。")]
    assert "白石乡按时报送" in browser.get(f"{LIST}/{period}").text


def test_an_event_without_words_is_refused_and_what_was_typed_stays(browser, site, period):
    page = browser.sign_in(people.BAI).post(
        report_address(site, period), {"events": "2", "leader": "乡长"}, status=422
    )
    assert "有事件的，请写明时间、地点、起因和处置情况。" in page.text
    assert (page.field("events"), page.field("leader")) == ("2", "乡长")


def test_a_correction_asks_for_a_reason_and_keeps_the_time(browser, site, period):
    address = report_address(site, period, "AL21")
    page = browser.sign_in(people.LIN).get(address)
    assert page.field("content") == "河堤渗水，已处置。"
    changed = {"events": "1", "content": "河堤渗水，已封堵。", "version": page.field("version")}
    assert "请写明更正理由。" in browser.post(address, changed, status=422).text
    browser.post(address, changed | {"reason": "补充处置结果"})
    (row,) = held(site)
    assert (row.content, row.version, row.reported_at) == ("河堤渗水，已封堵。", 2, NOW - timedelta(hours=1))
    assert "补充处置结果" in browser.get(address).text
    stale = browser.post(address, changed | {"content": "又改。", "reason": "再改"}, status=422)
    assert "刚被别人修改过" in stale.text and stale.field("content") == "又改。"


@pytest.mark.parametrize(
    ("member", "code", "status"),
    [
        (people.LIN, "AL22", 404),
        (people.CHEN, "AL21", 404),
        (people.BAI, "AL2201", 404),
        (people.WU, "AL22", 200),
        (people.HAN, "AL22", 403),
    ],
    ids=lambda value: getattr(value, "username", value),
)
def test_whose_form_one_may_open(browser, site, period, member, code, status):
    browser.sign_in(member).get(report_address(site, period, code), status=status)


def test_a_village_reports_to_its_township(browser, site):
    with site.app_context(), factories.plain_session() as session:
        row = factories.special_period(session, "AL21", name="护林防火")
        session.commit()
        period = row.id
    browser.sign_in(people.CHEN).post(report_address(site, period, "AL2101"), {"events": "0"})
    text = browser.sign_in(people.ZHAO).get(f"{LIST}/{period}").text
    assert "应报 3 个单位，已报 1 个，未报 2 个" in text
    browser.sign_in(people.BAI).get(f"{LIST}/{period}", status=404)


def test_only_who_declared_it_corrects_ends_and_voids(browser, period):
    for member in (people.ZHAO,):
        page = browser.sign_in(member)
        page.get(f"{LIST}/{period}/correction", status=404)
        page.post(f"{LIST}/{period}/void", {"version": "1", "reason": "不要了"}, status=404)
    browser.sign_in(people.LIN).get(f"{LIST}/{period}/correction", status=403)


def test_it_is_corrected_ended_early_and_voided(browser, site, period):
    page = browser.sign_in(people.WU)
    form = page.get(f"{LIST}/{period}/correction")
    fields = {name: form.field(name) for name in ("name", "first_day", "last_day", "report_at", "version")}
    assert fields["report_at"] == "17:00"
    page.post(f"{LIST}/{period}/correction", fields | {"report_at": "16：30", "reason": "提前"})
    ended = {"version": "2", "last_day": "2026-07-14", "reason": "汛情解除"}
    assert "已有单位报送" in page.post(f"{LIST}/{period}/end", ended, status=422).text
    page.post(f"{LIST}/{period}/end", ended | {"last_day": "2026-07-15"})
    text = page.get(f"{LIST}/{period}").text
    assert "每天报送截止时间：17:00 → 16:30" in text
    assert "2026-07-13 至 2026-07-15" in text
    page.post(f"{LIST}/{period}/void", {"version": "3", "reason": "设错了"})
    assert "理由：设错了。不用再报送。" in page.get(f"{LIST}/{period}").text


def test_a_correction_over_another_shows_it_and_keeps_what_was_typed(browser, period):
    page = browser.sign_in(people.WU)
    form = page.get(f"{LIST}/{period}/correction")
    fields = {name: form.field(name) for name in ("name", "first_day", "last_day", "report_at", "version")}
    page.post(f"{LIST}/{period}/correction", fields | {"name": "防汛", "reason": "简写"})
    second = page.post(
        f"{LIST}/{period}/correction", fields | {"name": "汛期值守", "reason": "改名"}, status=422
    )
    assert "下面是别人刚做的改动" in second.text and "防汛值守 → 防汛" in second.text
    assert (second.field("name"), second.field("version")) == ("汛期值守", "2")


def test_the_front_page_asks_each_unit_that_has_not_reported_today(browser, site, period):
    text = browser.sign_in(people.BAI).get("/").text
    assert "防汛值守：17:00 前报送今天的情况，没有事件也要报。" in text
    assert "今天的报告已报送。" in browser.sign_in(people.LIN).get("/").text
    assert "今天应报 4 个单位，已报 1 个，未报 3 个" in browser.sign_in(people.HAN).get("/").text
    assert "防汛值守" not in browser.sign_in(people.CHEN).get("/").text


def test_the_days_sheet_as_pdf_and_as_workbook(browser, period):
    page = browser.sign_in(people.WU)
    paper = pypdfium2.PdfDocument(page.get(f"{LIST}/{period}/sheet.pdf?date=2026-07-15").data)
    text = "".join(paper[0].get_textpage().get_text_range().split())
    assert "防汛值守每日报告汇总表" in text
    assert "单位：安澜县2026年7月15日星期三" in text
    assert "应报4个单位，已报1个，未报3个；共报告事件1起。" in text
    assert "未报单位县住建局、县人社局、白石乡。" in text
    assert "河堤渗水，已处置。" in text
    answer = page.get(f"{LIST}/{period}?date=2026-07-15&format=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert rows[0][:4] == ("单位", "状态", "报送时间", "事件起数")
    assert rows[3][:5] == ("柳溪镇", "按时报送", "2026-07-15 09:30", 1, "河堤渗水，已处置。")
    assert len(rows) == 5


def test_a_unit_prints_its_own_line_only(browser, period):
    paper = pypdfium2.PdfDocument(browser.sign_in(people.BAI).get(f"{LIST}/{period}/sheet.pdf").data)
    text = paper[0].get_textpage().get_text_range()
    assert "白石乡" in text and "柳溪镇" not in text


def test_the_page_of_a_county_takes_few_statements(browser, site, period, count_statements):
    page = browser.sign_in(people.WU)
    page.get(f"{LIST}/{period}")
    with count_statements(site) as statements:
        page.get(f"{LIST}/{period}")
    assert len(statements) <= 7


def test_a_new_report_names_the_leader_of_the_days_roster(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        period = factories.special_period(session).id
        scheme = duty.scheme(session, "AL21", posts=("带班领导", "值班员"))
        published = duty.roster(session, scheme)
        duty.duty(session, published, duty.july(15), people.ZHAO, post="带班领导")
        duty.duty(session, published, duty.july(15), people.LIN, post="值班员")
        session.commit()
        unit = people.unit(session, "AL21").id
    address = f"/duty/periods/{period}/reports/{unit}"
    assert browser.sign_in(people.LIN).get(f"{address}?date=2026-07-15").field("leader").startswith("赵立")
    assert browser.get(f"{address}?date=2026-07-14").field("leader") == ""
