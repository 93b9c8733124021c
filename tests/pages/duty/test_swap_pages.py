"""Swaps as people meet them: asking, answering, deciding, setting, noting leave; who sees what."""

import re

import pytest
from sqlalchemy import select

from models.audit_entry import AuditEntry
from models.roster import (
    Duty,
    DutySwap,
    RosterAbsence,
    RosterMember,
    RosterMemberPost,
    RosterScheme,
)
from models.staff import Account
from rules.roles import Role
from tests import duty, factories, people
from tests.duty import GU, MEI, TAO, july
from tests.people import BAI, CHEN, HAN, LIN, WU, ZHAO, ZHENG, Member


@pytest.fixture
def rota(site):
    with site.app_context(), factories.plain_session() as plain:
        days = duty.rota(plain)
        plain.commit()
    return days


def stored(browser, model):
    with browser.app.app_context(), factories.plain_session() as session:
        return session.scalars(select(model).order_by(model.id)).all()


def who(browser, duty_id):
    with browser.app.app_context(), factories.plain_session() as session:
        return duty.holder(session, duty_id)


def person(browser, member):
    with browser.app.app_context(), factories.plain_session() as session:
        return duty.person_id(session, member)


def add(browser, make, *args, **values):
    with browser.app.app_context(), factories.plain_session() as session:
        row = make(session, *args, **values)
        session.commit()
        return row.id


def asked(browser, duty_id, other, member=LIN, status=303, **more):
    data = {"version": 1, "other": other, "reason": "家里有事"} | more
    return browser.sign_in(member).post(f"/duty/duties/{duty_id}/swap", data, status)


def swap_id(browser):
    return stored(browser, DutySwap)[-1].id


def test_the_page_offers_only_what_no_rule_forbids(browser, rota):
    page = browser.sign_in(LIN).get(f"/duty/duties/{rota[18]}/swap")
    options = re.findall(r"<option[^>]*>([^<]*)</option>", page.html)
    assert options[0] == "请选择"
    assert [o.partition("（")[0] for o in options[1:3]] == ["顾平", "梅青"]
    assert options[3:] == [
        "2026-07-17 星期五 值班员 陶然",
        "2026-07-20 星期一 值班员 梅青",
        "2026-07-22 星期三 值班员 顾平",
    ]


def test_a_swap_goes_from_one_to_the_next_until_the_duty_moves(browser, rota):
    asked(browser, rota[18], f"d{rota[20]}-1")
    swap = swap_id(browser)
    assert "林秀请您对换：2026-07-18 星期六 值班员" in browser.sign_in(MEI).get("/duty/mine").text
    assert "1 份调班申请等您答复" in browser.get("/").text
    page = browser.get(f"/duty/swaps/{swap}")
    assert "与请假、休息时间和其他班都不冲突" in page.text
    browser.post(f"/duty/swaps/{swap}/acceptance", {"version": 1})
    assert "1 份调班申请等您批准" in browser.sign_in(ZHAO).get("/").text
    browser.post(f"/duty/swaps/{swap}/approval", {"version": 2, "note": "同意"})
    assert (who(browser, rota[18]), who(browser, rota[20])) == ("梅青", "林秀")
    assert "已批准" in browser.get(f"/duty/swaps/{swap}").text
    mine = browser.sign_in(LIN).get("/duty/mine").text
    assert "2026-07-20 星期一" in mine and "对换" in mine


def test_what_was_typed_stays_when_it_is_refused(browser, rota):
    page = asked(browser, rota[18], f"p{person(browser, TAO)}", status=422)
    assert "休息 0 小时" in page.text
    assert page.field("reason") == "家里有事"
    page = asked(browser, rota[18], "", status=422, reason="")
    assert "请选择与谁调。" in page.text and "请写明理由。" in page.text


