"""班次设置: the list, a new rota from a preset, rows without scripts, people, pairs, closing; who may."""

import pytest
from sqlalchemy import select

from models.roster import RosterMember, RosterPair, RosterPost, RosterScheme
from tests import duty_rosters as rosters
from tests import factories, people
from tests.duty_rosters import scheme_on_site, stored

SCHEMES = "/duty/schemes"


def fields(**changes):
    typed = {
        "name": "镇24小时值班",
        "kind": "duty",
        "pattern": "daily",
        "rest_hours": "24",
        "most_in_row": "1",
        "place": "镇政府值班室",
        "telephone": "0379-6000020",
        "post-0-name": "带班领导",
        "post-0-starts": "08:30",
        "post-0-ends": "08:30",
        "post-0-need": "1",
        "post-0-weight": "1",
        "post-1-name": "值班员（主）",
        "post-1-starts": "08:30",
        "post-1-ends": "08:30",
        "post-1-need": "2",
        "post-1-weight": "1",
    }
    return typed | changes


def unit_id(browser, code="AL21"):
    with browser.app.app_context(), factories.plain_session() as session:
        return people.unit(session, code).id


def new(browser, status=303, **changes):
    return browser.post(f"{SCHEMES}/new?kind=duty", fields(unit=unit_id(browser)) | changes, status=status)


def test_every_kind_begins_with_a_preset_that_may_be_saved_as_it_is(browser):
    browser.sign_in(people.LIN)
    for kind, words in (
        ("duty", "带班领导"),
        ("leader-days", "接访领导"),
        ("village-sessions", "上河村"),
        ("special", "值班员（副）"),
    ):
        page = browser.get(f"{SCHEMES}/new?kind={kind}")
        assert words in page.html
    assert browser.get(f"{SCHEMES}/new?kind=leader-days").field("month_days") == "8"
    browser.get(f"{SCHEMES}/new?kind=other", status=404)


def test_a_new_rota_leads_to_choosing_its_people(browser):
    answer = new(browser.sign_in(people.LIN))
    page = browser.get(answer.location)
    assert "已新建“镇24小时值班”" in page.text and "赵立 镇党委副书记" in page.text
    assert [(p.name, p.need) for p in stored(browser, RosterPost)] == [("带班领导", 1), ("值班员（主）", 2)]


