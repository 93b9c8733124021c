"""Joint meetings: quota, stages, bodies above, what a record must say; the words of their papers."""

from dataclasses import replace
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
from rules.papers.meetings import (
    DecisionFacts,
    ItemFacts,
    MeetingFacts,
    escalation,
    meeting_body,
    minutes,
    notice,
    without_attendance,
)
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
    assert {c: level_of(c) for c in UnitCategory if level_of(c)} == {
        UnitCategory.BUREAU: COUNTY,
        UnitCategory.TOWNSHIP: TOWNSHIP,
        UnitCategory.SUBDISTRICT: TOWNSHIP,
    }


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
    body=meeting_body("柳溪镇人民政府", MeetingKind.JOINT),
    day=date(2026, 7, 15),
    starts_at=time(9, 0),
    place="镇政府三楼会议室",
    chair="镇党委书记王平",
    convenor="镇长李明",
    members=("上河村村支书", "派出所所长"),
    guests=("安澜县住房和城乡建设局副局长",),
    invited=("上河村", "派出所", "安澜县住房和城乡建设局", "下河村", "上河村"),
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
    assert text.title == "柳溪镇2026年7月15日信访工作联席会议纪要"
    assert text.source.splitlines() == [
        "2026年7月15日，镇党委书记王平在镇政府三楼会议室主持召开柳溪镇信访工作联席会议，研究信访工作。现纪要如下：",
        "一、村口道路维修",
        "会议听取了上河村的汇报。",
        "两村共用。",
        "会议议定：修好道路，由上河村（责任人：村支书）负责，2026年7月31日前完成。",
        "二、供水管网",
        "管网归县住建局管理。",
        "会议决定，提请县联席会议研究。",
        "三、其他议定事项",
        "会议议定：排查隐患，由镇应急办负责。",
        "主持：镇党委书记王平。",
        "召集：镇长李明。",
        "出席：上河村村支书、派出所所长。",
        "列席：安澜县住房和城乡建设局副局长。",
        "请假：下河村村支书。",
    ]


def test_who_was_there_is_taken_from_the_end_of_minutes_and_from_nowhere_else():
    source = "一、道路\n出席：会上另有说明。\n议定修好。\n主持：王平。\n出席：上河村、下河村。"
    assert without_attendance(source) == (
        "一、道路\n出席：会上另有说明。\n议定修好。",
        (("主持", "王平。"), ("出席", "上河村、下河村。")),
    )
    assert without_attendance("一、道路") == ("一、道路", ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("7月31日前修好道路", "2026年7月31日前修好道路，由上河村负责。"),
        ("2026年7月31日前修好道路", "2026年7月31日前修好道路，由上河村负责。"),
        ("修好7月3日冲毁的道路", "修好7月3日冲毁的道路，由上河村负责，2026年7月31日前完成。"),
    ],
)
def test_a_limit_stands_once_in_minutes_and_with_its_year(content, said):
    decided = DecisionFacts(content, "上河村", due_on=date(2026, 7, 31))
    facts = replace(FACTS, items=(), decisions=(decided,))
    assert f"会议议定：{said}" in minutes(facts).source.splitlines()


@pytest.mark.parametrize(
    ("place", "kind", "name"),
    [
        ("安澜县", MeetingKind.JOINT, "安澜县信访工作联席会议"),
        ("安澜县委县政府", MeetingKind.GOVERNMENT, "安澜县人民政府常务会议"),
        ("安澜县", MeetingKind.COMMITTEE, "中共安澜县委常委会会议"),
        ("柳溪镇人民政府", MeetingKind.PARTY_AND_GOVERNMENT, "柳溪镇党政联席会议"),
    ],
)
def test_the_body_that_met_is_named_in_full(place, kind, name):
    assert meeting_body(place, kind).name == name


def test_a_meeting_of_a_numbered_session_is_told_by_it_and_a_titled_one_by_its_title():
    assert (
        minutes(replace(FACTS, session_no="2026年第3次")).title == "柳溪镇信访工作联席会议（2026年第3次）纪要"
    )
    assert minutes(replace(FACTS, title="柳溪镇积案化解专题会")).title == "柳溪镇积案化解专题会纪要"


def test_a_notice_says_when_where_and_who_and_asks_for_what_is_missing():
    text = notice(FACTS)
    assert text.title == "关于召开柳溪镇信访工作联席会议的通知"
    assert text.addressee == "上河村、派出所、安澜县住房和城乡建设局、下河村"
    assert "2026年7月15日（星期三）上午9时，镇政府三楼会议室。" in text.source
    assert "1.村口道路维修（上河村汇报）。" in text.source
    empty = notice(MeetingFacts("柳溪镇人民政府", FACTS.body, date(2026, 7, 15)))
    assert empty.source.count("〔请填写") == 3


def test_where_too_many_are_invited_the_addressee_is_all_of_them():
    many = replace(FACTS, invited=tuple(f"安澜县第{n}工作局" for n in range(100, 140)))
    assert notice(many).addressee == "各参会单位"


def test_what_is_sent_up_asks_the_body_above():
    text = escalation(FACTS)
    assert text.title == "关于提请县联席会议研究信访事项的报告"
    assert "村口道路维修" not in text.source
    assert "提请县联席会议研究：〔请填写需要上级明确或者协调解决的事〕。" in text.source
