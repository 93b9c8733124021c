"""议定事项 and 提请研究: the unit's own list, evidence, the answer from above; the papers of a meeting."""

import io
from datetime import date, timedelta

import openpyxl
from sqlalchemy import select

from actions.audit import record, values_of
from models.bulletin import DocumentRegister
from models.meeting import Meeting, MeetingDecision, MeetingItem
from models.office_paper import OfficePaper
from tests import factories, meetings, people, supervision
from tests.documents.pdf_reading import pages_of

LIST = "/meetings/decisions"


def given(browser, to="AL11", by="AL01", **values):
    """Id of a decision of a final meeting."""
    with browser.app.app_context(), factories.plain_session() as session:
        row = meetings.meeting(session, by, state="minuted", held_on=factories.days_before(5))
        made = meetings.decision(session, row, to, **values)
        session.commit()
        return made.id


def found(browser, model, row_id):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.get(model, row_id)


def test_a_department_sees_what_the_county_decided_for_it_and_not_the_meeting(browser):
    decision_id = given(browser)
    browser.sign_in(people.ZHU)
    assert "修好村口道路" in browser.get(LIST).text
    page = browser.get(f"{LIST}/{decision_id}")
    assert "县7月10日联席会议" in page.text
    assert "这次会议" not in page.text
    browser.get(f"/meetings/{found(browser, MeetingDecision, decision_id).meeting_id}", status=404)
    browser.sign_in(people.LIN).get(f"{LIST}/{decision_id}", status=404)


def test_it_is_carried_out_with_evidence(browser):
    decision_id = given(browser)
    browser.sign_in(people.ZHU)
    form = {"version": "1", "done_on": "2026-07-15", "result": "道路已修好。"}
    page = browser.post(f"{LIST}/{decision_id}/completion", form, status=422)
    assert "请先上传佐证附件" in page.text
    assert page.field("result") == "道路已修好。"

    def photo():
        return {"file": (io.BytesIO("验收单".encode()), "验收单.txt")}

    address = f"{LIST}/{decision_id}/attachments"
    browser.post(address, photo(), content_type="multipart/form-data")
    browser.post(f"{LIST}/{decision_id}/completion", form)
    assert "按期完成" in browser.get(f"{LIST}/{decision_id}").text
    browser.post(address, photo(), status=422, content_type="multipart/form-data")
    browser.sign_in(people.ZHENG).post(
        f"{LIST}/{decision_id}/reopening", {"version": "2", "reason": "未修好"}
    )
    assert found(browser, MeetingDecision, decision_id).done_on is None


def test_what_was_sent_back_stands_at_the_top_for_the_unit_until_it_is_carried_out_again(browser):
    decision_id = given(browser)
    other_id = given_beside(browser, decision_id)
    address = f"{LIST}/{decision_id}"
    browser.sign_in(people.ZHU).post(
        f"{address}/completion",
        {"version": "1", "done_on": "2026-07-15", "result": "路面已修好。", "evidence": "局办 3 号卷"},
    )
    browser.sign_in(people.ZHENG).post(f"{address}/reopening", {"version": "2", "reason": "排水沟没有修"})
    page = browser.sign_in(people.ZHU).get(address)
    assert "登记的落实情况被退回，要重新办理。" in page.text
    assert "县信访局 郑重：排水沟没有修 原来登记的：路面已修好。（佐证材料：局办 3 号卷）" in page.text
    assert "下一步：按退回的意见补齐以后，重新“登记落实情况”；时限仍是 2026-07-31。" in page.text
    assert (page.field("result"), page.field("evidence")) == ("路面已修好。", "局办 3 号卷")
    assert "被退回" not in browser.get(f"{LIST}/{other_id}").text
    again = {"version": "3", "done_on": "2026-07-15", "result": "沟也修好。", "evidence": "局办 4 号卷"}
    browser.post(f"{address}/completion", again)
    assert "被退回" not in browser.get(address).text


