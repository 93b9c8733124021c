"""An office may ask for more speed than the regulation, never for less, and shortens nobody's rights."""

from datetime import date, timedelta

import pytest

from rules.errors import RuleViolation
from rules.own_limits import CHANGEABLE, most_days, require_own_limit, statute_on
from rules.petition_clocks import RIGHTS
from rules.time_limit_kinds import DayUnit
from tests.clocks import CALENDAR, LIMITS

GIVEN = {
    "days": 5,
    "unit": DayUnit.WORKING_DAY,
    "valid_from": date(2026, 8, 1),
    "basis": "安信联办〔2026〕3号",
}


def require(key, **changes):
    given = GIVEN | changes
    require_own_limit(statute_on(LIMITS, key, given["valid_from"]), key=key, **given)


@pytest.mark.parametrize("key", CHANGEABLE)
def test_a_stricter_limit_is_taken(key):
    require(key)


@pytest.mark.parametrize("key", [*sorted(RIGHTS), "jiaoban_feedback", "nothing"])
def test_rights_and_given_dates_are_nobodys_to_change(key):
    with pytest.raises(RuleViolation, match="不能另设"):
        require(key)


@pytest.mark.parametrize(
    ("key", "changes", "message"),
    [
        ("xfbm_dispatch", {"days": 16, "unit": DayUnit.DAY}, "应在 1 至 15 日之间"),
        ("xfbm_dispatch", {"days": 6}, "应在 1 至 5 个工作日之间"),
        ("handle", {"days": 61, "unit": DayUnit.DAY}, "应在 1 至 60 日之间"),
        ("handle", {"days": 0}, "应在 1 至 20 个工作日之间"),
        ("handle", {"unit": DayUnit.GIVEN_DATE}, "按日还是按工作日"),
        ("handle", {"basis": "  "}, "请写明依据"),
    ],
)
def test_what_may_not_be_set(key, changes, message):
    with pytest.raises(RuleViolation, match=message):
        require(key, **changes)


@pytest.mark.parametrize("days", [15, 30, 60])
def test_no_holiday_since_2016_carries_the_longest_limit_in_working_days_beyond_the_regulation(days):
    statute = next(limit for limit in LIMITS if limit.days == days)
    most = most_days(statute, DayUnit.WORKING_DAY)
    first, last = date(2016, 1, 1), date(2026, 9, 1)
    starts = [first + timedelta(days=n) for n in range((last - first).days)]
    assert [s for s in starts if CALENDAR.add_working_days(s, most) > s + timedelta(days=days)] == []
