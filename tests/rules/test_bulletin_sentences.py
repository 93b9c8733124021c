"""A change in words, after the published figures of a worked year."""

from decimal import Decimal

import pytest

from rules import figures
from rules.bulletin_sentences import change_in_words


def of_count(now, before):
    change, text = figures.count_change(now, before), figures.change_text(now, before)
    return change_in_words(change, text, equal=now == before)


def of_rate(now, before):
    now, before = Decimal(now), Decimal(before)
    return change_in_words(
        figures.rate_change(now, before), figures.rate_change_text(now, before), equal=now == before
    )


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (2901, 1903, "上升52.4%"),
        (5974, 4018, "上升48.7%"),
        (983, 1303, "下降24.6%"),
        (12, 12, "持平"),
        (10_001, 10_000, "基本持平"),
        (7, 0, "无可比基数"),
        (0, 0, "持平"),
        (0, 5, "下降100.0%"),
    ],
)
def test_a_count(now, before, words):
    assert of_count(now, before) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("99.61", "99.36", "上升0.25个百分点"),
        ("86.79", "88.89", "下降2.10个百分点"),
        ("98.11", "98.11", "持平"),
    ],
)
def test_a_rate(now, before, words):
    assert of_rate(now, before) == words


def test_a_rate_without_anything_to_measure_has_no_base():
    assert change_in_words(None, figures.rate_change_text(Decimal(1), None), equal=False) == "无可比基数"
