"""Numbers typed by hand: which stand for figures, and which report nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.typed_numbers import all_numbers, typed_numbers


def found(line):
    return [n.text for n in typed_numbers(line)]


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("共接待群众来访2901批5974人次，同比上升52.4%", ["2901", "5974", "52.4%"]),
        ("（一）集体访12批。代表5人", ["12", "5"]),
        ("1.柳溪镇应开12场，实开10场", ["12", "10"]),
        ("接待1,234人次，按期率９８.５％", ["1,234", "９８.５％"]),
        ("来访量超过2901批，达到3000批", ["2901", "3000"]),
        ("2026年7月接待3个乡镇来访", ["3"]),
    ],
)
def test_figures_are_found(line, numbers):
    assert found(line) == numbers


@pytest.mark.parametrize(
    "line",
    [
        "2026年7月15日，2026-07-15，7月6日—12日，7月1、8、15日，2024—2026年",
        "云信〔2026〕3号，《条例》第40条、第3款，第28周，第3季度",
        "上午8:30至17时30分",
        "60日内答复，15个工作日，24小时值守，3年内",
        "办结率不低于95%，参评率达到85%，5人以上为集体访，3人及以上",
        "1.工作要求",
        "（2）工作要求；附件1、表2、图3",
        "监督电话：555-0001",
        "电话0379-6000000、13800000000，12345热线",
        "GB/T 9704-2012，LF-AL0301-2026-00012，A4纸，“5·25”专项",
        "全县共接待〔接待来访批次〕批",
        "一是二是三是",
    ],
)
def test_numbers_that_report_nothing_are_left_alone(line):
    assert found(line) == []


def test_a_number_is_found_at_its_place_and_compared_in_plain_form():
    (number,) = typed_numbers("接待２,９０１批")
    assert (number.start, number.end, number.plain) == (2, 7, "2901")
    assert all_numbers("上升52.4％") == {"52.4%"}


@given(st.text(alphabet="0123456789.,%％年月日第条批人（）-〔〕A ", max_size=40))
def test_places_are_those_of_the_line(line):
    for number in typed_numbers(line):
        assert line[number.start : number.end] == number.text


@pytest.mark.parametrize(
    "hostile",
    [
        "1" + "人次" * 20_000 + "x",
        "1" * 60_000,
        "1、" * 20_000,
        "a" * 60_000,
        "1-" * 20_000,
        "第1、" * 10_000,
    ],
    ids=lambda text: text[:4],
)
def test_a_hostile_text_is_read_to_its_end(hostile):
    """The search once took exponential time; the suite would not come to an end if it did again."""
    assert isinstance(typed_numbers(hostile), tuple)
