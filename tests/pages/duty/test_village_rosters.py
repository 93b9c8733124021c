"""Who goes to which village on Wednesday stands beside the week's sessions; many posts turn the table."""

from datetime import date, time

from actions.roster_schemes import PostData
from rules.roster_words import Pattern, RosterKind
from tests import duty, factories, people, rotas
from tests.documents.pdf_reading import pages_of

BOARD = "/reception/village-sessions/week"
CODES = ("AL2101", "AL2102", "AL2103")


def wednesdays(browser, *, more=0, publishes=True):
    """甲一 乙二 丙三 go to the three villages on the Wednesdays of July."""
    with browser.app.app_context(), factories.plain_session() as session:
        villages = [people.unit(session, code) for code in CODES]
        posts = [PostData(n, v.name, time(9), time(11, 30), at_unit_id=v.id) for n, v in enumerate(villages)]
        posts += [PostData(9 + n, f"第 {n} 组", time(9), time(11, 30)) for n in range(more)]
        names = rotas.SIX[:3] if not more else (*rotas.SIX, "庚七", "辛八")
        rota = rotas.scheme(
            session, who=rotas.staff(session, names), kind=RosterKind.VILLAGE, name="村级周三接访",
            pattern=Pattern.WEEKLY, days=(3,), rest_hours=0, posts=tuple(posts),
        )  # fmt: skip
        roster = rotas.planned(session, rota, date(2026, 7, 1), date(2026, 7, 31))
        if publishes:
            rotas.publish(session, roster)
        session.commit()


def test_the_board_says_who_goes_where_that_week(browser):
    wednesdays(browser)
    page = browser.sign_in(people.LIN).get(BOARD)
    assert "本周到村" in page.text
    for name in ("甲一", "乙二", "丙三"):
        assert page.text.count(f"{name}（7月15日）") == 1
    assert "（7月15日）" in browser.sign_in(people.CHEN).get(BOARD).text


def test_a_draft_or_no_roster_leaves_the_board_as_it_was(browser):
    wednesdays(browser, publishes=False)
    assert "本周到村" not in browser.sign_in(people.LIN).get(BOARD).text


def test_many_posts_stand_below_each_other_and_the_days_beside(browser):
    wednesdays(browser, more=5)
    page = browser.sign_in(people.LIN).get("/duty/roster?month=2026-07")
    heads = ["".join(cell.itertext()) for cell in page.all("th")]
    assert heads[0] == "岗位" and "上河村" in heads and "2026-07-15星期三" in heads


def test_the_board_costs_one_statement_more(browser, count_statements):
    browser.sign_in(people.LIN).get(BOARD)
    with count_statements(browser.app) as before:
        browser.get(BOARD)
    wednesdays(browser)
    browser.get(BOARD)
    with count_statements(browser.app) as after:
        browser.get(BOARD)
    assert len(after) == len(before)


def test_who_goes_to_a_village_reads_the_village_as_the_place(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        scheme = duty.scheme(
            session, "AL21", (people.LIN,), posts=("上河村",), name="周三", kind="village-sessions"
        )
        scheme.posts[0].at_unit_id = people.unit(session, "AL2101").id
        duty.duty(session, duty.roster(session, scheme), date(2026, 7, 22), people.LIN)
        session.commit()
        name = people.unit(session, "AL2101").name
    text = browser.sign_in(people.LIN).get("/duty/mine").text
    assert f"{name} 调班" in text and "镇政府值班室" not in text
    printed = "".join(pages_of(browser.get("/duty/roster.pdf?month=2026-07").data))
    assert "各村（社区）" in printed and "镇政府值班室" not in printed
