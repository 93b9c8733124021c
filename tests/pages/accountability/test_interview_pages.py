"""约谈 in the browser: registered on a ground, its notice issued, its demands met, sent back and struck off."""

from datetime import date

import pytest
from sqlalchemy import select

from models.interview import Interview
from tests import factories, interviews
from tests.documents.pdf_reading import pages_of
from tests.people import BAI, CHEN, HAN, LIN, WU, ZHAO, ZHENG, unit

NEW = "/supervision/interviews/new"
TYPED = {
    "interviewed_on": "2026-07-20", "starts_at": "09:30", "persons": "2", "posts": "镇长、分管副镇长", "host": "局长郑重",
    "place": "县信访局三楼会议室", "ground": "not_concluded", "reason": "上河村断水一事超过六十日未办结。",
    "demands": "十五日内办结。", "correct_by": "2026-08-05",
}  # fmt: skip


@pytest.fixture
def county(site):
    with site.app_context(), factories.plain_session() as session:
        factories.document_register(session, "AL01", series="paper", word="安信督", mark="安澜县信访局")
        ids = {code: str(unit(session, code).id) for code in ("AL01", "AL21", "AL22", "AL2101")}
        session.commit()
    return ids


def register(browser, county, member=WU, **changes):
    given = TYPED | {"unit": county["AL21"]} | changes
    return browser.sign_in(member).post(NEW, given, 303).location


@pytest.fixture
def kept(site):
    with site.app_context(), factories.plain_session() as session:
        row = interviews.interview(session)
        session.commit()
        return f"/supervision/interviews/{row.id}"


def note(browser, member, page, verb, text, status=303):
    version = browser.sign_in(member).get(page).field("version")
    return browser.post(
        f"{page}/corrections",
        {"version": version, "verb": verb, "text": text, "evidence": "镇信访办 3 号卷"},
        status,
    )


def test_an_interview_is_registered_and_listed(browser, county):
    page = browser.sign_in(WU).get(register(browser, county))
    for said in (
        "YT-AL01-2026-00001",
        "柳溪镇",
        "2026-07-20 星期一 09:30",
        "镇长、分管副镇长，共 2 人",
        "未按期办结",
        "2026-08-05",
    ):
        assert said in page.text
    row = browser.get("/supervision/interviews").text
    assert "YT-AL01-2026-00001" in row
    assert "上河村断水一事" in row
    assert "2026-07-20 09:30" in row


def test_every_field_says_what_belongs_there(browser, county):
    page = browser.sign_in(WU).get(NEW)
    for name in ("unit", "interviewed_on", "persons", "ground", "posts", "host", "starts_at", "place", "reason", "demands",
                 "correct_by", "petition", "task"):  # fmt: skip
        assert f'id="{name}-hint"' in page.html, name


def test_without_an_hour_the_notice_asks_for_it_and_is_not_issued(browser, county):
    register(browser, county, starts_at="")
    draft = browser.sign_in(WU).get("/papers/new?kind=interview_notice&subject=1")
    assert "2026年7月20日（星期一）〔请填写几时几分〕，县信访局三楼会议室。" in draft.field("source")
    assert "上午" not in browser.get("/papers/new?kind=interview_record&subject=1").field("source")


def test_an_hour_that_is_none_is_said_at_its_field(browser, county):
    page = browser.sign_in(WU).post(NEW, TYPED | {"unit": county["AL21"], "starts_at": "25:00"}, 422)
    assert "时间写法不对" in page.text


def test_after_registering_the_next_step_is_said(browser, county):
    said = _next(browser.sign_in(WU).get(register(browser, county)))
    assert "起草约谈通知书" in said
    assert "起草约谈纪要" not in said


def test_one_that_was_held_asks_for_what_was_demanded_and_for_its_record(browser, county):
    held = register(browser, county, interviewed_on="2026-07-14", demands="", correct_by="")
    said = _next(browser.sign_in(WU).get(held))
    for step in ("补记整改要求", "起草约谈纪要"):
        assert step in said
    assert "起草约谈通知书" not in said


def _next(page):
    return page.text[page.text.index("下一步") : page.text.rindex("公函")]


