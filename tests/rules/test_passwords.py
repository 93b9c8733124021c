"""The two password profiles."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.passwords import (
    DENGBAO,
    MODERN,
    ONE_TIME_ALPHABET,
    PROFILES,
    character_classes,
    is_expired,
    one_time_password,
    problems,
)

LISTED = frozenset(
    (Path(__file__).parents[2] / "data" / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
)


def found(password, profile=DENGBAO, username="lixia"):
    return problems(password, profile, username, ["信访", "林丰", "xinfang"], LISTED)


@pytest.mark.parametrize(
    "password",
    [
        "Tea-Kettle+47",  # 13 characters of four classes
        "竹篱茅舍A7风吹稻花雨香",  # 12 characters, Chinese counts as a class of its own
        "绿水青山之间有一条小路通向老家院",  # a passphrase of 16 Chinese characters
        "umbrella river copper lantern",
    ],
)
def test_good_passwords_under_dengbao(password):
    assert found(password) == []


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("Tea-Kettle4", "至少 12 个字符，现有 11 个。"),
        ("x7Qm" * 33, "最多 128 个字符，现有 132 个。"),
        (
            "teakettle472",
            "须含大写字母、小写字母、数字、其他字符中的三种；或改用 16 个字符以上的长口令（可用汉字）。",
        ),
        ("Aa1!Aa1!Aa1!Aa1!", "不同的字符太少，至少 6 个。"),
        ("Abcdefgh1234", "不能主要由连续或重复的字符组成，如 123456、abcdef、aaaa。"),
        ("Lixia#tea-472", "不能含有用户名。"),
        ("我在林丰喝茶Tea#472z", "不能含有“林丰”，外人容易猜到。"),
        ("XinFang-tea#92", "不能含有“xinfang”，外人容易猜到。"),
        ("Password@2026", "太常见，容易被猜到，请换一个。"),
        ("Woaini@5201314", "太常见，容易被猜到，请换一个。"),
        ("1qaz@WSX1qaz@WSX", "太常见，容易被猜到，请换一个。"),
        ("qwertyuiopasdfgh", "太常见，容易被猜到，请换一个。"),
        ("床前明月光疑是地上霜!2026", "太常见，容易被猜到，请换一个。"),
    ],
)
def test_bad_passwords_say_why(password, message):
    assert message in found(password)


def test_a_full_width_password_is_judged_by_what_it_stands_for():
    assert "太常见，容易被猜到，请换一个。" in found("Ｐａｓｓｗｏｒｄ＠２０２６")


def test_modern_asks_for_length_only():
    assert found("teakettle lantern", MODERN) == []
    assert found("Tea-Kettle+47", MODERN) == ["至少 15 个字符，现有 13 个。"]
    assert "太常见，容易被猜到，请换一个。" in found("passwordpassword", MODERN)


def test_short_names_and_words_do_not_forbid_half_the_alphabet():
    assert problems("Tea-Kettle+47", DENGBAO, "te", ["tea", "茶"], LISTED) == []


def test_dengbao_passwords_last_ninety_days():
    assert not is_expired(date(2026, 1, 1), date(2026, 4, 1), DENGBAO)
    assert is_expired(date(2026, 1, 1), date(2026, 4, 2), DENGBAO)
    assert not is_expired(date(2016, 1, 1), date(2026, 4, 2), MODERN)
    assert (DENGBAO.history, PROFILES["modern"]) == (5, MODERN)


def test_classes_are_counted():
    assert [character_classes(p) for p in ("", "abc", "abC", "abC1", "abC1竹", "竹!")] == [0, 1, 2, 3, 4, 1]


def test_the_list_is_long_lower_case_and_without_doubles():
    lines = (Path(__file__).parents[2] / "data" / "common_passwords.txt").read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines)) > 3000
    assert all(line == line.casefold().strip() for line in lines)


def test_a_one_time_password_reads_well():
    assert one_time_password(bytes(10)) == "AAAA-AAAA-AAAA-AAAA"
    assert one_time_password(b"\xff" * 10) == "9999-9999-9999-9999"
    with pytest.raises(ValueError):
        one_time_password(bytes(9))


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_every_bit_of_the_eighty_tells(one, other):
    assert set(one_time_password(one)) <= {*ONE_TIME_ALPHABET, "-"}
    assert (one_time_password(one) == one_time_password(other)) == (one == other)


@given(st.text(max_size=150))
def test_any_text_at_all_gets_an_answer(password):
    for profile in PROFILES.values():
        assert all(message.endswith("。") or "猜到" in message for message in found(password, profile))
