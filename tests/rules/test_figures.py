"""Figures against a county's published year 2021."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.figures import (
    change_text,
    count_change,
    count_text,
    rate,
    rate_change,
    rate_change_text,
    rate_text,
)


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (2901, 1903, "+52.4%"),
        (5974, 4018, "+48.7%"),
        (754, 1000, "-24.6%"),
        (10, 10, "0.0%"),
        (5, 0, "—"),
        (0, 0, "—"),
        (0, 5, "-100.0%"),
        (None, 5, "—"),
        (5, None, "—"),
        (2001, 2000, "+0.1%"),  # 0.05 % exactly: the tie goes up
        (1999, 2000, "-0.1%"),  # and away from zero
        (10004, 10000, "0.0%"),
        (9996, 10000, "0.0%"),  # never -0.0 %
        (Decimal("12.5"), Decimal("10"), "+25.0%"),
    ],
)
def test_the_change_of_a_count(now, before, text):
    assert change_text(now, before) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (52, 53, "98.11%"),
        (247, 247, "100.00%"),
        (23, 78, "29.49%"),
        (8, 9, "88.89%"),
        (0, 9, "0.00%"),
        (1, 800, "0.13%"),  # 0.125 % exactly: half up, where half even would give 0.12
        (0, 0, "—"),
        (3, 0, "—"),
        (None, 4, "—"),
    ],
)
def test_a_rate(numerator, denominator, text):
    assert rate_text(rate(numerator, denominator)) == text


def test_a_rate_changes_by_percentage_points():
    assert rate_change_text(Decimal("99.61"), Decimal("99.36")) == "+0.25个百分点"
    assert rate_change_text(Decimal("86.79"), Decimal("88.00")) == "-1.21个百分点"
    assert rate_change_text(Decimal("99.34"), Decimal("99.34")) == "0.00个百分点"
    assert rate_change_text(None, Decimal("99.34")) == "—"
    assert rate_change_text(Decimal("99.34"), None) == "—"
    assert rate_change(Decimal("98.11"), Decimal("100.00")) == Decimal("-1.89")


def test_counts_are_plain_digits():
    assert count_text(2901) == "2901"
    assert count_text(0) == "0"
    assert count_text(1234567) == "1234567"
    assert count_text(Decimal("12.50")) == "12.5"
    assert count_text(Decimal("1E+3")) == "1000"
    assert count_text(None) == "—"


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_change_is_within_half_a_tenth_of_the_exact_value(now, before):
    exact = Decimal((now - before) * 100) / Decimal(before)
    assert abs(count_change(now, before) - exact) <= Decimal("0.05")


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_rate_lies_between_nothing_and_everything(part, rest):
    value = rate(part, part + rest)
    assert Decimal("0.00") <= value <= Decimal("100.00")
    assert value.as_tuple().exponent == -2
