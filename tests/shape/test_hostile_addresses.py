"""What nobody types but an address can hold: numbers no column holds, days outside the calendar, NUL.
None of it is an error of the system, on either database."""

import pytest

from tests import people
from tests.browser import Browser

BEYOND = "99999999999999999999"
ADDRESSES = [
    (people.LIN, f"/reception/visits/{BEYOND}", 404),
    (people.LIN, "/reception/visits/2147483648", 404),
    (people.LIN, "/reception/visits/2147483647", 404),
    (people.LIN, f"/reception/visits?after=2026-01-01~{BEYOND}", 200),
    (people.LIN, "/reception/visits?after=2026-01-01~²", 200),
    (people.LIN, f"/reception/visits?unit={BEYOND}&category=²&batch=9999999999", 200),
    (people.LIN, "/reception/visits?from=0001-01-01", 422),
    (people.LIN, "/reception/visits?q=%00", 200),
    (people.LIN, "/reception/visits/new?saved=²", 200),
    (people.LIN, f"/reception/visits/new?saved={BEYOND}", 200),
    (people.LIN, "/reception/visits/new?date=0001-01-01", 200),
    (people.LIN, "/reception/day-sheet?unit=²", 200),
    (people.LIN, f"/reception/day-sheet?unit={BEYOND}", 200),
    (people.LIN, "/reception/day-sheet?date=0001-01-01", 422),
    (people.LIN, "/reception/day-sheet?date=9999-12-31", 422),
    (people.LIN, "/reception/village-sessions?q=%00", 200),
    (people.LIN, f"/reception/village-sessions?after=2026-01-01~{BEYOND}", 200),
    (people.LIN, "/reception/village-sessions/week?date=9999-12-31", 200),
    (people.LIN, "/reception/village-sessions/new?date=0001-01-01", 200),
    (people.LIN, "/reception/leader-days?q=%00", 200),
    (people.LIN, "/reception/paper?number=%00", 303),
    (people.LIN, "/staff/telephones?unit=9999999999999999", 200),
    (people.LIN, "/staff/telephones?q=%00", 200),
    (people.LIN, f"/statistics?unit={BEYOND}", 404),
    (people.LIN, "/statistics?from=0001-01-01&to=9999-12-31", 422),
    (people.WU, f"/petitions/many/forwarding?p={BEYOND}&p=²&v=%00&list=%00", 303),
    (people.WU, f"/petitions/many?verb=%00&p=2147483647&list=from%3D0001-01-01&v={BEYOND}-1", 200),
    (people.WU, f"/petitions/many/letters?p=2147483647&p={BEYOND}", 200),
    (people.WU, f"/petitions/many/letters.pdf?petitions={BEYOND},²,2147483647&letter=%00", 303),
    (people.LIN, f"/reception/blank-register/{BEYOND}", 404),
    (people.SUN, "/staff?q=%00", 200),
    (people.SUN, f"/staff?unit={BEYOND}", 200),
    (people.HE, "/audit?number=%00&actor=%00", 200),
    (people.HE, "/audit?to=9999-12-31", 422),
    (people.HE, "/audit?from=0001-01-01", 422),
    (people.HE, f"/audit?after={BEYOND}~{BEYOND}", 200),
    (people.HE, f"/audit?after={BEYOND}~1", 200),
    (people.HE, f"/audit/{BEYOND}", 404),
    (people.HE, "/audit/sign-ins?to=9999-12-31", 422),
    (people.HE, "/audit/sign-ins?name=%00", 200),
]


def test_no_address_is_an_error_of_the_system(both):
    found = {}
    for member, address, expected in ADDRESSES:
        status = Browser(both).sign_in(member).client.get(address).status_code
        if status != expected:
            found[address] = status
    assert found == {}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_week_outside_the_calendar_is_refused_at_its_field(both, day):
    page = Browser(both).sign_in(people.LIN).post("/reception/village-sessions/week/entry", {"day": day}, 422)
    assert page.status == 422


def test_control_characters_do_not_reach_a_record(both):
    browser = Browser(both).sign_in(people.LIN)
    browser.post("/reception/phrases", {"field": "content", "text": "请携带\0身份证\x0b原件。\r\n谢谢。"})
    page = browser.get("/reception/phrases")
    assert "请携带身份证原件。" in page.text


def test_a_name_with_nul_is_a_name_without_at_sign_in(both):
    page = Browser(both).post("/sign-in", {"username": "lin\0", "password": "\0"}, 422)
    assert "\0" not in page.html
