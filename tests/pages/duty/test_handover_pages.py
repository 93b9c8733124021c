"""交接班: signing with the password again, lock-out, the record and its print, the alarm on the front page."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.duty_desk import DeskEntry, DeskHandover
from models.sign_in import SignInAttempt, SignInSession
from tests import desk, duty, factories, people
from tests.documents.pdf_reading import pages_of
from tests.people import PASSWORD
from web import clock

PAGE = "/duty/handover"
MORNING = desk.at("2026-07-15 08:35")
SHIFT = desk.at("2026-07-15 08:30").isoformat()
WRONG = "口令不对，或因连续输错暂时锁定"
MAY_NOT = "用户名或口令不对，或因连续输错暂时锁定，或者这个账号不能接班签名"


@pytest.fixture(autouse=True)
def morning(site):  # noqa: ARG001 - the site stands still at another moment first
    with clock.frozen(MORNING):
        yield


def written(browser, unit="AL21", **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = desk.line(session, unit, **({"happened_at": desk.at("2026-07-14 22:00")} | values))
        session.commit()
        return row.id


def only_handover(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(DeskHandover)).one_or_none()


def off(browser, status=303, **values):
    fields = {"shift": SHIFT, "articles": "值班手机 1 部", "password": PASSWORD}
    return browser.post(PAGE, fields | values, status=status)


def on(browser, status=303, **values):
    row = only_handover(browser)
    fields = {"version": str(row.version), "username": "zhao", "password": PASSWORD}
    return browser.post(f"/duty/handovers/{row.id}/signature", fields | values, status=status)


def test_both_sign_at_one_browser_and_no_session_is_opened(browser):
    line_id = written(browser)
    browser.sign_in(people.LIN)
    off(browser, **{f"note-{line_id}": "等住建局回复"})
    assert "请接班人核对后签名" in browser.get(PAGE).text
    with browser.app.app_context(), factories.plain_session() as session:
        before = session.scalar(select(func.count(SignInSession.id)))
    page = browser.get(on(browser).location)
    for words in (
        "林秀 2026-07-15 08:35 签名",
        "赵立 2026-07-15 08:35 签名",
        "等住建局回复",
        "值班手机 1 部",
    ):
        assert words in page.text
    with browser.app.app_context(), factories.plain_session() as session:
        assert session.scalar(select(func.count(SignInSession.id))) == before
        signed = session.scalars(select(SignInAttempt.outcome).where(SignInAttempt.outcome == "signed"))
        assert len(list(signed)) == 2
    assert "林秀" in browser.get("/account").text


def test_the_other_signs_under_the_own_account_too(browser):
    off(browser.sign_in(people.LIN))
    page = browser.sign_in(people.ZHAO).get(PAGE)
    assert page.field("username") == "zhao"
    on(browser)
    assert only_handover(browser).on_signed_at == MORNING


def test_each_open_line_needs_its_explanation(browser):
    line_id = written(browser)
    page = off(browser.sign_in(people.LIN), status=422)
    assert "请写明办到哪一步" in page.text
    assert page.field("articles") == "值班手机 1 部"
    page = off(browser, status=422, **{f"note-{line_id}": "长" * 301})
    assert "最多 300 个字" in page.text
    assert only_handover(browser) is None


def test_a_wrong_password_signs_nothing_and_keeps_what_was_typed(browser):
    line_id = written(browser)
    note = {f"note-{line_id}": "等住建局回复"}
    page = off(browser.sign_in(people.LIN), status=422, password="guess", **note)
    assert WRONG in page.text
    assert page.field(f"note-{line_id}") == "等住建局回复"
    assert only_handover(browser) is None
    off(browser, **note)
    page = on(browser, status=422, password="guess")
    assert MAY_NOT in page.text
    assert only_handover(browser).on_signed_at is None


def test_wrong_passwords_lock_the_name_as_at_sign_in(browser):
    off(browser.sign_in(people.LIN))
    for _ in range(5):
        on(browser, status=422, password="guess")
    assert MAY_NOT in on(browser, status=422).text
    answer = browser.client.post(
        "/sign-in", data={"username": "zhao", "password": PASSWORD, "csrf_token": browser.csrf_token()}
    )
    assert answer.status_code == 422
    with clock.frozen(MORNING + timedelta(minutes=16)):
        browser.sign_in(people.LIN)
        on(browser)
    assert only_handover(browser).on_signed_at is not None


@pytest.mark.parametrize("username", ["lin", "bai", "chen", "nobody"])
def test_who_may_not_sign_on_reads_what_a_wrong_password_reads(browser, username):
    off(browser.sign_in(people.LIN))
    browser.get(PAGE)
    right = on(browser, status=422, username=username).text
    wrong = on(browser, status=422, username=username, password="guess").text
    assert right == wrong and MAY_NOT in right
    assert only_handover(browser).on_signed_at is None


def test_a_right_password_is_written_down_though_the_signature_is_refused(browser):
    off(browser.sign_in(people.LIN))
    on(browser, status=422, username="bai")
    with browser.app.app_context(), factories.plain_session() as session:
        outcomes = session.scalars(select(SignInAttempt.outcome).order_by(SignInAttempt.id.desc()).limit(1))
        assert list(outcomes) == ["signed"]


def test_a_page_seen_before_it_changed_is_refused_before_any_password_is_compared(browser):
    off(browser.sign_in(people.LIN))
    for password in (PASSWORD, "guess"):
        assert "刚重新整理过" in on(browser, status=422, version="9", password=password).text


def test_a_line_that_came_after_the_signature_is_listed_and_stops_the_other(browser):
    off(browser.sign_in(people.LIN))
    written(browser, content="刚接到的新情况。")
    assert "又有新的未办结事项" in on(browser, status=422).text
    assert "刚接到的新情况" in browser.get(f"/duty/handovers/{only_handover(browser).id}").text


def test_a_page_made_for_another_moment_is_refused(browser):
    page = off(browser.sign_in(people.LIN), status=422, shift="2026-07-14T00:30:00")
    assert "交接的时刻已经变了" in page.text


def test_signed_by_both_there_is_no_form_any_more(browser):
    off(browser.sign_in(people.LIN))
    on(browser)
    page = browser.get(PAGE)
    assert "这一班已交接完" in page.text
    assert "交班签名" not in page.text
    assert "已经交接完" in off(browser, status=422).text


def test_what_was_said_last_time_stands_there_again(browser):
    line_id = written(browser)
    browser.sign_in(people.LIN)
    off(browser, **{f"note-{line_id}": "等住建局回复"})
    on(browser)
    with clock.frozen(MORNING + timedelta(days=1)):
        page = browser.sign_in(people.ZHAO).get(PAGE)
    assert page.field(f"note-{line_id}") == "等住建局回复"


def test_the_record_is_printed_with_both_names_and_times(browser):
    line_id = written(browser)
    browser.sign_in(people.LIN)
    off(browser, **{f"note-{line_id}": "等住建局回复"})
    on(browser)
    printed = "".join(pages_of(browser.get(f"/duty/handovers/{only_handover(browser).id}.pdf").data))
    for words in ("林秀", "赵立", "2026-07-1508:35", "等住建局回复", "交接时刻：2026-07-1508:30"):
        assert words in printed


def test_the_list_is_of_the_own_desk_and_the_county_reads_all(browser):
    off(browser.sign_in(people.LIN))
    assert "柳溪镇" in browser.get("/duty/handovers").text
    assert "还没有交接班记录" in browser.sign_in(people.BAI).get("/duty/handovers").text
    text = browser.sign_in(people.HAN).get("/duty/handovers?from=2026-07-15&to=2026-07-15").text
    assert "尚未签名" in text
    assert "写法不对" in browser.get("/duty/handovers?from=x", status=422).text


def front(browser, member, moment):
    with clock.frozen(moment):
        return browser.sign_in(member).get("/").text


def test_a_desk_without_hand_over_alarms_the_supervisor_an_hour_later(browser):
    written(browser)
    late = desk.at("2026-07-15 09:31")
    assert "没有双方签名" not in front(browser, people.ZHAO, desk.at("2026-07-15 09:30"))
    assert "柳溪镇：2026-07-15 08:30 的交接班" in front(browser, people.ZHAO, late)
    assert "下级 1 个：柳溪镇。" in front(browser, people.ZHENG, late)
    assert "没有双方签名" not in front(browser, people.BAI, late)
    off(browser.sign_in(people.LIN), **{f"note-{written_id(browser)}": "等回复"})
    assert "接班人还没有签名" in front(browser, people.ZHAO, late)
    browser.sign_in(people.LIN)
    on(browser)
    assert "没有双方签名" not in front(browser, people.ZHAO, late)


def written_id(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(DeskEntry.id)).one()


def test_the_front_page_shows_what_owes_an_answer_and_what_to_receive(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        desk.line(
            session, content="镇里待回复的指令", kind="instruction", due_at=MORNING + timedelta(minutes=20)
        )
        desk.dispatch(session, desk.line(session, "AL01", content="县里转来的事"), "AL21")
        session.commit()
    text = front(browser, people.LIN, MORNING)
    assert "即将到时 2026-07-15 08:55" in text
    assert "县里转来的事" in text
    leader = front(browser, people.HAN, MORNING)
    assert "镇里待回复的指令" in leader
    assert "县里转来的事" not in front(browser, people.BAI, MORNING)


def rostered(browser, leaves=None, comes=None):
    """柳溪镇's published roster of the 14th and the 15th."""
    with browser.app.app_context(), factories.plain_session() as session:
        published = duty.roster(session, duty.scheme(session))
        for day, member in ((14, leaves), (15, comes)):
            if member:
                duty.duty(session, published, duty.july(day), member)
        session.commit()


