"""Reception days: what may be planned, how a day is typed, what a notice says."""

from datetime import date, time

import pytest

from rules.errors import RuleViolation
from rules.periods import parse_period
from rules.schedule_notice import COLUMNS, NoticeLine, notice_source, usual_intro, usual_title
from rules.schedule_rules import (
    ScheduledValues,
    check_postponement,
    check_scheduled,
    day_in_month,
    month_of,
)
from rules.taxonomy import LeaderReceptionMode

TODAY = date(2026, 7, 15)
AUGUST = parse_period("2026-08")


def messages(**values):
    plain = {"day": date(2026, 8, 5), "leader_name": "韩副县长"} | values
    return [(p.field, p.message) for p in check_scheduled(ScheduledValues(**plain), TODAY)]


def test_a_day_ahead_or_of_this_month_may_be_planned():
    assert messages() == []
    assert messages(day=date(2026, 7, 1)) == []
    assert messages(starts_at=time(9), ends_at=time(11, 30)) == []


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"day": None}, "day", "请填写接访日期"),
        ({"day": date(2062, 8, 5)}, "day", "请核对年份"),
        ({"day": date(2024, 8, 5)}, "day", "请核对年份"),
        ({"leader_name": " "}, "leader_name", "请填写领导姓名"),
        ({"ends_at": time(11)}, "starts_at", "请填写开始时间"),
        ({"starts_at": time(11), "ends_at": time(9)}, "ends_at", "结束时间应晚于开始时间"),
    ],
)
def test_what_is_refused_is_told_at_its_field(values, field, words):
    ((found, message),) = messages(**values)
    assert found == field
    assert words in message


def test_a_day_is_put_off_and_never_brought_forward():
    day = date(2026, 10, 1)
    assert check_postponement(day, date(2026, 10, 9), TODAY) == []
    for earlier in (None, day, date(2026, 9, 30), date(2031, 1, 1)):
        assert check_postponement(day, earlier, TODAY)[0].field == "day"


@pytest.mark.parametrize(
    "text", ["5", "05", "５", "5日", "8-5", "8.5", "8月5日", "2026-8-5", "2026/08/05", " 5 "]
)
def test_a_day_may_be_typed_in_many_ways(text):
    assert day_in_month(text, AUGUST) == date(2026, 8, 5)


@pytest.mark.parametrize("text", ["", "32", "周三", "9-5", "2025-08-05", "5.5.5", "8-32", "-1"])
def test_a_day_that_makes_no_sense_or_lies_outside_the_month_is_refused(text):
    with pytest.raises(RuleViolation) as refused:
        day_in_month(text, AUGUST)
    assert refused.value.field == "day"


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-08-05", "八月", "2026Q3"])
def test_only_a_month_is_a_month(text):
    with pytest.raises(RuleViolation, match="写法不对") as refused:
        month_of(text)
    assert refused.value.field == "month"


def line(**values):
    plain = {
        "day": date(2026, 8, 5),
        "starts_at": time(9, 0),
        "ends_at": time(11, 30),
        "leader": "韩副县长",
        "post": "副县长",
        "portfolio": "分管城乡建设工作",
        "mode": LeaderReceptionMode.FIXED,
        "place": "县信访局领导接访室",
        "telephone": "555-0110",
    }
    return NoticeLine(**(plain | values))


def test_a_line_of_the_notice_says_when_who_and_where():
    assert line().cells() == (
        "8月5日\n星期三\n9:00—11:30", "韩副县长", "副县长", "分管城乡建设工作", "县信访局领导接访室", "555-0110",
    )  # fmt: skip
    assert len(line().cells()) == len(COLUMNS)


def test_hours_are_left_out_where_none_are_set_and_another_form_is_told_with_the_place():
    cells = line(
        starts_at=None, ends_at=None, mode=LeaderReceptionMode.DOWN_WITH_CASE, place="柳溪镇"
    ).cells()
    assert cells[0] == "8月5日\n星期三"
    assert cells[4] == "柳溪镇（带案下访）"


@pytest.mark.parametrize(
    ("telephone", "cell"),
    [("0379-6212345", "0379-\n6212345"), ("13800000000", "13800000000"), ("555-0110", "555-0110"), ("", "")],
)
def test_a_long_telephone_number_goes_on_after_its_area_code(telephone, cell):
    assert line(telephone=telephone).cells()[5] == cell


def test_the_notice_names_its_basis_and_leaves_out_what_is_empty():
    intro = usual_intro("安澜县", AUGUST)
    assert "《信访工作条例》第十八条" in intro
    assert usual_title("安澜县", AUGUST) == "关于安澜县2026年8月领导干部接访安排的公示"
    assert notice_source(intro, " ", "").splitlines() == [intro, "〔表：领导接访安排〕"]
    assert notice_source("甲。", "乙。\n丙。", "555-0110").splitlines() == [
        "甲。", "〔表：领导接访安排〕", "乙。 丙。", "监督电话：555-0110。",
    ]  # fmt: skip
