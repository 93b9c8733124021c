"""What the pages of a bulletin refuse: at its field, with 422, and nothing typed lost."""

import pytest

from tests import factories
from tests.people import HAN, LIN, WU, ZHAO, ZHENG


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "请填写标题。"),
        ({"title": "机密★3年 关于接访情况的通报"}, "本系统不得存储、处理国家秘密"),
        ({"source": "绝密\n正文。"}, "本系统不得存储、处理国家秘密"),
        ({"copies_to": "本件为机密级"}, "本系统不得存储、处理国家秘密"),
        ({"source": "字" * 2001}, "第1行太长，一段最多 2000 个字。"),
        ({"source": "〔表：处理结果〕\n" * 41}, "一份通报最多放 40 个表和图。"),
        ({"period": "2026-07"}, "日通报的期间写法不对，应为一天"),
        ({"period": "昨天"}, "看不懂期间"),
        ({"period": "2026-07-16"}, "2026年7月16日还没有开始"),
        ({"title": "关于〔期间〕接访的通报"}, "印发时不会替换"),
        ({"recipients": ["999999"]}, "不在本单位范围内"),
        ({"format": "telegram"}, "请选择公文格式。"),
        ({"urgency": "十万火急"}, "紧急程度只有加急、特急。"),
    ],
    ids=lambda value: str(value)[:24] if isinstance(value, str) else next(iter(value)),
)
def test_bad_input_is_told_and_nothing_typed_is_lost(desk, changes, message):
    number = desk.draft()
    page = desk.save(number, status=422, note="我写的附注", **changes)
    assert message in page.text
    assert "我写的附注" in page.html
    assert desk.row(number).note == ""


def test_a_secrecy_mark_is_told_while_it_is_typed(desk):
    number = desk.draft()
    typed = desk.text(number, source="秘　密\n正文。")
    assert "不能填写密级" in desk.as_(WU).post(f"/bulletins/{number}/preview", typed, 200).text
    plain = desk.text(number, source="要注意保密。")
    assert "不能填写密级" not in desk.as_(WU).post(f"/bulletins/{number}/preview", plain, 200).text


def test_an_unknown_figure_is_told_with_its_line_and_stops_the_submission(desk):
    number = desk.draft()
    desk.save(number, source="第一段。\n共接待〔接待来访批数〕批。")
    page = desk.as_(WU).get(f"/bulletins/{number}")
    assert "第2行" in page.text
    assert "“接待来访批次”" in page.text
    assert "第2行" in desk.step(number, "submission", WU, 422).text
    assert desk.row(number).state == "draft"


def test_a_typed_number_that_equals_no_figure_is_marked(desk):
    number = desk.draft()
    desk.save(number, source="共接待〔接待来访批次〕批，其中87批当场解决。")
    page = desk.as_(WU).get(f"/bulletins/{number}")
    assert '<mark title="手写的数字，请核对">87</mark>' in page.html
    assert "有 1 个手写的数字对不上" in page.text


def test_telephone_and_identity_numbers_are_told_masked_before_the_text_leaves(desk):
    number = desk.draft()
    desk.save(number, source="请与13812345678联系，证件110101199003071233。")
    told = "正文里有电话或证件号码：138****5678、110***********1233"
    assert told in desk.as_(WU).get(f"/bulletins/{number}").text
    assert told in desk.browser.get(f"/bulletins/{number}/text").text
    desk.step(number, "submission", WU)
    assert told in desk.as_(ZHENG).get(f"/bulletins/{number}/issue").text


def test_a_name_of_somebody_who_came_must_be_looked_at(desk):
    with desk.browser.app.app_context(), factories.plain_session() as session:
        factories.visit(session, "AL21", names=("周大山",))
        session.commit()
    number = desk.draft()
    desk.save(number, source="柳溪镇要办好周大山反映的事。")
    refused = desk.step(number, "submission", WU, 422).text
    assert "正文里有与信访人相同的姓名（周大山），请改写" in refused
    assert "都不是信访人：" not in refused
    desk.step(number, "submission", WU, names_checked="1")
    assert desk.row(number).state == "submitted"


def test_the_place_of_a_name_is_told(desk):
    with desk.browser.app.app_context(), factories.plain_session() as session:
        factories.visit(session, "AL21", names=("周大山",))
        session.commit()
    number = desk.draft()
    desk.save(number, title="关于周·大山反映事项的通报", addressees="周大山", source="正文。")
    page = desk.as_(WU).get(f"/bulletins/{number}")
    assert "标题、主送机关里有与信访人相同的姓名：周大山" in page.text


def test_two_people_at_once_and_the_second_sees_what_the_first_saved(desk):
    number = desk.draft()
    stale = desk.row(number).version
    desk.save(number, title="关于接访情况的通报（甲）", source="共同的一段。\n甲写的一段。")
    mine = {"version": stale, "title": "关于接访情况的通报（乙）", "source": "共同的一段。\n乙写的一段。"}
    page = desk.save(number, status=422, **mine)
    assert "刚被别人修改过" in page.text
    assert "吴" in page.text.split("保存了另一份内容")[0]
    assert "<mark>甲写的一段。</mark>" in page.html
    assert "<mark>乙写的一段。</mark>" in page.html
    assert "<p>共同的一段。</p>" in page.html
    assert "关于接访情况的通报（甲）" in page.html
    assert "关于接访情况的通报（乙）" in page.html


