"""What others see of personal data. Every number here is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.redaction import (
    mask_address,
    mask_id_number,
    mask_name,
    mask_telephone,
    normalise_id_number,
    normalise_telephone,
    valid_id_number,
    valid_telephone,
    without_long_numbers,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("王小明", "王**"),
        ("欧阳建国", "欧***"),
        ("阿卜杜拉·买买提", "阿*******"),
        ("张", "*"),
        ("", ""),
        (" 李四 ", "李*"),
        ("John Smith", "J***"),
    ],
)
def test_a_name_keeps_its_first_character(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("telephone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("0371-65901234", "0371-****234"),
        ("010-65901234", "010-****234"),
        ("65901234", "*****234"),
        ("7123456", "****456"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_telephone_keeps_too_little_to_be_called(telephone, masked):
    assert mask_telephone(telephone) == masked


@pytest.mark.parametrize(
    ("id_number", "masked"),
    [
        ("110101199003071234", "110***********1234"),
        ("11010119900307123x", "110***********123X"),
        ("110101900307123", "110********7123"),
        ("E12345678", "*******78"),
        ("A123", "****"),
        ("", ""),
    ],
)
def test_an_id_number_hides_the_birth_date(id_number, masked):
    assert mask_id_number(id_number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("林丰县安乐镇王庄村三组12号", "林丰县安乐镇王庄村***"),
        ("林丰县安乐镇王庄村", "林丰县安乐镇王庄村"),
        ("林丰县城关街道幸福社区3号楼2单元", "林丰县城关街道幸福社区***"),
        ("林丰县安乐镇人民路5号", "林丰县安乐镇***"),
        ("阳光花园3号楼2单元101室王村", "阳光花园***"),
        ("人民路中段电业局家属院", "人民路中段***"),
        ("东街5号", "东街***"),
        ("", ""),
    ],
)
def test_an_address_stops_at_the_village(address, masked):
    assert mask_address(address) == masked


def test_one_written_form_to_compare_by():
    assert normalise_telephone("+86 138 1234 5678") == "13812345678"
    assert normalise_telephone("0086-13812345678") == "13812345678"
    assert normalise_telephone("（0371）65901234") == "037165901234"
    assert normalise_telephone("8612345") == "8612345"  # a local number that begins with 86
    assert normalise_id_number(" 11010119900307123ｘ ") == "11010119900307123X"


@pytest.mark.parametrize(
    ("telephone", "valid"),
    [
        ("13812345678", True),
        ("0371-65901234", True),
        ("010 65901234", True),
        ("7123456", True),
        ("12345", True),
        ("400-800-1234", True),
        ("12812345678", False),
        ("1381234567", False),
        ("13812345678/13912345678", False),
        ("无", False),
        ("", False),
    ],
)
def test_whether_a_telephone_can_be_one(telephone, valid):
    assert valid_telephone(telephone) is valid


@pytest.mark.parametrize(
    ("id_number", "valid"),
    [
        ("11010519491231002X", True),  # the example printed in GB 11643-1999
        ("11010519491231002x", True),
        ("440524188001010014", True),  # the standard's second example
        ("110105194912310021", False),  # wrong check character
        ("110105194913310020", False),  # there is no 13th month
        ("110105491231002", True),  # the old form
        ("110105491331002", False),
        ("1101051949123100", False),
        ("E12345678", False),
        ("", False),
    ],
)
def test_whether_an_id_number_can_be_one(id_number, valid):
    assert valid_id_number(id_number) is valid


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, shift):
    right = "11010519491231002X"
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert not valid_id_number(wrong)


@given(st.text(max_size=40))
def test_masking_twice_is_masking_once(text):
    for mask in (mask_name, mask_telephone, mask_id_number, mask_address):
        assert mask(mask(text)) == mask(text)


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True)
)
def test_a_mask_never_shows_the_middle(telephone, id_number):
    assert mask_telephone(telephone)[3:7] == "****"
    assert set(mask_id_number(id_number)[3:14]) == {"*"}


@given(st.text(alphabet="林丰县安乐镇王庄村东街路院0123456789号", min_size=1, max_size=30))
def test_a_masked_address_holds_no_number(address):
    masked = mask_address(address)
    assert not any(character.isdigit() for character in masked)


@pytest.mark.parametrize(
    ("text", "spaced", "shown"),
    [
        ("“110101199003071…”不是日期", False, "“110****…”不是日期"),
        ("“11010119900307123X”太长", False, "“110****”太长"),
        ("没有“2026-13-01”这一天。", False, "没有“2026-13-01”这一天。"),
        ("“138 1234-5678”不是电话", True, "“138****”不是电话"),
        ("最多 500000 个字", True, "最多 500000 个字"),
    ],
)
def test_long_numbers_are_cut_from_messages(text, spaced, shown):
    assert without_long_numbers(text, spaced=spaced) == shown
