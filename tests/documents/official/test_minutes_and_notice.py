"""纪要 (10.3) and public notices."""

import pytest

from tests.documents.official.measuring import ink, line_with, lines, page_count, picture
from tests.documents.official.samples import MINUTES, NOTICE, pdf_of

CELL = 5.571


def test_the_mark_of_minutes_begins_72_mm_under_the_edge_of_the_paper():
    pdf = pdf_of(MINUTES)
    mark = ink(picture(pdf, 1), 20, 20, 190, 100, red=True)
    assert mark
    assert mark.top == pytest.approx(72, abs=0.15)
    assert line_with(pdf, 1, "第3期").top > mark.bottom


def test_who_attended_stands_under_the_text_and_turns_over_behind_the_colon():
    pdf = pdf_of(MINUTES)
    page = page_count(pdf) if "出席" in "".join(line.text for line in lines(pdf, page_count(pdf))) else 1
    first = line_with(pdf, page, "出席：")
    rows = lines(pdf, page)
    second = rows[rows.index(first) + 1]
    assert first.left == pytest.approx(28 + 2 * CELL, abs=0.1)
    assert second.left == pytest.approx(28 + 5 * CELL, abs=0.1)
    for label in ("请假：", "列席："):
        assert line_with(pdf, page, label).left == pytest.approx(28 + 2 * CELL, abs=0.1)


def test_a_notice_has_no_head_and_no_number_on_its_only_page():
    pdf = pdf_of(NOTICE)
    assert page_count(pdf) == 1
    assert ink(picture(pdf, 1), 0, 0, 210, 100, red=True) is None
    assert lines(pdf, 1)[-1].text == "2026年7月15日"


def test_the_title_of_a_notice_is_large_and_in_the_middle():
    pdf = pdf_of(NOTICE)
    title = lines(pdf, 1, size=26)
    assert "".join(line.text for line in title) == NOTICE.title
    for line in title:
        assert (line.left + line.right) / 2 == pytest.approx(106, abs=0.3)


def test_the_text_of_a_notice_stands_on_the_same_grid():
    row = line_with(pdf_of(NOTICE), 1, "为全面贯彻落实")
    assert (row.top - 37) % 10.445 == pytest.approx(0, abs=0.05) or (row.top - 37) % 10.445 > 10.39
