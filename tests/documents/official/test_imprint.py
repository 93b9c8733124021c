"""版记 (7.4) and page numbers (7.5)."""

from dataclasses import replace

import pytest

from documents.official.content import Attachment, OfficialDocument, Paragraph
from tests.documents.official.measuring import ink, line_with, lines, page_count, picture
from tests.documents.official.samples import BULLETIN, LONG, pdf_of

CELL_OF_4 = 4.939
SHORT = replace(BULLETIN, body=(LONG,), attachments=())
TWO_PAGES = replace(BULLETIN, body=(LONG, LONG), attachments=())


def text_of(pdf: bytes, page: int) -> str:
    return "".join(line.text for line in lines(pdf, page))


@pytest.mark.parametrize("paragraphs", range(1, 13))
def test_the_imprint_is_on_the_last_page_and_that_is_an_even_one(paragraphs: int):
    pdf = pdf_of(replace(SHORT, body=(LONG,) * paragraphs))
    count = page_count(pdf)
    assert count % 2 == 0
    assert [page for page in range(1, count + 1) if "抄送：" in text_of(pdf, page)] == [count]


@pytest.mark.parametrize("paragraphs", range(1, 13))
def test_the_imprint_never_lies_on_text(paragraphs: int):
    pdf = pdf_of(replace(SHORT, body=(LONG,) * paragraphs))
    rows = lines(pdf, page_count(pdf))
    copies = next(index for index, row in enumerate(rows) if row.text.startswith("抄送："))
    if copies:
        assert rows[copies - 1].bottom < rows[copies].top - 1.5


def test_the_last_rule_is_the_lower_edge_of_the_text_area():
    pdf = pdf_of(BULLETIN)
    page = picture(pdf, page_count(pdf))
    last = ink(page, 60, 260.8, 120, 264)
    assert last
    assert last.bottom == pytest.approx(262, abs=0.3)
    whole = ink(page, 0, 261.5, 210, 264)
    assert whole
    assert (whole.left, whole.right) == pytest.approx((28, 184), abs=0.1)


def test_first_and_last_rule_are_thicker_than_those_between():
    pdf = pdf_of(BULLETIN)
    page = page_count(pdf)
    column = _rules(picture(pdf, page, dpi=1200), lines_of_imprint(pdf)[0].top - 6)
    assert column == pytest.approx([0.35, 0.25, 0.35], abs=0.06)


def lines_of_imprint(pdf: bytes):
    rows = lines(pdf, page_count(pdf), size=14)
    start = next(index for index, row in enumerate(rows) if row.text.startswith("抄送："))
    return [row for row in rows[start:] if "—" not in row.text]


def _rules(page, top: float) -> list[float]:
    """mm of the black lines at x = 30 mm, from a height downwards to the lower edge of the text area."""
    scale = page.width / 210
    runs, length = [], 0
    for y in range(round(top * scale), round(264 * scale)):
        if page.getpixel((round(30 * scale), y))[1] < 128:
            length += 1
        elif length:
            runs.append(length / scale)
            length = 0
    return runs


def test_copies_turn_over_behind_the_colon_one_character_from_both_edges():
    first, second = lines_of_imprint(pdf_of(BULLETIN))[:2]
    assert first.left == pytest.approx(28 + CELL_OF_4, abs=0.1)
    assert second.left == pytest.approx(28 + 4 * CELL_OF_4, abs=0.1)
    assert first.right <= 184 - CELL_OF_4 + 0.1


def test_who_printed_it_and_when_stand_at_the_two_ends():
    last = lines_of_imprint(pdf_of(BULLETIN))[-1]
    assert last.text == "云江县信访局办公室2026年7月15日印发"
    assert last.left == pytest.approx(28 + CELL_OF_4, abs=0.1)
    assert last.right == pytest.approx(184 - CELL_OF_4, abs=0.1)


def test_addressees_may_be_moved_above_the_copies():
    pdf = pdf_of(replace(BULLETIN, addressees="各乡镇人民政府，县政府各部门。", addressees_in_imprint=True))
    assert not any("各乡镇人民政府" in line.text for line in lines(pdf, 1))
    page = page_count(pdf)
    assert line_with(pdf, page, "主送：").y < line_with(pdf, page, "抄送：").y


def numbers(document: OfficialDocument) -> list[str]:
    pdf = pdf_of(document)
    last = [lines(pdf, page)[-1:] for page in range(1, page_count(pdf) + 1)]
    return [row[0].text if row and row[0].text.startswith("—") else "" for row in last]


def test_a_page_of_the_imprint_alone_has_no_number():
    assert numbers(replace(SHORT, body=(Paragraph("特此通知。"),), note="")) == ["—1—", ""]


def test_the_blank_page_before_a_page_of_the_imprint_alone_has_none_either():
    filled = replace(SHORT, body=(LONG,) * 8)
    found = [replace(SHORT, body=(LONG,) * count) for count in range(4, 14)]
    with_blank = [d for d in found if numbers(d)[-2:] == ["", ""]]
    assert filled.body
    assert with_blank
    for document in with_blank:
        pdf = pdf_of(document)
        assert lines(pdf, page_count(pdf) - 1) == []


@pytest.mark.parametrize(("page", "left"), [(1, None), (2, 28 + CELL_OF_4), (3, None), (4, 28 + CELL_OF_4)])
def test_numbers_stand_outside_one_character_in(page: int, left: float | None):
    row = lines(pdf_of(BULLETIN), page)[-1]
    assert row.text == f"—{page}—"
    assert row.glyphs[0].size == pytest.approx(14, abs=0.1)
    if left:
        assert row.left == pytest.approx(left, abs=0.1)
    else:
        assert row.right == pytest.approx(184 - CELL_OF_4, abs=0.1)


@pytest.mark.parametrize("document", [BULLETIN, replace(BULLETIN, is_draft=True)])
def test_the_dashes_of_the_number_are_7_mm_under_the_text_area(document: OfficialDocument):
    dash = ink(picture(pdf_of(document), 1), 160, 264.5, 166, 276)
    assert dash
    assert (dash.top + dash.bottom) / 2 == pytest.approx(269, abs=0.3)


def test_attachments_go_on_with_the_numbers_before_the_imprint():
    attachments = (Attachment("甲表", (Paragraph("甲。"),)), Attachment("乙表", (Paragraph("乙。"),)))
    document = replace(TWO_PAGES, attachments=attachments)
    pdf = pdf_of(document)
    assert [number for number in numbers(document) if number] == ["—1—", "—2—", "—3—", "—4—"]
    assert "附件1" in text_of(pdf, 3)
    assert "附件2" in text_of(pdf, 4)
    assert "抄送：" in text_of(pdf, 4)


def test_the_head_of_an_attachment():
    document = replace(TWO_PAGES, attachments=(Attachment("来访登记明细表", (LONG,)),))
    label, title, text = lines(pdf_of(document), 3)[:3]
    assert (label.text, title.text) == ("附件", "来访登记明细表")
    assert label.left == pytest.approx(28, abs=0.1)
    assert label.top == pytest.approx(37, abs=0.1)
    assert (title.left + title.right) / 2 == pytest.approx(106, abs=0.3)
    assert title.y - label.y == pytest.approx(2 * 29.609, abs=4)
    assert text.y - label.y == pytest.approx(4 * 29.609, abs=0.05)
