"""联席会议: logging a meeting that was held, planning one, its agenda, record and final minutes, the register."""

import io

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

from models.meeting import Meeting, MeetingAttendee, MeetingDecision, MeetingItem
from models.staff import Person
from tests import factories, meetings, people

LIST = "/meetings"


def ids(browser, *codes):
    with browser.app.app_context(), factories.plain_session() as session:
        return [people.unit(session, code).id for code in codes]


def meeting_form(browser, office="AL21", **changes):
    """柳溪镇 met on the tests' Wednesday: two topics, one decision for 上河村."""
    (unit_id,) = ids(browser, office)
    return {
        "unit": unit_id,
        "kind": "joint",
        "state": "held",
        "held_on": "2026-07-15",
        "starts_at": "09:00",
        "place": "镇政府三楼会议室",
        "chair": "镇党委书记王平",
        "topics": "村口道路维修\n\n雨季排查",
        "decision-0-content": "修好村口道路",
        "decision-0-unit": "上河村",
        "decision-0-person": "村支书",
        "decision-0-due_on": "2026-07-31",
    } | changes


def rows(browser, model=Meeting):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(model).order_by(model.id)).all()


def written(browser, unit="AL21", *, titles=(), decided=(), **values):
    """Id of a meeting with items and decisions for these units."""
    with browser.app.app_context(), factories.plain_session() as session:
        row = meetings.meeting(session, unit, **values)
        for position, title in enumerate(titles, start=1):
            meetings.item(session, row, title, position=position)
        for position, code in enumerate(decided, start=1):
            meetings.decision(session, row, code, position=position)
        session.commit()
        return row.id


def test_a_held_meeting_is_logged_on_one_screen(browser):
    answer = browser.sign_in(people.LIN).post(LIST, meeting_form(browser))
    page = browser.get(answer.location)
    for words in (
        "HY-AL21-2026-00001",
        "柳溪镇7月15日联席会议",
        "村口道路维修",
        "雨季排查",
        "修好村口道路",
        "已开未定稿",
    ):
        assert words in page.text
    assert [(i.position, i.title) for i in rows(browser, MeetingItem)] == [
        (1, "村口道路维修"),
        (2, "雨季排查"),
    ]


