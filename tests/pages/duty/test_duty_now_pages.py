"""当前值班, 我的班, 履行情况: who sees whom, empty posts marked, what was scheduled beside what took place."""

import pytest

from models.roster import Duty, RosterPost
from tests import duty, factories, people
from tests.duty import at, july
from tests.people import BAI, CHEN, HAN, LIN, WU, ZHAO, ZHENG
from web import clock


@pytest.fixture
def county(site):
    """柳溪镇 has its rota, the county's desk a post that stands empty now and a leader's; 白石乡 has none."""
    with site.app_context(), factories.plain_session() as plain:
        days = duty.rota(plain)
        desk = duty.scheme(plain, "AL", (HAN,), posts=("带班领导", "值班员"), name="县值班室")
        published = duty.roster(plain, desk)
        duty.duty(plain, published, july(15), HAN)
        empty = duty.duty(plain, published, july(15), None, post="值班员").id
        draft = duty.roster(plain, duty.scheme(plain, "AL22", (BAI,)), edition=0, published_at=None)
        duty.duty(plain, draft, july(15), BAI)
        plain.commit()
    return days | {"empty": empty}


def test_a_township_sees_itself_and_the_county(browser, county):
    for member in (LIN, ZHAO, CHEN):
        page = browser.sign_in(member).get("/duty/now")
        assert "柳溪镇" in page.text and "林秀" in page.text and "0379-6100110" in page.text
        assert "带班领导 韩副县长" in page.text and "空岗" in page.text
        assert "白石乡" not in page.text


def test_a_county_role_sees_all_townships_and_which_have_nobody(browser, county):
    page = browser.sign_in(WU).get("/duty/now")
    assert "共 3 个单位，其中有空岗或者没有值班表的 2 个：安澜县、白石乡" in page.text
    assert "没有值班表" in page.text


def test_a_draft_is_nobodys_duty(browser, county):
    assert "没有已发布的班" in browser.sign_in(BAI).get("/duty/mine").text


def test_the_minute_at_which_a_duty_changes(browser, county):
    browser.sign_in(LIN)
    with clock.frozen(at(16, 8, 29)):
        assert "林秀" in browser.sign_in(LIN).get("/duty/now").text.partition("共")[2]
    with clock.frozen(at(16, 8, 30)):
        page = browser.sign_in(LIN).get("/duty/now").text.partition("共")[2]
        assert "梅青" in page and "林秀" not in page


def test_the_front_page_shows_who_stands_now_in_one_statement_more(browser, site, county, count_statements):
    page = browser.sign_in(WU).get("/")
    assert "当前值班" in page.text and "白石乡" in page.text and "没有值班表" in page.text
    assert "当前值班" in browser.sign_in(LIN).get("/").text
    with count_statements(site) as statements:
        browser.sign_in(WU).get("/duty/now")
    assert sum("FROM unit" in s and "duty" in s for s in statements) == 1


def test_a_site_without_rosters_is_left_in_peace(browser, site):
    assert "没有值班表" not in browser.sign_in(WU).get("/").text


def test_an_empty_post_alarms_who_answers_for_the_unit(browser, county):
    page = browser.sign_in(ZHENG).get("/")
    assert "2026-07-15 星期三 安澜县 值班员 没有人值" in page.text
    assert "没有人值" not in browser.sign_in(ZHAO).get("/").text
    assert "没有人值" not in browser.sign_in(WU).get("/").text


def test_a_rota_without_a_roster_alarms_the_supervisor_on_the_front_page(browser, county):
    with clock.frozen(at(31, 9)):
        text = browser.sign_in(ZHAO).get("/").text
        assert "没有班表 柳溪镇 机关值班：明天没有已发布的班表" in text
        assert "没有已发布的班表" not in browser.sign_in(LIN).get("/").text


