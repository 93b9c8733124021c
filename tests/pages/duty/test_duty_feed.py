"""The calendar address: who may open it, what stands in it, read by another program than the one that wrote it."""

import re
from pathlib import Path

import pytest
import vobject

from models.roster import Duty, DutyFeed, Roster
from tests import duty, factories
from tests.duty import GU, MEI, july
from tests.people import LIN, ZHAO


@pytest.fixture
def rota(site):
    with site.app_context(), factories.plain_session() as plain:
        days = duty.rota(plain)
        plain.commit()
    return days


def address(browser, member):
    browser.sign_in(member).post("/duty/feed/renewal")
    found = re.search(r'value="http://localhost(/duty/feed/[^"]+\.ics)"', browser.get("/duty/mine").html)
    assert found
    return found[1]


def events(browser, feed):
    """UID → event, as vobject reads them."""
    page = browser.get(feed)
    assert page.response.mimetype == "text/calendar"
    calendar = vobject.readOne(page.data.decode())
    return {event.uid.value: event for event in calendar.vevent_list}, calendar


def in_hand(browser, feed):
    found, _ = events(browser, feed)
    return [
        (e.dtstart.value.strftime("%m-%d %H:%M"), e.status.value, int(e.sequence.value))
        for e in sorted(found.values(), key=lambda e: e.dtstart.value)
    ]


def give(browser, duty_id, member, by=ZHAO):
    with browser.app.app_context(), factories.plain_session() as session:
        version, person = session.get_one(Duty, duty_id).version, duty.person_id(session, member)
    browser.sign_in(by).post(
        f"/duty/duties/{duty_id}/person", {"version": version, "person": person, "reason": "另有任务"}
    )


def test_a_telephone_reads_it_without_signing_in(browser, rota):
    feed = address(browser, LIN)
    browser.client = browser.app.test_client()
    found, calendar = events(browser, feed)
    first = min(found.values(), key=lambda event: event.dtstart.value)
    assert calendar.vtimezone.tzid.value == "Asia/Shanghai"
    assert first.dtstart.value.isoformat() == "2026-07-15T08:30:00+08:00"
    assert first.dtend.value.isoformat() == "2026-07-16T08:30:00+08:00"
    assert first.summary.value == "值班：值班员"
    assert first.location.value == "镇政府值班室"
    assert first.description.value == "柳溪镇 机关值班\n值班电话：0379-6100110"


def test_who_shares_the_duty_stands_in_it(browser, rota):
    with browser.app.app_context(), factories.plain_session() as session:
        row = session.get_one(Duty, rota[18])
        duty.duty(session, session.get_one(Roster, row.roster_id), july(18), GU, seat=2)
        session.commit()
    found, _ = events(browser, address(browser, LIN))
    assert any("同班：值班员 顾平" in event.description.value for event in found.values())


def test_a_duty_given_away_is_cancelled_under_its_name_and_comes_to_the_other(browser, rota):
    lins, meis = address(browser, LIN), address(browser, MEI)
    before, _ = events(browser, lins)
    assert in_hand(browser, lins) == [("07-15 08:30", "CONFIRMED", 0), ("07-18 08:30", "CONFIRMED", 0)]
    give(browser, rota[18], GU)
    after, _ = events(browser, lins)
    assert in_hand(browser, lins) == [("07-15 08:30", "CONFIRMED", 1), ("07-18 08:30", "CANCELLED", 2)]
    assert before.keys() == after.keys()
    assert [line[0] for line in in_hand(browser, meis)] == ["07-16 08:30", "07-20 08:30"]
    assert ("07-18 08:30", "CONFIRMED", 2) in in_hand(browser, address(browser, GU))
    give(browser, rota[18], LIN)
    assert in_hand(browser, lins)[1] == ("07-18 08:30", "CONFIRMED", 4)


def test_a_second_holder_who_gives_it_on_is_told_too(browser, rota):
    gus = address(browser, GU)
    give(browser, rota[18], GU)
    give(browser, rota[18], MEI)
    assert ("07-18 08:30", "CANCELLED", 4) in in_hand(browser, gus)


