"""Titles break between words, into a trapezium or a rhombus (7.3.1)."""

from itertools import pairwise

import pytest

from documents.official.title_lines import title_lines

TITLES = {
    "云江县信访局关于2026年上半年全县信访工作情况的通报": (
        "云江县信访局关于2026年上半年",
        "全县信访工作情况的通报",
    ),
    "关于进一步规范村（社区）每周三接访工作的通知": ("关于进一步规范村（社区）", "每周三接访工作的通知"),
    "云江县信访工作联席会议办公室关于印发《云江县信访突出问题领导包案化解工作办法》的通知": (
        "云江县信访工作联席会议办公室",
        "关于印发《云江县信访突出问题领导",
        "包案化解工作办法》的通知",
    ),
    "关于开展2026年第二季度重复信访积案化解专项工作的通知": (
        "关于开展2026年第二季度",
        "重复信访积案化解专项工作的通知",
    ),
    "云江县信访局关于报送2025年度信访工作总结的报告": ("云江县信访局", "关于报送2025年度信访工作总结的报告"),
    "云江县信访局关于柳溪镇上河村安置房质量问题的督办函": (
        "云江县信访局关于柳溪镇上河村",
        "安置房质量问题的督办函",
    ),
    "云江县信访工作联席会议2026年第三次全体会议纪要": ("云江县信访工作联席会议", "2026年第三次全体会议纪要"),
    "关于转发市信访局《关于加强初次信访事项办理工作的意见》的通知": (
        "关于转发市信访局《关于加强初次信访",
        "事项办理工作的意见》的通知",
    ),
    "云江县信访局关于申请拨付2026年度信访工作专项经费120万元的请示": (
        "云江县信访局关于申请拨付",
        "2026年度信访工作专项经费120万元的请示",
    ),
    "关于做好国庆、中秋期间信访值班工作的通知": ("关于做好国庆、中秋期间信访值班工作的通知",),
}


@pytest.mark.parametrize("title", TITLES)
def test_titles_as_a_secretary_would_break_them(title: str):
    assert title_lines(title, 20) == TITLES[title]


@pytest.mark.parametrize("most", [12, 14, 16, 18, 20])
@pytest.mark.parametrize("title", TITLES)
def test_nothing_is_lost_and_no_line_is_too_long(title: str, most: int):
    lines = title_lines(title, most)
    assert "".join(lines) == title
    assert all(sum(0.5 if c.isascii() else 1 for c in line) <= most for line in lines)


@pytest.mark.parametrize("most", [14, 16, 18, 20])
@pytest.mark.parametrize("title", TITLES)
def test_no_line_parts_a_number_from_its_unit_or_begins_with_what_belongs_before(title: str, most: int):
    for line, following in pairwise(title_lines(title, most)):
        assert not (line[-1].isdigit() and following[0] not in "《（")
        assert following[0] not in "的、，》）”"
        assert line[-1] not in "《（“"


def test_a_short_title_is_one_line():
    assert title_lines("公告", 20) == ("公告",)


def test_a_word_that_is_longer_than_a_line_is_cut():
    assert title_lines("A" * 50, 20) == ("A" * 20, "A" * 20, "A" * 10)


def test_two_organs_with_a_space_between_them_are_parted_there():
    first, *_ = title_lines("中共云江县委办公室 云江县人民政府办公室关于做好信访工作的通知", 20)
    assert first == "中共云江县委办公室"
