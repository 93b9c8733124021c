"""Joint meetings: quota, stages, bodies above, what a record must say; the words of their papers."""

from datetime import date, time

import pytest

from rules.meeting_rules import (
    HeadValues,
    MeetingVerb,
    bodies_above,
    check_completion,
    check_head,
    check_outcome,
    level_of,
    missing,
    months_due,
    why_not,
)
from rules.meeting_words import ItemOutcome, MeetingKind, MeetingLevel, MeetingState
from rules.papers.meetings import DecisionFacts, ItemFacts, MeetingFacts, escalation, minutes, notice
from rules.periods import parse_period
from rules.taxonomy import UnitCategory

TODAY = date(2026, 7, 15)
COUNTY, TOWNSHIP = MeetingLevel.COUNTY, MeetingLevel.TOWNSHIP


def test_the_county_owes_one_a_month_and_a_township_three():
    assert [missing(COUNTY, held) for held in (0, 1, 2)] == [1, 0, 0]
    assert [missing(TOWNSHIP, held) for held in (0, 2, 3, 5)] == [3, 1, 0, 0]


@pytest.mark.parametrize(
    ("period", "as_of", "months"),
    [
        ("2026-07", date(2026, 7, 30), 0),
        ("2026-07", date(2026, 7, 31), 1),
        ("2026", date(2026, 7, 15), 6),
        ("2026-06-02..2026-07-31", date(2026, 12, 31), 1),
        ("2026-07-01..2026-07-30", date(2026, 12, 31), 0),
        ("2024-02", date(2024, 2, 29), 1),
    ],
)
def test_only_whole_months_that_are_over_are_owed(period, as_of, months):
    assert len(months_due(parse_period(period), as_of)) == months


def test_who_holds_such_meetings():
    assert [level_of(c) for c in UnitCategory] == [COUNTY, COUNTY, None, TOWNSHIP, TOWNSHIP, None, None, None]


def test_a_matter_goes_up_one_way_only():
    assert bodies_above(TOWNSHIP, MeetingKind.JOINT) == (
        MeetingKind.JOINT,
        MeetingKind.GOVERNMENT,
        MeetingKind.COMMITTEE,
    )
    assert bodies_above(COUNTY, MeetingKind.JOINT) == (MeetingKind.GOVERNMENT, MeetingKind.COMMITTEE)
    assert bodies_above(COUNTY, MeetingKind.GOVERNMENT) == (MeetingKind.COMMITTEE,)
    assert bodies_above(COUNTY, MeetingKind.COMMITTEE) == ()
    above = bodies_above(COUNTY, MeetingKind.GOVERNMENT)
    assert check_outcome(ItemOutcome.ESCALATED, MeetingKind.GOVERNMENT, above).field == "escalated_to"
    assert check_outcome(ItemOutcome.ESCALATED, MeetingKind.COMMITTEE, above) is None
    assert check_outcome(ItemOutcome.ESCALATED, None, ()).field == "outcome"
    assert check_outcome(ItemOutcome.DECIDED, None, ()) is None


def test_each_stage_allows_its_own_acts():
    allowed = {
        state: [verb.value for verb in MeetingVerb if not why_not(verb, state)] for state in MeetingState
    }
    assert allowed == {
        MeetingState.PLANNED: ["correct", "ask", "put_on_agenda", "hold", "void"],
        MeetingState.HELD: ["correct", "ask", "put_on_agenda", "record", "minute", "void"],
        MeetingState.MINUTED: ["reopen"],
    }


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (HeadValues(TOWNSHIP, MeetingKind.JOINT, MeetingState.HELD, date(2026, 7, 16)), ["晚于今天"]),
        (HeadValues(TOWNSHIP, MeetingKind.JOINT, MeetingState.PLANNED, date(2026, 7, 14)), ["计划日期已过"]),
        (HeadValues(COUNTY, MeetingKind.JOINT, MeetingState.PLANNED, date(2028, 7, 14)), ["太远"]),
        (
            HeadValues(COUNTY, MeetingKind.PARTY_AND_GOVERNMENT, MeetingState.HELD, None),
            ["会议日期", "县不召开"],
        ),
        (HeadValues(COUNTY, MeetingKind.COMMITTEE, MeetingState.HELD, TODAY), []),
        (HeadValues(TOWNSHIP, MeetingKind.JOINT, MeetingState.PLANNED, TODAY), []),
    ],
)
def test_every_refusal_of_a_head_at_once(values, words):
    found = [refusal.message for refusal in check_head(values, TODAY)]
    assert len(found) == len(words)
    assert all(word in message for word, message in zip(words, found, strict=True))


def test_a_decision_ends_with_a_day_a_result_and_evidence():
    found = check_completion(date(2026, 7, 1), date(2026, 7, 2), TODAY, "", "")
    assert [refusal.field for refusal in found] == ["done_on", "result", "evidence"]
    assert check_completion(TODAY, date(2026, 7, 2), TODAY, "已修好", "卷宗") == []


FACTS = MeetingFacts(
    issuer="柳溪镇人民政府",
    name="柳溪镇7月15日联席会议",
    day=date(2026, 7, 15),
    starts_at=time(9, 0),
    place="镇政府三楼会议室",
    chair="镇党委书记王平",
    members=("上河村村支书", "派出所"),
    guests=("县住建局副局长",),
    excused=("下河村村支书",),
    items=(
        ItemFacts(
            "村口道路维修",
            "上河村",
            "两村共用。",
            "已议定",
            decisions=(DecisionFacts("修好道路。", "上河村", "村支书", date(2026, 7, 31)),),
        ),
        ItemFacts("供水管网", "", "管网归县住建局管理", "提请上级研究", "县联席会议"),
    ),
    decisions=(DecisionFacts("排查隐患", "镇应急办"),),
)


def test_minutes_say_item_by_item_what_was_decided_and_who_was_there():
    text = minutes(FACTS)
    assert text.title == "柳溪镇7月15日联席会议纪要"
    assert text.source.splitlines() == [
        "2026年7月15日，镇党委书记王平在镇政府三楼会议室主持召开柳溪镇7月15日联席会议，研究信访工作。现纪要如下：",
        "一、村口道路维修",
        "会议听取了上河村的汇报。",
        "两村共用。",
        "会议议定：修好道路，由上河村（责任人：村支书）负责，2026年7月31日前完成。",
        "二、供水管网",
        "管网归县住建局管理。",
        "会议决定，提请县联席会议研究。",
        "三、其他议定事项",
        "会议议定：排查隐患，由镇应急办负责。",
        "出席：上河村村支书、派出所。",
        "列席：县住建局副局长。",
        "请假：下河村村支书。",
    ]


def test_a_notice_says_when_where_and_who_and_asks_for_what_is_missing():
    text = notice(FACTS)
    assert text.addressee == "上河村村支书、派出所、县住建局副局长"
    assert "2026年7月15日（星期三）9:00，镇政府三楼会议室。" in text.source
    assert "1.村口道路维修（上河村汇报）。" in text.source
    empty = notice(MeetingFacts("柳溪镇人民政府", "联席会议", date(2026, 7, 15)))
    assert empty.source.count("〔请填写") == 3


def test_what_is_sent_up_asks_the_body_above():
    text = escalation(FACTS)
    assert text.title == "关于提请县联席会议研究信访事项的报告"
    assert "村口道路维修" not in text.source
    assert "提请县联席会议研究：〔请填写需要上级明确或者协调解决的事〕。" in text.source
