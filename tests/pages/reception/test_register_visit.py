"""Registering a visit: one screen, nothing typed is lost, the same form makes one record."""

import pytest
from sqlalchemy import func, select

from extensions import db
from models.audit_entry import AuditEntry
from models.visit import Visit, VisitContact
from tests import factories, people

TYPED = {
    "unit": "柳溪镇",
    "visit_date": "2026-07-15",
    "visit_time": "09:20",
    "reception_type": "daily",
    "place": "接访大厅",
    "receptionist": "林秀",
    "name_1": "周大山",
    "telephone_1": "13800005678",
    "address_1": "柳溪镇上河村三组",
    "persons": "1",
    "visit_kind": "first",
    "category": "住房保障与房地产",
    "purpose": "request",
    "location_unit": "上河村",
    "content": "反映小区房屋漏水，多次找物业没有结果。",
    "outcome": "explained",
}


def register(browser, status=303, **changes):
    fields = {k: v for k, v in (TYPED | changes).items() if v is not None}
    return browser.post("/reception/visits", fields, status=status)


def count(site, model):
    with site.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def saved(site):
    with site.app_context():
        return db.session.scalars(select(Visit).order_by(Visit.id.desc())).first()


def test_the_empty_form_knows_today_the_own_unit_and_who_is_signed_in(browser):
    page = browser.sign_in(people.LIN).get("/reception/visits/new")
    assert page.field("visit_date") == "2026-07-15"
    assert page.field("visit_time") == "10:30"
    assert page.field("unit") == "柳溪镇"
    assert page.field("receptionist") == "林秀"


def test_a_saved_visit_gets_its_number_and_an_audit_entry(browser, site):
    answer = register(browser.sign_in(people.LIN))
    assert "LF-AL21-2026-00001" in browser.get(answer.location).text
    with site.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "visit.register")).one()
        assert (entry.actor_name, entry.subject_label) == ("林秀", "LF-AL21-2026-00001")
        assert "周大山" not in entry.fields + entry.digests + entry.subject_label


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("zfbzyfdc", "住房保障与房地产"),
        ("住房保障与房地产", "住房保障与房地产"),
        ("房产物业/住房保障与房地产", "住房保障与房地产"),
        ("wtlp", "住房保障与房地产"),
    ],
)
def test_a_category_is_understood_from_characters_or_pinyin(browser, site, typed, stored):
    register(browser.sign_in(people.LIN), category=typed)
    with site.app_context():
        assert db.session.scalars(select(Visit)).one().category.name == stored


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"visit_date": ""}, "请填写来访日期。"),
        ({"visit_date": "2026-07-16"}, "来访日期 2026-07-16 晚于今天 2026-07-15。"),
        ({"visit_date": "0202-07-15"}, "日期应在 1990 年至 2100 年之间。"),
        ({"due_date": "2206-07-15"}, "日期应在 1990 年至 2100 年之间。"),
        ({"persons": "0"}, "来访人数应在 1 到 9999 之间。"),
        ({"persons": "3", "representatives": "4"}, "代表人数 4 多于来访人数 3。"),
        ({"persons": "30", "representatives": "6"}, "代表人数应在 1 到 5 之间"),
        ({"persons": "9", "involved_persons": "8"}, "涉及人数 8 少于来访人数 9。"),
        ({"category": ""}, "请填写内容分类。"),
        ({"category": "没有这一类"}, "没有找到“没有这一类”"),
        ({"content": ""}, "请填写反映内容。"),
        ({"content": "长" * 2001}, "最多 2000 个字。"),
        ({"name_1": ""}, "请填写这一位的姓名。"),
        ({"name_1": "", "telephone_1": "", "address_1": ""}, "请填写来访人姓名"),
        ({"telephone_1": "12"}, "电话号码不对"),
        ({"id_number_1": "410101199003071230"}, "身份证号校验不对"),
        ({"outcome": "committed"}, "处理结果为限期化解时，请填写限办日期。"),
        ({"outcome": "forwarded"}, "处理结果为转送办理时，请填写责任单位。"),
        ({"due_date": "2026-07-14"}, "限办日期 2026-07-14 早于来访日期 2026-07-15。"),
        ({"unit": "白石乡"}, "只能为本单位及下级单位登记。"),
        ({"responsible_unit": "没有这个局"}, "没有找到“没有这个局”"),
    ],
)
def test_bad_input_is_named_at_its_field_and_nothing_typed_is_lost(browser, site, changes, message):
    page = register(browser.sign_in(people.LIN), status=422, **changes)
    assert message in page.text
    assert (
        page.field("address_1")
        == (changes | {"address_1": changes.get("address_1", TYPED["address_1"])})["address_1"]
    )
    assert count(site, Visit) == 0


