"""data/time_limits.toml: the clocks of the regulation, and what a file may not say."""

import re
from datetime import date

import pytest

from rules.errors import RuleViolation
from rules.time_limit_file import read_limits
from rules.time_limit_kinds import DayUnit, LimitBasis
from tests.clocks import LIMITS

NOW = [limit for limit in LIMITS if limit.valid_from == date(2022, 5, 1)]
BLOCK = """[[limit]]
key = "handle"
name = "办结"
article = "《信访工作条例》第三十四条"
days = 60
unit = "日"
start = "受理"
actor = "责任单位"
action = "办结"
valid_from = 2022-05-01
basis = "法定"
"""


def refusal(toml):
    with pytest.raises(RuleViolation) as refused:
        read_limits(toml)
    return refused.value.message


def test_the_clocks_of_the_regulation():
    assert [(limit.key, limit.length, limit.start.value, limit.actor.value) for limit in NOW] == [
        ("xfbm_dispatch", "15 日", "bureau_received", "bureau"),
        ("county_dispatch", "4 日", "bureau_received", "bureau"),
        ("direct_onspot", "当场", "unit_received", "unit"),
        ("direct_notice", "15 日", "unit_received", "unit"),
        ("xfr_notice", "15 日", "unit_received", "unit"),
        ("objection", "5 个工作日", "unit_received", "unit"),
        ("handle", "60 日", "accepted", "unit"),
        ("fc_apply", "30 日", "reply_served", "petitioner"),
        ("fc_decide", "30 日", "review_requested", "reviewer"),
        ("fh_apply", "30 日", "review_served", "petitioner"),
        ("fh_decide", "30 日", "rereview_requested", "rereviewer"),
        ("jiaoban_feedback", "指定日期", "assigned", "unit"),
        ("suggest_reply", "30 日", "suggestion_served", "suggested"),
    ]


def test_only_handling_is_extended_only_re_review_pauses_only_objection_counts_working_days():
    assert {limit.key: limit.most_extension for limit in LIMITS if limit.most_extension} == {"handle": 30}
    assert {limit.key for limit in LIMITS if limit.pauses} == {"fh_decide"}
    assert {limit.key for limit in LIMITS if limit.unit is DayUnit.WORKING_DAY} == {"objection"}
    assert not any(limit.counts_start_day for limit in LIMITS)


def test_local_requirements_are_named_as_such_and_the_county_share_is_off():
    local = {limit.key: limit.in_use for limit in LIMITS if limit.basis is LimitBasis.LOCAL}
    assert local == {"county_dispatch": False, "suggest_reply": True}


def test_every_limit_cites_an_article():
    assert all(re.search(r"第[一二三四五六七八九十]+条", limit.article) for limit in LIMITS)


def test_a_version_is_known_by_its_key_and_day():
    assert NOW[0].version == "xfbm_dispatch@2022-05-01"
    assert len({limit.version for limit in LIMITS}) == len(LIMITS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('key = "handle"\n', "", "第1项时限：缺少 key。"),
        ("valid_from = 2022-05-01\n", "", "第1项时限：缺少 valid_from。"),
        ("days = 60", "days = 60\nhours = 2", "第1项时限：不认识 hours。"),
        ("days = 60", 'days = "60"', "第1项时限：days 应是不小于 0 的整数。"),
        ("days = 60", "days = -1", "第1项时限：days 应是不小于 0 的整数。"),
        ("days = 60", "days = 60\nmost_extension = true", "第1项时限：most_extension 应是不小于 0 的整数。"),
        ("days = 60", "days = 0", "第1项时限：单位是日，天数却是 0。"),
        ('unit = "日"', 'unit = "当场"', "第1项时限：单位是当场，天数却是 60。"),
        ("2022-05-01", '"2022-05-01"', "第1项时限：valid_from 应是日期，例如 2022-05-01。"),
        ('unit = "日"', 'unit = "月"', "“月”不在可选项中，可填：日、工作日、当场、指定日期。"),
    ],
)
def test_a_wrong_block_is_refused(old, new, message):
    assert old in BLOCK
    assert refusal(BLOCK.replace(old, new, 1)) == message


def test_a_version_written_twice_and_a_broken_file_are_refused():
    assert refusal(BLOCK + BLOCK) == "时限 handle 自 2022-05-01 起的规定写了两次。"
    assert refusal("[[limit").startswith("时限文件读不懂：")
