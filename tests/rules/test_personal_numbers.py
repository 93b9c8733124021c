"""Telephone and identity numbers are found in a text and told masked; figures and an office's own line are none."""

import pytest

from rules.personal_numbers import personal_numbers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系人手机13812345678。", ("138****5678",)),
        ("电话 138-1234-5678", ("138****5678",)),
        ("１３８１２３４５６７８", ("138****5678",)),
        ("家里电话0371-65901234", ("0371-****234",)),
        ("身份证110101199003071233", ("110***********1233",)),
        ("身份证11010119900307123X", ()),
        ("共接待2901批5974人次，2026-07-15，云信〔2026〕3号", ()),
        ("2026年7月1日—2026年7月15日 1234567件", ()),
        ("12345热线", ()),
    ],
)
def test_numbers_of_people_are_found(text, shown):
    assert personal_numbers(text) == shown


def test_the_office_line_of_a_notice_is_its_own():
    notice = "监督电话：0371-65901234\n张某电话：0371-65901235"
    assert personal_numbers(notice, is_notice=True) == ("0371-****235",)
    assert personal_numbers(notice) == ("0371-****234", "0371-****235")


def test_an_identity_number_is_told_even_there():
    assert personal_numbers("监督电话：110101199003071233", is_notice=True) == ("110***********1233",)