def test_empty_posts_that_are_not_listed_are_counted(browser, county):
    with browser.app.app_context(), factories.plain_session() as session:
        row = session.get_one(Duty, county["empty"])
        for seat in range(2, 15):
            duty.duty(session, row.roster, july(15), None, post="值班员", seat=seat)
        session.commit()
    assert "还有 2 个空岗没有列出" in browser.sign_in(ZHENG).get("/").text


def test_my_duties_come_by_day_with_who_shares_them(browser, county):
    text = browser.sign_in(LIN).get("/duty/mine").text
    assert text.index("2026-07-15 星期三 正在值") < text.index("2026-07-18 星期六")
    assert "工作日 0 次" in text
    with clock.frozen(at(19, 9)):
        assert "工作日 1 次 周末 1 次" in browser.sign_in(LIN).get("/duty/mine").text


def test_administrators_have_no_duties(browser, county):
    for member in (people.SUN, people.QIAN, people.HE):
        for address in ("/duty/now", "/duty/mine", "/duty/record", "/duty/swaps", "/duty/absences"):
            browser.sign_in(member).get(address, 403)


@pytest.fixture
def held(site, county):
    """韩副县长: 8 and 15 July scheduled, the 8th held. 上河村: 8 and 15 July, the 8th held; 下河村: 8 July, not held."""
    with site.app_context(), factories.plain_session() as plain:
        for day in (8, 15, 22):
            factories.scheduled_day(plain, day=july(day), leader_id=duty.person_id(plain, HAN))
        factories.leader_reception(plain, reception_date=july(8), leader_id=duty.person_id(plain, HAN))
        rota = duty.scheme(
            plain, "AL21", (LIN, ZHAO), posts=("上河村", "下河村"), kind="village-sessions", name="周三接访"
        )
        for post in plain.query(RosterPost).where(RosterPost.scheme_id == rota.id):
            code = {"上河村": "AL2101", "下河村": "AL2102"}[post.name]
            post.at_unit_id = people.unit(plain, code).id
        plan = duty.roster(plain, rota, july(1))
        duty.duty(plain, plan, july(8), LIN, post="上河村")
        duty.duty(plain, plan, july(8), ZHAO, post="下河村")
        duty.duty(plain, plan, july(22), LIN, post="上河村")
        factories.village_session(plain, "AL2101", session_date=july(9))
        plain.commit()


def test_what_was_scheduled_stands_beside_what_took_place_by_whom(browser, held):
    text = browser.sign_in(WU).get("/duty/record?period=2026-07").text
    assert "安澜县 韩副县长 副县长 1 1 0 2 0" in text
    assert "柳溪镇 林秀 1 1 0 1 0" in text
    assert "柳溪镇 赵立 1 0 1 0 0" in text
    assert "安澜县 （空岗） 0 0 0 0 1 0" in text
    with clock.frozen(at(20, 9)):
        text = browser.sign_in(WU).get("/duty/record?period=2026-07").text
        assert "安澜县 韩副县长 副县长 2 1 1 1 0" in text
        assert "安澜县 （空岗） 1 0 0 1 0 0" in text


def test_the_sheet_holds_the_same_lines(browser, held):
    page = browser.sign_in(WU).get("/duty/record?period=2026-07&format=xlsx")
    assert page.response.mimetype.endswith("spreadsheetml.sheet")


def test_a_township_reads_its_own_record_only(browser, held):
    with browser.app.app_context(), factories.plain_session() as session:
        other = people.unit(session, "AL22").id
    browser.sign_in(LIN).get(f"/duty/record?unit={other}", 404)
    assert "安澜县" not in browser.get("/duty/record").text.partition("履行情况")[2]


@pytest.mark.parametrize("period", ["x", "2026-13", "1800", "2026-07-40"])
def test_a_period_that_means_nothing_is_told_at_its_field(browser, held, period):
    page = browser.sign_in(WU).get(f"/duty/record?period={period}", 422)
    assert page.field("period") == period


def test_a_record_costs_few_statements(browser, site, held, count_statements):
    browser.sign_in(WU)
    with count_statements(site) as statements:
        browser.get("/duty/record?period=2026")
    assert len(statements) <= 12
