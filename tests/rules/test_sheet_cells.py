"""Cells of a sheet: what is accepted, and what each refusal says."""

from datetime import date, datetime, time

import pytest

from rules.errors import RuleViolation
from rules.sheets import cells
from rules.sheets.category_words import CategoryWord, CategoryWords
from rules.sheets.findings import column_letter
from rules.sheets.unit_words import UnitWord, UnitWords
from rules.taxonomy import VisitKind

DAY = date(2026, 7, 5)


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime(2026, 7, 5),
        "2026-07-05",
        "2026/7/5",
        "2026.7.5",
        "2026年7月5日",
        "2026-7-5 00:00:00",
        "２０２６-07-05",
    ],
)
def test_dates_are_read_as_people_write_them(cell):
    assert cells.day(cell) == DAY


@pytest.mark.parametrize("cell", ["5/7/2026", "2026-13-01", "2026-02-30", "昨天", 46208, 20260705, "2026-07"])
def test_anything_else_is_no_date(cell):
    with pytest.raises(RuleViolation):
        cells.day(cell)


@pytest.mark.parametrize(
    "cell", [time(9, 30), "9:30", "09:30", "9时30分", "09:30:00", 0.3958333333, datetime(2026, 7, 5, 9, 30)]
)
def test_times(cell):
    assert cells.hour(cell) == time(9, 30)


@pytest.mark.parametrize("cell", ["25:00", "9", "上午", 9])
def test_no_times(cell):
    with pytest.raises(RuleViolation):
        cells.hour(cell)


@pytest.mark.parametrize(
    ("cell", "number"), [(3, 3), (3.0, 3), ("3", 3), (" 12 ", 12), ("１２", 12), ("1,200", 1200)]
)
def test_whole_numbers(cell, number):
    assert cells.whole_number(cell) == number


@pytest.mark.parametrize("cell", ["三", 3.5, "-1", -1, True, DAY, "3人"])
def test_no_whole_numbers(cell):
    with pytest.raises(RuleViolation):
        cells.whole_number(cell)


def test_a_long_number_stored_as_a_number_has_lost_its_end():
    with pytest.raises(RuleViolation, match="设为“文本”"):
        cells.digits_text(410326198001010000)
    assert cells.digits_text(13812345678) == "13812345678"


def test_words_of_a_closed_list():
    assert cells.word(VisitKind)(" 重访 ") is VisitKind.REPEAT
    with pytest.raises(RuleViolation, match="可填：初访、重访"):
        cells.word(VisitKind)("再访")


def test_several_values_in_one_cell():
    assert cells.listed("周大山、李四,王五;赵六，孙旺；钱多") == [
        "周大山",
        "李四",
        "王五",
        "赵六",
        "孙旺",
        "钱多",
    ]


def test_letters_of_columns():
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


CATEGORIES = CategoryWords(
    [
        CategoryWord(1, "01", "农村农业", "农村农业"),
        CategoryWord(2, "02", "自然资源", "国土资源"),
        CategoryWord(3, "0201", "土地征收", "国土资源", "自然资源", frozenset({"征地", "补偿款"})),
        CategoryWord(4, "06", "教育", "教育文体"),
        CategoryWord(5, "07", "文体旅游", "教育文体"),
        CategoryWord(6, "11", "市场监管", "经济管理"),
        CategoryWord(7, "99", "其他", "其他"),
        CategoryWord(8, "9903", "其他", "其他", "其他"),
        CategoryWord(9, "0701", "管理", "教育文体", "文体旅游", frozenset({"补偿款", "教育"})),
        CategoryWord(10, "0102", "管理", "农村农业", "农村农业"),
    ]
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("农村农业", "01"), ("土地征收", "0201"), ("自然资源/土地征收", "0201"), ("自然资源-土地征收", "0201"),
        ("自然资源—土地征收", "0201"), ("自然资源——土地征收", "0201"), ("0201", "0201"), (201, "0201"), (1, "01"),
        ("国土资源", "02"), ("征地", "0201"), ("教育", "06"), ("教育文体", "06"), ("商贸旅游", "11"), ("其他", "99"), ("其他/其他", "9903"), ("文体旅游/管理", "0701"),
    ],
)  # fmt: skip
def test_categories_by_name_code_and_older_name(written, code):
    assert CATEGORIES(written).code == code


def test_a_name_under_two_first_levels_is_asked_back():
    with pytest.raises(RuleViolation, match="文体旅游/管理、农村农业/管理"):
        CATEGORIES("管理")


def test_an_everyday_word_for_two_categories_is_asked_back():
    with pytest.raises(RuleViolation, match="“补偿款”可以是几个内容分类.*自然资源/土地征收、文体旅游/管理"):
        CATEGORIES("补偿款")


def test_an_unknown_category_is_answered_with_near_ones():
    with pytest.raises(RuleViolation, match="没有“土地”这个内容分类.*相近的有：自然资源/土地征收"):
        CATEGORIES("土地")


OF_THE_COUNTY = [
    UnitWord(1, "AL21", "柳溪镇", "柳溪镇", "township", "/9/1/", 9, 0, None),
    UnitWord(2, "AL2101", "上河村", "上河村", "village", "/9/1/2/", 1, 0, None),
    UnitWord(3, "AL22", "白石乡（石乡）", "白石乡", "township", "/9/3/", 9, 0, None),
    UnitWord(4, "AL2201", "上河村", "上河", "village", "/9/3/4/", 3, 0, None),
    UnitWord(5, "AL2102", "老河村", "老河村", "village", "/9/1/5/", 1, 0, date(2025, 12, 31)),
    UnitWord(6, "AL2103", "老河村", "老河村", "village", "/9/1/6/", 1, 0, None),
]
UNITS = UnitWords(OF_THE_COUNTY)


def test_units_by_code_whatever_its_case():
    assert UNITS("al21").id == 1
    assert UNITS.named("柳溪镇").id == 1
    assert UNITS.named("上河村") is None
    assert UNITS.named("某公司") is None


@pytest.mark.parametrize(
    ("written", "unit"), [("柳溪镇", 1), (" 柳 溪镇", 1), ("白石乡", 3), ("白石乡(石乡)", 3), ("上河", 4)]
)
def test_units_by_full_and_short_name(written, unit):
    assert UNITS(written).id == unit


def test_a_name_of_several_means_the_one_in_the_importers_own_part():
    assert UnitWords(OF_THE_COUNTY, "/9/1/")("上河村").id == 2
    assert UnitWords(OF_THE_COUNTY, "/9/3/")("上河村").id == 4
    assert UnitWords(OF_THE_COUNTY, "/9/3/")("柳溪镇").id == 1


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("上河村", "AL2101（柳溪镇/上河村）、AL2201（白石乡/上河）。"),
        ("老河村", "AL2102（柳溪镇/老河村，2025-12-31 撤销）、AL2103（柳溪镇/老河村）。"),
    ],
)
def test_a_name_of_several_is_answered_with_all_of_them(written, listed):
    with pytest.raises(RuleViolation) as refused:
        UNITS(written)
    assert refused.value.message == f"叫“{written}”的机构不止一个，请写代码：{listed}"


def test_an_unknown_code_is_answered_with_what_was_meant():
    with pytest.raises(RuleViolation, match="没有代码或名称为“AL210l”的机构。是不是 .*AL2101（上河村）"):
        UNITS("AL210l")


def test_a_column_of_codes_takes_no_name():
    assert UNITS.coded("al21").id == 1
    with pytest.raises(RuleViolation, match="没有代码为“柳溪镇”的机构。是不是 AL21（柳溪镇）？"):
        UNITS.coded("柳溪镇")