def test_the_same_form_sent_twice_makes_one_visit(browser, site):
    browser.sign_in(people.LIN)
    first = register(browser, submission_key="k" * 32)
    second = register(browser, submission_key="k" * 32)
    assert first.location == second.location
    assert count(site, Visit) == 1


def test_five_persons_are_a_group_and_choose_at_most_five_representatives(browser, site):
    answer = register(browser.sign_in(people.LIN), persons="12")
    assert "集体访" in browser.get(answer.location).text
    assert saved(site).representatives == 5


def test_numbers_are_stored_encrypted_and_shown_masked(browser, site):
    answer = register(browser.sign_in(people.LIN))
    page = browser.get(answer.location)
    assert "138****5678" in page.text
    assert "13800005678" not in page.html
    with site.app_context():
        contact = db.session.scalars(select(VisitContact)).one()
        assert contact.telephone_cipher.startswith("v1:k1:")


def test_an_anonymous_visit_needs_no_name(browser):
    answer = register(browser.sign_in(people.LIN), name_1="", telephone_1="", address_1="", anonymous="y")
    assert "匿名" in browser.get(answer.location).text


def test_save_and_next_opens_an_empty_form(browser):
    browser.sign_in(people.LIN)
    answer = register(browser, then="next")
    page = browser.get(answer.location)
    assert page.field("content") == ""
    assert "LF-AL21-2026-00001，请登记下一批" in page.text


def test_an_accusation_is_sealed_from_colleagues_and_from_the_accused(browser, site):
    answer = register(browser.sign_in(people.LIN), purpose="accusation", accused_unit="县住建局")
    assert "已密封" in browser.get(answer.location).text
    browser.sign_in(people.ZHAO).get(answer.location, status=404)
    browser.sign_in(people.WU).get(answer.location, status=404)
    browser.sign_in(people.ZHU).get(answer.location, status=404)


def test_a_half_filled_form_survives_a_session_that_ran_out(browser, site):
    browser.sign_in(people.LIN)
    token = browser.csrf_token()
    with site.app_context():
        from datetime import timedelta

        from sqlalchemy import update

        from models.sign_in import SignInSession

        with factories.plain_session() as session:
            session.execute(update(SignInSession).values(last_seen_at=people.NOW - timedelta(hours=2)))
            session.commit()
    answer = browser.client.post("/reception/visits", data=TYPED | {"csrf_token": token})
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/reception/visits/new"
    page = browser.sign_in(people.LIN).get("/reception/visits/new")
    assert "这是您上次没有保存的内容" in page.text
    assert page.field("content") == TYPED["content"]
    assert count(site, Visit) == 0


def test_the_draft_is_gone_once_the_visit_is_saved(browser, site):
    test_a_half_filled_form_survives_a_session_that_ran_out(browser, site)
    register(browser)
    assert browser.get("/reception/visits/new").field("content") == ""


def test_a_similar_name_in_the_same_scope_is_pointed_out(browser, site):
    with site.app_context(), factories.plain_session() as session:
        factories.visit(session, names=("周大山",))
        session.commit()
    page = browser.sign_in(people.LIN).post("/reception/visits/similar", {"name_1": "周大山"}, status=200)
    assert "可能已经登记过" in page.html
    page = browser.sign_in(people.BAI).post("/reception/visits/similar", {"name_1": "周大山"}, status=200)
    assert "可能已经登记过" not in page.html


def test_typing_in_a_paper_page_keeps_both_dates(browser, site):
    unit = browser.sign_in(people.LIN).get("/reception/blank-register").field("unit")
    browser.post("/reception/blank-register", {"unit": unit, "count": "7"}, status=200)
    answer = register(browser, visit_date="2026-07-03", paper_page="AL21-2026-007")
    text = browser.get(answer.location).text
    assert "2026-07-03" in text
    assert "2026-07-15 10:30 林秀 · 补录自纸质登记簿 AL21-2026-007" in text
