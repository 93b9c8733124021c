"""领导接访: the form, one reception, its correction, promises, the list."""

from datetime import date

import pytest
from sqlalchemy import select, update

from actions.supervision import judging
from extensions import db
from models.engine import begin_writing, end_writing
from models.leader_reception import LeaderPromise, LeaderReception
from queries.supervision_origins import Origin
from rules.supervision_words import TaskSource
from tests import factories, people, supervision

DAYS = "/reception/leader-days"


def ids(browser, *codes):
    with browser.app.app_context(), factories.plain_session() as session:
        return [people.unit(session, code).id for code in codes]


def leader_form(browser, office="AL", **changes):
    """The vice county head receives two batches of five people; one matter solved, one promised to 县住建局."""
    (unit_id,) = ids(browser, office)
    return {
        "unit": unit_id,
        "reception_date": "2026-07-15",
        "starts_at": "09:00",
        "ends_at": "11:30",
        "leader_name": "韩副县长",
        "mode": "fixed",
        "place": "县信访局接访大厅",
        "batches": "2",
        "persons": "5",
        "solved": "1",
        "promise-0-summary": "协调小区供水改造",
        "promise-0-responsible_unit": "县住建局",
        "promise-0-due_date": "2026-08-15",
    } | changes


def rows(browser, model=LeaderReception):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(model)).all()


