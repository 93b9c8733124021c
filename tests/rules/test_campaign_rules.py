"""A pasted list of numbers, and what a batch must say."""

from datetime import date

import pytest

from rules.campaign_rules import CampaignValues, check_campaign, numbers_in
from rules.errors import RuleViolation
from rules.petition_words import SourceLevel


def test_blanks_commas_and_line_ends_stand_between_numbers_and_each_counts_once():
    assert numbers_in("XF-1\n XF-2，XF-3、ＸＦ-4\tXF-1;XF-5") == ["XF-1", "XF-2", "XF-3", "XF-4", "XF-5"]


def test_an_empty_and_a_too_long_list_are_refused():
    with pytest.raises(RuleViolation, match="请粘贴编号"):
        numbers_in(" \n")
    with pytest.raises(RuleViolation, match="现有 1001 个"):
        numbers_in(" ".join(map(str, range(1001))))


def test_a_batch_says_its_name_its_level_and_when_it_came():
    today = date(2026, 7, 15)
    values = CampaignValues("", None, "", "", None, None)
    assert {v.field for v in check_campaign(values, today)} == {"name", "source_level", "received_on"}
    late = CampaignValues("百日攻坚", SourceLevel.CITY, "", "", date(2026, 7, 1), date(2026, 6, 30))
    assert [v.field for v in check_campaign(late, today)] == ["due_on"]
