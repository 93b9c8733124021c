"""The list and the page of supervision, as the county's office and a township meet them."""

import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select

from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from tests.documents.pdf_reading import pages_of
from tests.factories import plain_session
from tests.people import BAI, CHEN, HAN, LIN, WU, ZHAO, ZHENG
from tests.stars import unstarred

TASK = {
    "filed_on": "2026-07-15", "title": "督促落实领导批示", "source": "instruction", "petition": "",
    "source_text": "请柳溪镇七月底前修好。", "ground": "", "content": "批示限期修复灌溉渠，至今没有进展。",
    "demands": "查明原因，限期修复。", "cycle": "weekly", "due_on": "2026-08-31",
    "line-0-unit": "柳溪镇", "line-0-person": "镇长", "line-0-demand": "先修主渠", "line-0-due_on": "",
}  # fmt: skip


class Desk:
    """Tasks through the browser; `line(…)` reads the row."""

    def __init__(self, browser):
        self.browser = browser

    def as_(self, member):
        self.browser.sign_in(member)
        return self.browser

    def file(self, member=WU, status=303, **changes):
        answer = self.as_(member).post("/supervision/tasks", TASK | changes, status)
        return int(answer.location.rsplit("/", 1)[1]) if status == 303 else answer

    def issue(self, task_id, member=ZHENG):
        self.as_(member).post(f"/supervision/tasks/{task_id}/issue", {"version": "1"}, 303)

    def issued(self, **changes):
        task_id = self.file(**changes)
        self.issue(task_id)
        return task_id

    def line(self, task_id, place=0):
        with self.browser.app.app_context(), plain_session() as session:
            found = session.scalars(select(SupervisionLine).filter_by(task_id=task_id).order_by("id"))
            return list(found)[place]

    def step(self, task_id, noun, member, status=303, place=0, **fields):
        line = self.line(task_id, place)
        values = {"version": str(line.version), "on": "2026-07-15"} | fields
        return self.as_(member).post(f"/supervision/lines/{line.id}/{noun}", values, status)


@pytest.fixture
def desk(browser):
    return Desk(browser)


def test_from_the_filing_to_the_striking_off(desk):
    task_id = desk.file()
    page = desk.browser.get(f"/supervision/tasks/{task_id}")
    assert "等待立项单位负责人签发" in page.text
    assert desk.as_(LIN).get(f"/supervision/tasks/{task_id}", 404)
    desk.issue(task_id)
    page = desk.as_(LIN).get(f"/supervision/tasks/{task_id}")
    assert "签收" in page.text and "先修主渠" in page.text
    desk.step(task_id, "receipt", LIN)
    desk.step(task_id, "report", LIN, text="已进场。")
    page = desk.as_(WU).get(f"/supervision/tasks/{task_id}")
    assert page.text.count("已进场。") == 3  # in the history, and where it is accepted or returned
    desk.step(task_id, "return", WU, text="没有写明工期。", until="2026-07-17")
    page = desk.as_(LIN).get(f"/supervision/tasks/{task_id}")
    assert "没有写明工期。" in page.text and "2026-07-17" in page.text
    desk.step(task_id, "report", LIN, text="八月十日完工。")
    desk.step(task_id, "acceptance", WU)
    desk.step(task_id, "result", ZHAO, text="已通水。", evidence="镇水利站")
    desk.step(task_id, "closing", ZHENG)
    line = desk.line(task_id)
    assert (line.state, line.closed_on) == ("closed", date(2026, 7, 15))
    assert "已办结" in desk.as_(HAN).get(f"/supervision/tasks/{task_id}").text


def test_once_a_letter_is_drafted_the_next_step_is_to_issue_it(desk):
    task_id = desk.file()
    page = desk.as_(WU).get(f"/supervision/tasks/{task_id}")
    draft = f"/papers/new?kind=supervision&subject={task_id}"
    assert draft in page.html.replace("&amp;", "&")
    assert "直接签发" in desk.as_(ZHENG).get(f"/supervision/tasks/{task_id}").text
    words = {"title": "关于督办的函", "addressee": "柳溪镇", "source": "请限期修复。"}
    paper = desk.as_(WU).post(draft, words, 303).location
    page = desk.browser.get(f"/supervision/tasks/{task_id}")
    assert "督办函草稿已经起草，等待立项单位负责人签发" in page.text
    assert "签发督办函草稿" not in page.text
    page = desk.as_(ZHENG).get(f"/supervision/tasks/{task_id}")
    assert "签发督办函草稿" in page.text
    assert f'{paper}/issue"' in page.html
    assert f"/supervision/tasks/{task_id}/issue" not in page.html
    page = desk.browser.post(f"/supervision/tasks/{task_id}/issue", {"version": "1"}, 422)
    assert "已有督办函草稿，请签发草稿或者作废草稿。" in page.text


