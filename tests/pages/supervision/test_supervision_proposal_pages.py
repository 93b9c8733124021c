"""督办建议, a task filled in from a record, the petition's page and the front page, the cost of a long list."""

from datetime import date

import pytest
from sqlalchemy import select

from models.leader_reception import LeaderPromise
from models.supervision import SupervisionLine, SupervisionTask
from tests import factories, petitions
from tests.factories import plain_session
from tests.people import BAI, LIN, WU, ZHAO, ZHENG, unit
from tests.supervision import issued
from web.unit_of_work import writing

FORM = {
    "filed_on": "2026-07-15", "title": "督促整改", "ground": "not_concluded", "content": "没有按期办结。",
    "demands": "限期办结。", "cycle": "none", "due_on": "2026-08-31", "line-0-unit": "柳溪镇",
}  # fmt: skip


@pytest.fixture
def late(site):
    """Two petitions at 柳溪镇 that were to be concluded by 9 May 2026."""
    with site.app_context(), writing() as session:
        found = [petitions.accepted(session) for _ in range(2)]
        return [(p.id, p.number) for p in found]


def task_of(site, answer):
    with site.app_context(), plain_session() as session:
        return session.get_one(SupervisionTask, int(answer.location.rsplit("/", 1)[1]))


def test_what_is_late_is_proposed_by_ground_and_unit(browser, late):
    page = browser.sign_in(WU).get("/supervision/proposals")
    assert "未按期办结 · 柳溪镇（2 项）" in page.text
    assert all(number in page.text for _id, number in late)
    assert "没有需要督办的" in browser.get("/supervision/proposals?ground=not_notified").text
    assert "没有需要督办的" in browser.sign_in(BAI).get("/supervision/proposals").text


def test_one_is_filed_with_its_petition_and_no_longer_proposed(browser, site, late):
    petition_id, number = late[0]
    address = f"?source=petition&petition={petition_id}&ground=not_concluded"
    page = browser.sign_in(WU).get(f"/supervision/tasks/new{address}")
    assert page.field("title") == "柳溪镇信访事项办理中“未按期办结”问题"
    assert page.field("line-0-unit") == "柳溪镇"
    assert "办结答复期限为2026年5月9日，已超67天" in page.text
    task = task_of(site, browser.post(f"/supervision/tasks{address}", FORM, 303))
    assert (task.petition_id, task.ground) == (petition_id, "not_concluded")
    assert number not in browser.get("/supervision/proposals").text


def test_from_the_petitions_own_page_the_late_clock_is_the_ground(browser, late):
    page = browser.sign_in(WU).get(f"/supervision/tasks/new?petition={late[0][0]}")
    assert page.field("title") == "柳溪镇信访事项办理中“未按期办结”问题"
    assert "办结答复期限为2026年5月9日，已超67天" in page.text


def test_where_nothing_is_late_it_says_so_plainly_and_asks_for_the_legal_limits(browser, site):
    with site.app_context(), plain_session() as session:
        row = factories.petition(session, responsible="AL21", stage="handling")
        session.commit()
        petition_id = row.id
    page = browser.sign_in(WU).get(f"/supervision/tasks/new?petition={petition_id}")
    assert page.field("title") == "柳溪镇承办信访事项的办理情况"
    assert "就柳溪镇承办的信访事项的办理情况予以督办。" in page.text
    assert "按法定期限和规定程序办理" in page.text
    assert "议定的要求" not in page.text


def test_a_task_that_is_open_on_the_petition_is_told_before_another_is_filed(browser, site, late):
    petition_id, told = late[0][0], "这件信访事项已有没有办结的督办"
    address = f"?source=petition&petition={petition_id}&ground=not_concluded"
    assert told not in browser.sign_in(WU).get(f"/supervision/tasks/new{address}").text
    task = task_of(site, browser.post(f"/supervision/tasks{address}", FORM, 303))
    page = browser.get(f"/supervision/tasks/new?petition={petition_id}")
    assert f"{told}：{task.number}（待签发）" in page.text
    assert f"/supervision/tasks/{task.id}" in page.html
    assert told not in browser.get(f"/supervision/tasks/new?petition={late[1][0]}").text


def test_the_draft_to_several_units_says_why_it_does_not_name_the_petition(browser, site, late):
    petition_id, number = late[0]
    address = f"?source=petition&petition={petition_id}&ground=not_concluded"
    both = FORM | {"line-1-unit": "县住建局"}
    task = task_of(site, browser.sign_in(WU).post(f"/supervision/tasks{address}", both, 303))
    page = browser.get(f"/papers/new?kind=supervision&subject={task.id}")
    assert f"没有写明信访事项 {number}：县住建局没有参与办理" in page.text
    assert number not in page.field("source")


def test_several_of_a_unit_are_filed_as_one(browser, site, late):
    (one, first), (two, second) = late
    address = f"?source=petition&ground=not_concluded&petition={one}&petition={two}"
    page = browser.sign_in(WU).get(f"/supervision/tasks/new{address}")
    assert "下列 2 件信访事项" in page.text
    task = task_of(site, browser.post(f"/supervision/tasks{address}", FORM, 303))
    assert (task.petition_id, task.source_text) == (None, "")
    assert first not in task.content and second not in task.content
    page = browser.get(f"/supervision/tasks/{task.id}")
    assert first in page.text and second in page.text
    assert "没有需要督办的" in browser.get("/supervision/proposals?ground=not_concluded").text


