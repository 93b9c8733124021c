"""The screens of accounts: the same list for two officers, each with own buttons only."""

import io
import re

import openpyxl
import pytest

from tests import duty, factories, people
from tests.staff_accounts import account_of

OPEN = {"username": "Gao", "name": "高明", "post": "科员", "telephone": ""}
BY = "/staff/accounts"
LIN, ZHAO, NEW = 2, 3, 12


def passwords_in(page):
    return re.findall(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}", page.text)


def test_an_account_is_opened_without_rights_and_its_password_shown_once(browser):
    browser.sign_in(people.SUN)
    page = browser.post(f"{BY}/new", OPEN | {"unit": "4"}, status=200)
    (password,) = passwords_in(page)
    assert "14 天内有效" in page.text
    listed = browser.get("/staff?q=gao")
    assert "待授权" in listed.text
    place = re.search(rf"{BY}/\d+", listed.html).group()
    assert passwords_in(browser.get(place)) == []
    browser.post("/sign-out")
    browser.member = None
    assert browser.post("/sign-in", {"username": "gao", "password": password}).location == "/"
    assert browser.client.get("/").headers["Location"] == "/account/password"


def test_the_opening_form_sent_twice_opens_one(browser):
    browser.sign_in(people.SUN).post(f"{BY}/new", OPEN | {"unit": "4"}, status=200)
    again = browser.post(f"{BY}/new", OPEN | {"unit": "4"}, status=422)
    assert "用户名 gao 已经有人用了。" in again.text
    assert again.field("name") == "高明"


def test_secadmin_grants_and_the_role_holds_at_once(browser, site):
    browser.sign_in(people.QIAN).post(f"{BY}/{NEW}/role", {"version": "1", "role": "clerk", "reason": "新任"})
    shown = browser.get(f"{BY}/{NEW}").text
    assert "授予角色 新任 角色：（空） → 信访经办" in shown
    assert browser.sign_in(people.NEW).client.get("/reception/visits").status_code == 200


def test_a_refusal_opens_the_form_it_belongs_to(browser):
    page = browser.sign_in(people.QIAN).post(
        f"{BY}/{NEW}/role", {"version": "1", "role": "director", "reason": "新任"}, status=422
    )
    assert "“县信访局负责人”只能授予县信访局的账号。" in page.text
    page = browser.post(f"{BY}/{NEW}/role", {"version": "1", "role": "clerk", "reason": ""}, status=422)
    assert "请写明理由。" in page.text


@pytest.mark.parametrize("act", ["password", "disabling", "enabling", "move", "hand-over"])
def test_secadmin_does_not_do_what_sysadmin_does(browser, act):
    browser.sign_in(people.QIAN).post(f"{BY}/{LIN}/{act}", {"version": "1", "reason": "试试"}, status=403)


@pytest.mark.parametrize("act", ["role", "sealed-reading", "unlocking"])
def test_sysadmin_does_not_do_what_secadmin_does(browser, act):
    browser.sign_in(people.SUN).post(f"{BY}/{LIN}/{act}", {"version": "1", "reason": "试试"}, status=403)


def test_each_officer_sees_own_buttons_only(browser):
    sysadmin = browser.sign_in(people.SUN).get(f"{BY}/{LIN}").text
    secadmin = browser.sign_in(people.QIAN).get(f"{BY}/{LIN}").text
    assert "停用账号" in sysadmin
    assert "授予或收回角色" not in sysadmin
    assert "授予或收回角色" in secadmin
    assert "停用账号" not in secadmin


def test_disabling_and_enabling(browser):
    browser.sign_in(people.SUN).post(f"{BY}/{LIN}/disabling", {"version": "1", "reason": "休假"})
    assert "停用：休假" in browser.get(f"{BY}/{LIN}").text
    browser.post(f"{BY}/{LIN}/enabling", {"version": "2", "reason": "回来"})
    assert "还没有角色" in browser.get(f"{BY}/{LIN}").text


def test_a_reset_shows_a_new_password_once(browser):
    page = browser.sign_in(people.SUN).post(
        f"{BY}/{LIN}/password", {"version": "1", "reason": "忘记"}, status=200
    )
    assert len(passwords_in(page)) == 1
    stale = browser.post(f"{BY}/{LIN}/password", {"version": "1", "reason": "忘记"}, status=422)
    assert "刚被别人修改过" in stale.text
    assert passwords_in(stale) == []