def test_a_refused_form_is_the_same_page_with_everything_typed(desk):
    page = desk.file(status=422, content="", **{"line-1-unit": "没有这个单位", "line-1-demand": "自查"})
    assert "请写明督办事由。" not in page.text  # the row is not understood: the rules are asked after
    assert "没有找到“没有这个单位”" in page.text
    assert page.field("line-1-demand") == "自查"
    page = desk.file(status=422, content="")
    assert "请写明督办事由。" in page.text
    assert page.field("line-0-unit") == "柳溪镇"


def test_a_refused_step_stands_open_with_its_message_and_its_text(desk):
    task_id = desk.issued()
    desk.step(task_id, "receipt", LIN)
    page = desk.step(task_id, "result", LIN, 422, text="已通水。")
    assert "请上传佐证材料" in page.text
    assert "已通水。" in [(area.text or "").strip() for area in page.all("textarea")]
    desk.step(task_id, "extension", LIN, 422, text="汛期。", until="2026-08-01")


def test_more_rows_lose_nothing(desk):
    page = desk.as_(WU).post("/supervision/tasks", TASK | {"more": "1"}, 200)
    assert page.field("line-0-demand") == "先修主渠"
    assert page.field("line-5-unit") == ""


def test_each_unit_reads_its_own_line_only(desk):
    task_id = desk.issued(**{"line-1-unit": "白石乡", "line-1-demand": "排查全乡"})
    page = desk.as_(LIN).get(f"/supervision/tasks/{task_id}")
    assert "排查全乡" not in page.text
    other = desk.line(task_id, 1)
    desk.browser.post(f"/supervision/lines/{other.id}/receipt", {"version": "2", "on": "2026-07-15"}, 404)
    page = desk.as_(BAI).get("/supervision/tasks")
    assert "白石乡" in page.text and "柳溪镇" not in page.text.replace("柳溪镇七月底", "")


def test_a_village_has_no_part_in_it(desk):
    desk.as_(CHEN).get("/supervision/tasks", 403)


def test_a_draft_is_corrected_and_voided_by_its_own_unit(desk):
    task_id = desk.file()
    page = desk.browser.get(f"/supervision/tasks/{task_id}/correction")
    assert page.field("title") == "督促落实领导批示"
    values = {k: v for k, v in TASK.items() if k not in ("source", "petition", "source_text")}
    values |= {"version": "1", "title": "改过的标题"}
    desk.browser.post(f"/supervision/tasks/{task_id}/correction", values, 303)
    assert "改过的标题" in desk.browser.get(f"/supervision/tasks/{task_id}").text
    desk.browser.post(f"/supervision/tasks/{task_id}/correction", values, 422)
    desk.browser.post(f"/supervision/tasks/{task_id}/void", {"version": "2", "reason": ""}, 422)
    desk.browser.post(f"/supervision/tasks/{task_id}/void", {"version": "2", "reason": "重复立项"}, 303)
    assert "重复立项" in desk.browser.get(f"/supervision/tasks/{task_id}").text
    assert "改过的标题" not in desk.browser.get("/supervision/tasks").text
    assert "改过的标题" in desk.browser.get("/supervision/tasks?state=void").text


def test_the_list_counts_filters_and_exports(desk):
    desk.issued(**{"line-1-unit": "白石乡"})
    page = desk.as_(WU).get("/supervision/tasks")
    assert "共 1 件督办，按承办单位计 2 件" in page.text
    page = desk.browser.get("/supervision/tasks?state=to_receive&q=灌溉渠&source=instruction")
    assert "领导批示，含“灌溉渠”，待签收：共 1 件督办" in page.text
    assert "没有符合条件的督办" in desk.browser.get("/supervision/tasks?state=overdue").text
    desk.browser.get("/supervision/tasks?from=2026-13-01", 422)
    sheet = desk.browser.get("/supervision/tasks?format=xlsx")
    assert sheet.response.mimetype.endswith("sheet")
    first = openpyxl.load_workbook(io.BytesIO(sheet.data)).active
    headings = [cell.value for cell in first[1]]
    assert first[2][headings.index("期限状态")].value == "临期"
    assert "期限状态" in "".join(pages_of(desk.browser.get("/supervision/tasks.pdf").data))