def test_the_villages_of_a_township_become_posts(browser):
    browser.sign_in(people.LIN)
    page = browser.get(f"{SCHEMES}/new?kind=village-sessions")
    names = ("上河村", "下河村", "柳园社区")
    assert [page.field(f"post-{n}-name") for n in range(3)] == list(names)
    typed = {name: page.field(name) for name in (f"post-{n}-{f}" for n in range(3) for f in ("name", "at_unit", "starts", "ends", "need", "weight"))}  # fmt: skip
    browser.post(
        f"{SCHEMES}/new?kind=village-sessions",
        typed
        | {
            "unit": unit_id(browser),
            "kind": "village-sessions",
            "name": "周三下村",
            "pattern": "weekly",
            "weekdays": ["3"],
            "rest_hours": "0",
            "most_in_row": "1",
        },
    )
    assert [p.at_unit_id for p in stored(browser, RosterPost)] == [
        unit_id(browser, code) for code in ("AL2101", "AL2102", "AL2103")
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "请填写名称"),
        ({"pattern": "weekly"}, "至少选一个星期几"),
        ({"pattern": "monthly", "month_days": "八号"}, "看不懂，写几号就行"),
        ({"pattern": "monthly", "month_days": "40"}, "1 至 31"),
        ({"pattern": "yearly"}, "请选择哪些天值班"),
        ({"rest_hours": "999"}, "应在 0 到 240 之间"),
        ({"post-1-name": "带班领导"}, "“带班领导”有两行"),
        ({"post-0-starts": "早上"}, "时间写法不对"),
        ({"post-0-need": "0"}, "人数应为 1 至 20"),
        ({"unit": "999999"}, "只能为本单位"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost_or_saved(browser, changes, words):
    page = new(browser.sign_in(people.LIN), status=422, **changes)
    assert words in page.text
    for name in ("place", "post-1-need"):
        assert page.field(name) == fields()[name]
    assert stored(browser, RosterScheme) == []


def test_more_rows_of_posts_come_without_scripts_and_nothing_is_saved(browser):
    page = new(browser.sign_in(people.LIN), status=200, more="1")
    assert page.field("post-1-name") == "值班员（主）" and page.field("post-6-name") == ""
    assert stored(browser, RosterScheme) == []


def test_the_form_sent_twice_makes_one_rota(browser):
    browser.sign_in(people.LIN)
    first = new(browser, submission_key="once").location
    assert new(browser, submission_key="once").location == first


def test_settings_are_changed_and_an_emptied_row_drops_its_post(browser):
    scheme_id = scheme_on_site(browser)
    page = browser.sign_in(people.LIN).get(f"{SCHEMES}/{scheme_id}")
    kept = {n: page.field(n) for n in ("version", "post-0-post_id", "post-1-post_id")}
    browser.post(f"{SCHEMES}/{scheme_id}", fields(**{**kept, "post-1-name": ""}))
    assert [p.retired_at is None for p in stored(browser, RosterPost)] == [True, False]
    again = browser.post(f"{SCHEMES}/{scheme_id}", fields(**kept, place="别处"), status=422)
    assert "刚被别人修改过" in again.text and again.field("place") == "别处"
    browser.post(f"{SCHEMES}/{scheme_id}", fields(version=again.field("version"), place="别处"))
    assert "别处" in browser.get(f"{SCHEMES}/{scheme_id}").html


def test_several_people_are_added_at_once_one_of_them_by_name(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        ids = rosters.staff(session, ("甲一", "乙二", "丙三"))
        session.commit()
    scheme_id = scheme_on_site(browser, who=ids[:1])
    members = f"{SCHEMES}/{scheme_id}/members"
    page = browser.sign_in(people.LIN).get(members)
    assert "乙二 干部" in page.text
    added = {"version": page.field("version"), "people": [str(ids[1]), str(ids[2])], "other": "郑重 县信访局"}
    browser.post(f"{members}/new", added)
    rows = [cell.text for cell in browser.get(members).all("th") if cell.get("scope") == "row"]
    assert rows == ["甲一", "乙二", "丙三", "郑重"]
    version = browser.get(members).field("version")
    refused = browser.post(f"{members}/new", {"version": version, "other": "没这个人"}, status=422)
    assert "没有叫“没这个人”的工作人员" in refused.text and refused.field("other") == "没这个人"
    assert "请至少选一个人" in browser.post(f"{members}/new", {"version": version}, status=422).text


def member_fields(browser, scheme_id):
    page = browser.get(f"{SCHEMES}/{scheme_id}/members")
    rows = [m.id for m in stored(browser, RosterMember)]
    typed = {"version": page.field("version")}
    for row in rows:
        for name in ("position", "first_day", "last_day", "share", "deputy"):
            typed[f"member-{row}-{name}"] = page.field(f"member-{row}-{name}")
        typed[f"member-{row}-posts"] = [str(p.id) for p in stored(browser, RosterPost)]
    return rows, typed


def test_the_table_of_members_is_saved_whole_or_not_at_all(browser):
    scheme_id = scheme_on_site(browser)
    rows, typed = member_fields(browser.sign_in(people.LIN), scheme_id)
    address = f"{SCHEMES}/{scheme_id}/members"
    bad = typed | {f"member-{rows[0]}-share": "50", f"member-{rows[1]}-first_day": "明天"}
    page = browser.post(address, bad, status=422)
    assert "日期写法不对" in page.text and page.field(f"member-{rows[0]}-share") == "50"
    assert stored(browser, RosterMember)[0].share == 100
    browser.post(address, typed | {f"member-{rows[0]}-share": "50", f"member-{rows[1]}-leaves": "1"})
    assert stored(browser, RosterMember)[0].share == 50
    page = browser.get(address)
    assert "已退出：乙二" in page.text
    assert "刚被别人修改过" in browser.post(address, typed, status=422).text


def test_pairs_are_kept_and_dropped_by_emptying_their_row(browser):
    scheme_id = scheme_on_site(browser)
    address = f"{SCHEMES}/{scheme_id}/pairs"
    one, other = [m.person_id for m in stored(browser, RosterMember)][:2]
    page = browser.sign_in(people.LIN).get(address)
    browser.post(
        address,
        {"version": page.field("version"), "pair-0-one": one, "pair-0-other": other, "pair-0-together": "0"},
    )
    assert [p.together for p in stored(browser, RosterPair)] == [False]
    version = browser.get(address).field("version")
    same = {"version": version, "pair-0-one": one, "pair-0-other": one, "pair-0-together": "1"}
    assert "请选两个不同的人" in browser.post(address, same, status=422).text
    assert browser.post(address, same | {"more": "1"}, status=200).field("pair-5-one") == ""
    browser.post(address, {"version": version})
    assert stored(browser, RosterPair) == []


def test_a_closed_rota_is_planned_no_more_and_stays_to_be_read(browser):
    scheme_id = scheme_on_site(browser)
    page = browser.sign_in(people.LIN).get(f"{SCHEMES}/{scheme_id}")
    version = page.field("version")
    closing = f"{SCHEMES}/{scheme_id}/closing"
    assert "请写明理由" in browser.post(closing, {"version": version, "reason": ""}, status=422).text
    browser.post(closing, {"version": version, "reason": "改为日间值班"})
    assert "镇24小时值班" not in browser.get(SCHEMES).text and "还没有班次" in browser.get(SCHEMES).text
    assert "已停用" in browser.get(f"{SCHEMES}?closed=1").text
    assert "停用，只能查看" in browser.get(f"{SCHEMES}/{scheme_id}").text


@pytest.mark.parametrize("tail", ["", "/members", "/pairs"])
def test_rotas_of_another_township_are_out_of_reach(browser, tail):
    scheme_id = scheme_on_site(browser)
    browser.sign_in(people.BAI).get(f"{SCHEMES}/{scheme_id}{tail}", status=404)
    browser.sign_in(people.WU).get(f"{SCHEMES}/{scheme_id}{tail}")


@pytest.mark.parametrize("member", [people.CHEN, people.HAN])
def test_who_only_reads_has_no_settings(browser, member):
    browser.sign_in(member).get(SCHEMES, status=403)


def test_the_list_costs_the_same_however_many_rotas_there_are(browser, count_statements):
    scheme_on_site(browser)
    browser.sign_in(people.WU).get(SCHEMES)
    with count_statements(browser.app) as one:
        browser.get(SCHEMES)
    with browser.app.app_context(), factories.plain_session() as session:
        rosters.scheme(session, who=rosters.staff(session, ("庚七",)), name="另一套")
        session.commit()
        assert len(session.scalars(select(RosterScheme)).all()) == 2
    with count_statements(browser.app) as two:
        browser.get(SCHEMES)
    assert len(one) == len(two) <= 12
