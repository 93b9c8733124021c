"""值班表: the month for everybody, planning, the page of one roster, publishing, extending, voiding, sheet and print."""

import io
from datetime import date

import openpyxl
import pytest

from models.roster import Duty, Roster
from tests import duty, factories, people, rotas
from tests.documents.pdf_reading import pages_of, sizes_of
from tests.office_terms import YEAR_2027, load_year
from tests.rotas import made_by_the_worker, on_site, scheme_on_site, stored

ROSTER = "/duty/roster"
AUGUST = f"{ROSTER}?month=2026-08"


def plan(browser, scheme_id, status=303, **changes):
    typed = {"scheme": scheme_id, "first_day": "2026-08-01", "last_day": "2026-08-10"} | changes
    return browser.post(f"{ROSTER}/new", typed, status=status)


def version(browser, roster_id):
    return browser.get(f"{ROSTER}/{roster_id}/grid").field("version")


def test_an_empty_month_says_what_to_do_next(browser):
    page = browser.sign_in(people.LIN).get(ROSTER)
    assert "还没有设班次" in page.text and "设置班次" in page.text
    scheme_id = scheme_on_site(browser, who=[_one(browser)])
    assert f"{ROSTER}/new?scheme={scheme_id}" in browser.get(ROSTER).html
    assert "还没有发布的值班表" in browser.sign_in(people.CHEN).get(ROSTER).text


def _one(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        (person,) = rotas.staff(session, ("甲一",))
        session.commit()
        return person


def test_what_one_would_plan_next_is_filled_in(browser):
    scheme_id = scheme_on_site(browser)
    page = browser.sign_in(people.LIN).get(f"{ROSTER}/new?scheme={scheme_id}")
    assert (page.field("first_day"), page.field("last_day")) == ("2026-08-01", "2026-08-31")


def test_a_plan_shows_what_was_found_and_why_each_one(browser):
    address = made_by_the_worker(browser, plan(browser.sign_in(people.LIN), scheme_on_site(browser)))
    page = browser.get(address)
    for words in ("草稿", "已证明", "每个岗位都有人", "每个人的账", "请本单位负责人打开这一页发布"):
        assert words in page.text
    first = stored(browser, Duty)[0]
    why = browser.get(f"{address}?duty={first.id}").text
    assert "为什么这样排 2026-08-01 星期六 带班领导" in why and "可排" in why


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_day": ""}, "请填写起始日期"),
        ({"last_day": "2026-07-31"}, "早于起始日期"),
        ({"first_day": "明天"}, "日期写法不对"),
        ({"last_day": "2028-08-01"}, "最多排 400 天"),
    ],
)
def test_bad_days_are_told_and_nothing_is_stored(browser, changes, words):
    page = plan(browser.sign_in(people.LIN), scheme_on_site(browser), status=422, **changes)
    assert words in page.text and stored(browser) == []


def test_days_planned_already_are_refused(browser):
    scheme_id, _roster = on_site(browser, publishes=False)
    page = plan(browser.sign_in(people.LIN), scheme_id, status=422, first_day="2026-08-10")
    assert "日子重叠" in page.text


