"""One visit: masked until a reason is given, corrected and voided with a reason, completed, printed."""

from datetime import date

import pytest
from sqlalchemy import select

from extensions import db
from models.audit_entry import AuditEntry
from models.visit import Visit
from tests import factories, people
from tests.pages.reception.test_register_visit import TYPED, register
from tests.people import unit


@pytest.fixture
def visit_address(browser, site):
    """A visit that 林秀 registered."""
    return register(
        browser.sign_in(people.LIN), outcome="committed", responsible_unit="县住建局", due_date="2026-07-30"
    ).location


def actions_of(site):
    with site.app_context():
        return [
            (e.action, e.actor_name, e.reason)
            for e in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        ]


def test_another_township_does_not_know_that_it_exists(browser, visit_address):
    browser.sign_in(people.BAI).get(visit_address, status=404)
    browser.get("/reception/visits/999999", status=404)


def test_masked_numbers_are_revealed_for_a_reason_and_logged(browser, site, visit_address):
    browser.post(f"{visit_address}/reveal", {"reason": ""}, status=422)
    page = browser.post(f"{visit_address}/reveal", {"reason": "电话告知办理进展"}, status=200)
    assert "13800005678" in page.text
    assert actions_of(site)[-1] == ("visit.reveal", "林秀", "电话告知办理进展")


def test_a_correction_needs_a_reason_and_keeps_what_stood_before(browser, site, visit_address):
    form = browser.get(f"{visit_address}/correction")
    assert form.field("telephone_1") == ""
    changed = TYPED | {
        "persons": "3",
        "version": "1",
        "telephone_1": "",
        "outcome": "committed",
        "responsible_unit": "县住建局",
        "due_date": "2026-07-30",
    }
    refused = browser.post(f"{visit_address}/correction", changed | {"reason": ""}, status=422)
    assert "请填写更正理由。" in refused.text
    browser.post(f"{visit_address}/correction", changed | {"reason": "人数笔误"})
    page = browser.get(visit_address)
    assert "理由：人数笔误" in page.text
    assert "来访人数：1 → 3" in page.text
    assert "138****5678" in page.text
    assert actions_of(site)[-1][0] == "visit.correct"


def test_a_stale_correction_is_refused_and_keeps_what_was_typed(browser, visit_address):
    changed = TYPED | {"version": "1", "reason": "补充", "outcome": "solved"}
    browser.post(f"{visit_address}/correction", changed)
    page = browser.post(f"{visit_address}/correction", changed | {"content": "另一个人改的内容"}, status=422)
    assert "这条记录刚被别人修改过" in page.text
    assert page.field("content") == "另一个人改的内容"
    assert "处理结果：解释引导" not in page.text
    assert "理由：补充" in page.text
    browser.post(
        f"{visit_address}/correction",
        changed | {"content": "另一个人改的内容", "version": page.field("version")},
    )


def test_a_void_visit_keeps_its_number_and_leaves_the_list(browser, visit_address):
    browser.post(f"{visit_address}/void", {"reason": "", "version": "1"}, status=422)
    browser.post(f"{visit_address}/void", {"reason": "重复登记", "version": "1"})
    assert "作废。理由：重复登记" in browser.get(visit_address).text
    assert "共 0 批" in browser.get("/reception/visits").text
    assert "LF-AL21-2026-00001" in browser.get("/reception/visits?state=void").text
    assert "LF-AL21-2026-00002" in browser.get(register(browser).location).text


def test_the_responsible_unit_completes_but_does_not_correct(browser, visit_address):
    browser.sign_in(people.ZHU)
    browser.post(f"{visit_address}/void", {"reason": "不归我们", "version": "1"}, status=422)
    early = browser.post(
        f"{visit_address}/completion",
        {"version": "1", "completed_on": "2026-07-14", "completion": "已维修"},
        status=422,
    )
    assert "办结日期应在来访日期之后" in early.text
    browser.post(
        f"{visit_address}/completion",
        {"version": "1", "completed_on": "2026-07-15", "completion": "已维修屋面"},
    )
    assert "已维修屋面" in browser.get(visit_address).text