def written(browser, unit="AL", **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = factories.leader_reception(session, unit, **values)
        session.commit()
        return row.id


def promised(browser, unit="AL", responsible="AL11", **values):
    """Id of a promise made at a reception of `unit`."""
    with browser.app.app_context(), factories.plain_session() as session:
        reception = factories.leader_reception(session, unit)
        promise = LeaderPromise(
            **{
                "reception_id": reception.id,
                "position": 1,
                "summary": "协调小区供水改造",
                "responsible_unit_id": people.unit(session, responsible).id,
                "due_date": factories.days_before(1),
            }
            | values
        )
        session.add(promise)
        session.commit()
        return promise.id


def test_a_reception_is_registered_with_its_promise_and_the_leaders_own_post(browser):
    answer = browser.sign_in(people.WU).post(DAYS, leader_form(browser))
    page = browser.get(answer.location)
    for words in (
        "LD-AL-2026-00001",
        "韩副县长 副县长",
        "09:00—11:30",
        "接待 2 批 5 人，解决 1 件",
        "协调小区供水改造",
    ):
        assert words in page.text
    assert rows(browser)[0].leader_id is not None


def test_a_leader_nobody_knows_is_registered_by_name(browser):
    browser.sign_in(people.WU).post(DAYS, leader_form(browser, leader_name="外来领导", post="市领导"))
    (row,) = rows(browser)
    assert (row.leader_id, row.leader_name, row.post) == (None, "外来领导", "市领导")


def test_the_same_form_sent_twice_makes_one_reception(browser):
    browser.sign_in(people.WU)
    form = leader_form(browser, submission_key="once-and-no-more")
    assert browser.post(DAYS, form).location == browser.post(DAYS, form).location
    assert len(rows(browser)) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reception_date", "2026-07-16", "晚于今天"),
        ("reception_date", "", "请填写接访日期"),
        ("reception_date", "上周", "日期写法不对"),
        ("leader_name", "", "请填写领导姓名"),
        ("leader_name", "长" * 41, "最多 40 个字"),
        ("mode", "other", "请选择方式"),
        ("unit", "", "请选择单位"),
        ("starts_at", "上午", "时间写法不对"),
        ("ends_at", "08:00", "结束时间应晚于开始时间"),
        ("persons", "1", "总人次 1 少于总批次 2"),
        ("solved", "-1", "应在 0 到 9999 之间"),
        ("solved", "一", "请填整数"),
        ("promise-0-summary", "", "请写明事项"),
        ("promise-0-due_date", "2026-07-01", "早于接访日期"),
        ("promise-0-responsible_unit", "没有的局", "没有找到“没有的局”"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(browser, field, value, words):
    page = browser.sign_in(people.WU).post(DAYS, leader_form(browser, **{field: value}), status=422)
    assert words in page.text
    for name, typed in {"place": "县信访局接访大厅", "promise-0-due_date": "2026-08-15"}.items():
        if name != field:
            assert page.field(name) == typed
    assert rows(browser) == []


def test_the_visits_of_the_day_are_offered_and_linked(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        visit = factories.visit(session, "AL01", reception_type="leader")
        session.commit()
        visit_id, number = visit.id, visit.number
    browser.sign_in(people.WU)
    assert number in browser.get(f"{DAYS}/new").text
    answer = browser.post(DAYS, leader_form(browser, visits=str(visit_id), visits_shown="1"))
    assert "关联来访 1 批 1 人；本场填报 2 批 5 人" in browser.get(answer.location).text


def test_a_correction_keeps_what_stood_before_and_the_promises_known(browser):
    browser.sign_in(people.WU)
    address = browser.post(DAYS, leader_form(browser)).location
    (promise,) = rows(browser, LeaderPromise)
    page = browser.get(f"{address}/correction")
    assert page.field("promise-0-responsible_unit") == "县住建局"
    assert page.field("promise-0-promise_id") == str(promise.id)
    changes = {"version": "1", "reason": "补记", "persons": "6", "promise-0-promise_id": str(promise.id)}
    browser.post(f"{address}/correction", leader_form(browser, **changes))
    text = browser.get(address).text
    assert "人次：5 → 6" in text
    assert "补记" in text
    assert [p.id for p in rows(browser, LeaderPromise)] == [promise.id]


def test_a_stale_correction_is_refused_with_the_typed_content_kept(browser):
    row_id = written(browser)
    browser.sign_in(people.WU)
    browser.post(f"{DAYS}/{row_id}/correction", leader_form(browser, version="1", reason="先改的"))
    late = leader_form(browser, version="1", reason="后改的", place="后来的地点")
    page = browser.post(f"{DAYS}/{row_id}/correction", late, status=422)
    assert "刚被别人修改过" in page.text
    assert page.field("place") == "后来的地点"
    assert page.field("version") == "2"


def test_a_void_reception_counts_nowhere(browser):
    row_id = written(browser)
    browser.sign_in(people.WU)
    browser.post(f"{DAYS}/{row_id}/void", {"version": "1", "reason": "重复登记"})
    assert "共 0 人次领导接访" in browser.get(DAYS).text
    assert "重复登记" in browser.get(f"{DAYS}?state=void").text
    browser.post(f"{DAYS}/{row_id}/void", {"version": "2", "reason": "再作废"}, status=422)


def test_each_sees_its_own_scope_and_others_look_like_nothing(browser):
    county, own, foreign = written(browser), written(browser, "AL21"), written(browser, "AL22")
    seen = {
        people.CHEN: set(),
        people.LIN: {own},
        people.ZHAO: {own},
        people.BAI: {foreign},
        people.WU: {county, own, foreign},
        people.HAN: {county, own, foreign},
    }
    for member, visible in seen.items():
        browser.sign_in(member)
        assert f"共 {len(visible)} 人次" in browser.get(DAYS).text
        for row_id in (county, own, foreign):
            browser.get(f"{DAYS}/{row_id}", status=200 if row_id in visible else 404)


def test_what_is_out_of_scope_can_be_neither_corrected_nor_voided_nor_registered(browser):
    foreign = written(browser, "AL22")
    browser.sign_in(people.LIN)
    change = leader_form(browser, version="1", reason="试试")
    browser.post(f"{DAYS}/{foreign}/correction", change, status=404)
    browser.post(f"{DAYS}/{foreign}/void", {"version": "1", "reason": "试试看"}, status=404)
    page = browser.post(DAYS, leader_form(browser, "AL22"), status=422)
    assert "只能为本单位及下级单位登记" in page.text


def test_a_county_leader_reads_and_finds_the_own_days_but_does_not_write(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        han = people.actor(session, people.HAN).person_id
    own = written(browser, leader_id=han)
    written(browser, "AL21", leader_name="赵立")
    browser.sign_in(people.HAN)
    assert "共 2 人次" in browser.get(DAYS).text
    assert "共 1 人次领导接访，接待 1 批 2 人，解决 1 件" in browser.get(f"{DAYS}?mine=1").text
    browser.get(f"{DAYS}/new", status=403)
    browser.post(f"{DAYS}/{own}/void", {"version": "1", "reason": "试试看"}, status=403)


def test_a_responsible_unit_outside_sees_and_keeps_its_promise_but_not_the_reception(browser):
    promise_id = promised(browser)
    browser.sign_in(people.ZHU)
    assert "其中超期 1 件" in browser.get(f"{DAYS}/promises").text
    address = f"{DAYS}/promises/{promise_id}"
    assert "LD-AL" not in browser.get(address).text
    browser.post(address, {"completed_on": "2026-07-15", "result": "已通水"})
    assert "已通水" in browser.get(address).text
    assert "没有未落实的承诺" in browser.get(f"{DAYS}/promises").text


def test_a_promise_of_others_looks_like_nothing(browser):
    promise_id = promised(browser)
    browser.sign_in(people.LIN).get(f"{DAYS}/promises/{promise_id}", status=404)
    browser.post(
        f"{DAYS}/promises/{promise_id}", {"completed_on": "2026-07-15", "result": "办好了"}, status=404
    )
    assert "没有未落实的承诺" in browser.get(f"{DAYS}/promises").text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"completed_on": "2026-07-15", "result": ""}, "请填写落实情况"),
        ({"completed_on": "", "result": "已通水"}, "请填写落实日期"),
        ({"completed_on": "2026-07-16", "result": "已通水"}, "不晚于今天"),
        ({"completed_on": "2026-07-14", "result": "已通水"}, "应在接访日期 2026-07-15 之后"),
    ],
)
def test_a_promise_is_kept_with_a_result_on_a_day_that_was(browser, data, words):
    promise_id = promised(browser)
    assert words in browser.sign_in(people.WU).post(f"{DAYS}/promises/{promise_id}", data, status=422).text


