"""双人双岗 of special periods: told where a roster is made, and alarmed; a rota of a period keeps to it. Both databases."""

from datetime import date

import pytest

from actions.rosters import require_span
from models.duty_desk import SpecialPeriod
from models.roster import Roster, RosterScheme
from queries.doubled_days import doubled_days
from queries.duty_alarms import duty_alarms
from queries.roster_problem import problem_of
from rules.errors import RuleViolation
from tests import duty, factories, people
from tests.browser import Browser
from tests.duty import MEI, july
from tests.people import BAI, LIN, NOW, TODAY, WU, ZHAO, ZHENG


@pytest.fixture
def desks(both):
    """On the 15th 林秀 stands alone in 柳溪镇, and on the 16th 梅青 with 林秀; a reception day of the 15th is no desk's."""
    with both.app_context(), factories.plain_session() as plain:
        duty.hire(plain, MEI)
        scheme = duty.scheme(plain, members=(LIN, MEI))
        scheme.posts[0].need = 2
        published = duty.roster(plain, scheme)
        duty.duty(plain, published, july(15), LIN)
        duty.duty(plain, published, july(15), LIN, seat=2)
        duty.duty(plain, published, july(16), LIN)
        duty.duty(plain, published, july(16), MEI, seat=2)
        days = duty.scheme(plain, "AL21", (LIN,), name="接访日", kind="leader-days")
        duty.duty(plain, duty.roster(plain, days), july(15), LIN)
        plain.commit()
        return published.id


def declared(code="AL", first=14, last=16, **values):
    with factories.plain_session() as plain:
        row = factories.special_period(
            plain, code, **({"first_day": july(first), "last_day": july(last), "doubled": True} | values)
        )
        plain.commit()
        return row.id


def alarmed(reading, member=ZHAO):
    found = duty_alarms(reading, people.actor(reading, member), NOW, TODAY).undoubled
    return [(a.unit, a.day, a.posts) for a in found]


@pytest.mark.parametrize("code", ["AL", "AL21"])
def test_who_stands_alone_in_a_doubled_period_is_alarmed_to_who_answers_for_the_unit(desks, reading, code):
    declared(code)
    assert alarmed(reading) == [("柳溪镇", july(15), ("值班员",))]
    assert alarmed(reading, LIN) == alarmed(reading, ZHENG) == []


@pytest.mark.parametrize(
    "values",
    [
        {"doubled": False},
        {"code": "AL22"},
        {"first": 16, "last": 20},
        {"voided_at": NOW, "void_reason": "不办了"},
    ],
    ids=["not doubled", "another township's", "of other days", "voided"],
)
def test_other_periods_alarm_nobody(desks, reading, values):
    declared(**values)
    assert alarmed(reading) == []


def test_the_roster_knows_its_doubled_days(desks, reading):
    declared(first=16, last=20)
    roster = reading.get_one(Roster, desks)
    days = frozenset({july(16), july(17), july(18), july(19), july(20)})
    assert problem_of(reading, roster).doubled == days
    assert doubled_days(reading, roster.scheme, july(1), july(15)) == frozenset()


@pytest.mark.parametrize(
    ("first", "last", "field"), [(13, 16, "first_day"), (14, 17, "last_day"), (14, 16, None)]
)
def test_a_rota_of_a_period_is_planned_for_its_days_only(desks, reading, first, last, field):
    period = declared()
    with factories.plain_session() as plain:
        made = duty.scheme(plain, "AL21", (LIN,), name="国庆值班", kind="special", period_id=period)
        plain.commit()
        scheme_id = made.id
    scheme = reading.get_one(RosterScheme, scheme_id)
    try:
        require_span(reading, scheme, july(first), july(last), TODAY)
    except RuleViolation as violation:
        assert violation.field == field and "2026-07-14 至 2026-07-16" in violation.message
    else:
        assert field is None


def test_a_rota_of_a_voided_period_is_planned_no_more(desks, reading):
    period = declared()
    with factories.plain_session() as plain:
        made = duty.scheme(plain, "AL21", (LIN,), name="国庆值班", kind="special", period_id=period)
        row = plain.get_one(SpecialPeriod, period)
        row.voided_at, row.void_reason = NOW, "不办了"
        plain.commit()
        scheme_id = made.id
    with pytest.raises(RuleViolation, match="已作废"):
        require_span(reading, reading.get_one(RosterScheme, scheme_id), july(14), july(15), date(2026, 7, 1))


def test_the_front_page_says_so(both, desks):
    with both.app_context():
        declared()
    for member, told in ((ZHAO, True), (BAI, False), (WU, False)):
        text = Browser(both).sign_in(member).get("/").text
        assert ("不足双人" in text and "要双人双岗" in text) is told
