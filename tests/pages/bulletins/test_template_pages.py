"""通报模板 on screen: shipped ones to read, own ones to write, problems by line."""

import pytest

from models.bulletin import BulletinTemplate
from tests import factories, people

GOOD = {
    "kind": "daily",
    "name": "日通报（简版）",
    "title": "关于〔期间〕信访接待工作情况的通报",
    "addressees": "各村（社区）",
    "copies_to": "",
    "source": "〔期间〕，接待〔接待来访批次〕批。\r\n〔表：处理结果〕",
}
WRONG = "好的一行。\r\n一共〔接待来访次数〕批。\r\n见〔表：处理结果〕。\r\n〔没写完"


def add(browser, status=303, **values):
    return browser.post("/bulletins/templates", GOOD | values, status=status)


def count(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.query(BulletinTemplate).count()


@pytest.mark.parametrize(
    "member", [people.LIN, people.ZHAO, people.WU, people.ZHENG], ids=lambda m: m.username
)
def test_who_drafts_reads_the_shipped_ones(browser, member):
    page = browser.sign_in(member).get("/bulletins/templates")
    for label in ("日通报", "周汇总", "月站队", "季讲评", "年度总结"):
        assert label in page.text
    shown = browser.get("/bulletins/templates/shipped/monthly")
    assert "〔接待来访批次：同比〕" in shown.text
    assert shown.all("textarea") == []
    browser.get("/bulletins/templates/shipped/nothing", status=404)


@pytest.mark.parametrize("member", [people.CHEN, people.HAN, people.SUN, people.HE], ids=lambda m: m.username)
def test_who_does_not_draft_is_turned_away(browser, member):
    browser.sign_in(member).get("/bulletins/templates", status=403)


def test_a_shipped_one_is_copied_changed_and_used(browser):
    form = browser.sign_in(people.LIN).get("/bulletins/templates/new?from=daily")
    names = ("kind", "name", "title", "addressees", "copies_to", "source", "submission_key")
    copied = {name: form.field(name) for name in names}
    assert copied["kind"] == "daily" and "〔接待来访批次〕" in copied["source"]
    browser.post("/bulletins/templates", copied | {"name": "日通报（柳溪）"})
    listed = browser.get("/bulletins/templates")
    assert "日通报 日通报（柳溪）" in listed.text and "林秀" in listed.text
    assert "日通报（柳溪）" in browser.get("/bulletins/new").text
    assert browser.get("/bulletins/templates/new?from=1").field("name") == "日通报（柳溪）（副本）"
    assert browser.get("/bulletins/templates/new?from=99").field("source") == ""


def test_every_shipped_one_may_be_kept_as_it_is(browser):
    browser.sign_in(people.LIN)
    for kind in ("daily", "weekly", "monthly", "quarterly", "annual"):
        form = browser.get(f"/bulletins/templates/new?from={kind}")
        names = ("kind", "name", "title", "addressees", "copies_to", "source")
        browser.post("/bulletins/templates", {name: form.field(name) for name in names})
    assert count(browser) == 5


def test_the_editor_offers_what_may_be_put_in(browser):
    page = browser.sign_in(people.LIN).get("/bulletins/templates/new")
    offered = {b.get("data-insert") for b in page.all("button")}
    assert {
        "〔期间〕",
        "〔接待来访批次〕",
        "〔接待来访批次：同比〕",
        "〔表：处理结果〕",
        "〔图：内容分类〕",
    } <= offered
    assert "〔接待来访批次〕" in {c.text for c in page.all("code")}


def test_problems_are_told_by_line_and_nothing_typed_is_lost(browser):
    page = add(browser.sign_in(people.LIN), status=422, source=WRONG, name="我的模板")
    assert "正文有 3 处要改" in page.text
    for line, word in ((2, "没有“接待来访次数”这项指标"), (3, "表和图要单独占一行"), (4, "没有对应的〕")):
        assert f"第{line}行" in page.text and word in page.text
    assert page.field("source") == WRONG.replace("\r\n", "\n")
    assert page.field("name") == "我的模板"
    assert count(browser) == 0


def test_checking_alone_saves_nothing(browser):
    browser.sign_in(people.LIN)
    page = browser.post("/bulletins/templates", GOOD | {"then": "check"}, status=200)
    assert "正文没有发现问题，还没有保存。" in page.text
    assert "第2行" in add(browser, status=422, then="check", source=WRONG).text
    add(browser)
    browser.post(
        "/bulletins/templates/1", GOOD | {"version": "1", "then": "check", "source": "别的。"}, status=200
    )
    assert "接待" in browser.get("/bulletins/templates/1").field("source")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": ""}, "请填写模板名称。"),
        ({"title": "关于〔接待来访批次〕批来访"}, "只能用〔期间〕、〔单位〕等文字"),
        ({"source": ""}, "请填写正文。"),
        ({"kind": "hourly"}, "种类"),
    ],
)
def test_what_is_refused_is_said_at_its_field(browser, values, message):
    assert message in add(browser.sign_in(people.LIN), status=422, **values).text
    assert count(browser) == 0


def test_the_same_form_twice_keeps_one(browser):
    key = browser.sign_in(people.LIN).get("/bulletins/templates/new").field("submission_key")
    for _ in range(2):
        add(browser, submission_key=key)
    assert count(browser) == 1


def test_who_was_overtaken_sees_the_other_text_and_may_save_again(browser):
    add(browser.sign_in(people.LIN))
    browser.post("/bulletins/templates/1", GOOD | {"version": "1", "source": "先存的。"})
    late = GOOD | {"version": "1", "source": "后存的。"}
    page = browser.post("/bulletins/templates/1", late, status=422)
    assert "刚被别人修改过" in page.text and "先存的。" in page.text
    assert page.field("source") == "后存的。"
    browser.post("/bulletins/templates/1", late | {"version": page.field("version")})
    assert browser.get("/bulletins/templates/1").field("source") == "后存的。"


def test_a_retired_one_is_listed_no_more(browser):
    add(browser.sign_in(people.LIN))
    wanting = browser.post("/bulletins/templates/1/retirement", {"version": "1", "reason": ""}, status=422)
    assert "请写明理由。" in wanting.text
    browser.post("/bulletins/templates/1/retirement", {"version": "1", "reason": "不再使用"})
    assert "本单位还没有自己的模板" in browser.get("/bulletins/templates").text
    browser.get("/bulletins/templates/1", status=404)


def test_another_office_sees_nothing_of_it(browser):
    add(browser.sign_in(people.LIN))
    browser.sign_in(people.BAI)
    assert "日通报（简版）" not in browser.get("/bulletins/templates").text
    browser.get("/bulletins/templates/1", status=404)
    browser.post("/bulletins/templates/1", GOOD | {"version": "1"}, status=404)
    assert browser.get("/bulletins/templates/new?from=1").field("source") == ""


def test_many_templates_are_listed_with_few_statements(browser, count_statements):
    with browser.app.app_context(), factories.plain_session() as session, session.begin():
        for number in range(20):
            factories.bulletin_template(session, "AL21", name=f"模板{number}")
    browser.sign_in(people.LIN)
    with count_statements(browser.app) as statements:
        assert "模板19" in browser.get("/bulletins/templates").text
    assert len(statements) <= 5
