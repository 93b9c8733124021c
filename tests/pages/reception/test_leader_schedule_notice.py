"""公示: the notice on screen, as a file for the wall, as a draft among the bulletins."""

from datetime import date

import pytest
from sqlalchemy import select

from models.bulletin import Bulletin
from tests import factories, people
from tests.documents.pdf_reading import pages_of, sizes_of
from tests.schedules import DAYS, planned, unit_id

NOTICE = f"{DAYS}/notice"


@pytest.fixture
def august(browser):
    planned(browser, day=date(2026, 8, 5))
    planned(browser, day=date(2026, 8, 12), leader_name="李副县长", portfolio="分管教育工作", mode="outreach")
    return browser.sign_in(people.WU)


def words(browser, office="AL", **changes):
    return {
        "unit": unit_id(browser, office),
        "month": "2026-08",
        "title": "关于安澜县2026年8月领导干部接访安排的公示",
        "intro": "根据《信访工作条例》第十八条规定，现公示如下。",
        "closing": "遇节假日顺延。",
        "telephone": "0379-6000002",
        "day": "2026-07-25",
    } | changes


def bulletins(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(Bulletin)).all()


def test_it_begins_with_words_that_will_do(august):
    page = august.get(f"{NOTICE}?month=2026-08")
    assert page.field("title") == "关于安澜县2026年8月领导干部接访安排的公示"
    assert "《信访工作条例》第十八条" in page.field("intro")
    assert page.field("day") == "2026-07-15"
    assert (
        "8月5日 星期三 9:00—11:30 韩副县长 副县长 分管城乡建设工作 县信访局领导接访室 0379-6000001"
        in page.text
    )
    assert "县信访局领导接访室（下沉接访）" in page.text
    assert "安澜县信访局 2026年7月15日" in page.text.replace("安澜县信访局2026", "安澜县信访局 2026")


def test_what_is_typed_is_shown_before_anything_is_made(august):
    page = august.post(NOTICE, words(august, intro="改过的正文。"), status=200)
    assert "改过的正文。" in page.text and "监督电话：0379-6000002。" in page.text
    assert bulletins(august) == []


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_file_for_the_wall_is_marked_as_a_draft(august, form):
    answer = august.post(NOTICE, words(august, form=form), status=200)
    assert f"{form}" in answer.response.headers["Content-Disposition"]
    if form == "pdf":
        text = "".join(pages_of(answer.data))
        for piece in ("草稿", "领导干部接访安排的公示", "韩副县长", "李副县长", "监督电话", "2026年7月25日"):
            assert piece in text
        assert sizes_of(answer.data) == {(210, 297)}
    else:
        assert answer.data.startswith(b"PK")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "", "请填写标题"),
        ("title", "长" * 121, "最多 120 个字"),
        ("intro", "", "请填写正文"),
        ("intro", "长" * 601, "最多 600 个字"),
        ("intro", "见〔来访批次吗〕。", "没有“来访批次吗”这项指标"),
        ("intro", "这是绝密文件。机密★1年", "秘"),
        ("telephone", "1" * 41, "最多 40 个字"),
        ("day", "", "请填写落款日期"),
        ("day", "明天", "日期写法不对"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(august, field, value, says):
    for address in (NOTICE, f"{NOTICE}/bulletin"):
        page = august.post(address, words(august, form="pdf", **{field: value}), status=422)
        assert says in page.text
        assert page.field("closing") == "遇节假日顺延。"
    assert bulletins(august) == []


def test_a_month_without_days_is_not_published(browser):
    browser.sign_in(people.WU)
    assert "还没有接访安排" in browser.get(f"{NOTICE}?month=2026-08").text
    for address in (NOTICE, f"{NOTICE}/bulletin"):
        assert (
            "还没有接访安排，不能公示" in browser.post(address, words(browser, form="pdf"), status=422).text
        )


def test_as_a_bulletin_it_is_a_draft_that_quotes_the_table(august):
    answer = august.post(f"{NOTICE}/bulletin", words(august, submission_key="once"))
    (row,) = bulletins(august)
    assert (row.kind, row.format, row.state, row.period) == ("notice", "notice", "draft", "2026-08")
    assert row.source.splitlines()[1] == "〔表：领导接访安排〕"
    page = august.get(answer.location)
    assert "公示公告" in page.text and "李副县长" in page.text
    assert august.post(f"{NOTICE}/bulletin", words(august, submission_key="once")).location == answer.location
    assert "这个月已有公示" in august.get(f"{NOTICE}?month=2026-08").text


def test_a_township_publishes_its_own_days_only(browser):
    planned(browser, "AL21", day=date(2026, 8, 7), leader_name="赵立")
    planned(browser, day=date(2026, 8, 5))
    browser.sign_in(people.LIN)
    page = browser.get(f"{NOTICE}?month=2026-08")
    assert "赵立" in page.text and "韩副县长" not in page.text
    browser.get(f"{NOTICE}?month=2026-08&unit={unit_id(browser)}", status=404)
    browser.post(f"{NOTICE}/bulletin", words(browser), status=404)


def test_the_front_of_the_month_leads_to_it(august):
    assert f"{NOTICE}?unit={unit_id(august)}&amp;month=2026-08" in august.get(f"{DAYS}?month=2026-08").html