def test_a_leader_reads_masked_and_changes_nothing(browser, visit_address):
    page = browser.sign_in(people.HAN).get(visit_address)
    assert "周**" in page.text
    browser.post(f"{visit_address}/reveal", {"reason": "看一下"}, status=403)
    browser.post(f"{visit_address}/void", {"reason": "不要", "version": "1"}, status=403)


def test_a_confidential_name_is_masked_even_at_home(browser):
    answer = register(browser.sign_in(people.LIN), confidential="y")
    page = browser.get(answer.location)
    assert "周**" in page.text
    assert "周大山" not in page.html


def test_a_named_member_of_staff_never_sees_the_matter(browser, site):
    with site.app_context(), factories.plain_session() as session:
        from models.staff import Person

        lin = session.scalars(select(Person).where(Person.name == "林秀")).one()
        row = factories.visit(session, "AL21", accused_person_id=lin.id)
        session.commit()
    browser.sign_in(people.LIN).get(f"/reception/visits/{row.id}", status=404)
    browser.sign_in(people.ZHAO).get(f"/reception/visits/{row.id}")


def test_the_receipt_is_a_pdf(browser, visit_address):
    assert browser.get(f"{visit_address}/receipt.pdf").data.startswith(b"%PDF")


def test_a_void_visit_has_no_receipt(browser, visit_address):
    browser.post(f"{visit_address}/void", {"reason": "重复登记", "version": "1"})
    browser.get(f"{visit_address}/receipt.pdf", status=422)
    assert "打印回执" not in browser.get(visit_address).text


def test_what_was_typed_in_a_form_that_cannot_be_taken_is_shown_for_copying(browser, visit_address):
    typed = {"reason": "号码抄错了一位", "version": "1", "csrf_token": "worn-out"}
    page = browser.client.post(f"{visit_address}/void", data=typed)
    assert page.status_code == 400
    assert "号码抄错了一位" in page.get_data(as_text=True)


def test_a_record_costs_few_statements(browser, site, visit_address, count_statements):
    with count_statements(site) as statements:
        browser.get(visit_address)
    assert len(statements) <= 12


def test_search_by_number_finds_in_scope_only_and_is_logged(browser, site, visit_address):
    found = browser.post(
        "/reception/visits/number-search", {"number": "138-0000-5678", "reason": "来电询问"}, status=200
    )
    assert "LF-AL21-2026-00001" in found.text
    tail = browser.post(
        "/reception/visits/number-search", {"number": "5678", "reason": "来电询问"}, status=200
    )
    assert "LF-AL21-2026-00001" in tail.text
    browser.sign_in(people.BAI)
    nothing = browser.post(
        "/reception/visits/number-search", {"number": "13800005678", "reason": "来电询问"}, status=200
    )
    assert "没有用这个号码登记的来访" in nothing.text
    assert [a[0] for a in actions_of(site)][-3:] == [
        "visit.search-number",
        "visit.search-last-four",
        "visit.search-number",
    ]
    with site.app_context():
        assert not db.session.scalars(select(AuditEntry).where(AuditEntry.reason.contains("5678"))).all()


def test_a_department_visit_stays_visible_to_the_unit_complained_about_when_it_is_no_accusation(
    browser, site
):
    with site.app_context(), factories.plain_session() as session:
        row = factories.visit(
            session,
            "AL21",
            accused_unit_id=unit(session, "AL11").id,
            responsible_unit_id=unit(session, "AL11").id,
            outcome="forwarded",
            visit_date=date(2026, 7, 1),
        )
        session.commit()
    browser.sign_in(people.ZHU).get(f"/reception/visits/{row.id}")


def test_nothing_stored_is_readable_in_the_database_file(browser, site, visit_address):
    from pathlib import Path

    register(browser, id_number_1="410101199003071234", telephone_1="13911112222")
    with site.app_context():
        db.session.remove()
        assert db.session.scalars(select(Visit)).all()
    directory = Path(site.config["INSTANCE_DIR"])
    raw = b"".join(p.read_bytes() for p in directory.glob("xinfang.sqlite3*"))
    for secret in (b"410101199003071234", b"13911112222", b"13800005678"):
        assert secret not in raw