def test_a_report_that_came_on_paper_is_entered_for_the_unit_and_says_by_whom(browser, kept):
    page = browser.sign_in(WU).get(kept)
    assert "等待柳溪镇在 2026-07-31 前报送整改情况" in page.text
    assert "代为录入整改情况" in page.text
    sent = {"version": page.field("version"), "verb": "report", "text": "渠道已清淤，供水恢复。",
            "evidence": "镇信访办 3 号卷", "on": "2026-07-13"}  # fmt: skip
    browser.post(f"{kept}/corrections", sent, 303)
    page = browser.sign_in(LIN).get(kept).text
    assert "由县信访局吴芳代为录入" in page
    assert "2026-07-13 报送整改情况" in page


def test_the_unit_itself_reports_without_a_day_of_its_own(browser, kept):
    page = browser.sign_in(LIN).get(kept)
    assert "代为录入" not in page.text
    assert 'name="on"' not in page.html


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(browser, county):
    wrong = TYPED | {"unit": county["AL01"], "ground": "", "persons": "0", "correct_by": "2026-07-01"}
    page = browser.sign_in(WU).post(NEW, wrong, 422)
    for said in (
        "请选择约谈的依据",
        "不能约谈本单位",
        "约谈人数应在 1 至 999 之间",
        "整改期限不能早于约谈日期",
    ):
        assert said in page.text
    assert page.field("reason") == TYPED["reason"]


def test_the_chain_from_notice_to_the_end(browser, county):
    page = register(browser, county)
    draft = browser.sign_in(WU).get("/papers/new?kind=interview_notice&subject=1")
    words = {name: draft.field(name) for name in ("title", "addressee", "source")}
    paper = browser.post("/papers/new?kind=interview_notice&subject=1", words, 303).location
    assert "草稿" in "".join(pages_of(browser.get(f"{paper}.pdf").data))
    form = browser.sign_in(ZHENG).get(f"{paper}/issue")
    given = {"version": form.field("version"), "seen": form.field("seen"), "seal": "0"}
    browser.post(f"{paper}/issue", given, 303)
    assert "安信督〔2026〕1号" in browser.get(page).text
    printed = "".join(pages_of(browser.sign_in(LIN).get(f"{paper}.pdf").data))
    for said in ("安信督〔2026〕1号", "关于约谈柳溪镇的通知", "2026年7月20日（星期一）上午9时30分"):
        assert said in printed
    note(browser, LIN, page, "report", "渠道已清淤，供水恢复，见镇水利站台账。")
    note(browser, WU, page, "return", "没有查明逾期原因。")
    note(browser, LIN, page, "report", "已查明：经办人调离后没有移交，现已补办。")
    note(browser, WU, page, "accept", "")
    ended = browser.get(page).text
    assert "按期完成" in ended
    for said in ("没有查明逾期原因。", "现已补办。", "整改销号"):
        assert said in ended


def test_a_report_sent_back_stands_at_the_top_for_the_unit_until_it_reports_again(browser, kept):
    note(browser, LIN, kept, "report", "渠道已清淤，供水恢复。")
    note(browser, WU, kept, "return", "没有查明逾期原因。")
    told = "报送的整改情况被退回，要重新报送。 2026-07-15 县信访局 吴芳：没有查明逾期原因。"
    seen = browser.sign_in(LIN).get(kept).text
    assert told in seen
    assert "重新“报送整改情况”；整改期限仍是 2026-07-31。" in seen
    assert told not in browser.sign_in(WU).get(kept).text
    note(browser, LIN, kept, "report", "已查明：经办人调离后没有移交。")
    assert told not in browser.get(kept).text


def test_the_unit_does_not_judge_itself_nor_change_the_register(browser, kept):
    assert "复核" in note(browser, LIN, kept, "accept", "", 422).text
    browser.sign_in(LIN).get(f"{kept}/correction", 403)
    browser.sign_in(ZHAO).get(f"{kept}/correction", 200)
    version = browser.get(kept).field("version")
    typed = TYPED | {"version": version, "why": "改一改"}
    assert "由约谈单位更正" in browser.post(f"{kept}/correction", typed, 422).text