@pytest.mark.parametrize(
    "other", ["p", "p99999999999", "d1", "d1-", "dx-1", "x1", "p-3", "d999999-1", "p999999"]
)
def test_a_choice_that_means_nothing_is_told_at_its_field(browser, rota, other):
    page = asked(browser, rota[18], other, status=422)
    assert "请选择与谁调。" in page.text or "没有可用的账号" in page.text
    assert stored(browser, DutySwap) == []


def test_a_wish_is_confirmed_by_each_of_the_three(browser, rota):
    add(browser, duty.leave, GU, july(18), kind="wish")
    other = f"p{person(browser, GU)}"
    page = asked(browser, rota[18], other, status=422)
    assert "顾平希望7月18日不排" in page.text and "已核对，确定要调" in page.text
    asked(browser, rota[18], other, confirmed="y")
    swap = swap_id(browser)
    page = browser.sign_in(GU).get(f"/duty/swaps/{swap}")
    assert "请核对：顾平希望7月18日不排" in page.text and 'name="confirmed"' in page.html
    browser.post(f"/duty/swaps/{swap}/acceptance", {"version": 1}, 422)
    browser.post(f"/duty/swaps/{swap}/acceptance", {"version": 1, "confirmed": "y"})
    browser.sign_in(ZHAO).post(f"/duty/swaps/{swap}/approval", {"version": 2}, 422)
    browser.post(f"/duty/swaps/{swap}/approval", {"version": 2, "confirmed": "y"})
    assert who(browser, rota[18]) == "顾平"


def test_the_second_to_approve_is_told_what_happened(browser, rota):
    asked(browser, rota[18], f"p{person(browser, MEI)}")
    swap = swap_id(browser)
    browser.sign_in(MEI).post(f"/duty/swaps/{swap}/acceptance", {"version": 1})
    browser.sign_in(ZHAO).post(f"/duty/swaps/{swap}/approval", {"version": 2})
    page = browser.post(f"/duty/swaps/{swap}/approval", {"version": 2}, 422)
    assert "现在是“已批准”" in page.text


def test_the_director_decides_nothing_of_a_township_that_has_its_own_supervisor(browser, rota):
    asked(browser, rota[18], f"p{person(browser, MEI)}")
    swap = swap_id(browser)
    browser.sign_in(MEI).post(f"/duty/swaps/{swap}/acceptance", {"version": 1})
    assert "approval" not in browser.sign_in(ZHENG).get(f"/duty/swaps/{swap}").html
    browser.post(f"/duty/swaps/{swap}/approval", {"version": 2}, 404)
    browser.get(f"/duty/duties/{rota[18]}/person", 404)
    assert stored(browser, DutySwap)[0].state == "accepted"


def test_who_may_not_note_a_leave_may_not_void_it(browser, rota):
    data = {"kind": "leave", "first_day": "2026-08-03", "last_day": "2026-08-03"}
    browser.sign_in(LIN).post("/duty/absences/new", data)
    row = stored(browser, RosterAbsence)[0]
    for member in (WU, ZHENG):
        assert "/void" not in browser.sign_in(member).get(f"/duty/absences/{row.id}").html
        browser.post(f"/duty/absences/{row.id}/void", {"version": 1, "reason": "不请了"}, 404)
    browser.sign_in(ZHAO).post(f"/duty/absences/{row.id}/void", {"version": 1, "reason": "不请了"})
    assert stored(browser, RosterAbsence)[0].is_void


def test_declining_needs_a_reason_and_cancelling_too(browser, rota):
    asked(browser, rota[18], f"p{person(browser, MEI)}")
    swap = swap_id(browser)
    browser.sign_in(MEI).post(f"/duty/swaps/{swap}/declining", {"version": 1}, 422)
    browser.sign_in(LIN).post(f"/duty/swaps/{swap}/cancellation", {"version": 1}, 422)
    page = browser.post(f"/duty/swaps/{swap}/cancellation", {"version": 7, "reason": "不换了"}, 422)
    assert "刚被别人修改过" in page.text
    browser.post(f"/duty/swaps/{swap}/cancellation", {"version": 1, "reason": "不换了"})
    assert stored(browser, DutySwap)[0].state == "cancelled"


