"""What the templates of printed papers ask of a cell."""

import pytest

from documents.page import is_figure


@pytest.mark.parametrize(
    "text", ["7", "1,234", "-3", "98.5%", "98.5 %", "2026-07-15", "2026-07-15 09:30", "09:30", "3/17"]
)
def test_a_number_a_day_or_an_hour_is_a_figure(text):
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "—", "7 件", "LF-AL21-2026-00001", "2026年7月15日", "第3次"])
def test_words_and_record_numbers_are_none(text):
    assert not is_figure(text)