def test_an_old_return_that_names_no_decision_is_told_where_it_can_be_of_no_other(browser):
    decision_id = given(browser)
    with browser.app.app_context(), factories.plain_session() as session:
        row = session.get_one(MeetingDecision, decision_id)
        row.done_on, row.result, row.evidence = date(2026, 7, 14), "路面已修好。", "局办 3 号卷"
        session.flush()
        before = values_of(row)
        row.done_on, row.result, row.evidence = None, "", ""
        record(
            session, actor=people.actor(session, people.ZHENG), now=people.NOW - timedelta(days=1),
            action="meeting.reopen-decision", subject=row, label="HY", reason="排水沟没有修",
            before={name: before[name] for name in ("done_on", "result", "evidence")},
            after={"done_on": None, "result": "", "evidence": ""},
        )  # fmt: skip
        session.commit()
    told = "县信访局 郑重：排水沟没有修 原来登记的：路面已修好。"
    assert told in browser.sign_in(people.ZHU).get(f"{LIST}/{decision_id}").text
    other_id = given_beside(browser, decision_id)
    assert told not in browser.get(f"{LIST}/{decision_id}").text
    assert told not in browser.get(f"{LIST}/{other_id}").text


def given_beside(browser, decision_id):
    """Id of another decision of the same meeting for the same unit."""
    with browser.app.app_context(), factories.plain_session() as session:
        first = session.get_one(MeetingDecision, decision_id)
        made = meetings.decision(session, first.meeting, "AL11", position=2)
        session.commit()
        return made.id


def test_open_ones_stand_by_unit_and_overdue_ones_apart(browser):
    given(browser, "AL11", due_on=factories.days_before(1))
    given(browser, "AL12")
    given(browser, "AL12", done_on=people.TODAY, result="已办。")
    browser.sign_in(people.WU)
    page = browser.get(LIST)
    assert "共 2 件" in page.text
    assert "各单位未落实" in page.text
    assert "共 1 件" in browser.get(f"{LIST}?state=overdue").text
    assert "共 1 件" in browser.get(f"{LIST}?state=done&sort=date").text
    (sheet,) = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"{LIST}?state=all&sort=unit&format=xlsx").data)
    ).worksheets
    assert [line[4] for line in sheet.values] == ["责任单位", "县住建局", "县人社局", "县人社局"]


def test_a_list_asks_the_same_number_of_questions_however_long(browser, count_statements):
    browser.sign_in(people.WU)
    given(browser)
    with count_statements(browser.app) as few:
        browser.get(LIST)
    for _ in range(4):
        given(browser, "AL12")
    with count_statements(browser.app) as many:
        browser.get(LIST)
    assert len(many) == len(few)


