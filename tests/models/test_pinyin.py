"""What is stored beside a name, so that it is found from the keyboard."""

import pytest

from models.pinyin import initials_of, pinyin_of, spelling_of


@pytest.mark.parametrize(
    ("text", "initials", "spelling"),
    [
        ("柳溪镇", "lxz", "liuxizhen"),
        ("A栋3单元", "ad3dy", "adong3danyuan"),
        ("重庆路（东）", "cqld", "chongqingludong"),
        ("Li 大山", "lids", "lidashan"),
        ("——", "", ""),
        ("", "", ""),
    ],
)
def test_initials_and_spelling(text, initials, spelling):
    assert pinyin_of(text) == (initials, spelling)
    assert (initials_of(text), spelling_of(text)) == (initials, spelling)


def test_a_column_holds_only_so_much():
    assert initials_of("柳" * 200) == "l" * 80
    assert initials_of("柳" * 200, 40) == "l" * 40
    assert spelling_of("柳" * 200) == ("liu" * 200)[:400]