def test_the_same_form_sent_twice_makes_one_meeting(browser):
    browser.sign_in(people.LIN)
    form = meeting_form(browser, submission_key="once-and-no-more")
    assert browser.post(LIST, form).location == browser.post(LIST, form).location
    assert len(rows(browser)) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("held_on", "2026-07-16", "会议日期晚于今天"),
        ("held_on", "", "请填写会议日期"),
        ("state", "other", "请选择进度"),
        ("chair", "", "请填写主持人"),
        ("kind", "government", "乡镇不召开县政府常务会议"),
        ("unit", "", "请选择召开单位"),
        ("topics", "长" * 121, "太长，一行一个议题"),
        ("decision-0-content", "", "请写明议定的事"),
        ("decision-0-unit", "没有的局", "没有找到“没有的局”"),
        ("decision-0-unit", "县住建局", "要县直单位办的，请提请上级研究"),
        ("decision-0-due_on", "2026-07-01", "时限早于会议日期"),
        ("decision-0-due_on", "", "请填写完成时限"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(browser, field, value, words):
    page = browser.sign_in(people.LIN).post(LIST, meeting_form(browser, **{field: value}), status=422)
    assert words in page.text
    for name, typed in {"place": "镇政府三楼会议室", "decision-0-person": "村支书"}.items():
        assert page.field(name) == typed
    assert rows(browser) == []


def test_a_department_is_told_that_it_holds_none(browser):
    page = browser.sign_in(people.ZHU).get("/meetings/new")
    assert "联席会议由县、乡镇（街道）召开" in page.text
    form = meeting_form(browser, "AL11", **{"decision-0-unit": "县住建局"})
    assert "联席会议由县、乡镇（街道）召开" in browser.post(LIST, form, status=422).text


def test_the_bureau_calls_the_meetings_of_the_county(browser):
    county, bureau = ids(browser, "AL", "AL01")
    offered = browser.sign_in(people.WU).get("/meetings/new").html
    assert f'<option value="{bureau}"' in offered
    assert f'<option value="{county}"' not in offered
    page = browser.post(LIST, meeting_form(browser, "AL"), status=422)
    assert "县级会议由县信访局登记、印发纪要" in page.text


def test_an_older_meeting_under_the_county_is_corrected_and_keeps_its_unit(browser):
    meeting_id = written(browser, "AL")
    browser.sign_in(people.WU)
    (county,) = ids(browser, "AL")
    assert f'<option value="{county}" selected' in browser.get(f"{LIST}/{meeting_id}/correction").html
    form = meeting_form(browser, "AL", version="1", reason="地点登错", place="县政府会议室")
    browser.post(f"{LIST}/{meeting_id}/correction", form)
    (row,) = rows(browser)
    assert (row.unit_id, row.place) == (county, "县政府会议室")


def test_more_rows_are_given_without_losing_what_was_typed(browser):
    page = browser.sign_in(people.LIN).post(LIST, meeting_form(browser, more="1"), status=200)
    assert page.field("decision-5-content") == ""
    assert page.field("decision-0-content") == "修好村口道路"


def test_who_was_asked_last_time_is_asked_again(browser):
    last = written(browser, held_on=factories.days_before(14))
    with browser.app.app_context(), factories.plain_session() as session:
        meetings.attendee(session, session.get(Meeting, last), "AL2101", presence="present")
        session.commit()
    browser.sign_in(people.LIN).post(LIST, meeting_form(browser))
    new = rows(browser, MeetingAttendee)[-1]
    assert (new.meeting_id != last, new.post, new.presence) == (True, "副镇长", "open")


def test_a_planned_meeting_runs_its_course(browser):
    """Planned for next Monday, put on the agenda, held today by the frozen clock, recorded, made final by the head."""
    browser.sign_in(people.LIN)
    planned = {"state": "planned", "held_on": "2026-07-20", "decision-0-content": "", "decision-0-unit": "",
               "decision-0-person": "", "decision-0-due_on": ""}  # fmt: skip
    address = browser.post(LIST, meeting_form(browser, **planned)).location
    browser.post(f"{address}/agenda", {"version": "1", "topic-0-title": "供水管网", "topic-0-unit": "下河村"})
    browser.post(f"{address}/attendance", {
        "version": "2", "attendee-0-unit": "上河村", "attendee-0-post": "村支书", "attendee-0-part": "member",
        "attendee-0-presence": "present",
    })  # fmt: skip
    browser.post(f"{address}/holding", {"version": "3", "held_on": "2026-07-15", "chair": "王平"})
    first, second, third = rows(browser, MeetingItem)
    record = {
        "version": "4",
        f"item-{first.id}-outcome": "decided",
        f"item-{first.id}-discussion": "两村共用，由镇里统一修。",
        f"item-{second.id}-outcome": "noted",
        f"item-{third.id}-outcome": "escalated",
        f"item-{third.id}-escalated_to": "joint",
        f"item-{third.id}-discussion": "管网归县住建局管理，镇里无权改造。",
        "decision-0-content": "修好村口道路",
        "decision-0-item": str(first.id),
        "decision-0-unit": "上河村",
        "decision-0-due_on": "2026-07-31",
    }
    browser.post(f"{address}/record", record)
    assert "请单位负责人定稿" in browser.get(address).text
    browser.post(f"{address}/minuting", {"version": "5"}, status=403)
    browser.sign_in(people.ZHAO).post(f"{address}/minuting", {"version": "5"})
    page = browser.get(address)
    for words in (
        "已定稿",
        "提请上级研究 县联席会议",
        "等待答复",
        "两村共用，由镇里统一修。",
        "村支书",
        "到会",
    ):
        assert words in page.text
    assert "供水管网" in browser.get("/meetings/escalations").text


def test_a_record_with_an_item_without_outcome_is_not_final(browser):
    meeting_id = written(browser, titles=("道路", "排水"))
    page = browser.sign_in(people.ZHAO).post(f"{LIST}/{meeting_id}/minuting", {"version": "1"}, status=422)
    assert "还有 2 个议题没有写明研究结果" in page.text


def test_sending_up_needs_a_body(browser):
    meeting_id = written(browser, titles=("道路",))
    (item,) = rows(browser, MeetingItem)
    form = {
        "version": "1",
        f"item-{item.id}-outcome": "escalated",
        f"item-{item.id}-discussion": "无权办理。",
    }
    page = browser.sign_in(people.LIN).post(f"{LIST}/{meeting_id}/record", form, status=422)
    assert "请选择提请哪个会议研究" in page.text
    assert page.field(f"item-{item.id}-discussion") == "无权办理。"


def test_two_people_at_once_the_second_is_told(browser):
    meeting_id = written(browser, titles=("道路", "排水"))
    first, second = rows(browser, MeetingItem)
    move = f"{LIST}/{meeting_id}/items/{second.id}/move"
    browser.sign_in(people.LIN).post(move, {"version": "1", "way": "up"})
    assert [i.position for i in rows(browser, MeetingItem)] == [2, 1]
    page = browser.sign_in(people.ZHAO).post(move, {"version": "1", "way": "up"}, status=422)
    assert "刚被别人修改过" in page.text
    browser.post(f"{LIST}/{meeting_id}/items/{first.id}/removal", {"version": "2"})
    assert [i.title for i in rows(browser, MeetingItem)] == ["排水"]


def test_an_overdue_petition_is_offered_and_stands_on_the_agenda_without_its_own_words(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        late = factories.petition(
            session, "AL21", next_due_on=factories.days_before(3), title="周大山反映漏水"
        )
        factories.petition(session, "AL22", next_due_on=factories.days_before(3), title="别镇的事")
        session.commit()
        petition_id, number = late.id, late.number
    meeting_id = written(browser)
    page = browser.sign_in(people.LIN).get(f"{LIST}/{meeting_id}/agenda")
    assert number in page.text
    assert "别镇的事" not in page.text
    browser.post(f"{LIST}/{meeting_id}/agenda", {"version": "1", "petitions": str(petition_id)})
    (item,) = rows(browser, MeetingItem)
    assert item.petition_id == petition_id
    assert "周大山" not in item.title
    assert number in item.title


def test_a_petition_of_another_township_is_not_found_by_its_number(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        number = factories.petition(session, "AL22").number
        session.commit()
    meeting_id = written(browser)
    form = {"version": "1", "number": number}
    page = browser.sign_in(people.LIN).post(f"{LIST}/{meeting_id}/agenda", form, status=422)
    assert "没有找到这个编号的信访事项" in page.text


def test_an_accusation_is_not_put_on_an_agenda(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        (person,) = session.scalars(select(Person).where(Person.name == "林秀"))
        number = factories.petition(
            session, "AL21", purpose="accusation", sealed=True, registered_by_id=person.id
        ).number
        session.commit()
    meeting_id = written(browser)
    form = {"version": "1", "number": number}
    page = browser.sign_in(people.LIN).post(f"{LIST}/{meeting_id}/agenda", form, status=422)
    assert "检举控告类、已密封的事项按规定另行处理" in page.text
    assert rows(browser, MeetingItem) == []


def test_what_was_sealed_since_vanishes_with_its_decisions(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        petition = factories.petition(session, "AL21", sealed=True, purpose="accusation")
        row = meetings.meeting(session, "AL21", state="minuted")
        hidden = meetings.item(session, row, "不可见的议题", petition_id=petition.id)
        meetings.decision(session, row, "AL21", content="不可见的议定事项", item_id=hidden.id)
        session.commit()
        meeting_id = row.id
    browser.sign_in(people.LIN)
    for address in (f"{LIST}/{meeting_id}", "/meetings/decisions", f"{LIST}?q=不可见", f"{LIST}?format=xlsx"):
        page = browser.get(address)
        text = _cells(page) if "xlsx" in address else page.text
        assert "不可见的议" not in text, address
    assert "HY-" not in browser.get(f"{LIST}?q=不可见").text
    assert _cells(browser.get(f"{LIST}?format=xlsx"))[8:10] == ["0", "0"]


def _cells(page):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(page.data)).worksheets
    return [str(cell) for cell in list(sheet.values)[1]]


def test_the_county_sees_a_townships_meeting_and_townships_not_the_countys(browser):
    own, countys = written(browser), written(browser, "AL01")
    assert browser.sign_in(people.WU).get(f"{LIST}/{own}").status == 200
    browser.sign_in(people.HAN).get(f"{LIST}/{own}")
    browser.sign_in(people.LIN).get(f"{LIST}/{countys}", status=404)
    browser.sign_in(people.BAI).get(f"{LIST}/{own}", status=404)
    browser.sign_in(people.CHEN).get(LIST, status=403)


def test_the_register_is_filtered_exported_and_printed(browser):
    written(browser, "AL21", held_on=factories.days_before(7))
    written(browser, "AL22", state="planned")
    written(browser, "AL01", state="minuted", kind="government", title="第8次常务会议")
    browser.sign_in(people.WU)
    assert "共 3 次会议" in browser.get(LIST).text
    assert "共 1 次会议" in browser.get(f"{LIST}?counted=1").text
    assert "共 1 次会议" in browser.get(f"{LIST}?state=planned").text
    assert "共 1 次会议" in browser.get(f"{LIST}?from=2026-07-01&to=2026-07-10").text
    assert "第8次常务会议" in browser.get(f"{LIST}?level=county").text
    assert browser.get(f"{LIST}?from=2026-13-01", status=422)
    (sheet,) = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"{LIST}?format=xlsx&level=township").data)
    ).worksheets
    assert [line[4] for line in sheet.values] == ["会议", "联席会议", "联席会议"]
    printed = pypdfium2.PdfDocument(browser.get(f"{LIST}.pdf").data)
    assert "联席会议登记册" in printed[0].get_textpage().get_text_bounded()


def test_a_list_asks_the_same_number_of_questions_however_long(browser, count_statements):
    browser.sign_in(people.WU)
    written(browser, titles=("道路",), decided=("AL21",))
    with count_statements(browser.app) as few:
        browser.get(LIST)
    for _ in range(5):
        written(browser, titles=("道路", "排水"), decided=("AL21", "AL2101"))
    with count_statements(browser.app) as many:
        browser.get(LIST)
    assert len(many) == len(few)
    (last,) = rows(browser)[-1:]
    with count_statements(browser.app) as of_one:
        browser.get(f"{LIST}/{last.id}")
    assert len(of_one) <= 40


def test_a_head_is_corrected_and_a_meeting_is_voided_with_a_reason(browser):
    meeting_id = written(browser)
    browser.sign_in(people.LIN)
    form = meeting_form(browser, version="1", reason="日期登错", held_on="2026-07-14", title="第5次联席会议")
    browser.post(f"{LIST}/{meeting_id}/correction", form)
    text = browser.get(f"{LIST}/{meeting_id}").text
    assert "会议日期：2026-07-15 → 2026-07-14" in text
    page = browser.post(f"{LIST}/{meeting_id}/correction", form, status=422)
    assert "刚被别人修改过" in page.text
    browser.post(f"{LIST}/{meeting_id}/void", {"version": "2", "reason": "重复登记"})
    assert "重复登记" in browser.get(f"{LIST}?state=void").text
    assert rows(browser)[0].is_void


def test_a_final_record_is_taken_up_again_only_while_nothing_stands_upon_it(browser):
    meeting_id = written(browser, state="minuted", decided=("AL21",))
    browser.sign_in(people.ZHAO).post(
        f"{LIST}/{meeting_id}/reopening", {"version": "1", "reason": "漏记一项"}
    )
    with browser.app.app_context(), factories.plain_session() as session:
        session.get(Meeting, meeting_id).state = "minuted"
        session.scalars(select(MeetingDecision)).one().done_on = people.TODAY
        session.commit()
    page = browser.post(f"{LIST}/{meeting_id}/reopening", {"version": "2", "reason": "漏记"}, status=422)
    assert "已有议定事项登记落实" in page.text


def test_a_tab_counts_what_its_list_shows(browser):
    for unit in ("AL01", "AL21", "AL21"):
        written(browser, unit)
    browser.sign_in(people.WU)
    everyones = browser.get(f"{LIST}?state=held")
    assert "已开未定稿 3" in everyones.text
    assert "已开未定稿：共 3 次会议" in everyones.text


def test_the_front_page_leads_to_the_own_offices_meetings_and_the_tabs_count_those_alone(browser):
    for unit in ("AL01", "AL21", "AL21"):
        written(browser, unit)
    front = browser.sign_in(people.WU).get("/")
    assert "会议待定稿 1" in front.text
    page = browser.get(f"{LIST}?state=held&sort=date-up&mine=1")
    assert "本单位召开的： 全部 计划 0 已开未定稿 1" in page.text
    assert "本单位召开的，已开未定稿：共 1 次会议" in page.text
    assert f'href="{LIST}?state=minuted&amp;mine=1"' in page.html
    assert "上方标签的数不含这些条件" not in page.text
    assert "上方标签的数不含这些条件" in browser.get(f"{LIST}?q=道路&mine=1").text
    part = browser.get(f"{LIST}?state=held&mine=1", headers={"HX-Request": "true"})
    assert 'id="meeting-tabs"' in part.html


def test_the_board_says_who_still_owes_meetings(browser):
    for day in (1, 8, 15):
        written(browser, held_on=people.TODAY.replace(day=day))
    written(browser, "AL22", held_on=people.TODAY.replace(month=6, day=3))
    page = browser.sign_in(people.WU).get("/meetings/quota")
    assert "7 月应开 7 次，已开 3 次，2 个单位还没有开够" in page.text
    assert "应开的含县 1 次、乡镇（街道）6 次。" in page.text
    assert "还差 1 次" in page.text
    assert "本月没有过完，统计的“乡镇联席会议应开次数”到 2026-07-31 才计入本月应开的" in page.text
    own = browser.sign_in(people.LIN).get("/meetings/quota").text
    assert "白石乡" not in own
    assert "已开够" in own


def test_attachments_are_kept_with_the_meeting(browser):
    meeting_id = written(browser)
    browser.sign_in(people.LIN)
    address = f"{LIST}/{meeting_id}/attachments"
    browser.post(
        address,
        {"file": (io.BytesIO("签到：全部到会".encode()), "签到表.txt")},
        content_type="multipart/form-data",
    )
    assert "签到表.txt" in browser.get(f"{LIST}/{meeting_id}").text
    browser.sign_in(people.BAI).post(address, {}, status=404)