def test_what_a_township_sent_up_is_answered_by_the_county(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        row = meetings.meeting(session, "AL21", state="minuted", held_on=factories.days_before(9))
        up = {"outcome": "escalated", "escalated_to": "government", "escalated_on": row.held_on}
        item_id = meetings.item(session, row, "供水管网", **up).id
        above = meetings.meeting(session, "AL01", kind="government", state="planned").id
        session.commit()
    page = browser.sign_in(people.WU).get(f"/meetings/{above}/agenda")
    assert "柳溪镇：供水管网" in page.text
    browser.post(f"/meetings/{above}/agenda", {"version": "1", "asked": str(item_id)})
    assert "7月15日县政府常务会议（计划，2026-07-15）" in browser.get("/meetings/escalations").text
    address = f"/meetings/escalations/{item_id}"
    form = {"version": "1", "on": "2026-07-15", "text": ""}
    assert "请写明答复意见" in browser.post(f"{address}/answer", form, status=422).text
    browser.post(f"{address}/answer", form | {"text": "由县住建局办理。"})
    browser.sign_in(people.LIN)
    assert "由县住建局办理。" in browser.get(address).text
    assert "由县住建局办理。" in browser.get("/meetings/escalations?state=answered").text
    browser.get(f"/meetings/{above}", status=404)
    assert browser.get("/meetings/escalations?state=answered&format=xlsx").data[:2] == b"PK"
    assert found(browser, MeetingItem, item_id).answered_on == people.TODAY
    browser.sign_in(people.BAI).get(address, status=404)


def test_the_township_is_told_of_the_answer_until_somebody_there_opens_it(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        row = meetings.meeting(session, "AL21", state="minuted", held_on=factories.days_before(9))
        sent_up = {"outcome": "escalated", "escalated_to": "joint", "escalated_on": row.held_on}
        item = meetings.item(session, row, **sent_up)
        session.commit()
        address = f"/meetings/escalations/{item.id}"
    assert "提请研究有答复" not in browser.sign_in(people.LIN).get("/").text
    form = browser.sign_in(people.WU).get(address)
    given = {"version": form.field("version"), "text": "由县住建局牵头。", "on": "2026-07-15"}
    browser.post(f"{address}/answer", given)
    browser.get(address)
    assert "提请研究有答复" not in browser.get("/").text
    assert "提请研究有答复" not in browser.sign_in(people.BAI).get("/").text
    assert "提请研究有答复 1" in browser.sign_in(people.ZHAO).get("/").text
    unread = browser.get("/meetings/escalations?state=unread")
    assert "由县住建局牵头。" in unread.text
    assert "由县住建局牵头。" in browser.sign_in(people.LIN).get(address).text
    for member in (people.LIN, people.ZHAO):
        assert "提请研究有答复" not in browser.sign_in(member).get("/").text
    assert "由县住建局牵头。" in browser.get("/meetings/escalations?state=answered").text


def test_minutes_that_are_issued_make_the_record_final(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        row = meetings.meeting(session, "AL21", place="镇政府会议室")
        meetings.item(session, row, outcome="decided", discussion="先修急需的一段。")
        meetings.attendee(session, row, "AL2101", presence="present")
        factories.document_register(session, "AL21", series="paper")
        session.commit()
        meeting_id = row.id
    browser.sign_in(people.ZHAO)
    page = browser.get(f"/meetings/{meeting_id}")
    assert "起草会议纪要" in page.text
    draft = browser.get(f"/papers/new?kind=minutes&subject={meeting_id}")
    assert "会议决定" not in draft.text
    source = draft.field("source")
    assert "一、村口道路维修" in source
    fields = {"title": draft.field("title"), "addressee": "", "copies_to": "", "source": source}
    browser.post(f"/papers/new?kind=minutes&subject={meeting_id}", fields)
    with browser.app.app_context(), factories.plain_session() as session:
        paper = session.scalars(select(OfficePaper)).one()
        register = session.scalars(select(DocumentRegister)).one()
    read = browser.get(f"/papers/{paper.id}/issue")
    issue = {name: read.field(name) for name in ("version", "seen")}
    browser.post(f"/papers/{paper.id}/issue", issue | {"register": str(register.id)})
    assert found(browser, Meeting, meeting_id).state == "minuted"
    assert "退回修改" not in browser.get(f"/meetings/{meeting_id}").text
    page = browser.post(f"/meetings/{meeting_id}/reopening", {"version": "2", "reason": "漏记"}, status=422)
    assert "会议纪要已经印发" in page.text


def test_minutes_name_nobody_of_whom_it_was_not_entered_that_he_came(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        row = meetings.meeting(session, "AL21", place="镇政府会议室")
        meetings.item(session, row, outcome="decided", discussion="先修急需的一段。")
        meetings.attendee(session, row, "AL2101", presence="present")
        meetings.attendee(session, row, "AL21", position=2, post="分管副镇长")
        factories.document_register(session, "AL21", series="paper")
        session.commit()
        meeting_id = row.id
    browser.sign_in(people.ZHAO)
    assert "到会情况还没有登记" in browser.get(f"/meetings/{meeting_id}").text
    address = f"/papers/new?kind=minutes&subject={meeting_id}"
    draft = browser.get(address)
    assert "到会情况还没有登记" in draft.text
    assert "出席：上河村副镇长、〔请填写到会的单位和人员〕。" in draft.field("source")
    assert "分管副镇长" not in draft.field("source")


def test_a_final_record_without_issued_minutes_may_be_taken_up_again(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        meeting_id = meetings.meeting(session, "AL21", state="minuted").id
        session.commit()
    assert "退回修改" in browser.sign_in(people.ZHAO).get(f"/meetings/{meeting_id}").text


def countys_meeting(browser, unit="AL", **values):
    """As a sheet brought it: under the county itself."""
    with browser.app.app_context(), factories.plain_session() as session:
        row = meetings.meeting(session, unit, state="minuted", place="县政府三楼会议室", **values)
        item = meetings.item(session, row, outcome="decided", discussion="先修急需的一段。")
        meetings.decision(session, row, "AL11", item_id=item.id, person="副局长")
        meetings.attendee(session, row, "AL11", presence="present", post="副局长")
        meetings.attendee(session, row, "AL12", position=2, presence="excused", post="副局长")
        factories.document_register(session, "AL01", series="paper", word="安信督")
        factories.seal(session, "AL01")
        session.commit()
        return row.id


def issued_minutes(browser, meeting_id):
    """Number of the paper, drafted by the bureau and issued by its head."""
    address = f"/papers/new?kind=minutes&subject={meeting_id}"
    draft = browser.sign_in(people.WU).get(address)
    fields = {name: draft.field(name) for name in ("title", "addressee", "copies_to", "source")}
    paper = browser.post(address, fields).location
    read = browser.sign_in(people.ZHENG).get(f"{paper}/issue")
    assert "用印" not in read.text
    issue = {name: read.field(name) for name in ("version", "seen")}
    with browser.app.app_context(), factories.plain_session() as session:
        register = session.scalars(select(DocumentRegister)).one()
    browser.post(f"{paper}/issue", issue | {"register": str(register.id)})
    return paper


def test_the_bureau_writes_the_minutes_of_a_county_meeting_that_stands_under_the_county(browser):
    paper = issued_minutes(browser, countys_meeting(browser))
    words = "".join(pages_of(browser.get(f"{paper}.pdf").data))
    assert words.startswith(
        "安澜县信访工作联席会议纪要安信督〔2026〕1号安澜县2026年7月15日信访工作联席会议纪要"
    )
    assert "文件" not in words
    told = words.index("由安澜县住房和城乡建设局（责任人：副局长）负责，2026年7月31日前完成。")
    lists = [words.index(f"{label}：{names}") for label, names in (
        ("主持", "赵立"),
        ("出席", "安澜县住房和城乡建设局副局长"),
        ("请假", "安澜县人力资源和社会保障局副局长"),
    )]  # fmt: skip
    assert [told, *lists] == sorted([told, *lists])
    assert words.count("2026年7月31日") == 1
    assert "安澜县信访局2026年7月15日印发" in words


def test_no_township_writes_the_minutes_of_the_county(browser):
    meeting_id = countys_meeting(browser)
    browser.sign_in(people.ZHAO).get(f"/papers/new?kind=minutes&subject={meeting_id}", status=404)


def test_a_notice_goes_to_the_offices_by_their_full_names(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        row = meetings.meeting(session, "AL01", state="planned")
        meetings.attendee(session, row, "AL11")
        meetings.attendee(session, row, "AL11", position=2, post="信访科科长", part="guest")
        session.commit()
        address = f"/papers/new?kind=meeting_notice&subject={row.id}"
    draft = browser.sign_in(people.WU).get(address)
    assert draft.field("addressee") == "安澜县住房和城乡建设局"
    assert "安澜县住房和城乡建设局副镇长" in draft.field("source")


def test_a_decision_whose_task_is_not_signed_says_so(browser):
    decision_id = given(browser, "AL21")
    with browser.app.app_context(), factories.plain_session() as session:
        task = supervision.filed(session)
        task.source_type, task.source_id = "meeting_decision", decision_id
        session.commit()
        number = task.number
    browser.sign_in(people.WU)
    for address in (f"{LIST}/{decision_id}", LIST):
        said = browser.get(address).text
        assert f"{number} 待签发" in said
        assert "办理中" not in said