def test_a_swap_is_seen_by_the_two_and_by_who_plans_there(browser, rota):
    asked(browser, rota[18], f"p{person(browser, MEI)}")
    address = f"/duty/swaps/{swap_id(browser)}"
    for member in (LIN, MEI, ZHAO, WU, ZHENG, TAO):
        browser.sign_in(member).get(address)
    for member in (CHEN, BAI, HAN, people.ZHU):
        browser.sign_in(member).get(address, 404)
    for member in (people.SUN, people.QIAN, people.HE):
        browser.sign_in(member).get(address, 403)
    assert "家里有事" in browser.sign_in(ZHAO).get("/duty/swaps").text
    assert "家里有事" not in browser.sign_in(BAI).get("/duty/swaps").text


def test_only_ones_own_duty_is_asked_away(browser, rota):
    for member in (MEI, ZHAO, BAI):
        browser.sign_in(member).get(f"/duty/duties/{rota[18]}/swap", 404)


def test_a_running_duty_says_that_the_rest_is_handed_over(browser, rota):
    page = browser.sign_in(LIN).get(f"/duty/duties/{rota[15]}/swap")
    assert "这个班正在值" in page.text
    browser.sign_in(TAO)
    assert "已经值完" in browser.get(f"/duty/duties/{rota[14]}/swap").text


def test_a_supervisor_sets_another_person_on_the_running_duty(browser, rota):
    page = browser.sign_in(ZHAO).get(f"/duty/duties/{rota[15]}/person")
    assert "从现在起由新的人接着值" in page.text
    data = {"version": 1, "person": person(browser, GU), "reason": "林秀突然生病"}
    browser.post(f"/duty/duties/{rota[15]}/person", data)
    rows = [row for row in stored(browser, Duty) if row.day == july(15)]
    assert [who(browser, row.id) for row in rows] == ["林秀", "顾平"]
    now = browser.get("/duty/now").text
    assert "顾平" in now and "林秀" not in now


def test_too_little_rest_is_confirmed_by_the_supervisor(browser, rota):
    data = {"version": 1, "person": person(browser, TAO), "reason": "林秀生病"}
    page = browser.sign_in(ZHAO).post(f"/duty/duties/{rota[18]}/person", data, 422)
    assert "休息 0 小时" in page.text and "已核对，确定要调" in page.text
    browser.post(f"/duty/duties/{rota[18]}/person", data | {"confirmed": "y"})
    assert who(browser, rota[18]) == "陶然"


@pytest.mark.parametrize("text", ["", "x", "999999", "99999999999", "-1"])
def test_a_person_that_means_nothing_is_told_at_its_field(browser, rota, text):
    browser.sign_in(ZHAO)
    page = browser.post(
        f"/duty/duties/{rota[18]}/person", {"version": 1, "person": text, "reason": "生病"}, 422
    )
    assert who(browser, rota[18]) == "林秀"
    assert "请选择改由谁值。" in page.text or "不在本表值班人员之列" in page.text


def test_who_does_not_publish_sets_nobody(browser, rota):
    for member in (LIN, CHEN, WU, HAN):
        browser.sign_in(member).get(f"/duty/duties/{rota[18]}/person", 403)


def test_leave_over_a_published_duty_proposes_the_best_and_sets_with_one_click(browser, rota):
    data = {"kind": "leave", "first_day": "2026-07-18", "last_day": "2026-07-19", "note": "公休"}
    page = browser.sign_in(LIN).post("/duty/absences/new", data)
    own = browser.get(page.location)
    assert "2026-07-18 星期六 值班员" in own.text and "请顾平替班" in own.text
    assert "换成" not in own.text
    assert "请假没有人顶" in browser.sign_in(ZHAO).get("/").text
    page = browser.get(page.location)
    assert page.text.index("换成顾平") < page.text.index("换成梅青")
    browser.post(
        f"/duty/duties/{rota[18]}/person",
        {"version": 1, "person": person(browser, GU), "reason": "林秀请假"},
    )
    assert who(browser, rota[18]) == "顾平"
    assert "请假没有人顶" not in browser.get("/").text


