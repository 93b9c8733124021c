"""What a line of the duty desk's log must have, and the light of its reply, at worked moments."""

from datetime import datetime, timedelta

import pytest

from rules import desk_rules
from rules.desk_rules import Chain, EntryValues, ReplyLight, check_chain, check_entry, reply_light, time_left
from rules.desk_words import EntryKind, Report
from rules.errors import RuleViolation

NOW = datetime(2026, 7, 15, 2, 30)
GOOD = {
    "happened_at": datetime(2026, 7, 15, 2, 20),
    "kind": EntryKind.INFORMATION,
    "content": "上河村道路塌陷，镇里已设置警示。",
}


def fields(**values):
    return [violation.field for violation in check_entry(EntryValues(**(GOOD | values)), NOW)]


def test_a_whole_line_is_accepted():
    assert fields() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"happened_at": None}, "happened_at"),
        ({"happened_at": datetime(2026, 7, 15, 2, 36)}, "happened_at"),
        ({"happened_at": datetime(2025, 7, 14, 2, 29)}, "happened_at"),
        ({"kind": None}, "kind"),
        ({"has_source": False}, "source"),
        ({"content": "  "}, "content"),
        ({"due_at": datetime(2026, 7, 15, 2, 20)}, "due_at"),
        ({"due_at": datetime(2027, 8, 15, 2, 20)}, "due_at"),
        ({"content": "机密★三年的文件已到"}, "content"),
        ({"texts": (("proposal", "本件为机密级"),)}, "proposal"),
    ],
)
def test_what_is_refused_is_told_at_its_field(values, field):
    assert fields(**values) == [field]


@pytest.mark.parametrize(
    "values",
    [
        {"happened_at": datetime(2026, 7, 15, 2, 35)},
        {"happened_at": datetime(2025, 7, 15, 2, 30)},
        {"kind": EntryKind.PATROL, "has_source": False},
        {"due_at": datetime(2026, 7, 15, 2, 21)},
        {"content": "来电人手机 13800005678，请保密"},
    ],
)
def test_what_is_not_refused(values):
    assert fields(**values) == []


def test_numbers_are_told_masked_and_an_offices_own_line_is_not():
    assert desk_rules.numbers_told("来电人 13800005678", "值班电话 0379-60000000") == ("138****5678",)


@pytest.mark.parametrize(
    ("left", "light"),
    [
        (timedelta(hours=2, seconds=1), ReplyLight.NORMAL),
        (timedelta(hours=2), ReplyLight.NEAR),
        (timedelta(minutes=31), ReplyLight.NEAR),
        (timedelta(minutes=30), ReplyLight.SOON),
        (timedelta(), ReplyLight.SOON),
        (timedelta(seconds=-1), ReplyLight.OVERDUE),
    ],
)
def test_the_light_of_an_open_reply_goes_by_minutes(left, light):
    assert reply_light(NOW + left, None, NOW) is light


def test_a_reply_at_the_due_moment_is_in_time_and_late_stays_late():
    due = datetime(2026, 12, 31, 16)
    assert reply_light(due, due, NOW) is ReplyLight.MET
    assert reply_light(due, due + timedelta(seconds=1), NOW) is ReplyLight.MET_LATE


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2026, 7, 15, 3, 50), "还有 1 小时 20 分"),
        (datetime(2026, 7, 15, 2, 30, 59), "还有不到 1 分"),
        (datetime(2026, 7, 15, 1, 55), "已超 35 分"),
        (datetime(2026, 7, 15, 2, 29, 59), "已超 1 分"),
        (datetime(2026, 7, 17, 4, 31), "还有 2 天 2 小时"),
    ],
)
def test_what_is_left_is_said_in_words(due, words):
    assert time_left(due, NOW) == words


@pytest.mark.parametrize(
    ("happened", "registered", "late"),
    [
        (datetime(2026, 12, 31, 15, 50), datetime(2026, 12, 31, 16, 20), False),
        (datetime(2026, 12, 31, 15, 50), datetime(2026, 12, 31, 16, 21), True),
        (datetime(2024, 2, 29, 15, 50), datetime(2024, 2, 29, 16, 10), False),
        (datetime(2026, 7, 15, 2, 20), datetime(2026, 7, 15, 2, 0), False),
    ],
    ids=["half an hour over New Year", "longer", "over 29 February", "the clock was set back"],
)
def test_a_line_written_down_later_is_known(happened, registered, late):
    assert desk_rules.is_late(happened, registered) is late


def test_a_limit_that_has_passed_is_not_moved():
    due = datetime(2026, 7, 15, 2, 0)
    desk_rules.check_new_limit(due, due, NOW)
    desk_rules.check_new_limit(NOW, NOW + timedelta(hours=1), NOW)
    with pytest.raises(RuleViolation, match="已过"):
        desk_rules.check_new_limit(due, NOW + timedelta(hours=1), NOW)


FIRST = datetime(2026, 7, 15, 1, 0)


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        (None, "要写明首报的编号"),
        (Chain(FIRST, is_first_report=False), "要写明首报的编号"),
        (Chain(FIRST, is_void=True), "已作废"),
        (Chain(FIRST, has_final=True), "已有终报"),
        (Chain(datetime(2026, 7, 15, 3, 0)), "早于首报"),
    ],
)
def test_a_further_report_follows_a_live_first_one(chain, words):
    with pytest.raises(RuleViolation, match=words):
        check_chain(Report.FOLLOW, chain, NOW)


def test_a_first_report_and_none_follow_nothing():
    check_chain(Report.FIRST, None, NOW)
    check_chain(None, None, NOW)
    check_chain(Report.FINAL, Chain(FIRST), NOW)
