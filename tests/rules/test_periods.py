"""Periods: read, named, compared and cut."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleViolation
from rules.periods import (
    Compare,
    PeriodKind,
    day_range,
    parse_period,
    period_of,
    wednesdays,
    weekdays,
)


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "2021年"),
        ("2021H1", date(2021, 1, 1), date(2021, 6, 30), "2021年上半年"),
        ("2021H2", date(2021, 7, 1), date(2021, 12, 31), "2021年下半年"),
        ("2021Q1", date(2021, 1, 1), date(2021, 3, 31), "2021年第一季度"),
        ("2021Q3", date(2021, 7, 1), date(2021, 9, 30), "2021年第三季度"),
        ("2021Q4", date(2021, 10, 1), date(2021, 12, 31), "2021年第四季度"),
        ("2021-07", date(2021, 7, 1), date(2021, 7, 31), "2021年7月"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2021-W30", date(2021, 7, 26), date(2021, 8, 1), "2021年第30周（7月26日—8月1日）"),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3), "2020年第53周（2020年12月28日—2021年1月3日）"),
        ("2021-07-15", date(2021, 7, 15), date(2021, 7, 15), "2021年7月15日"),
        ("2021-07-01..2021-07-15", date(2021, 7, 1), date(2021, 7, 15), "2021年7月1日—7月15日"),
        (
            "2021-12-25..2022-01-05",
            date(2021, 12, 25),
            date(2022, 1, 5),
            "2021年12月25日—2022年1月5日",
        ),
    ],
)
def test_every_written_form_is_read_and_named(text, start, end, label):
    period = parse_period(text)
    assert (period.start, period.end, period.label, period.text) == (start, end, label, text)


def test_small_letters_blanks_and_full_width_digits_are_forgiven():
    assert parse_period(" 2021h1 ").text == "2021H1"
    assert parse_period("2021-w30").text == "2021-W30"
    assert parse_period("２０２１-07").text == "2021-07"
    assert parse_period("2021-07-01 .. 2021-07-15").text == "2021-07-01..2021-07-15"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "看不懂期间"),
        ("去年", "看不懂期间“去年”"),
        ("2021H3", "看不懂"),
        ("2021Q5", "看不懂"),
        ("2021-7", "看不懂"),
        ("2021-13", "不存在"),
        ("2021-00", "不存在"),
        ("2021-W53", "不存在"),
        ("2021-02-29", "不存在"),
        ("1989", "1990 到 2100"),
        ("2101-01", "1990 到 2100"),
        ("2021-01-01..2101-01-01", "1990 到 2100"),
        ("2021-07-15..2021-07-01", "止日 2021-07-01 早于起日 2021-07-15"),
        ("٢٠٢١", "看不懂"),
    ],
)
def test_a_wrong_period_is_refused_in_plain_chinese(text, words):
    with pytest.raises(RuleViolation) as refused:
        parse_period(text)
    assert words in refused.value.message
    assert refused.value.field == "period"


@pytest.mark.parametrize(
    ("text", "previous", "year_before"),
    [
        ("2021", "2020", "2020"),
        ("2021H1", "2020H2", "2020H1"),
        ("2021Q1", "2020Q4", "2020Q1"),
        ("2021-01", "2020-12", "2020-01"),
        ("2021-03", "2021-02", "2020-03"),
        ("2021-W01", "2020-W53", "2020-W01"),
        ("2020-W53", "2020-W52", "2019-W52"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2024-03-01", "2024-02-29", "2023-03-01"),
        ("2021-07-01..2021-07-15", "2021-06-16..2021-06-30", "2020-07-01..2020-07-15"),
        ("2024-02-01..2024-02-29", "2024-01-03..2024-01-31", "2023-02-01..2023-02-28"),
    ],
)
def test_what_a_period_is_compared_with(text, previous, year_before):
    period = parse_period(text)
    assert period.compared(Compare.MOM).text == previous
    assert period.compared(Compare.YOY).text == year_before
    assert (Compare.YOY.label, Compare.MOM.label) == ("同比", "环比")


def test_a_year_has_twelve_months():
    months = parse_period("2021").parts(PeriodKind.MONTH)
    assert [month.text for month in months][::11] == ["2021-01", "2021-12"]
    assert len(months) == 12
    assert months[6].short_label == "7月"


def test_pieces_cut_off_at_the_ends_become_ranges():
    weeks = parse_period("2021-07").parts(PeriodKind.WEEK)
    assert [week.text for week in weeks] == [
        "2021-07-01..2021-07-04",
        "2021-W27",
        "2021-W28",
        "2021-W29",
        "2021-07-26..2021-07-31",
    ]
    assert [week.short_label for week in weeks] == ["7/1–7/4", "27周", "28周", "29周", "7/26–7/31"]


def test_only_months_wholly_inside_count_as_whole_months():
    assert parse_period("2021").whole_months() == 12
    assert parse_period("2021Q3").whole_months() == 3
    assert parse_period("2021-07-01..2021-08-31").whole_months() == 2
    assert parse_period("2021-07-02..2021-08-31").whole_months() == 1
    assert parse_period("2021-W30").whole_months() == 0


def test_a_running_period_is_cut_at_the_day_of_the_report():
    july = parse_period("2021-07")
    assert july.until(date(2021, 7, 15)).text == "2021-07-01..2021-07-15"
    assert july.until(date(2021, 7, 31)) is july
    assert july.until(date(2021, 9, 1)) is july
    assert july.until(date(2021, 6, 30)) is None


def test_wednesdays_of_july_2021():
    assert [day.day for day in wednesdays(parse_period("2021-07"))] == [7, 14, 21, 28]
    assert wednesdays(parse_period("2021-07-15")) == []
    assert wednesdays(parse_period("2021-07-14")) == [date(2021, 7, 14)]
    assert len(wednesdays(parse_period("2021"))) == 52
    assert weekdays(parse_period("2021-W30"), 6) == [date(2021, 8, 1)]


days = st.dates(date(1991, 1, 8), date(2099, 12, 31))
kinds = st.sampled_from(PeriodKind)


@given(days, kinds)
def test_a_period_holds_its_day_and_reads_back_to_itself(day, kind):
    period = period_of(day, kind)
    assert day in period
    assert parse_period(period.text) == period


@given(days, kinds)
def test_the_previous_period_ends_the_day_before(day, kind):
    period = period_of(day, kind)
    previous = period.previous()
    assert previous.end + timedelta(days=1) == period.start
    assert previous.kind == period.kind


@given(days, kinds)
def test_a_year_before_is_a_period_of_the_same_kind_a_year_earlier(day, kind):
    period = period_of(day, kind)
    before = period.year_before()
    assert before.kind == period.kind
    assert 358 <= (period.start - before.start).days <= 371


@given(days, st.integers(0, 800), st.sampled_from([k for k in PeriodKind if k is not PeriodKind.RANGE]))
def test_parts_cover_the_whole_without_gap_or_overlap(start, length, kind):
    period = day_range(start, start + timedelta(days=length))
    parts = period.parts(kind)
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert sum(part.days for part in parts) == period.days
    assert all(a.end + timedelta(days=1) == b.start for a, b in zip(parts, parts[1:], strict=False))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2026年", "2026"),
        ("2026年10月", "2026-10"),
        ("2026 年 7 月份", "2026-07"),
        ("２０２６年１１月２８日", "2026-11-28"),
        ("2026年7月5日", "2026-07-05"),
    ],
)
def test_periods_as_people_write_them_are_understood(typed, text):
    assert parse_period(typed).text == text


def test_a_day_that_does_not_exist_is_refused_in_words_too():
    with pytest.raises(RuleViolation, match="不存在"):
        parse_period("2026年2月30日")
