"""Finding names from the keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.pinyin_match import Match, matches, rank

ANLE = ("安乐镇人民政府", "alzrmzf", "anlezhenrenminzhengfu")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("安乐镇人民政府", Match.EXACT),
        ("alzrmzf", Match.EXACT),
        ("安乐", Match.PREFIX),
        ("ALZ", Match.PREFIX),
        ("anle", Match.PREFIX),
        ("an'le", Match.PREFIX),
        (" an le ", Match.PREFIX),
        ("ａｎｌｅ", Match.PREFIX),
        ("人民", Match.SUBSTRING),
        ("rmzf", Match.SUBSTRING),
        ("azf", Match.SUBSEQUENCE),
        ("alf", Match.SUBSEQUENCE),
        ("", Match.PREFIX),
        ("renmin", None),  # a spelling is typed from its beginning
        ("乐安", None),
        ("fz", None),
        ("q", None),
    ],
)
def test_characters_initials_and_spelling(query, expected):
    assert rank(query, *ANLE) == expected
    assert matches(query, *ANLE) is (expected is not None)


def test_the_better_match_comes_first():
    units = {
        "柳溪镇": ("lxz", "liuxizhen"),
        "林丰县信访局": ("lfxxfj", "linfengxianxinfangju"),
        "信访局": ("xfj", "xinfangju"),
        "新丰街道": ("xfjd", "xinfengjiedao"),
    }
    found = sorted(
        (rank("xfj", name, *words), name) for name, words in units.items() if matches("xfj", name, *words)
    )
    assert found == [(Match.EXACT, "信访局"), (Match.PREFIX, "新丰街道"), (Match.SUBSTRING, "林丰县信访局")]


@given(st.integers(0, 7), st.integers(0, 7))
def test_any_piece_of_the_name_or_its_initials_is_found(start, length):
    assert matches(ANLE[0][start : start + length], *ANLE)
    assert matches(ANLE[1][start : start + length], *ANLE)