def test_a_post_that_nobody_can_take_is_named_with_its_reason(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        ids = rotas.staff(session, ("甲一",))
        rotas.scheme(session, who=ids, posts=rotas.posts("值班员"))
        session.commit()
    answer = plan(browser.sign_in(people.LIN), 1, last_day="2026-08-02")
    page = browser.get(made_by_the_worker(browser, answer)).text
    assert "排不上人的 1 个岗" in page and "1 人：甲一" in page


def test_the_month_is_for_everybody_below_and_marks_today_and_mine(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        own = people.actor(session, people.LIN).person_id
        ids = [own, *rotas.staff(session)]
        roster = rotas.published(
            session, rotas.scheme(session, who=ids), date(2026, 7, 13), date(2026, 7, 19)
        )
        session.commit()
    page = browser.sign_in(people.LIN).get(ROSTER)
    assert "柳溪镇，2026年7月：共 14 班，其中我的 2 班" in page.text
    assert "今天" in page.text and page.html.count("duty-mine") == 2
    assert "林秀" in browser.sign_in(people.CHEN).get(ROSTER).text
    assert "林秀" in browser.sign_in(people.HAN).get(f"{ROSTER}?unit={roster.unit_id}").text
    browser.sign_in(people.BAI).get(f"{ROSTER}?unit={roster.unit_id}", status=404)
    browser.get(f"{ROSTER}/{roster.id}", status=404)


def test_a_draft_is_read_by_who_plans_only(browser):
    _scheme, roster_id = on_site(browser, publishes=False)
    page = browser.sign_in(people.LIN).get(AUGUST)
    assert "的班表还是草稿，尚未发布" in page.text and "甲一" not in page.text
    for member in (people.CHEN, people.HAN, people.BAI):
        browser.sign_in(member).get(f"{ROSTER}/{roster_id}", status=404)


def test_filters_of_person_and_rota_and_a_bad_month(browser):
    scheme_id, _roster = on_site(browser)
    browser.sign_in(people.LIN)
    assert "姓名含“甲一”：共 3 班" in browser.get(f"{AUGUST}&q=甲一").text
    assert "共 0 班" in browser.get(f"{AUGUST}&scheme={scheme_id + 1}").text
    assert "没有姓名含“没有”的班" in browser.get(f"{AUGUST}&q=没有").text
    assert "月份“8月”写法不对" in browser.get(f"{ROSTER}?month=8月", status=422).text


def test_only_the_supervisor_publishes_and_twice_is_told(browser):
    _scheme, roster_id = on_site(browser, publishes=False)
    address = f"{ROSTER}/{roster_id}/publication"
    typed = {"version": version(browser.sign_in(people.LIN), roster_id)}
    browser.post(address, typed, status=403)
    browser.sign_in(people.ZHAO)
    assert "已发布第 1 版" in browser.get(browser.post(address, typed).location).text
    assert "刚被别人修改过" in browser.post(address, typed, status=422).text
    page = browser.sign_in(people.CHEN).get(f"{ROSTER}/{roster_id}")
    assert "甲一" in page.text and "每个人的账" not in page.text


def test_the_director_publishes_nothing_of_a_township_that_has_its_own_supervisor(browser):
    _scheme, roster_id = on_site(browser, publishes=False)
    shown = version(browser.sign_in(people.ZHENG), roster_id)
    assert f"{ROSTER}/{roster_id}/publication" not in browser.get(f"{ROSTER}/{roster_id}").html
    page = browser.post(f"{ROSTER}/{roster_id}/publication", {"version": shown}, status=422)
    assert "只有本单位负责人" in page.text


def test_a_draft_is_planned_again_and_made_longer(browser):
    _scheme, roster_id = on_site(browser, publishes=False)
    browser.sign_in(people.LIN)
    typed = {"version": version(browser, roster_id)}
    again = made_by_the_worker(browser, browser.post(f"{ROSTER}/{roster_id}/plan", typed))
    assert "锁定的日子没有动" in browser.get(again).text
    browser.post(f"{ROSTER}/{roster_id}/plan", typed, status=422)
    typed = {"version": version(browser, roster_id), "last_day": "2026-08-10"}
    page = browser.post(f"{ROSTER}/{roster_id}/extension", typed, status=422)
    assert "应晚于 2026-08-10" in page.text
    answer = browser.post(f"{ROSTER}/{roster_id}/extension", typed | {"last_day": "2026-08-12"})
    assert "原来排好的没有动" in browser.get(made_by_the_worker(browser, answer)).text
    assert len(stored(browser, Duty)) == 24


def test_voiding_asks_a_reason_and_a_published_one_is_the_supervisors(browser):
    _scheme, roster_id = on_site(browser)
    address = f"{ROSTER}/{roster_id}/void"
    shown = browser.sign_in(people.ZHAO).get(f"{ROSTER}/{roster_id}").field("version")
    browser.sign_in(people.LIN)
    refused = browser.post(address, {"version": shown, "reason": "排错了"}, status=422)
    assert "只有本单位负责人" in refused.text
    browser.sign_in(people.ZHAO)
    assert "请写明理由" in browser.post(address, {"version": shown, "reason": ""}, status=422).text
    browser.post(address, {"version": shown, "reason": "排错了"})
    assert "作废。理由：排错了" in browser.get(f"{ROSTER}/{roster_id}").text
    assert "甲一" not in browser.get(AUGUST).text


def test_a_roster_that_runs_is_ended_today_by_the_supervisor_and_not_voided(browser):
    """Today is Wednesday 15 July; ten days from the 13th, two posts."""
    _scheme, roster_id = on_site(browser, first=date(2026, 7, 13), last=date(2026, 7, 22))
    page = browser.sign_in(people.ZHAO).get(f"{ROSTER}/{roster_id}")
    assert "截至今天" in page.text and "作废这张班表" not in page.text
    typed = {"version": page.field("version"), "reason": "人员调整"}
    assert "不能作废" in browser.post(f"{ROSTER}/{roster_id}/void", typed, status=422).text
    browser.sign_in(people.LIN).post(f"{ROSTER}/{roster_id}/end", typed, status=403)
    browser.sign_in(people.ZHAO)
    assert "请写明理由" in browser.post(f"{ROSTER}/{roster_id}/end", typed | {"reason": ""}, status=422).text
    answer = browser.post(f"{ROSTER}/{roster_id}/end", typed)
    assert "后面的 14 班已取消" in browser.get(answer.location).text
    assert "共 6 班" in browser.get(f"{ROSTER}?month=2026-07").text


def sheet(answer):
    return list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))