def test_a_divided_duty_ends_in_the_one_calendar_and_begins_in_the_other(browser, rota):
    lins, gus = address(browser, LIN), address(browser, GU)
    give(browser, rota[15], GU)
    found, _ = events(browser, lins)
    ends = min(found.values(), key=lambda event: event.dtstart.value).dtend.value
    assert ends.isoformat() == "2026-07-15T10:30:00+08:00"
    assert in_hand(browser, gus)[0][:2] == ("07-15 10:30", "CONFIRMED")


def test_a_voided_roster_is_cancelled(browser, rota):
    feed = address(browser, LIN)
    with browser.app.app_context(), factories.plain_session() as session:
        row = session.get_one(Roster, session.get_one(Duty, rota[18]).roster_id)
        row.voided_at, row.version = row.planned_at, 2
        session.commit()
    assert {line[1] for line in in_hand(browser, feed)} == {"CANCELLED"}


def test_a_renewed_address_replaces_the_old_one_and_a_withdrawn_one_leads_nowhere(browser, rota):
    first = address(browser, LIN)
    second = address(browser, LIN)
    assert first != second
    browser.get(first, 404)
    browser.get(second)
    browser.post("/duty/feed/withdrawal")
    browser.get(second, 404)
    assert "生成订阅地址" in browser.get("/duty/mine").text
    assert "没有可以停用的订阅地址" in browser.get(browser.post("/duty/feed/withdrawal").location).text


@pytest.mark.parametrize("secret", ["x", "0" * 32, "%00", "a" * 300, "中文", "..%2f"])
def test_an_invented_address_leads_nowhere(browser, rota, secret):
    address(browser, LIN)
    assert browser.client.get(f"/duty/feed/{secret}.ics").status_code == 404


def test_the_secret_is_long_and_stored_nowhere_in_clear(browser, rota):
    secret = address(browser, LIN).removeprefix("/duty/feed/").removesuffix(".ics")
    assert len(secret) == 32
    with browser.app.app_context(), factories.plain_session() as session:
        row = session.query(DutyFeed).one()
        assert secret not in (row.digest or "") + row.cipher


def test_a_disabled_account_closes_its_calendar(browser, rota):
    from models.staff import Account

    feed = address(browser, MEI)
    with browser.app.app_context(), factories.plain_session() as session:
        session.query(Account).where(Account.username == "mei").one().disabled_at = duty.at(1, 8)
        session.commit()
    browser.sign_in(LIN).get(feed, 404)


def test_an_account_without_a_role_closes_its_calendar(browser, rota):
    from models.staff import Account

    feed = address(browser, MEI)
    with browser.app.app_context(), factories.plain_session() as session:
        session.query(Account).where(Account.username == "mei").one().role = None
        session.commit()
    browser.sign_in(LIN).get(feed, 404)


def test_an_error_writes_the_rule_into_the_log_and_not_the_secret(browser, rota, monkeypatch, caplog):
    def fail(*_given):
        raise ValueError("broken")

    feed = address(browser, LIN)
    monkeypatch.setattr("blueprints.duty.feed.person_of_secret", fail)
    browser.app.config["PROPAGATE_EXCEPTIONS"] = False
    assert browser.client.get(feed).status_code == 500
    assert "unexpected: GET /duty/feed/<secret>.ics" in caplog.text
    assert feed.removeprefix("/duty/feed/").removesuffix(".ics") not in caplog.text


def test_the_web_server_keeps_no_log_of_calendar_addresses():
    text = (Path(__file__).parents[3] / "deploy" / "nginx.conf").read_text()
    place = text.partition("location /duty/feed/ {")[2].partition("}")[0]
    assert "error_log /dev/null crit;" in place and "access_log off;" in place
    assert "proxy_pass http://127.0.0.1:8000;" in place


def test_a_feed_costs_few_statements(browser, site, rota, count_statements):
    feed = address(browser, LIN)
    browser.client = browser.app.test_client()
    with count_statements(site) as statements:
        browser.client.get(feed)
    assert len(statements) <= 5