def test_a_clerk_notes_the_leave_of_others_in_his_rota_only(browser, rota):
    data = {"kind": "leave", "first_day": "2026-08-03", "person": person(browser, MEI)}
    browser.sign_in(LIN).post("/duty/absences/new", data)
    assert "请选择人员。" in browser.sign_in(BAI).post("/duty/absences/new", data, 422).text
    assert "请选择人员。" in browser.sign_in(CHEN).post("/duty/absences/new", data, 422).text
    (row,) = stored(browser, RosterAbsence)
    assert row.first_day.isoformat() == row.last_day.isoformat() == "2026-08-03"
    browser.sign_in(MEI).get(f"/duty/absences/{row.id}")
    browser.sign_in(BAI).get(f"/duty/absences/{row.id}", 404)
    browser.sign_in(CHEN).get(f"/duty/absences/{row.id}", 404)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"first_day": ""}, "请填写开始日期。"),
        ({"first_day": "2026-08-05", "last_day": "2026-08-01"}, "结束日期不能早于开始日期。"),
        ({"first_day": "2026-08-05", "last_day": "2027-08-06"}, "一次最多登记 366 天。"),
        ({"kind": "wish", "first_day": "2026-07-15"}, "愿休日要写今天以后的日子。"),
        ({"kind": "sick"}, "请选择请假还是愿休。"),
        ({"first_day": "2026-05-01"}, "两个月以前的请假不用补登。"),
        ({"first_day": "2026-13-01"}, "日期写法不对"),
        ({"first_day": "1889-01-01"}, "日期应在"),
        ({"note": "长" * 101}, "最多 100 个字。"),
    ],
)
def test_wrong_leave_is_told_at_its_field(browser, rota, fields, said):
    data = {"kind": "leave", "first_day": "2026-08-03", "note": "公休"} | fields
    page = browser.sign_in(LIN).post("/duty/absences/new", data, 422)
    assert said in page.text
    assert page.field("note") == data["note"]
    assert stored(browser, RosterAbsence) == []


def test_the_same_days_are_noted_once_and_voided_with_a_reason(browser, rota):
    data = {"kind": "leave", "first_day": "2026-08-03", "last_day": "2026-08-05"}
    browser.sign_in(LIN).post("/duty/absences/new", data)
    assert "已经登记过请假" in browser.post("/duty/absences/new", data, 422).text
    (row,) = stored(browser, RosterAbsence)
    browser.post(f"/duty/absences/{row.id}/void", {"version": 1}, 422)
    browser.post(f"/duty/absences/{row.id}/void", {"version": 3, "reason": "不请了"}, 422)
    browser.post(f"/duty/absences/{row.id}/void", {"version": 1, "reason": "不请了"})
    assert "不请了" in browser.get("/duty/absences?state=void").text
    assert "2026-08-03" not in browser.get("/duty/absences").text
    browser.post("/duty/absences/new", data)


def test_lists_cost_few_statements(browser, site, rota, count_statements):
    for day, other in ((18, MEI), (15, GU)):
        asked(browser, rota[day], f"p{person(browser, other)}")
    browser.sign_in(ZHAO)
    for address, most in (("/duty/swaps", 5), ("/duty/absences", 5), (f"/duty/swaps/{swap_id(browser)}", 16)):
        with count_statements(site) as statements:
            browser.get(address)
        assert len(statements) <= most, address


def test_a_page_of_choices_costs_the_same_whatever_the_people_and_days(browser, site, rota, count_statements):
    counts = []
    for days in ((23, 24, 25), (26, 27, 28)):
        browser.sign_in(LIN)
        with count_statements(site) as statements:
            browser.get(f"/duty/duties/{rota[18]}/swap")
        counts.append(len(statements))
        with site.app_context(), factories.plain_session() as plain:
            published = plain.get_one(Duty, rota[18]).roster
            for day in days:
                duty.duty(plain, published, july(day), (MEI, TAO, GU)[day % 3])
            plain.commit()
    assert counts[0] == counts[1] <= 22