def test_a_record_out_of_scope_fills_in_nothing(browser, late):
    browser.sign_in(BAI)
    for query in (f"petition={late[0][0]}", "source=promise&promise=9", "source=meeting&decision=9"):
        browser.get(f"/supervision/tasks/new?{query}", 404)
    browser.get("/supervision/tasks/new?source=inspection&problem=9", 404)
    browser.get("/supervision/tasks/new?source=figure&code=nothing&period=2026-06&unit=1", 404)
    browser.get("/supervision/tasks/new?source=instruction&petition=99", 404)


def test_a_promise_fills_in_its_unit_and_its_words_stay_as_they_were(browser, site):
    with site.app_context(), plain_session() as session:
        reception = factories.leader_reception(session, "AL")
        promise = LeaderPromise(
            reception_id=reception.id, position=1, summary="修好路灯", due_date=date(2026, 7, 10),
            responsible_unit_id=unit(session, "AL21").id,
        )  # fmt: skip
        session.add(promise)
        session.commit()
        promise_id = promise.id
    address = f"?source=promise&promise={promise_id}"
    page = browser.sign_in(WU).get(f"/supervision/tasks/new{address}")
    assert page.field("title") == "落实领导接访承诺：修好路灯"
    task = task_of(site, browser.post(f"/supervision/tasks{address}", FORM | {"ground": ""}, 303))
    assert (task.source, task.source_type, task.source_id) == ("promise", "leader_promise", promise_id)
    assert "修好路灯" in task.source_text
    page = browser.post(f"/supervision/tasks{address}", FORM | {"ground": "", "submission_key": ""}, 422)
    assert f"同一事项已有督办 {task.number}" in page.text


def test_a_typed_petition_number_must_be_one_in_scope(browser, late):
    typed = {"source": "petition", "petition": "XF-AL01-2026-99999", "source_text": ""}
    page = browser.sign_in(WU).post("/supervision/tasks", FORM | typed, 422)
    assert "没有找到这个编号的信访事项" in page.text
    browser.post("/supervision/tasks", FORM | typed | {"petition": late[0][1]}, 303)


def test_the_petitions_page_shows_its_tasks_and_offers_one(browser, site, late):
    petition_id, _number = late[0]
    page = browser.sign_in(WU).get(f"/petitions/{petition_id}")
    assert "督办这件事项的办理" in page.text
    browser.post(f"/supervision/tasks?petition={petition_id}", FORM, 303)
    assert "DB-AL01-2026-00001" in browser.get(f"/petitions/{petition_id}").text
    assert "DB-AL01-2026-00001" not in browser.sign_in(LIN).get(f"/petitions/{petition_id}").text


def test_the_front_page_reminds_who_owes_and_who_decides(browser, site):
    with site.app_context(), writing() as session:
        issued(session)
    assert "待签收 1" in browser.sign_in(LIN).get("/").text.replace("\n", " ")
    assert 'aria-label="督办待办"' not in browser.sign_in(BAI).get("/").html
    assert 'aria-label="督办待办"' in browser.sign_in(ZHENG).get("/").html


def test_a_units_attachments_are_its_own_and_the_offices(browser, site):
    with site.app_context(), writing() as session:
        issued(session, "AL21", "AL22")
    with site.app_context(), plain_session() as session:
        line_id = session.scalars(select(SupervisionLine.id).order_by(SupervisionLine.id)).first()
    address = f"/supervision/lines/{line_id}/attachments"
    browser.sign_in(BAI).post(address, {}, 404)
    page = browser.sign_in(LIN).post(address, {}, 422)
    assert "请选择要上传的文件" in page.text


def test_a_long_list_costs_no_more_statements_than_a_short_one(browser, site, count_statements):
    with site.app_context(), writing() as session:
        issued(session)
    browser.sign_in(WU)
    with count_statements(site) as few:
        browser.get("/supervision/tasks")
    with site.app_context(), writing() as session:
        for _ in range(12):
            issued(session, "AL21", "AL22", "AL11")
    with count_statements(site) as many:
        browser.get("/supervision/tasks")
    assert len(many) == len(few) <= 14


def test_a_task_for_many_units_costs_no_more_statements_than_for_one(browser, site, count_statements):
    with site.app_context(), writing() as session:
        one, many = issued(session).id, issued(session, "AL21", "AL22", "AL11", "AL12", "AL2101").id
    browser.sign_in(WU).get("/supervision/tasks")
    with count_statements(site) as few:
        browser.get(f"/supervision/tasks/{one}")
    with count_statements(site) as more:
        browser.get(f"/supervision/tasks/{many}?line=2")
    assert len(more) == len(few) <= 26


def test_a_township_files_for_what_is_below_it_and_its_head_issues(browser, site):
    answer = browser.sign_in(ZHAO).post(
        "/supervision/tasks",
        FORM | {"ground": "", "source": "other", "petition": "", "source_text": "", "line-0-unit": "上河村"},
        303,
    )
    task = task_of(site, answer)
    browser.post(f"/supervision/tasks/{task.id}/issue", {"version": "1"}, 303)
    assert task_of(site, answer).state == "issued"
