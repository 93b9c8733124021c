"""The office's own rules have dates and a basis, and never change backwards."""

from datetime import date

import pytest

from actions.office_rules import set_office_rule
from queries.office_rules import GROUP_VISIT_PERSONS, rule_lines, rule_on
from rules.errors import RuleViolation
from tests import people
from tests.people import NOW, TODAY


def put(session, value=10, valid_from=date(2026, 8, 1), basis="安信联办〔2026〕3号"):
    return set_office_rule(
        session, actor=people.actor(session, people.SUN), now=NOW, today=TODAY, rule=GROUP_VISIT_PERSONS,
        value=value, valid_from=valid_from, basis=basis,
    )  # fmt: skip


def test_a_value_holds_from_its_day_on(session):
    put(session)
    session.commit()
    assert rule_on(session, GROUP_VISIT_PERSONS, date(2026, 7, 31)) == 5
    assert rule_on(session, GROUP_VISIT_PERSONS, date(2026, 8, 1)) == 10


def test_the_screen_tells_today_from_later(session):
    put(session, 6, TODAY)
    put(session, 10)
    line = next(li for li in rule_lines(session, TODAY) if li.rule is GROUP_VISIT_PERSONS)
    assert (line.value, [r.value for r in line.rows]) == (6, ["10", "6"])
    assert line.in_force_id == line.rows[1].id


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"value": 1}, "应在 2 至 100 之间"),
        ({"value": 101}, "应在 2 至 100 之间"),
        ({"valid_from": date(2026, 7, 14)}, "不能早于今天 2026-07-15"),
        ({"basis": " "}, "请写明依据"),
    ],
)
def test_what_may_not_be_set(session, given, message):
    with pytest.raises(RuleViolation, match=message):
        put(session, **given)