def test_leave_that_somebody_else_noted_says_who_and_may_be_contested(browser, rota):
    data = {"kind": "leave", "first_day": "2026-08-03", "person": str(person(browser, ZHAO))}
    add(browser, member_of_rota, ZHAO)
    browser.sign_in(LIN).post("/duty/absences/new", data)
    row = stored(browser, RosterAbsence)[-1]
    assert "林秀 代为登记" in browser.get("/duty/absences").text
    browser.sign_in(ZHAO)
    assert "林秀替您登记了请假：2026-08-03" in browser.get("/duty/mine").text
    page = browser.get(f"/duty/absences/{row.id}")
    assert "林秀 代为登记" in page.text and "别人替您登记的，不对就在这里作废" in page.text
    browser.post(f"/duty/absences/{row.id}/void", {"version": 1, "reason": "我没有请假"})
    assert "林秀替您登记了" not in browser.get("/duty/mine").text


def test_ones_own_leave_is_marked_as_nobody_elses(browser, rota):
    browser.sign_in(LIN).post("/duty/absences/new", {"kind": "leave", "first_day": "2026-08-03"})
    assert "代为登记" not in browser.get("/duty/absences").text
    assert "替您登记" not in browser.get("/duty/mine").text


def member_of_rota(session, member):
    scheme = session.scalars(select(RosterScheme)).first()
    row = RosterMember(scheme_id=scheme.id, person_id=duty.person_id(session, member), position=9)
    session.add(row)
    session.flush()
    return row


def own_swap(browser, rota):
    """赵立, who decides for 柳溪镇, is asked to stand in on the 18th and says yes."""

    def made(session):
        row = DutySwap(
            uid="7" * 32, unit_id=people.unit(session, "AL21").id, duty_id=rota[18], state="accepted",
            person_id=duty.person_id(session, LIN), other_person_id=duty.person_id(session, ZHAO),
            reason="家里有事", asked_at=people.NOW,
        )  # fmt: skip
        member = member_of_rota(session, ZHAO)
        post = session.get_one(Duty, rota[18]).post_id
        session.add(RosterMemberPost(member_id=member.id, post_id=post, scheme_id=member.scheme_id))
        session.add(row)
        session.flush()
        return row

    return add(browser, made)


def test_a_swap_of_ones_own_is_approved_where_nobody_else_may_and_marked(browser, rota):
    swap = own_swap(browser, rota)
    browser.sign_in(ZHAO).post(f"/duty/swaps/{swap}/approval", {"version": 1})
    assert who(browser, rota[18]) == "赵立"
    for address in (f"/duty/swaps/{swap}", "/duty/swaps?state=all"):
        assert "本人批准" in browser.get(address).text
    with browser.app.app_context(), factories.plain_session() as session:
        assert session.scalars(
            select(AuditEntry.action).where(AuditEntry.action == "duty_swap.approve-own")
        ).all() == ["duty_swap.approve-own"]


def test_where_the_unit_has_another_to_approve_one_does_not_approve_the_own(browser, rota):
    swap = own_swap(browser, rota)
    add(browser, hired, QIAN)
    page = browser.sign_in(ZHAO).post(f"/duty/swaps/{swap}/approval", {"version": 1}, 422)
    assert "这份调班有您本人，请由钱副镇长批准" in page.text
    assert who(browser, rota[18]) == "林秀"
    browser.sign_in(QIAN).post(f"/duty/swaps/{swap}/approval", {"version": 1})
    assert "本人批准" not in browser.get(f"/duty/swaps/{swap}").text


QIAN = Member("qian2", "钱副镇长", Role.SUPERVISOR, "AL21", "副镇长")


def hired(session, member):
    duty.hire(session, member)
    return session.scalars(select(Account).where(Account.username == member.username)).one()
