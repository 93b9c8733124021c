"""Plain tables upright and turned (clause 8), and charts."""

from dataclasses import replace

import pytest

from documents.official.content import Attachment, Column, OfficialDocument, Paragraph, Table
from tests.documents.official.measuring import glyphs, ink, line_with, lines, opened, page_count, picture
from tests.documents.official.samples import BULLETIN, CHART, LONG, TABLE, WIDE_TABLE, pdf_of

LONG_TABLE = replace(TABLE, rows=tuple((str(n), f"第{n}信访工作站", "1", "2", "3") for n in range(1, 61)))
LISTED = OfficialDocument(title="关于来访登记情况的报告", body=(LONG, LONG_TABLE, LONG))
TURNED = replace(BULLETIN, attachments=(Attachment("各单位明细表", (WIDE_TABLE, Paragraph("以上。"))),))


def test_a_long_table_repeats_its_heading_and_fills_the_text_area():
    pdf = pdf_of(LISTED)
    page = 2
    assert lines(pdf, page)[0].text == "序号单位批次人次按期办结率"
    frame = ink(picture(pdf, page), 0, 30, 210, 264)
    assert frame
    assert (frame.left, frame.right) == pytest.approx((28, 184), abs=0.15)
    assert (frame.top, frame.bottom) == pytest.approx((37, 262), abs=0.2)
    assert len(lines(pdf, page)) == 22 + 1


def test_every_row_is_printed_once_in_order():
    pdf = pdf_of(LISTED)
    found = [
        int("".join(c for c in line.text.split("第")[0] if c.isdigit()))
        for page in range(1, page_count(pdf) + 1)
        for line in lines(pdf, page)
        if "信访工作站" in line.text
    ]
    assert found == list(range(1, 61))


def test_text_below_a_table_is_back_on_the_grid():
    pdf = pdf_of(OfficialDocument(title="关于来访登记情况的报告", body=(TABLE, LONG)))
    row = line_with(pdf, 1, "从登记情况看")
    lines_down = (row.top - 37) / 10.445
    assert lines_down == pytest.approx(round(lines_down), abs=0.01)


def test_columns_share_the_width():
    pdf = pdf_of(OfficialDocument(title="报告", body=(TABLE,)))
    heading = line_with(pdf, 1, "序号")
    share = (heading.glyphs[4].x - heading.glyphs[0].x) / 72 * 25.4
    widths = [156 * column.share / 6.4 for column in TABLE.columns]
    assert share == pytest.approx(widths[0] / 2 + widths[1] + widths[2] / 2, abs=0.5)


def test_a_cell_that_is_too_long_goes_on_in_a_second_line():
    narrow = Table((Column("单位", 1, "left"), Column("数", 3)), (("云江县人力资源和社会保障局", "1"),))
    pdf = pdf_of(OfficialDocument(title="报告", body=(narrow, LONG)))
    assert "".join(line.text for line in lines(pdf, 1, size=14)).count("云江县") == 1
    row = line_with(pdf, 1, "从登记情况看")
    assert (row.top - 37) / 10.445 == pytest.approx(round((row.top - 37) / 10.445), abs=0.01)


def turned_pages(pdf: bytes) -> list[int]:
    """Pages on which the table's headings run upwards."""
    return [page for page in range(1, page_count(pdf) + 1) if _runs_upwards(pdf, page)]


def _runs_upwards(pdf: bytes, page: int) -> bool:
    heading = [glyph for glyph in glyphs(pdf, page) if glyph.character in "指标"][:2]
    return (
        len(heading) == 2
        and abs(heading[0].x - heading[1].x) < 0.1
        and heading[0].y - heading[1].y == pytest.approx(14, abs=0.1)
    )


def test_a_wide_table_stands_on_pages_of_its_own_turned_to_the_left_within_the_text_area():
    pdf = pdf_of(TURNED)
    pages = turned_pages(pdf)
    assert len(pages) == 3
    for page in pages:
        frame = ink(picture(pdf, page), 0, 20, 210, 263.5)
        assert frame
        assert frame.left >= 27.9
        assert frame.right <= 184.1
        assert frame.top == pytest.approx(37, abs=0.2)
        assert frame.bottom == pytest.approx(262, abs=0.3)


def test_the_heading_of_a_turned_table_is_repeated_at_the_left_edge_of_odd_and_even_pages():
    pdf = pdf_of(TURNED)
    for page in turned_pages(pdf):
        marks = [glyph for glyph in glyphs(pdf, page) if glyph.character == "指"]
        assert len(marks) == 8
        names = [glyph for glyph in glyphs(pdf, page) if glyph.character == "站"]
        assert max(mark.x for mark in marks) < min(name.x for name in names)


def test_the_page_number_of_a_turned_page_stays_where_it_is_on_the_others():
    pdf = pdf_of(TURNED)
    for page in turned_pages(pdf):
        row = line_with(pdf, page, f"—{page}—")
        upright = line_with(pdf, page % 2 or 2, f"—{page % 2 or 2}—")
        assert row.y == pytest.approx(upright.y, abs=0.01)
        assert row.left == pytest.approx(upright.left, abs=0.1)


def test_an_attachment_that_begins_with_a_wide_table_has_its_head_on_the_turned_page():
    pdf = pdf_of(TURNED)
    first = turned_pages(pdf)[0]
    words = "".join(glyph.character for glyph in sorted(glyphs(pdf, first), key=lambda g: (round(g.x), -g.y)))
    assert words.startswith("附件各单位明细表")


def test_all_pages_are_upright_a4():
    with opened(pdf_of(TURNED)) as document:
        assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document} == {
            (210, 297)
        }


def test_a_chart_is_as_wide_as_the_text_with_its_caption_below():
    pdf = pdf_of(OfficialDocument(title="报告", body=(CHART, LONG)))
    caption, text = line_with(pdf, 1, "图1"), line_with(pdf, 1, "从登记情况看")
    assert (caption.left + caption.right) / 2 == pytest.approx(106, abs=0.5)
    assert caption.y < text.y
    assert (text.top - 37) / 10.445 == pytest.approx(round((text.top - 37) / 10.445), abs=0.01)