def test_the_sheet_has_the_rows_of_the_month_with_the_changes_marked(browser):
    _scheme, roster_id = on_site(browser)
    _change_first(browser, roster_id)
    rows = sheet(browser.sign_in(people.LIN).get(f"{AUGUST}&format=xlsx"))
    heading, first = rows[0], dict(zip(rows[0], rows[1], strict=True))
    assert heading[:6] == ("日期", "星期", "班次", "岗位", "时间", "人员") and len(rows) == 21
    assert (first["星期"], first["岗位"], first["时间"]) == ("星期六", "带班领导", "8:30—次日8:30")
    assert first["来由"] == "空岗" and first["较上版"].startswith("原为") and first["理由"] == "外出开会"
    assert len(sheet(browser.get(f"{ROSTER}/{roster_id}.xlsx"))) == 21


def _change_first(browser, roster_id):
    """The first duty of a published roster left empty by hand."""
    from actions.rosters import DayChange, set_days

    with browser.app.app_context(), factories.plain_session() as session:
        roster = session.get_one(Roster, roster_id)
        duty = rotas.duties(session, roster)[0]
        set_days(
            session,
            **rotas.how(session),
            today=people.TODAY,
            roster=roster,
            version=roster.version,
            changes=[DayChange(duty.id, duty.version, None, True)],
            reason="外出开会",
        )
        session.commit()


def test_the_print_is_one_upright_page_that_tells_changes(browser):
    _scheme, roster_id = on_site(browser, first=date(2026, 8, 1), last=date(2026, 8, 31))
    browser.sign_in(people.LIN)
    answer = browser.get(f"{ROSTER}.pdf?month=2026-08")
    (page,) = pages_of(answer.data)
    text = page.replace(" ", "").replace("\n", "")
    for words in (
        "柳溪镇24小时值班安排表",
        "8月31日",
        "带班领导",
        "甲一",
        "8:30—次日8:30",
        "值班电话：0379-6000020",
        "第1版",
    ):
        assert words in text
    assert "较上一版" not in text and sizes_of(answer.data) == {(210, 297)}
    _change_first(browser, roster_id)
    text = "".join(pages_of(browser.get(f"{ROSTER}/{roster_id}.pdf").data)).replace(" ", "")
    assert "较上一版的改动" in text and "空岗*" in text