def test_who_leaves_and_is_not_on_the_roster_is_warned_and_says_why(browser):
    rostered(browser, leaves=people.ZHAO)
    browser.sign_in(people.LIN)
    assert "班表上这一班是赵立，没有您" in browser.get(PAGE).text
    page = off(browser, status=422)
    assert "不是班表上的人签名，请写明理由" in page.text
    assert page.field("articles") == "值班手机 1 部"
    off(browser, reason="赵立外出处置，代为交班")
    assert only_handover(browser).off_reason == "赵立外出处置，代为交班"
    assert "不在班表上 赵立外出处置，代为交班" in browser.get(PAGE).text


def test_who_comes_and_is_not_on_the_roster_says_why_before_any_password_is_compared(browser):
    rostered(browser, comes=people.LIN)
    off(browser.sign_in(people.LIN))
    assert "班表上接班的是林秀" in browser.get(PAGE).text
    right = on(browser, status=422).text
    assert "不是班表上的人签名，请写明理由" in right
    assert on(browser, status=422, password="guess").text == right
    on(browser, reason="临时顶班")
    row = only_handover(browser)
    assert (row.off_reason, row.on_reason) == ("", "临时顶班")
    printed = "".join(pages_of(browser.get(f"/duty/handovers/{row.id}.pdf").data))
    assert "赵立（不在班表上：临时顶班）" in printed


def test_who_stands_in_the_roster_gives_no_reason(browser):
    rostered(browser, leaves=people.LIN, comes=people.ZHAO)
    browser.sign_in(people.LIN)
    assert "请在下面写明理由" not in browser.get(PAGE).text
    off(browser, reason="多写的")
    on(browser)
    row = only_handover(browser)
    assert (row.off_reason, row.on_reason) == ("", "")


def test_a_reason_bears_no_secrecy_mark(browser):
    rostered(browser, leaves=people.ZHAO)
    browser.sign_in(people.LIN)
    off(browser, status=422, reason="机密★十年")