def test_ticked_units_are_urged_and_the_others_told_why(desk):
    task_id = desk.issued(**{"line-1-unit": "白石乡"})
    lines = [str(desk.line(task_id, place).id) for place in (0, 1)]
    desk.step(task_id, "reminder", WU, text="请签收。")
    desk.as_(WU).post("/supervision/tasks/reminders", {"line": lines, "text": "请抓紧"}, 303)
    page = desk.browser.get("/supervision/tasks")
    assert "已催办 1 个单位。" in page.text
    assert "柳溪镇：今天已经催办过。" in page.text
    with desk.browser.app.app_context(), plain_session() as session:
        assert session.query(SupervisionStep).filter_by(verb="urge").count() == 2


def test_a_step_is_taken_back_by_who_entered_it(desk):
    task_id = desk.issued()
    desk.step(task_id, "receipt", LIN)
    with desk.browser.app.app_context(), plain_session() as session:
        step = session.query(SupervisionStep).filter_by(verb="receive").one().id
    assert "撤销这一步" not in desk.as_(WU).get(f"/supervision/tasks/{task_id}").text
    desk.step(task_id, "undo", LIN, step=str(step), text="点错了。")
    assert desk.line(task_id).state == "sent"


def test_a_figure_fills_in_a_task_and_stays_as_it_stood(desk):
    address = "/supervision/tasks/new?source=figure&code=reply_on_time&period=2026-06&unit="
    with desk.browser.app.app_context(), plain_session() as session:
        from tests.people import unit

        unit_id = unit(session, "AL21").id
    page = desk.as_(WU).get(f"{address}{unit_id}")
    assert "柳溪镇2026年6月按期答复率为—" in page.text.replace(" ", "")
    values = {k: v for k, v in TASK.items() if k not in ("source", "petition", "source_text")}
    answer = desk.browser.post(
        f"/supervision/tasks?source=figure&code=reply_on_time&period=2026-06&unit={unit_id}", values, 303
    )
    with desk.browser.app.app_context(), plain_session() as session:
        task = session.get_one(SupervisionTask, int(answer.location.rsplit("/", 1)[1]))
        assert task.source == "figure"
        assert "统计截至 2026-07-15" in task.source_text


def test_what_was_sent_back_stands_at_the_top_with_why_by_whom_and_what_to_do(desk):
    task_id = desk.issued()
    desk.step(task_id, "receipt", LIN)
    desk.step(task_id, "report", LIN, text="已进场。")
    desk.step(task_id, "return", WU, text="没有写明工期。", until="2026-07-17")
    told = "阶段反馈被退回，要重新反馈。 2026-07-15 县信访局 吴芳：没有写明工期。"
    page = desk.as_(LIN).get(f"/supervision/tasks/{task_id}")
    assert told in page.text
    assert "在 2026-07-17 以前按退回的意见重新办理“阶段反馈”" in page.text
    assert '<details class="action no-print" id="report" open>' in page.html
    assert told not in desk.as_(WU).get(f"/supervision/tasks/{task_id}").text
    front = desk.as_(LIN).get("/")
    assert "被退回 1" in front.text
    assert (
        '<a href="/supervision/tasks?state=sent_back&amp;sort=due">被退回 <span class="count count-bad">'
        in front.html
    )
    assert "共 1 件" in desk.browser.get("/supervision/tasks?state=sent_back&sort=due").text
    desk.step(task_id, "report", LIN, text="八月十日完工。")
    assert told not in desk.as_(LIN).get(f"/supervision/tasks/{task_id}").text


@pytest.mark.parametrize(
    ("noun", "member"),
    [("report", LIN), ("extension", LIN), ("result", LIN), ("return", WU), ("withdrawal", ZHENG)],
)
def test_a_step_says_with_a_star_what_it_wants(desk, noun, member):
    task_id = desk.issued()
    desk.step(task_id, "receipt", LIN)
    desk.step(task_id, "report", LIN, text="已进场。")
    page = desk.step(task_id, noun, member, 422)
    assert "请" in page.text and unstarred(page.html) == []