def test_moving_and_handing_over(browser):
    browser.sign_in(people.SUN)
    data = {"version": "1", "unit": "9", "post": "副乡长", "from_date": "2026-07-15", "reason": "调动"}
    browser.post(f"{BY}/{LIN}/move", data)
    text = browser.get(f"{BY}/{LIN}").text
    assert "白石乡 副乡长 2026-07-15 在任" in text
    page = browser.get(f"{BY}/{ZHAO}/hand-over")
    assert "尚未办结的来访 0 件，尚未归档的信访事项 0 件" in page.text
    browser.post(f"{BY}/{ZHAO}/hand-over", {"version": "1", "reason": "退休"})
    assert "停用：退休" in browser.get(f"{BY}/{ZHAO}").text


def test_the_list_filters_pages_and_exports(browser):
    browser.sign_in(people.QIAN)
    assert "柳溪镇及下级，信访经办：1 个。" in browser.get("/staff?unit=5&role=clerk").text
    assert "待授权：1 个。" in browser.get("/staff?state=no_role").text
    assert "含“lx”：1 个。" in browser.get("/staff?q=lx&role=clerk").text.replace("信访经办，", "")
    content = browser.get("/staff?format=xlsx&role=clerk").data
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("用户名", "姓名", "单位", "角色")
    assert sorted(r[0] for r in rows[1:]) == ["bai", "lin", "zhu"]


def test_the_list_asks_the_database_a_fixed_number_of_times(browser, count_statements):
    browser.sign_in(people.SUN)
    with count_statements(browser.app) as statements:
        browser.get("/staff")
    assert len(statements) <= 10


def test_everybody_reads_the_telephone_book(browser):
    for member in people.ONE_PER_ROLE:
        assert "林秀" in browser.sign_in(member).get("/staff/telephones?unit=5").text


def test_the_book_is_searched_by_name_initials_and_unit(browser):
    browser.sign_in(people.CHEN)
    assert "人员 1 名" in browser.get("/staff/telephones?q=zl").text
    assert "赵立" in browser.get("/staff/telephones?q=zl").text
    assert "人员 3 名" in browser.get("/staff/telephones?q=柳溪").text
    assert browser.get("/staff/telephones?format=xlsx").data[:2] == b"PK"


def test_a_person_without_account_joins_and_leaves_the_book(browser):
    browser.sign_in(people.SUN)
    browser.post("/staff/people/new", {"name": "江局长", "unit": "4", "post": "局长", "telephone": "0379-3"})
    page = browser.get("/staff/telephones?q=jjz")
    assert "江局长 局长 0379-3" in page.text
    place = re.search(r"/staff/people/\d+", page.html).group()
    version = browser.get(place).field("version")
    browser.post(f"{place}/leaving", {"version": version, "reason": "退休"})
    assert "已离任" in browser.get(place).text


def test_a_leaver_s_duties_are_passed_on_one_by_one_or_left_empty(browser):
    with browser.app.app_context(), factories.plain_session() as session:
        duties = duty.rota(session)
        leaver, gu = account_of(session, people.LIN).id, duty.person_id(session, duty.GU)
        session.commit()
    page = browser.sign_in(people.SUN).get(f"{BY}/{leaver}/hand-over")
    for words in (
        "参加的班次 1 套",
        "柳溪镇 机关值班",
        "今后已发布的班 2 班",
        "7月18日 柳溪镇 值班员",
        "顾平（",
        "留作空岗",
    ):
        assert words in page.text
    typed = {
        "version": page.field("version"),
        "reason": "调离",
        f"duty_{duties[15]}": "",
        f"duty_{duties[18]}": "999999",
    }
    refused = browser.post(f"{BY}/{leaver}/hand-over", typed, status=422)
    assert "不能这样安排" in refused.text
    answer = browser.post(f"{BY}/{leaver}/hand-over", typed | {f"duty_{duties[18]}": str(gu)})
    assert "值班 2 班、班次 1 套" in browser.get(answer.location).text
    assert "空岗" in browser.sign_in(people.ZHAO).get("/").text
