"""村级接访: the form, one session, its correction, voiding, the list."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.village_session import VillageSession
from tests import factories, people
from tests.people import NOW
from web import clock

SESSIONS = "/reception/village-sessions"


def village_form(browser, village="AL2101", **changes):
    """A Wednesday with three batches of five people: 2/3 solved, 1/2 committed."""
    with browser.app.app_context(), factories.plain_session() as session:
        unit_id = people.unit(session, village).id
    return {
        "unit": unit_id,
        "session_date": "2026-07-15",
        "mode": "visitors",
        "attendees": "镇干部林秀、村支书",
        "batches": "3",
        "persons": "5",
        "solved_batches": "2",
        "solved_persons": "3",
        "committed_batches": "1",
        "committed_persons": "2",
        "matter-0-summary": "三组灌溉渠堵塞",
        "matter-0-disposition": "committed",
        "matter-0-due_date": "2026-07-31",
    } | changes


def kept(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(VillageSession)).all()


def written(browser, unit="AL2101", **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = factories.village_session(session, unit, **values)
        session.commit()
        return row.id


def test_the_village_finds_itself_and_this_wednesday_filled_in(browser):
    page = browser.sign_in(people.CHEN).get(f"{SESSIONS}/new")
    assert page.field("session_date") == "2026-07-15"
    with browser.app.app_context(), factories.plain_session() as session:
        assert page.field("unit") == str(people.unit(session, "AL2101").id)


def test_who_attended_last_time_is_offered(browser):
    written(browser, session_date=factories.days_before(7), attendees="第一书记王某某")
    assert browser.sign_in(people.CHEN).get(f"{SESSIONS}/new").field("attendees") == "第一书记王某某"


def test_a_session_is_registered_with_its_matters(browser):
    answer = browser.sign_in(people.CHEN).post(SESSIONS, village_form(browser))
    page = browser.get(answer.location)
    assert "CJ-AL2101-2026-00001" in page.text
    for words in ("有访接访", "三组灌溉渠堵塞", "限期化解", "2026-07-31", "镇干部林秀、村支书"):
        assert words in page.text
    assert "陈小河 登记" in page.text


def test_the_same_form_sent_twice_makes_one_session(browser):
    browser.sign_in(people.CHEN)
    form = village_form(browser, submission_key="once-and-no-more")
    first, second = browser.post(SESSIONS, form), browser.post(SESSIONS, form)
    assert first.location == second.location
    assert len(kept(browser)) == 1


def test_what_was_typed_when_the_session_ran_out_is_there_again(browser):
    browser.sign_in(people.CHEN)
    form = village_form(browser) | {"csrf_token": browser.csrf_token()}
    with clock.frozen(NOW + timedelta(hours=13)):
        assert "/sign-in" in browser.client.post(SESSIONS, data=form).location
        page = browser.sign_in(people.CHEN).get(f"{SESSIONS}/new")
        assert "这是上次没有保存的内容" in page.text
        assert page.field("matter-0-summary") == "三组灌溉渠堵塞"
        browser.post(SESSIONS, village_form(browser))
        assert "这是上次没有保存的内容" not in browser.get(f"{SESSIONS}/new").text


def test_a_second_session_of_the_day_is_refused_with_a_link_to_the_first(browser):
    held = written(browser)
    page = browser.sign_in(people.LIN).post(SESSIONS, village_form(browser), status=422)
    assert "上河村 2026-07-15 的村级接访已经登记过" in page.text
    assert f'href="{SESSIONS}/{held}"' in page.html
    assert page.field("attendees") == "镇干部林秀、村支书"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("session_date", "2026-07-14", "村级接访日是星期三"),
        ("session_date", "2026-07-22", "晚于今天"),
        ("session_date", "昨天", "日期写法不对"),
        ("session_date", "", "请填写接访日期"),
        ("mode", "", "请选择接访方式"),
        ("mode", "other", "请选择接访方式"),
        ("unit", "", "请选择村（社区）"),
        ("unit", "99999999999999999999", "请选择村（社区）"),
        ("batches", "4", "三项去向合计 3 批，与总批次 4 批相差 1 批"),
        ("persons", "6", "三项去向合计 5 人，与总人次 6 人相差 1 人"),
        ("persons", "五", "请填整数"),
        ("persons", "99999999999999", "请填整数"),
        ("solved_batches", "-1", "应在 0 到 9999 之间"),
        ("attendees", "长" * 201, "最多 200 个字"),
        ("matter-0-summary", "", "请写明事项"),
        ("matter-0-disposition", "", "请选择去向"),
        ("matter-0-due_date", "", "请填写限办日期"),
        ("matter-0-due_date", "2026-07-01", "早于接访日期"),
        ("matter-0-due_date", "月底", "日期写法不对"),
        ("matter-0-summary", "长" * 301, "最多 300 个字"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(browser, field, value, words):
    page = browser.sign_in(people.LIN).post(SESSIONS, village_form(browser, **{field: value}), status=422)
    assert words in page.text
    for name, typed in {"attendees": "镇干部林秀、村支书", "matter-0-summary": "三组灌溉渠堵塞"}.items():
        if name != field:
            assert page.field(name) == typed
    assert kept(browser) == []


def test_more_rows_are_added_without_saving_and_without_loss(browser):
    page = browser.sign_in(people.LIN).post(SESSIONS, village_form(browser, more="1"), status=200)
    assert page.field("matter-0-summary") == "三组灌溉渠堵塞"
    assert page.field("matter-5-summary") == ""
    assert kept(browser) == []


def test_the_visits_of_the_day_are_offered_and_linked(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        own = factories.visit(session, "AL2101", content="反映灌溉渠堵塞")
        factories.visit(session, "AL2102", content="下河村的事")
        session.commit()
        visit_id, number = own.id, own.number
    browser.sign_in(people.LIN)
    unit_id = village_form(browser)["unit"]
    offered = browser.get(f"{SESSIONS}/day-visits?unit={unit_id}&session_date=2026-07-15")
    assert number in offered.text
    assert "下河村的事" not in offered.text
    answer = browser.post(SESSIONS, village_form(browser, visits=str(visit_id), visits_shown="1"))
    page = browser.get(answer.location)
    assert "关联来访 1 批 1 人；本场填报 3 批 5 人，两者不同" in page.text


def test_a_correction_keeps_what_stood_before_in_the_history(browser):
    row_id = written(browser, attendees="村支书")
    browser.sign_in(people.LIN)
    changes = village_form(browser, version="1", reason="人次笔误")
    browser.post(f"{SESSIONS}/{row_id}/correction", changes)
    page = browser.get(f"{SESSIONS}/{row_id}")
    assert "更正 人次笔误" in page.text
    assert "总人次：1 → 5" in page.text
    assert "参加人：村支书 → 镇干部林秀、村支书" in page.text


def test_a_correction_needs_its_reason(browser):
    row_id = written(browser)
    browser.sign_in(people.LIN)
    page = browser.post(
        f"{SESSIONS}/{row_id}/correction", village_form(browser, version="1", reason=""), status=422
    )
    assert "请填写更正理由" in page.text


def test_a_stale_correction_is_refused_shows_the_newer_change_and_may_be_repeated(browser):
    row_id = written(browser)
    browser.sign_in(people.LIN)
    browser.post(f"{SESSIONS}/{row_id}/correction", village_form(browser, version="1", reason="先改的"))
    late = village_form(browser, version="1", reason="后改的", attendees="后来的人")
    page = browser.post(f"{SESSIONS}/{row_id}/correction", late, status=422)
    assert "刚被别人修改过" in page.text
    assert "先改的" in page.text
    assert page.field("attendees") == "后来的人"
    assert page.field("version") == "2"
    browser.post(f"{SESSIONS}/{row_id}/correction", late | {"version": "2"})


def test_a_void_session_counts_nowhere_and_frees_its_day(browser):
    row_id = written(browser)
    browser.sign_in(people.LIN)
    assert (
        "请写明理由"
        in browser.post(f"{SESSIONS}/{row_id}/void", {"version": "1", "reason": ""}, status=422).text
    )
    browser.post(f"{SESSIONS}/{row_id}/void", {"version": "1", "reason": "重复登记"})
    assert "重复登记" in browser.get(f"{SESSIONS}/{row_id}").text
    assert "共 0 场" in browser.get(SESSIONS).text
    browser.post(SESSIONS, village_form(browser))


def test_each_sees_its_own_scope_and_others_look_like_nothing(browser):
    own, neighbour, foreign = written(browser), written(browser, "AL2102"), written(browser, "AL2201")
    seen = {
        people.CHEN: {own},
        people.LIN: {own, neighbour},
        people.ZHAO: {own, neighbour},
        people.BAI: {foreign},
        people.WU: {own, neighbour, foreign},
        people.HAN: {own, neighbour, foreign},
    }
    for member, rows in seen.items():
        browser.sign_in(member)
        assert f"共 {len(rows)} 场" in browser.get(SESSIONS).text
        for row_id in (own, neighbour, foreign):
            browser.get(f"{SESSIONS}/{row_id}", status=200 if row_id in rows else 404)


def test_what_is_out_of_scope_can_be_neither_corrected_nor_voided_nor_registered(browser):
    foreign = written(browser, "AL2201")
    browser.sign_in(people.LIN)
    browser.get(f"{SESSIONS}/{foreign}/correction", status=404)
    browser.post(
        f"{SESSIONS}/{foreign}/correction", village_form(browser, version="1", reason="试试"), status=404
    )
    browser.post(f"{SESSIONS}/{foreign}/void", {"version": "1", "reason": "试试看"}, status=404)
    page = browser.post(SESSIONS, village_form(browser, "AL2201"), status=422)
    assert "只能登记本单位及下级的村（社区）" in page.text


def test_a_township_is_no_village(browser):
    page = browser.sign_in(people.LIN).post(SESSIONS, village_form(browser, "AL21"), status=422)
    assert "柳溪镇不是村或社区" in page.text


def test_a_county_leader_reads_but_does_not_write(browser):
    row_id = written(browser)
    browser.sign_in(people.HAN)
    page = browser.get(f"{SESSIONS}/{row_id}")
    assert "更正</a>" not in page.html
    browser.get(f"{SESSIONS}/new", status=403)
    browser.post(f"{SESSIONS}/{row_id}/void", {"version": "1", "reason": "试试看"}, status=403)


def test_the_list_is_filtered_and_totalled_in_words(browser):
    written(browser)
    written(
        browser,
        "AL2102",
        mode="check",
        batches=0,
        persons=0,
        solved_batches=0,
        solved_persons=0,
        notes="查看水库",
    )
    browser.sign_in(people.LIN)
    assert (
        "共 2 场，1 批 1 人次：现场解决 1 批 1 人次，限期化解 0 批 0 人次，梳理上报 0 批 0 人次。"
        in browser.get(SESSIONS).text
    )
    for query, count in {
        "mode=check": 1, "visitors=1": 1, "q=水库": 1, "q=没有": 0, "period=2026-W29": 2, "period=2026-06": 0,
        "from=2026-07-15&to=2026-07-15": 2, "from=2026-07-16": 0, "state=void": 0, "q=%25": 0,
    }.items():  # fmt: skip
        assert f"共 {count} 场" in browser.get(f"{SESSIONS}?{query}").text, query


def test_a_period_that_cannot_be_read_is_told(browser):
    page = browser.sign_in(people.LIN).get(f"{SESSIONS}?period=去年", status=422)
    assert "看不懂期间" in page.text


@pytest.mark.parametrize("sort", ["date", "date-up", "unit", "batches", "persons"])
def test_every_sort_pages_through_all_rows_once(browser, sort):
    for week in range(60):
        written(browser, session_date=factories.days_before(7 * week))
    browser.sign_in(people.CHEN)
    page = browser.get(f"{SESSIONS}?sort={sort}")
    following = re.search(r'rel="next" href="([^"]+)"', page.html)[1].replace("&amp;", "&")
    numbers = re.findall(r"CJ-AL2101-2026-\d+", page.text) + re.findall(
        r"CJ-AL2101-2026-\d+", browser.get(following).text
    )
    assert len(numbers) == len(set(numbers)) == 60


def test_the_list_takes_few_statements_however_many_rows(browser, count_statements):
    for week in range(30):
        written(browser, session_date=factories.days_before(7 * week))
    browser.sign_in(people.LIN)
    with count_statements(browser.app) as statements:
        browser.get(SESSIONS)
    assert len(statements) <= 12


def test_the_list_comes_as_a_sheet_and_as_a_printed_register(browser):
    written(browser)
    browser.sign_in(people.LIN)
    assert browser.get(f"{SESSIONS}?format=xlsx").data.startswith(b"PK")
    assert browser.get(f"{SESSIONS}.pdf").data.startswith(b"%PDF")
