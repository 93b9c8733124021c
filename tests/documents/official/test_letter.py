"""信函格式 (10.1)."""

from dataclasses import replace

import pytest

from documents.official.content import Paragraph, Urgency
from documents.official.pdf import official_pdf
from tests.documents.official.measuring import ink, line_with, lines, page_count, picture
from tests.documents.official.samples import LETTER, pdf_of

SEVEN_EIGHTHS = 4.94


def test_the_mark_begins_30_mm_under_the_edge_of_the_paper():
    mark = ink(picture(pdf_of(LETTER), 1), 30, 20, 180, 46, red=True)
    assert mark
    assert mark.top == pytest.approx(30, abs=0.15)


def test_the_upper_double_rule_is_170_mm_wide_4_mm_under_the_mark_the_thick_line_first():
    page = picture(pdf_of(LETTER), 1)
    mark = ink(page, 30, 20, 180, 46, red=True)
    upper = ink(page, 0, 47, 210, 53, red=True)
    assert mark and upper
    assert upper.top - mark.bottom == pytest.approx(4, abs=0.2)
    assert (upper.left, upper.right) == pytest.approx((20, 190), abs=0.1)
    assert _thicknesses(page, upper.top, upper.bottom) == pytest.approx([0.9, 0.35], abs=0.12)


def test_the_lower_double_rule_is_20_mm_above_the_edge_of_the_first_page_only():
    page = picture(pdf_of(LETTER), 1)
    lower = ink(page, 0, 273, 210, 290, red=True)
    assert lower
    assert lower.bottom == pytest.approx(277, abs=0.15)
    assert (lower.left, lower.right) == pytest.approx((20, 190), abs=0.1)
    assert _thicknesses(page, lower.top, lower.bottom) == pytest.approx([0.35, 0.9], abs=0.12)
    assert ink(picture(pdf_of(LETTER), 2), 0, 270, 210, 297, red=True) is None


def _thicknesses(page, top: float, bottom: float) -> list[float]:
    """mm of the lines between two heights, at x = 25 mm."""
    scale = page.width / 210
    column = [
        page.getpixel((round(25 * scale), y))
        for y in range(round(top * scale) - 1, round(bottom * scale) + 1)
    ]
    runs, length = [], 0
    for red, green, _blue in [*column, (255, 255, 255)]:
        if red > 160 and green < 128:
            length += 1
        elif length:
            runs.append(length / scale)
            length = 0
    return runs


def test_number_and_urgency_stand_seven_eighths_under_the_rule_at_the_edges():
    pdf = pdf_of(LETTER)
    rule = ink(picture(pdf, 1), 0, 47, 210, 53, red=True)
    row = line_with(pdf, 1, "〔2026〕")
    assert rule
    assert row.text == f"{Urgency.URGENT}云信函〔2026〕7号"
    assert row.top - rule.bottom == pytest.approx(SEVEN_EIGHTHS, abs=0.15)
    assert row.left == pytest.approx(28, abs=0.1)
    assert row.right == pytest.approx(184, abs=0.2)


def test_the_last_line_of_the_first_page_is_seven_eighths_above_the_lower_rule():
    pdf = pdf_of(LETTER)
    last = lines(pdf, 1)[-1]
    lower = ink(picture(pdf, 1), 0, 273, 210, 290, red=True)
    assert lower
    assert lower.top - last.bottom == pytest.approx(SEVEN_EIGHTHS, abs=0.4)


def test_two_lines_are_empty_above_the_title():
    pdf = pdf_of(LETTER)
    title = lines(pdf, 1, size=22)[0]
    assert title.y - line_with(pdf, 1, "〔2026〕").y == pytest.approx(3 * 29.609, abs=3)


def test_only_the_first_page_has_no_number():
    pdf = pdf_of(LETTER)
    assert "—1—" not in lines(pdf, 1)[-1].text
    assert lines(pdf, 2)[-1].text == "—2—"


def test_record_numbers_break_at_no_hyphen_wherever_they_stand():
    number = "XF-AL01-2026-00272"
    body = tuple(Paragraph(f"{'事' * before}{number}，请按期办结。") for before in range(14, 25))
    pdf = official_pdf(replace(LETTER, body=body))
    found = [line.text for page in range(1, page_count(pdf) + 1) for line in lines(pdf, page)]
    assert sum(number in line for line in found) == len(body)


def test_the_imprint_has_neither_rules_nor_date_of_printing():
    pdf = pdf_of(LETTER)
    assert page_count(pdf) == 2
    copies = line_with(pdf, 2, "抄送：")
    assert not any("印发" in line.text for line in lines(pdf, 2))
    assert ink(picture(pdf, 2), 28, copies.bottom + 2, 184, 265) is None
    assert copies.bottom == pytest.approx(260, abs=2)
