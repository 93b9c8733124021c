"""包案通知: what the paper to the responsible unit says."""

from dataclasses import replace
from datetime import date

from rules.papers.leads import LeadFacts, lead_notice

FACTS = LeadFacts(
    issuer="安澜县信访局",
    matter="XF-AL01-2026-00001",
    leader="韩副县长",
    leader_post="副县长",
    unit="柳溪镇",
    addressee="柳溪镇人民政府",
    person="赵立，镇党委副书记",
    due_on=date(2026, 8, 14),
    team="镇农办、县水利站",
    measures="先通水，再核定损失。",
    telephone="0379-6000000",
)


def test_the_four_things_fixed_stand_in_the_notice():
    text = lead_notice(FACTS)
    assert (text.title, text.addressee) == ("关于领导包案化解信访事项的通知", "柳溪镇人民政府")
    for words in (
        "XF-AL01-2026-00001",
        "韩副县长（副县长）",
        "责任人：赵立，镇党委副书记",
        "2026年8月14日前办结",
    ):
        assert words in text.source
    assert "工作专班：镇农办、县水利站" in text.source
    assert text.note == "联系电话：0379-6000000"


def test_what_is_not_known_is_asked_for_and_what_may_be_missing_is_left_out():
    text = lead_notice(replace(FACTS, measures="", team=""))
    assert "〔请填写化解方案" in text.source
    assert "工作专班" not in text.source
