"""督查 in the browser: teams, a plan, visits with problems, their mending, the report and its papers."""

import pytest

from tests import factories
from tests.documents.pdf_reading import pages_of
from tests.people import BAI, LIN, WU, ZHENG, unit

NEW = "/supervision/inspections/new"
PLAN = {
    "title": "三季度信访工作专项督查", "kind": "special", "starts_on": "2026-07-13", "ends_on": "2026-07-17",
    "lead": "副县长韩某", "purpose": "按期告知、办结、答复情况。",
}  # fmt: skip
SEEN = {
    "visited_on": "2026-07-15", "people": "吴芳", "record": "查阅登记簿，抽查十件。", "problem-0-summary": "两件超期告知",
    "problem-0-correct_by": "2026-07-31",
}  # fmt: skip


@pytest.fixture
def ids(site):
    with site.app_context(), factories.plain_session() as session:
        factories.document_register(session, "AL01", series="paper", word="安信督", mark="安澜县信访局")
        found = {code: str(unit(session, code).id) for code in ("AL01", "AL11", "AL21", "AL22", "AL2101")}
        session.commit()
    return found


@pytest.fixture
def plan(browser, ids):
    browser.sign_in(WU).post(
        "/supervision/district-teams/new",
        {"name": "第一组", "lead": "局长郑重", "from_date": "2026-01-01", "units": ids["AL21"]},
        303,
    )
    return browser.post(NEW, PLAN | {"units": [ids["AL21"], ids["AL22"]]}, 303).location


def record(browser, number=1, status=303, **changes):
    page = f"/supervision/inspection-visits/{number}"
    version = browser.sign_in(WU).get(page).field("version")
    return browser.post(page, SEEN | {"version": version} | changes, status)


def mend(browser, member, verb, text, status=303, version=None):
    browser.sign_in(member)
    given = {"version": version, "verb": verb, "text": text}
    return browser.post("/supervision/problems/1/corrections", given, status)


def test_a_plan_takes_the_team_of_each_unit(browser, plan):
    page = browser.get(plan).text
    for said in ("DC-AL01-2026-00001", "第一组", "柳溪镇", "白石乡", "未督查", "已计划"):
        assert said in page
    assert "0/2" in browser.get("/supervision/inspections").text


def test_what_is_wrong_stands_at_its_field(browser, ids):
    wrong = PLAN | {"title": "", "ends_on": "2026-07-01", "kind": "joint"}
    page = browser.sign_in(WU).post(NEW, wrong, 422).text
    for said in ("请填写督查名称", "截止日期早于起始日期", "联合督查请写明参加的单位", "请选择督查的单位"):
        assert said in page
    assert "不在督查范围" in browser.post(NEW, PLAN | {"units": ids["AL2101"]}, 422).text


def test_a_problem_is_reported_sent_back_and_struck_off(browser, plan):
    record(browser)
    page = "/supervision/inspection-visits/1"
    assert "两件超期告知" in browser.sign_in(LIN).get(page).text
    mend(browser, LIN, "report", "两件已补告知，见台账第三页。", version="1")
    assert "待复核" in browser.get(page).text
    mend(browser, WU, "return", "", 422, version="2")
    mend(browser, WU, "return", "缺第二件的送达回证。", version="2")
    mend(browser, LIN, "report", "第二件送达回证已补，见附件。", version="3")
    mend(browser, WU, "accept", "", version="4")
    assert "2026-07-15 销号" in browser.get(page).text
    assert "已经整改销号" in mend(browser, WU, "accept", "", 422, version="5").text


def test_a_report_sent_back_stands_at_the_top_for_the_unit_until_it_reports_again(browser, plan):
    record(browser)
    page = "/supervision/inspection-visits/1"
    mend(browser, LIN, "report", "两件已补告知，见台账第三页。", version="1")
    mend(browser, WU, "return", "缺第二件的送达回证。", version="2")
    told = "问题 1 报送的整改情况被退回，要重新报送。 2026-07-15 县信访局 吴芳：缺第二件的送达回证。"
    seen = browser.sign_in(LIN).get(page).text
    assert told in seen
    assert "重新“报送整改情况”；整改期限仍是 2026-07-31。" in seen
    assert told not in browser.sign_in(WU).get(page).text
    mend(browser, LIN, "report", "第二件送达回证已补，见附件。", version="3")
    assert told not in browser.get(page).text


def test_a_problem_needs_a_day_to_be_mended_by(browser, plan):
    page = record(browser, status=422, **{"problem-0-correct_by": ""})
    assert "请定整改期限" in page.text
    assert page.field("problem-0-summary") == "两件超期告知"


def test_the_round_is_reported_when_every_unit_was_seen(browser, plan):
    record(browser)
    given = {"version": browser.get(plan).field("version"), "summary": "总体较好。"}
    assert "还有 1 个单位没有登记督查情况" in browser.post(f"{plan}/report", given, 422).text
    record(browser, 2, **{"problem-0-summary": "", "problem-0-correct_by": ""})
    given["version"] = browser.get(plan).field("version")
    browser.post(f"{plan}/report", given, 303)
    page = browser.get(plan).text
    assert "总体较好。" in page
    assert "没有发现问题" in page


def test_each_unit_gets_its_own_feedback(browser, plan):
    record(browser)
    address = "/papers/new?kind=inspection_feedback&subject=1"
    form = browser.sign_in(WU).get(address)
    words = {name: form.field(name) for name in ("title", "addressee", "source")}
    assert words["addressee"] == "柳溪镇人民政府"
    assert "1.两件超期告知。请于2026年7月31日前整改。" in words["source"]
    paper = browser.post(address, words, 303).location
    seen = browser.sign_in(ZHENG).get(f"{paper}/issue")
    browser.post(
        f"{paper}/issue", {"version": seen.field("version"), "seen": seen.field("seen"), "seal": "0"}, 303
    )
    assert "安信督〔2026〕1号" in browser.sign_in(LIN).get("/supervision/inspection-visits/1").text
    browser.sign_in(BAI).get(f"{paper}.pdf", 404)


def test_a_unit_reads_the_plan_and_what_was_found_at_itself(browser, plan):
    record(browser)
    page = browser.sign_in(BAI).get(plan).text
    assert "白石乡" in page
    assert "两件超期告知" not in page
    browser.get("/supervision/inspection-visits/1", 404)
    browser.get("/supervision/inspection-visits/2", 200)


def test_printed_lists(browser, plan):
    record(browser)
    words = "".join(pages_of(browser.get(f"{plan}.pdf").data)).replace("\n", "")
    assert "督查问题清单" in words
    assert "两件超期告知" in words
    assert browser.get("/supervision/inspections?format=xlsx").data[:2] == b"PK"


def test_a_team_ends_and_is_changed_over_nobody(browser, plan, ids):
    team = "/supervision/district-teams/1"
    form = browser.sign_in(WU).get(team)
    given = {
        "version": form.field("version"), "name": "第一组", "from_date": "2026-01-01", "to_date": "2026-06-30",
        "units": ids["AL21"],
    }  # fmt: skip
    browser.post(team, given, 303)
    assert "刚被别人修改过" in browser.post(team, given, 422).text
    assert "第一组" not in browser.get(NEW).text
