"""One line of 值班日志: its steps, chain and dispatches on its page."""

from datetime import timedelta

from sqlalchemy import select

from models.duty_desk import DeskDispatch, DeskEntry
from tests import desk, factories, people
from tests.desk import LOG
from tests.people import NOW


def written(browser, unit="AL21", **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = desk.line(session, unit, **values)
        session.commit()
        return row.id


def unit_id(browser, code):
    with browser.app.app_context(), factories.plain_session() as session:
        return people.unit(session, code).id


def line(browser, line_id):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.get(DeskEntry, line_id)


def test_reply_and_end(browser):
    line_id = written(browser, due_at=NOW + timedelta(hours=3))
    address = f"{LOG}/{line_id}"
    page = browser.sign_in(people.LIN).get(address)
    assert "正常 2026-07-15 13:30 还有 3 小时" in page.text
    browser.post(f"{address}/completion", {"version": "1"}, status=422)
    browser.post(f"{address}/reply", {"version": "1", "text": "已抢修完毕。"})
    page = browser.get(address)
    assert "按时回复" in page.text
    assert page.field("version") == "2"
    browser.post(f"{address}/completion", {"version": "2"})
    assert line(browser, line_id).done_at == NOW
    browser.post(f"{address}/reopening", {"version": "3", "reason": "又塌了"})
    assert line(browser, line_id).done_at is None


def test_a_refused_step_stays_open_with_what_was_typed(browser):
    line_id = written(browser)
    page = browser.sign_in(people.LIN).post(
        f"{LOG}/{line_id}/reply", {"version": "1", "text": "已修好。", "replied_time": "10:00"}, status=422
    )
    assert "回复日期和时间要么都填，要么都不填" in page.text
    assert page.field("text") == "已修好。"
    page = browser.post(f"{LOG}/{line_id}/void", {"version": "1", "reason": ""}, status=422)
    assert "请写明理由" in page.text


def test_a_step_over_a_newer_version_is_refused(browser):
    line_id = written(browser, version=3)
    page = browser.sign_in(people.LIN).post(
        f"{LOG}/{line_id}/reply", {"version": "1", "text": "已修好。"}, status=422
    )
    assert "刚被别人修改过" in page.text


def test_sending_on_to_two_desks_and_taking_one_back(browser):
    line_id = written(browser, "AL01")
    browser.sign_in(people.WU)
    units = [unit_id(browser, "AL21"), unit_id(browser, "AL11")]
    fields = {"version": "1", "units": units, "demand": "核实后回复", "due_time": "12:00"}
    browser.post(f"{LOG}/{line_id}/dispatches", fields)
    page = browser.get(f"{LOG}/{line_id}")
    assert "未签收" in page.text
    with browser.app.app_context(), factories.plain_session() as session:
        made = session.scalars(select(DeskDispatch).order_by(DeskDispatch.id)).all()
    assert [d.due_at for d in made] == [desk.at("2026-07-15 12:00")] * 2
    address = f"/duty/dispatches/{made[0].id}"
    browser.post(f"{address}/void", {"version": "1", "reason": "发错单位"})
    assert "已收回：发错单位" in browser.get(f"{LOG}/{line_id}").text
    page = browser.post(f"{LOG}/{line_id}/dispatches", {"version": "3", "units": []}, status=422)
    assert "请选择转给哪些单位" in page.text


def test_the_receiver_reads_what_was_sent_and_not_the_senders_page(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        entry = desk.line(session, "AL01", proposal="内部拟办意见")
        dispatch_id, line_id = desk.dispatch(session, entry).id, entry.id
        session.commit()
    page = browser.sign_in(people.LIN).get(f"/duty/dispatches/{dispatch_id}")
    assert "核实后回复" in page.text
    assert "内部拟办意见" not in page.text
    browser.get(f"{LOG}/{line_id}", status=404)
    browser.sign_in(people.BAI).get(f"/duty/dispatches/{dispatch_id}", status=404)


def test_a_leader_instructs_under_the_own_name(browser):
    line_id = written(browser)
    browser.sign_in(people.HAN).post(
        f"{LOG}/{line_id}/own-instruction", {"version": "1", "text": "立即抢修。"}
    )
    row = line(browser, line_id)
    assert (row.instruction, row.instructed_by) == ("立即抢修。", "韩副县长（副县长）")
    assert "立即抢修。" in browser.sign_in(people.LIN).get(f"{LOG}/{line_id}").text


def test_the_desk_notes_an_instruction_it_was_told(browser):
    line_id = written(browser)
    browser.sign_in(people.LIN)
    page = browser.post(f"{LOG}/{line_id}/instruction", {"version": "1", "text": "同意"}, status=422)
    assert "请填写批示领导" in page.text
    browser.post(f"{LOG}/{line_id}/instruction", {"version": "1", "text": "同意", "instructed_by": "赵立"})
    assert line(browser, line_id).instructed_by == "赵立"


def test_unit_and_limit_are_set_by_names(browser):
    line_id = written(browser)
    browser.sign_in(people.LIN)
    bad = {"version": "1", "responsible_unit": "没有的局"}
    assert "没有找到" in browser.post(f"{LOG}/{line_id}/assignment", bad, status=422).text
    good = {"version": "1", "responsible_unit": "县住建局", "due_on": "2026-07-15", "due_time": "18:00"}
    browser.post(f"{LOG}/{line_id}/assignment", good)
    row = line(browser, line_id)
    assert row.responsible_unit_id == unit_id(browser, "AL11")
    assert row.due_at == desk.at("2026-07-15 18:00")


def test_a_further_report_is_offered_from_the_first_one(browser):
    line_id = written(browser, report="first", number="ZZ-AL21-2026-00007")
    browser.sign_in(people.LIN)
    page = browser.get(f"{LOG}/new?first={line_id}")
    assert (page.field("report"), page.field("first_number")) == ("follow", "ZZ-AL21-2026-00007")
    fields = {"kind": "information", "source": "群众来电", "content": "路面已恢复通行。", "report": "final"}
    moment = {"happened_on": "2026-07-15", "happened_time": "10:25", "first_number": "ZZ-AL21-2026-00007"}
    browser.post(LOG, fields | moment)
    text = browser.get(f"{LOG}/{line_id}").text
    assert "路面已恢复通行。" in text
    assert line(browser, line_id).done_at == NOW


def test_a_correction_shows_what_changed(browser):
    line_id = written(browser)
    browser.sign_in(people.LIN)
    page = browser.get(f"{LOG}/{line_id}/correction")
    assert page.field("source") == "群众来电"
    fields = {name: page.field(name) for name in ("kind", "mode", "source", "happened_on", "happened_time")}
    fields |= {"version": "1", "content": "上河村二组道路塌陷。", "reason": "村组听错"}
    browser.post(f"{LOG}/{line_id}/correction", fields)
    text = browser.get(f"{LOG}/{line_id}").text
    assert "村组听错" in text
    assert "→ 上河村二组道路塌陷。" in text
    page = browser.post(f"{LOG}/{line_id}/correction", fields, status=422)
    assert "刚被别人修改过" in page.text
    assert page.field("version") == "2"
    browser.post(f"{LOG}/{line_id}/void", {"version": "2", "reason": "记错"})
    browser.get(f"{LOG}/{line_id}/correction", status=403)


def test_a_page_costs_few_statements_however_many_dispatches(browser, count_statements):
    line_id = written(browser, "AL01")
    browser.sign_in(people.WU).get(f"{LOG}/{line_id}")
    with count_statements(browser.app) as few:
        browser.get(f"{LOG}/{line_id}")
    with browser.app.app_context(), factories.plain_session() as session:
        entry = session.get(DeskEntry, line_id)
        for code in ("AL21", "AL22", "AL11", "AL12"):
            desk.dispatch(session, entry, code)
        session.commit()
    with count_statements(browser.app) as many:
        browser.get(f"{LOG}/{line_id}")
    assert len(many) == len(few) <= 16
