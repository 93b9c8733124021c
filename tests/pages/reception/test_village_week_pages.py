"""Which village has held this week's session, and a township's whole week entered at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models.sign_in import SignInSession
from models.village_session import VillageSession
from tests import factories, people

WEEK = "/reception/village-sessions/week"
ENTRY = f"{WEEK}/entry"


def ids(browser, *codes):
    with browser.app.app_context(), factories.plain_session() as session:
        return [people.unit(session, code).id for code in codes]


def written(browser, unit="AL2101", **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = factories.village_session(session, unit, **values)
        session.commit()
        return row.id


def count(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalar(select(func.count(VillageSession.id)))


def row(unit_id, mode="case_talk", **counts):
    return {f"v{unit_id}-mode": mode} | {f"v{unit_id}-{name}": value for name, value in counts.items()}


def test_a_township_sees_who_has_not_held_this_weeks_session(browser):
    written(browser)
    page = browser.sign_in(people.LIN).get(WEEK)
    assert "应开 3 场，已开 1 场，未开 2 场：下河村、柳园社区" in page.text
    assert "1 批 1 人次" in page.text
    (lower,) = ids(browser, "AL2102")
    assert f"/new?unit={lower}&amp;date=2026-07-15" in page.html


def test_an_earlier_week_and_a_future_one_can_be_looked_at(browser):
    browser.sign_in(people.LIN)
    assert "2026-07-08 星期三：应开 3 场" in browser.get(f"{WEEK}?week=2026-W28").text
    assert "这一天还没有到" in browser.get(f"{WEEK}?date=2026-07-24").text
    assert "2026-07-15" in browser.get(f"{WEEK}?week=乱写").text


def test_the_county_sees_townships_and_opens_one(browser):
    written(browser)
    page = browser.sign_in(people.WU).get(WEEK)
    assert "应开 4 场，已开 1 场" in page.text
    assert "柳溪镇" in page.text
    assert "1/3" in page.text
    (township,) = ids(browser, "AL21")
    assert "下河村、柳园社区" in browser.get(f"{WEEK}?unit={township}").text


def test_the_way_back_from_a_village_leads_to_its_township(browser):
    village, township = ids(browser, "AL2101", "AL21")
    page = browser.sign_in(people.WU).get(f"{WEEK}?unit={village}&date=2026-07-08")
    (back,) = [a.get("href") for a in page.all("a") if a.text == "返回上级"]
    assert back == f"{WEEK}?unit={township}&date=2026-07-08"
    assert "返回上级" not in browser.sign_in(people.CHEN).get(WEEK).text


def test_a_leader_is_shown_what_is_missing_without_a_way_to_write(browser):
    (township,) = ids(browser, "AL21")
    page = browser.sign_in(people.HAN).get(f"{WEEK}?unit={township}")
    assert "未开" in page.text
    assert "/new?" not in page.html


def test_another_township_is_not_found(browser):
    (foreign,) = ids(browser, "AL22")
    browser.sign_in(people.LIN).get(f"{WEEK}?unit={foreign}", status=404)
    browser.get(f"{ENTRY}?unit={foreign}", status=404)


def test_a_village_sees_its_own_weeks(browser):
    assert "应开 1 场，已开 0 场" in browser.sign_in(people.CHEN).get(WEEK).text


def test_a_township_enters_its_whole_week_at_once(browser):
    written(browser, "AL2103")
    upper, lower = ids(browser, "AL2101", "AL2102")
    browser.sign_in(people.LIN)
    assert "已登记" in browser.get(ENTRY).text
    browser.post(
        ENTRY,
        {"day": "2026-07-15"}
        | row(upper, "visitors", batches="1", persons="2", solved_batches="1", solved_persons="2")
        | row(lower, "check"),
    )
    assert count(browser) == 3
    assert "全部开展" in browser.get(WEEK).text


def test_one_wrong_row_and_none_is_saved(browser):
    upper, lower = ids(browser, "AL2101", "AL2102")
    browser.sign_in(people.LIN)
    page = browser.post(
        ENTRY, {"day": "2026-07-15"} | row(upper) | row(lower, "talk", batches="1", persons="1"), status=422
    )
    assert "有 1 个村需要改正" in page.text
    assert "三项去向合计 0 批，与总批次 1 批相差 1 批" in page.text
    assert page.field(f"v{upper}-mode") == "case_talk"
    assert page.field(f"v{lower}-batches") == "1"
    assert count(browser) == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"batches": "x"}, "请填整数"),
        (
            {"mode": "", "batches": "1", "persons": "1", "solved_batches": "1", "solved_persons": "1"},
            "请选择接访方式",
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_told(browser, data, words):
    (upper,) = ids(browser, "AL2101")
    form = {"day": "2026-07-15"} | row(upper) | {f"v{upper}-{name}": value for name, value in data.items()}
    assert words in browser.sign_in(people.LIN).post(ENTRY, form, status=422).text


def test_a_wrong_weekday_is_told_and_an_empty_table_too(browser):
    (upper,) = ids(browser, "AL2101")
    browser.sign_in(people.LIN)
    page = browser.post(ENTRY, {"day": "2026-07-14"} | row(upper), status=422)
    assert "村级接访日是星期三" in page.text
    assert "一个村也没有填" in browser.post(ENTRY, {"day": "2026-07-15"}, status=422).text


def test_the_table_sent_twice_is_saved_once(browser):
    (upper,) = ids(browser, "AL2101")
    form = {"day": "2026-07-15", "submission_key": "the-week-once"} | row(upper)
    browser.sign_in(people.LIN)
    browser.post(ENTRY, form)
    browser.post(ENTRY, form)
    assert count(browser) == 1


def test_a_village_registered_by_somebody_else_meanwhile_is_told_and_nothing_is_saved(browser):
    upper, lower = ids(browser, "AL2101", "AL2102")
    written(browser, "AL2101")
    form = {"day": "2026-07-15"} | row(upper) | row(lower, "check")
    page = browser.sign_in(people.LIN).post(ENTRY, form, status=422)
    assert "上河村刚才已由别人登记" in page.text
    assert page.field(f"v{lower}-mode") == "check"
    assert count(browser) == 1


def test_the_grid_takes_few_statements(browser, count_statements):
    browser.sign_in(people.WU)
    with count_statements(browser.app) as statements:
        browser.get(WEEK)
    assert len(statements) <= 12


def lost(browser, form):
    """What was typed, sent after the session ran out."""
    browser.sign_in(people.LIN)
    token = browser.csrf_token()
    with browser.app.app_context(), factories.plain_session() as session:
        session.execute(update(SignInSession).values(last_seen_at=people.NOW - timedelta(hours=2)))
        session.commit()
    (township,) = ids(browser, "AL21")
    return browser.client.post(
        f"{ENTRY}?unit={township}", data=form | {"unit": str(township), "csrf_token": token}
    )


def test_a_half_filled_week_survives_a_session_that_ran_out(browser):
    township, upper, lower = ids(browser, "AL21", "AL2101", "AL2102")
    typed = {"day": "2026-07-08"} | row(upper, "visitors", batches="2", attendees="镇干部林秀")
    answer = lost(browser, typed)
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={ENTRY}?unit%3D{township}")
    assert "有没保存完的村级接访整周登记，接着填" in browser.sign_in(people.LIN).get("/").text
    page = browser.get(f"{ENTRY}?unit={township}")
    assert "这是上次没有保存的内容，接着填就行。" in page.text
    assert page.field("day") == "2026-07-08"
    assert page.field(f"v{upper}-mode") == "visitors"
    assert page.field(f"v{upper}-batches") == "2"
    assert page.field(f"v{upper}-attendees") == "镇干部林秀"
    assert page.field(f"v{lower}-batches") == "0"
    assert browser.get(ENTRY).field(f"v{upper}-batches") == "2"
    assert count(browser) == 0


def test_another_week_and_an_empty_table_can_be_asked_for_all_the_same(browser):
    (upper,) = ids(browser, "AL2101")
    lost(browser, {"day": "2026-07-08"} | row(upper, "check"))
    browser.sign_in(people.LIN)
    for asked in ("date=2026-07-15", "date=2026-07-08&fresh=1"):
        page = browser.get(f"{ENTRY}?{asked}")
        assert "上次没有保存" not in page.text
        assert page.field(f"v{upper}-mode") == ""
    assert browser.get(f"{ENTRY}?date=2026-07-08").field(f"v{upper}-mode") == "check"


def test_a_half_filled_week_is_seen_by_nobody_else_and_gone_once_saved(browser):
    upper, lower = ids(browser, "AL2101", "AL2102")
    typed = {"day": "2026-07-15"} | row(upper, "check")
    lost(browser, typed)
    assert "上次没有保存" not in browser.sign_in(people.ZHAO).get(ENTRY).text
    browser.sign_in(people.LIN).post(ENTRY, typed)
    page = browser.get(ENTRY)
    assert "上次没有保存" not in page.text
    assert page.field(f"v{lower}-mode") == ""
    assert count(browser) == 1