def test_a_printed_draft_says_so(browser):
    _scheme, roster_id = on_site(browser, publishes=False)
    answer = browser.sign_in(people.LIN).get(f"{ROSTER}/{roster_id}.pdf")
    assert "草稿，未发布" in "".join(pages_of(answer.data))


def test_a_month_without_duties_is_not_printed(browser):
    assert (
        browser.sign_in(people.LIN).get(f"{ROSTER}.pdf?month=2026-08", status=303).location.startswith(ROSTER)
    )


def test_the_month_costs_the_same_however_many_duties_there_are(browser, count_statements):
    scheme_id, _roster = on_site(browser, last=date(2026, 8, 3))
    browser.sign_in(people.LIN).get(AUGUST)
    with count_statements(browser.app) as few:
        browser.get(AUGUST)
    made_by_the_worker(browser, plan(browser, scheme_id, first_day="2026-08-04", last_day="2026-08-31"))
    (draft,) = (r.id for r in stored(browser) if not r.is_published)
    shown = version(browser, draft)
    browser.sign_in(people.ZHAO).post(f"{ROSTER}/{draft}/publication", {"version": shown})
    browser.sign_in(people.LIN).get(AUGUST)
    with count_statements(browser.app) as many:
        browser.get(AUGUST)
    assert len(few) == len(many) <= 18


def test_the_page_of_a_roster_costs_the_same_for_a_week_and_a_month(browser, count_statements):
    _scheme, short = on_site(browser, last=date(2026, 8, 7))
    browser.sign_in(people.ZHAO).get(f"{ROSTER}/{short}")
    with count_statements(browser.app) as week:
        browser.get(f"{ROSTER}/{short}")
    with browser.app.app_context(), factories.plain_session() as session:
        rota = rotas.scheme(session, who=rotas.staff(session, ("庚七", "辛八", "壬九", "癸十")), name="二班")
        long = rotas.published(session, rota).id
        session.commit()
    with count_statements(browser.app) as month:
        browser.get(f"{ROSTER}/{long}")
    assert abs(len(week) - len(month)) <= 1 and len(month) <= 36


def test_a_leader_opens_the_roster_of_the_countys_bureau_as_long_as_the_county_keeps_none(browser):
    assert "县信访局，2026年7月" in browser.sign_in(people.HAN).get("/duty/roster?month=2026-07").text
    with browser.app.app_context(), factories.plain_session() as session:
        duty.scheme(session, "AL", name="县值班室")
        session.commit()
    assert "安澜县，2026年7月" in browser.get("/duty/roster?month=2026-07").text


def test_days_without_a_calendar_are_warned_of_and_told_once_it_has_come(browser):
    """Friday 5 and Saturday 6 February 2027 turn out to be 春节; Thursday and Sunday stay what they were."""
    _scheme, roster_id = on_site(browser, publishes=False, first=date(2027, 2, 4), last=date(2027, 2, 7))
    page = browser.sign_in(people.LIN).get(f"{ROSTER}/{roster_id}").text
    assert "还没有录入放假安排" in page and "类别变了" not in page
    with browser.app.app_context(), factories.plain_session() as session:
        load_year(session, 2027, YEAR_2027)
        session.commit()
    page = browser.get(f"{ROSTER}/{roster_id}").text
    assert "还没有录入放假安排" not in page
    assert "这 2 天的类别变了" in page and "2027-02-05 工作日→春节；2027-02-06 周末→春节。请“重新排”" in page
    typed = {"version": version(browser, roster_id)}
    address = made_by_the_worker(browser, browser.post(f"{ROSTER}/{roster_id}/plan", typed))
    assert "类别变了" not in browser.get(address).text


def test_swaps_and_leave_are_one_click_from_the_month(browser):
    page = browser.sign_in(people.LIN).get(ROSTER).html
    assert 'href="/duty/swaps"' in page and 'href="/duty/absences"' in page