def test_pressing_save_again_replaces_nothing_until_that_is_chosen(desk):
    number = desk.draft()
    stale = desk.row(number).version
    desk.save(number, source="甲写的一段。")
    page = desk.save(number, status=422, version=stale, source="乙写的一段。")
    again = {"version": desk._value(page, "version"), "source": "乙写的一段。"}
    desk.save(number, status=422, **again)
    assert desk.row(number).source == "甲写的一段。"
    desk.save(number, over=desk.row(number).version, **again)
    assert desk.row(number).source == "乙写的一段。"


def test_a_third_save_meanwhile_must_be_seen_too(desk):
    number = desk.draft()
    stale = desk.row(number).version
    desk.save(number, source="甲写的一段。")
    shown = desk.row(number).version
    desk.save(number, source="丙写的一段。")
    page = desk.save(number, status=422, version=stale, over=shown, source="乙写的一段。")
    assert "<mark>丙写的一段。</mark>" in page.html
    assert desk.row(number).source == "丙写的一段。"


def test_what_was_submitted_cannot_be_edited(desk):
    number = desk.draft()
    desk.step(number, "submission", WU)
    assert "只有起草中的通报" in desk.save(number, status=422, title="偷偷改过的标题").text


def test_issuing_needs_the_text_that_was_seen(desk):
    desk.open_office()
    number = desk.draft()
    desk.step(number, "submission", WU)
    page = desk.issue(number, status=422, seen="0" * 64)
    assert "数字变了" in page.text
    assert desk.row(number).number is None


def test_issuing_without_a_number_register_says_what_to_do(desk):
    number = desk.draft()
    desk.step(number, "submission", WU)
    assert "还没有用于通报的发文代字" in desk.issue(number, status=422).text


def test_issued_twice_it_is_issued_once(desk):
    desk.open_office()
    number = desk.draft()
    desk.step(number, "submission", WU)
    desk.issue(number)
    again = desk.as_(ZHENG).post(f"/bulletins/{number}/issue", {"version": "1"})
    told = desk.browser.get(again.location).text
    assert "已由郑重于 2026-07-15 10:30 签发，文号 安信通〔2026〕1号，没有再次签发" in told
    assert desk.row(number).number == "安信通〔2026〕1号"


def test_a_supervisor_of_a_township_issues_nothing_of_the_county(desk):
    number = desk.draft()
    desk.as_(ZHAO).get(f"/bulletins/{number}/issue", 404)
    desk.as_(LIN).get(f"/bulletins/{number}/issue", 403)


def test_what_others_issued_or_were_sent_is_not_theirs_to_withdraw_or_acknowledge(desk):
    desk.open_office()
    (township,) = desk.ids("AL21")
    number = desk.draft()
    desk.save(number, recipients=[str(township)])
    desk.step(number, "submission", WU)
    desk.issue(number)
    desk.step(number, "withdrawal", ZHAO, 404, reason="想撤回别人的")
    desk.step(number, "receipt", HAN, 404)
    assert desk.row(number).state == "issued"


def test_a_township_quotes_only_itself(desk):
    (county,) = desk.ids("AL")
    fields = {"template": "daily", "period": "2026-07-15", "subject_unit": str(county)}
    assert "请选择统计单位。" in desk.as_(LIN).post("/bulletins", fields, 422).text


MARKUP = "<b onmouseover=alert(1)>x</b>{{7*7}}"


def test_markup_stays_text_wherever_it_is_shown(desk):
    number = desk.draft()
    desk.save(number, title=f"关于{MARKUP}的通报", source=f"正文{MARKUP}。", addressees=MARKUP, note=MARKUP)
    for address in (f"/bulletins/{number}", f"/bulletins/{number}/text", "/bulletins"):
        page = desk.as_(WU).get(address)
        assert "<b onmouseover" not in page.html
    assert "{{7*7}}" in desk.as_(WU).get(f"/bulletins/{number}").text
    assert desk.as_(WU).get(f"/bulletins/{number}.docx").data.startswith(b"PK")
    assert desk.as_(WU).get(f"/bulletins/{number}.pdf").data.startswith(b"%PDF")


def test_a_text_that_was_replaced_can_still_be_read_by_its_office(desk):
    desk.open_office()
    number = desk.draft()
    desk.save(number, source="共同的一段。\n甲写的一段。")
    (township,) = desk.ids("AL21")
    desk.save(number, source="共同的一段。\n乙写的一段。", recipients=[str(township)])
    assert "第 2 稿" in desk.as_(WU).get(f"/bulletins/{number}").text
    page = desk.as_(ZHENG).get(f"/bulletins/{number}?text=2")
    assert "<mark>甲写的一段。</mark>" in page.html
    assert "<p>共同的一段。</p>" in page.html
    desk.step(number, "submission", WU)
    desk.issue(number)
    page = desk.as_(LIN).get(f"/bulletins/{number}?text=2")
    assert "乙写的一段。" in page.text
    assert "甲写的一段。" not in page.text
