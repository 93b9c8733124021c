"""值班日报: who was on duty, what came, what was answered, what stayed open, the hand-overs, the reports."""

from datetime import datetime, time

import pypdfium2
import pytest

from models.base import new_uid
from models.duty_desk import DeskHandover, DeskHandoverMatter
from models.roster import Duty, Roster, RosterPost, RosterScheme
from models.staff import Account
from tests import factories, people
from tests.duty_messages import desk_line, office
from tests.people import NOW, TODAY

SHEET = "/duty/day-sheet"


def person_id(session, username):
    return session.query(Account).filter_by(username=username).one().person_id


def roster(session, code="AL01"):
    """吴芳 from 8:30 on the 15th; the second post is empty."""
    unit = people.unit(session, code)
    scheme = RosterScheme(uid=new_uid(), unit_id=unit.id, kind="duty", name="24小时值班", pattern="daily")
    session.add(scheme)
    session.flush()
    made = Roster(
        uid=new_uid(), scheme_id=scheme.id, unit_id=unit.id, first_day=TODAY, last_day=TODAY, planned_at=NOW,
        edition=1, published_at=NOW,
    )  # fmt: skip
    session.add(made)
    for position, (name, who) in enumerate((("带班领导", "wu"), ("值班员（主）", None)), start=1):
        post = RosterPost(
            scheme_id=scheme.id, position=position, name=name, starts_at=time(8, 30), ends_at=time(8, 30)
        )
        session.add(post)
        session.flush()
        session.add(
            Duty(
                roster_id=made.id, unit_id=unit.id, post_id=post.id, day=TODAY, seat=1, assigned="planned",
                starts_at=office("2026-07-15 08:30"), ends_at=office("2026-07-16 08:30"),
                person_id=person_id(session, who) if who else None,
            )
        )  # fmt: skip


@pytest.fixture
def day(site):
    with site.app_context(), factories.plain_session() as session:
        roster(session)
        desk_line(session, "2026-07-14 23:50", content="昨夜的信息。", done_at=office("2026-07-15 08:00"))
        desk_line(session, "2026-07-15 00:00", content="零点的信息。", done_at=office("2026-07-15 01:00"))
        desk_line(
            session, "2026-07-15 09:00", "instruction", content="请核查后报告。", responsible="AL22", due="2026-07-15 17:00"
        )  # fmt: skip
        desk_line(
            session, "2026-07-13 09:00", "instruction", content="前天的指令。", due="2026-07-15 09:00",
            replied="2026-07-15 08:40", done_at=office("2026-07-15 08:40"),
        )  # fmt: skip
        left = desk_line(session, "2026-07-12 10:00", "call", content="路灯不亮。")
        desk_line(session, "2026-07-15 10:00", desk="AL22", content="白石乡自己的信息。")
        desk_line(session, "2026-07-15 10:00", content="作废的。", voided_at=NOW, void_reason="登错了")
        handover = DeskHandover(
            uid=new_uid(), unit_id=left.unit_id, shift_ends_at=office("2026-07-15 08:30"), made_at=NOW,
            off_person_id=person_id(session, "wu"), on_person_id=person_id(session, "zheng"),
            off_signed_at=datetime(2026, 7, 15, 0, 30), on_signed_at=datetime(2026, 7, 15, 0, 31),
        )  # fmt: skip
        session.add(handover)
        session.flush()
        session.add(
            DeskHandoverMatter(
                handover_id=handover.id, entry_id=left.id, position=1, note="已报修", number=left.number,
                happened_at=left.happened_at, kind=left.kind, content=left.content,
            )
        )  # fmt: skip
        period = factories.special_period(session)
        factories.period_report(session, period, "AL21", events=1, content="河堤渗水，已处置。")
        session.commit()


def test_the_countys_sheet(browser, day):
    text = browser.sign_in(people.WU).get(SHEET).text
    assert "安澜县值班室，2026-07-15 星期三：共 2 条，信息 1 条，工作指令 1 条；24 时未办结 2 件。" in text
    assert (
        "带班领导 吴芳 07-15 08:30—07-16 08:30 仅列班表 值班员（主） 空岗 07-15 08:30—07-16 08:30 —" in text
    )
    assert "08:30 吴芳 郑重 1" in text
    assert "应报 4 个单位，已报 1 个，未报 3 个；共报告事件 1 起。未报：县住建局、县人社局、白石乡。" in text
    assert "柳溪镇：河堤渗水，已处置。" in text
    assert "昨夜的信息" not in text and "作废的" not in text and "白石乡自己" not in text


def test_instructions_of_the_day_and_older_ones_answered_on_it(browser, day):
    text = browser.sign_in(people.WU).get(SHEET).text
    part = text.partition("工作指令和回复")[2].partition("当日 24 时未办结")[0]
    assert "前天的指令。" in part and "07-13 09:00" in part and "08:40 按时回复" in part
    assert "请核查后报告。 白石乡 17:00 正常" in part


def test_a_day_before_shows_what_was_open_then(browser, day):
    text = browser.sign_in(people.WU).get(f"{SHEET}?date=2026-07-14").text
    assert (
        "共 1 条，信息 1 条；24 时未办结 3 件。" in text
    )  # the call, the instruction of the 13th, last night's
    assert "没有发布当日的值班表。" in text


def test_the_petition_office_and_the_county_show_the_same_desk(browser, site, day):
    with site.app_context(), factories.plain_session() as session:
        bureau = people.unit(session, "AL01").id
    assert (
        "共 2 条，信息 1 条，工作指令 1 条" in browser.sign_in(people.WU).get(f"{SHEET}?unit={bureau}").text
    )


def test_a_townships_own_desk(browser, site, day):
    assert (
        "白石乡值班室，2026-07-15 星期三：共 1 条，信息 1 条" in browser.sign_in(people.BAI).get(SHEET).text
    )
    with site.app_context(), factories.plain_session() as session:
        foreign = people.unit(session, "AL22").id
    browser.sign_in(people.LIN).get(f"{SHEET}?unit={foreign}", status=404)
    browser.sign_in(people.CHEN).get(SHEET, status=403)


def test_a_wrong_date_is_said(browser, day):
    assert "写法不对" in browser.sign_in(people.LIN).get(f"{SHEET}?date=x", status=422).text


def test_the_paper_says_the_same(browser, day):
    paper = pypdfium2.PdfDocument(browser.sign_in(people.WU).get(f"{SHEET}.pdf?date=2026-07-15").data)
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in paper)
    for words in (
        "值班日报", "单位：安澜县", "2026年7月15日星期三", "带班领导吴芳", "空岗", "零点的信息。", "请核查后报告。",
        "前天的指令。", "路灯不亮。", "防汛值守应报4个单位，已报1个，未报3个", "柳溪镇河堤渗水，已处置。", "带班领导审签",
    ):  # fmt: skip
        assert words in text, words


def test_the_sheet_takes_few_statements(browser, site, day, count_statements):
    page = browser.sign_in(people.WU)
    page.get(SHEET)
    with count_statements(site) as statements:
        page.get(SHEET)
    assert len(statements) <= 15
