"""Corrections: one of many at once, never a way round the masks, never the accused."""

import logging
import threading

import pytest
from sqlalchemy import select

from extensions import db
from models.audit_entry import AuditEntry
from models.staff import Account
from models.visit import Visit
from tests import factories, people
from tests.browser import Browser
from tests.pages.reception.test_register_visit import TYPED, register
from web import clock


@pytest.fixture
def confidential(browser):
    """A township's visit whose visitor asked for confidence, with a companion."""
    return register(
        browser.sign_in(people.LIN), confidential="y", persons="2", name_2="吴桂花", telephone_2="13900001111"
    ).location


def contacts(site):
    with site.app_context():
        visit = db.session.scalars(select(Visit)).one()
        return [(c.position, c.name, c.address, bool(c.telephone_digest)) for c in visit.contacts]


def test_eight_at_once_make_one_correction(both):
    # a fixture of both databases: the version must be judged on what stands when the turn comes
    browsers = [Browser(both).sign_in(people.LIN) for _ in range(8)]
    address = register(browsers[0]).location
    tokens = [b.csrf_token() for b in browsers]
    answers = []

    def correct(number):
        with clock.frozen(people.NOW):
            fields = TYPED | {
                "version": "1",
                "content": f"第{number}人的内容",
                "reason": "补充",
                "csrf_token": tokens[number],
            }
            answers.append(browsers[number].client.post(f"{address}/correction", data=fields).status_code)

    threads = [threading.Thread(target=correct, args=(n,)) for n in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(answers) == [303] + [422] * 7
    with both.app_context():
        assert db.session.scalars(select(Visit)).one().version == 2


def test_the_form_shows_no_name_that_the_record_masks(browser, site, confidential):
    form = browser.sign_in(people.WU).get(f"{confidential}/correction")
    assert form.field("name_1") == form.field("address_1") == ""
    assert "周大山" not in form.html
    assert "吴桂花" not in form.html
    blank = {"name_1": "", "telephone_1": "", "address_1": "", "persons": "2", "confidential": "y"}
    browser.post(
        f"{confidential}/correction", TYPED | blank | {"version": "1", "reason": "补充属地", "place": "村部"}
    )
    assert contacts(site) == [(1, "周大山", "柳溪镇上河村三组", True), (2, "吴桂花", "", True)]


def test_a_dash_takes_a_contact_out_and_the_next_keeps_its_own_number(browser, site, confidential):
    fields = TYPED | {"name_1": "-", "telephone_1": "", "address_1": "", "persons": "2", "confidential": "y"}
    browser.post(f"{confidential}/correction", fields | {"version": "1", "reason": "记错了人"})
    assert contacts(site) == [(1, "吴桂花", "", True)]


def test_a_correction_that_changes_nothing_is_said_so(browser, site):
    address = register(browser.sign_in(people.LIN)).location
    same = TYPED | {"version": "1", "reason": "看一看", "representatives": "1", "telephone_1": ""}
    assert "没有改动任何内容。" in browser.post(f"{address}/correction", same, status=422).text


def test_only_the_registering_side_may_open_the_form(browser, site):
    answer = register(browser.sign_in(people.LIN), outcome="forwarded", responsible_unit="县住建局")
    browser.sign_in(people.ZHU).get(f"{answer.location}/correction", status=403)


def test_a_confidential_name_is_not_confirmed_while_typing(browser, confidential):
    for member in (people.WU, people.LIN):
        page = browser.sign_in(member).post("/reception/visits/similar", {"name_1": "周大山"}, status=200)
        assert "可能已经登记过" not in page.html


def test_a_named_member_of_staff_is_kept_through_a_correction_and_never_sees_it(browser, site):
    answer = register(browser.sign_in(people.ZHAO), accused_person="林秀")
    browser.post(
        f"{answer.location}/correction",
        TYPED | {"accused_person": "林秀", "version": "1", "reason": "补充", "place": "村部"},
    )
    browser.sign_in(people.LIN).get(answer.location, status=404)
    page = register(browser.sign_in(people.ZHAO), status=422, accused_person="没有这个人")
    assert "没有叫“没有这个人”的工作人员" in page.text


@pytest.mark.parametrize("responsible", ["柳溪镇", "上河村"])
def test_an_accusation_is_not_handed_to_the_accused_or_below(browser, responsible):
    page = register(
        browser.sign_in(people.WU),
        status=422,
        unit="县信访局",
        purpose="accusation",
        accused_unit="柳溪镇",
        outcome="forwarded",
        responsible_unit=responsible,
    )
    assert "不得转给被检举控告的单位" in page.text


def test_an_error_of_the_database_carries_no_name_into_the_log(browser, site, caplog, monkeypatch):
    browser.sign_in(people.LIN)
    with site.app_context(), factories.plain_session() as session:
        from sqlalchemy import text

        session.execute(text("DROP TABLE visit_search"))
        session.commit()
    with caplog.at_level(logging.ERROR):
        register(browser, status=503)
    assert "周大山" not in caplog.text
    assert "OperationalError" in caplog.text


ONLY_A_NUMBER = {"anonymous": "y", "name_1": "", "address_1": "", "telephone_1": "13800005678"}


def test_who_left_only_a_telephone_number_stays_through_a_correction(browser, site):
    address = register(browser.sign_in(people.LIN), **ONLY_A_NUMBER).location
    assert contacts(site) == [(1, "", "", True)]
    blank = TYPED | ONLY_A_NUMBER | {"telephone_1": ""}
    browser.post(f"{address}/correction", blank | {"version": "1", "reason": "补充地点", "place": "村部"})
    assert contacts(site) == [(1, "", "", True)]
    browser.post(f"{address}/correction", blank | {"version": "2", "reason": "记错了人", "name_1": "-"})
    assert contacts(site) == []


def test_what_is_shown_and_emptied_stays_and_a_dash_removes_it(browser, site):
    address = register(browser.sign_in(people.LIN)).location
    emptied = TYPED | {"name_1": "", "address_1": "", "telephone_1": "", "place": "村部"}
    browser.post(f"{address}/correction", emptied | {"version": "1", "reason": "补充地点"})
    assert contacts(site) == [(1, "周大山", "柳溪镇上河村三组", True)]
    taken_out = TYPED | {"address_1": "-", "telephone_1": "-"}
    browser.post(f"{address}/correction", taken_out | {"version": "2", "reason": "信访人要求删去"})
    assert contacts(site) == [(1, "周大山", "", False)]


def test_a_person_without_a_name_needs_one_when_the_visit_is_no_longer_anonymous(browser, site):
    address = register(browser.sign_in(people.LIN), **ONLY_A_NUMBER).location
    named = TYPED | {"name_1": "", "address_1": "", "telephone_1": "", "version": "1", "reason": "愿意留名"}
    assert "请填写来访人姓名" in browser.post(f"{address}/correction", named, status=422).text


def test_a_correction_opens_an_accusation_only_by_who_may_unseal_it(browser, site):
    accusing = {"purpose": "accusation", "accused_unit": "县住建局"}
    address = register(browser.sign_in(people.LIN), **accusing).location
    opened = TYPED | {"accused_unit": "县住建局", "version": "1", "reason": "误选揭发控告"}
    page = browser.post(f"{address}/correction", opened, status=422)
    assert "由指定阅读密封材料的人员或者县信访局负责人更正" in page.text
    with site.app_context(), factories.plain_session() as session:
        session.scalars(select(Account).where(Account.username == "lin")).one().reads_sealed = True
        session.commit()
    browser.sign_in(people.LIN).post(f"{address}/correction", opened)
    with site.app_context():
        assert db.session.scalars(select(Visit.sealed)).all() == [False]
        last = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first()
        assert last == "visit.unseal"
