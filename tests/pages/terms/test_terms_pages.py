"""工作日历和时限: what is known, putting a change forward, its effects, applying it, and who sees what."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from actions.petition_deadlines import settle_deadlines
from models.deadline import CalendarYear, Deadline, TimeLimitRow
from tests import factories
from tests.holidays import year_2027
from tests.people import CHEN, HAN, HE, LIN, QIAN, SUN, TODAY, WU, ZHAO, ZHENG

MISSING = "2027年的放假通知还没有录入"
LIMIT = {
    "key": "xfbm_dispatch",
    "days": "5",
    "unit": "working_day",
    "valid_from": "2026-08-01",
    "basis": "安信联办〔2026〕3号",
}


@pytest.fixture
def county(site):
    with site.app_context(), factories.plain_session() as session:
        sent = {
            "responsible": "AL21",
            "registered_on": date(2026, 12, 20),
            "dispatched_on": date(2026, 12, 25),
            "unit_received_on": date(2026, 12, 28),
            "stage": "received",
        }
        waiting = factories.petition(session, number="XF-1", **sent)
        sealed = factories.petition(session, number="XF-2", sealed=True, **sent)
        for petition in (waiting, sealed, factories.petition(session, registered_on=date(2026, 8, 3))):
            settle_deadlines(session, petition, TODAY)
        session.commit()


def upload(browser, content, status=303):
    content = content if isinstance(content, bytes) else content.encode()
    return browser.post("/terms/years", {"file": (io.BytesIO(content), "2027.csv")}, status)


def stored(site, model):
    with site.app_context(), factories.plain_session() as session:
        return session.scalar(select(func.count()).select_from(model))


def objection_days(site):
    with site.app_context(), factories.plain_session() as session:
        return [
            str(day) for day in session.scalars(select(Deadline.due_on).where(Deadline.key == "objection"))
        ]


def apply_shown(browser):
    page = browser.get("/terms/proposal")
    digest = page.html.split('name="proposal" value="')[1].split('"')[0]
    return browser.post("/terms/proposal/application", {"proposal": digest})


@pytest.mark.parametrize("member", [LIN, ZHAO, HAN], ids=lambda m: m.username)
def test_who_only_reads_sees_years_and_limits_without_a_form(browser, county, member):
    page = browser.sign_in(member).get("/terms")
    assert MISSING in page.text
    assert "国办发明电〔2025〕7号" in page.text
    assert "信访部门转送交办 15 日 法定" in page.text
    assert "上传并看影响" not in page.text
    browser.post("/terms/limits", LIMIT, 403)


@pytest.mark.parametrize("member", [CHEN, QIAN, HE], ids=lambda m: m.username)
def test_others_have_no_door(browser, county, member):
    browser.sign_in(member).get("/terms", 403)


def test_days_off_and_days_worked_instead_stand_together(browser, county):
    page = browser.sign_in(WU).get("/terms")
    assert "国庆节：10 月 1 日至 7 日；上班" in page.text


def test_a_file_is_put_forward_shown_and_then_applied(browser, site, county):
    browser.sign_in(WU)
    assert upload(browser, year_2027()).location.endswith("/terms/proposal")
    page = browser.get("/terms/proposal")
    assert "2027 年：国办发明电〔2026〕99号，放假 23 天，调休上班 1 天。" in page.text
    assert "将重算 4 个没办结的期限：到期日提前 0 个，推后 2 个" in page.text
    assert "XF-1 柳溪镇 提出异议 2026-12-28 2027-01-04 暂定 2027-01-05 2027-01-05" in page.text
    assert "XF-2" not in page.text
    assert "另有 2 个属于您无权查看的事项" in page.text
    assert (stored(site, CalendarYear), objection_days(site)) == (0, ["2027-01-04"] * 2)
    apply_shown(browser)
    page = browser.get("/terms")
    assert "已录入。重算了 4 个未办结的期限，其中提前 0 个" in page.text
    assert MISSING not in page.text
    assert "本单位录入（第 1 次）" in page.text
    assert objection_days(site) == ["2027-01-05"] * 2


def test_the_same_file_again_says_that_nothing_changes(browser, county):
    browser.sign_in(ZHENG)
    upload(browser, year_2027())
    apply_shown(browser)
    assert "与现在用的完全一样，没有要改的" in upload(browser, year_2027(), 422).text


def test_a_file_saved_by_a_spreadsheet_program_in_gbk_is_read(browser, county):
    browser.sign_in(ZHENG)
    upload(browser, year_2027().encode("gbk"))
    assert "国办发明电〔2026〕99号" in browser.get("/terms/proposal").text


def test_errors_are_told_at_their_lines_and_nothing_is_kept(browser, site, county):
    browser.sign_in(SUN)
    text = year_2027().replace("2027-04-05,休", "2027-04-31,休").replace("2027-06-09,休", "2027-06-09,假")
    page = upload(browser, text, 422)
    assert "第12行：日期“2027-04-31”不存在或写法不对" in page.text
    assert "第16行：类别“假”不对" in page.text
    assert "文件有 2 处错误，什么都没有录入" in page.text
    browser.get("/terms/proposal", 303)
    assert "没有待录入的安排" in browser.get("/terms").text
    assert stored(site, CalendarYear) == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\xff\xff\x00\xfe", "文件读不懂"), (b"a" * 61_441, "文件太大"), (b"", "第1行应是这五个表头")],
)
def test_what_is_no_such_file_is_refused(browser, county, content, message):
    assert message in upload(browser.sign_in(SUN), content, 422).text


def test_the_system_administrator_sees_counts_and_no_petitions(browser, county):
    browser.sign_in(SUN)
    upload(browser, year_2027())
    page = browser.get("/terms/proposal")
    assert "提出异议 柳溪镇 2 0 2" in page.text
    assert "XF-1" not in page.text
    browser.get("/terms/proposal/moves.xlsx", 403)
    apply_shown(browser)


def test_the_list_is_had_as_a_sheet(browser, county):
    browser.sign_in(ZHENG)
    upload(browser, year_2027())
    answer = browser.get("/terms/proposal/moves.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.response.data)).active.iter_rows(values_only=True))
    assert rows[1][0] == "将变动的期限 2 个，尚未录入"
    assert rows[3][:3] == ("XF-1", "柳溪镇", "提出异议")


def test_the_next_year_has_a_blank_sheet_and_a_known_year_its_own(browser, county):
    browser.sign_in(ZHENG)
    blank = browser.get("/terms/years/2027.csv").response.data.decode("utf-8-sig")
    assert blank.splitlines()[1] == "2027,,2027-01-01,休,元旦"
    known = browser.get("/terms/years/2026.csv").response.data.decode("utf-8-sig")
    assert "2026,国办发明电〔2025〕7号,2026-01-01,休,元旦" in known
    browser.get("/terms/years/1999.csv", 404)


def test_a_limit_of_the_office_is_shown_applied_and_retired(browser, site, county):
    browser.sign_in(ZHENG)
    browser.post("/terms/limits", LIMIT)
    page = browser.get("/terms/proposal")
    assert (
        "“信访部门转送交办”从 2026-08-01 起算的，改为 5 个工作日（本地要求，依据：安信联办〔2026〕3号）。"
        in page.text
    )
    assert "县信访局 转送交办 2026-08-03 2026-08-18 2026-08-10 提前" in page.text
    apply_shown(browser)
    assert "2026-08-01 5 个工作日 安信联办〔2026〕3号" in browser.get("/terms").text
    with site.app_context(), factories.plain_session() as session:
        limit_id = session.scalars(select(TimeLimitRow.id)).one()
    assert "请写明理由" in browser.post(f"/terms/limits/{limit_id}/retirement", {}, 422).text
    browser.post(f"/terms/limits/{limit_id}/retirement", {"reason": "文件已废止"})
    assert (
        "停用“信访部门转送交办”从 2026-08-01 起 5 个工作日的本地要求（理由：文件已废止）"
        in browser.get("/terms/proposal").text
    )
    apply_shown(browser)
    assert "停用" in browser.get("/terms").text
    browser.post(f"/terms/limits/{limit_id}/retirement", {"reason": "再来一次"}, 404)


def test_a_looser_limit_is_refused_at_its_field_with_what_was_typed(browser, county):
    page = browser.sign_in(ZHENG).post("/terms/limits", LIMIT | {"days": "6"}, 422)
    assert "应在 1 至 5 个工作日之间" in page.text
    assert "安信联办〔2026〕3号" in page.html


def test_what_was_shown_is_what_is_applied(browser, site, county):
    """Another window put something else forward meanwhile."""
    browser.sign_in(ZHENG)
    upload(browser, year_2027())
    digest = browser.get("/terms/proposal").html.split('name="proposal" value="')[1].split('"')[0]
    browser.post("/terms/limits", LIMIT)
    answer = browser.post("/terms/proposal/application", {"proposal": digest})
    assert answer.location.endswith("/terms/proposal")
    assert "待录入的安排已经换了" in browser.get("/terms/proposal").text
    assert (stored(site, CalendarYear), stored(site, TimeLimitRow)) == (0, 0)


def test_applying_twice_applies_once(browser, site, county):
    browser.sign_in(ZHENG)
    browser.post("/terms/limits", LIMIT)
    digest = browser.get("/terms/proposal").html.split('name="proposal" value="')[1].split('"')[0]
    for _ in range(2):
        browser.post("/terms/proposal/application", {"proposal": digest})
    assert stored(site, TimeLimitRow) == 1
    assert "没有待录入的安排" in browser.get("/terms").text


def test_a_dropped_proposal_is_gone(browser, site, county):
    browser.sign_in(ZHENG)
    upload(browser, year_2027())
    assert "您有一份安排还没有录入" in browser.get("/terms").text
    browser.post("/terms/proposal/dropping")
    page = browser.get("/terms")
    assert "已放弃，什么都没有改" in page.text
    assert "您有一份安排还没有录入" not in page.text
    assert stored(site, CalendarYear) == 0


def test_the_preview_costs_few_statements_whatever_it_lists(browser, site, county, count_statements):
    browser.sign_in(ZHENG)
    upload(browser, year_2027())
    with count_statements(site) as statements:
        browser.get("/terms/proposal")
    assert len(statements) <= 14