def test_other_townships_and_villages_do_not_see_it(browser, kept):
    browser.sign_in(BAI).get(kept, 404)
    assert "YT-AL01" not in browser.get("/supervision/interviews").text
    browser.sign_in(CHEN).get(kept, 403)
    assert "YT-AL01" in browser.sign_in(HAN).get("/supervision/interviews").text


def test_corrected_with_its_reason_and_kept_in_the_history(browser, kept):
    form = browser.sign_in(WU).get(f"{kept}/correction")
    assert form.field("starts_at") == "09:30"
    typed = TYPED | {
        "version": form.field("version"),
        "why": "补记参加人员",
        "persons": "3",
        "starts_at": "14:00",
    }
    browser.post(f"{kept}/correction", typed, 303)
    changed = browser.get(kept).text
    assert "补记参加人员" in changed
    assert "开始时间" in changed
    stale = browser.post(f"{kept}/correction", typed, 422)
    assert "刚被别人修改过" in stale.text
    assert "下面是别人刚做的改动" in stale.text
    assert stale.field("version") == "2"


def test_a_form_refused_for_another_reason_does_not_pass_over_what_was_saved_meanwhile(browser, kept):
    form = browser.sign_in(WU).get(f"{kept}/correction")
    typed = TYPED | {"version": form.field("version")}
    browser.post(f"{kept}/correction", typed | {"why": "补记地点", "place": "县信访局五楼会议室"}, 303)
    without_reason = browser.post(f"{kept}/correction", typed | {"why": ""}, 422)
    assert without_reason.field("version") == typed["version"]
    assert "刚被别人修改过" in browser.post(f"{kept}/correction", typed | {"why": "补记主持人"}, 422).text


def test_void_with_its_reason(browser, kept, site):
    version = browser.sign_in(WU).get(kept).field("version")
    browser.post(f"{kept}/void", {"version": version, "reason": "重复登记"}, 303)
    assert "重复登记" in browser.get(kept).text
    assert "共 0 条" in browser.get("/supervision/interviews").text
    with site.app_context(), factories.plain_session() as session:
        assert session.scalars(select(Interview)).one().void_reason == "重复登记"


def test_the_list_as_sheet_and_as_printed_register(browser, kept):
    browser.sign_in(LIN)
    assert browser.get("/supervision/interviews?format=xlsx").data[:2] == b"PK"
    assert "YT-AL01-2026-00001" in "".join(pages_of(browser.get("/supervision/interviews.pdf").data)).replace(
        "\n", ""
    )


def test_one_that_rests_on_a_sealed_accusation_is_hidden_with_it(browser, site, kept):
    with site.app_context(), factories.plain_session() as session:
        petition = factories.petition(session, purpose="accusation", sealed=True)
        session.scalars(select(Interview)).one().petition_id = petition.id
        session.commit()
    for member in (LIN, WU, HAN):
        browser.sign_in(member).get(kept, 404)
        assert "YT-AL01" not in browser.get("/supervision/interviews").text


def test_the_list_costs_the_same_for_one_row_and_for_thirty(browser, site, kept, count_statements):
    browser.sign_in(WU).get("/supervision/interviews")
    with count_statements(site) as few:
        browser.get("/supervision/interviews")
    with site.app_context(), factories.plain_session() as session:
        for number in range(2, 31):
            interviews.interview(session, number=f"YT-AL01-2026-{number:05d}")
        session.commit()
    with count_statements(site) as many:
        browser.get("/supervision/interviews")
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("values", "word", "state"),
    [
        ({"correct_by": date(2026, 7, 14)}, "超期未整改", "overdue"),
        ({"correct_by": date(2026, 7, 31)}, "待整改", "open"),
        ({"corrected_on": date(2026, 7, 14)}, "已整改", "done"),
        ({"demands": "", "correct_by": None}, "没有整改要求", "plain"),
    ],
)
def test_a_row_says_its_state_in_the_words_of_the_filter(browser, site, values, word, state):
    with site.app_context(), factories.plain_session() as session:
        interviews.interview(session, **values)
        session.commit()
    browser.sign_in(WU)
    for address in ("/supervision/interviews", f"/supervision/interviews?state={state}"):
        page = browser.get(address)
        assert f'<td class="nowrap">{word}</td>' in page.html
        assert f">{word}</option>" in page.html