def test_a_kept_promise_is_kept_once_and_cannot_be_taken_out(browser):
    promise_id = promised(browser)
    browser.sign_in(people.WU)
    done = {"completed_on": "2026-07-15", "result": "已通水"}
    browser.post(f"{DAYS}/promises/{promise_id}", done | {"submission_key": "kept-once"})
    browser.post(f"{DAYS}/promises/{promise_id}", done | {"submission_key": "kept-once"})
    assert "已于 2026-07-15 登记落实" in browser.post(f"{DAYS}/promises/{promise_id}", done, status=422).text
    (reception,) = rows(browser)
    without = leader_form(browser, version="2", reason="去掉")
    page = browser.post(f"{DAYS}/{reception.id}/correction", without, status=422)
    assert "已登记落实，不能删去" in page.text


def test_the_list_is_filtered_by_words_and_period(browser):
    written(browser, place="接访大厅")
    browser.sign_in(people.WU)
    for query, count in {
        "mode=fixed": 1,
        "mode=outreach": 0,
        "q=大厅": 1,
        "q=没有": 0,
        "period=2026": 1,
        "to=2026-07-14": 0,
    }.items():
        assert f"共 {count} 人次" in browser.get(f"{DAYS}?{query}").text, query
    assert "看不懂期间" in browser.get(f"{DAYS}?period=乱写", status=422).text


def test_the_list_takes_few_statements_however_many_rows(browser, count_statements):
    for day in range(30):
        written(browser, reception_date=factories.days_before(day))
    browser.sign_in(people.WU)
    with count_statements(browser.app) as statements:
        browser.get(DAYS)
    assert len(statements) <= 12


def test_the_list_comes_as_a_sheet_and_as_a_printed_register(browser):
    written(browser)
    browser.sign_in(people.WU)
    assert browser.get(f"{DAYS}?format=xlsx").data.startswith(b"PK")
    assert browser.get(f"{DAYS}.pdf").data.startswith(b"%PDF")


def test_a_promise_whose_task_was_struck_off_is_filled_in_with_what_was_reported_there(browser):
    promise_id = promised(browser, responsible="AL21")
    with browser.app.app_context(), factories.plain_session() as session:
        session.execute(update(LeaderReception).values(reception_date=date(2026, 7, 1)))
        session.commit()
    with browser.app.app_context():
        session = db.session()
        begin_writing(session)
        origin = Origin(TaskSource.PROMISE, "leader_promise", promise_id, "协调小区供水改造")
        line = supervision.working(session, source=origin)
        supervision.submitted(session, line, date(2026, 7, 13))
        judging.close(session, supervision.act(session, line, people.WU, date(2026, 7, 14)))
        session.commit()
        end_writing(session)
    address = f"{DAYS}/promises/{promise_id}"
    page = browser.sign_in(people.LIN).get(address)
    assert "已销号，待登记落实情况" in page.text
    assert page.field("completed_on") == "2026-07-13"
    assert page.field("result") == "渠道已修复通水。 佐证材料：镇水利站档案柜"
    assert "督办已销号，待登记落实情况" in browser.get(f"{DAYS}/promises").text
    browser.post(address, {"completed_on": page.field("completed_on"), "result": page.field("result")})
    assert "没有未落实的承诺" in browser.get(f"{DAYS}/promises").text
