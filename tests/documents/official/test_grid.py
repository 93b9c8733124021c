"""The grid: 22 lines of 28 characters fill the 版心 of 156 by 225 mm, whatever stands in them (clause 5)."""

from itertools import pairwise

import pytest

from documents.official.content import Grid, Heading, OfficialDocument, Paragraph
from tests.documents.official.measuring import Line, lines, page_count
from tests.documents.official.samples import BULLETIN, LONG, pdf_of

PITCH = 29.609
NOT_FIRST = "，。、；：？！）》〉】〕”’％%…—"
NOT_LAST = "（《〈【〔“‘"
RARE = "喆堃玥昇珺瑨赟晞甪沺硚埗㛃䶮"
HANZI_IN_THE_GRID = Paragraph("云" * 28 * 60)
SIXTY_PAGES = OfficialDocument(title="关于信访工作的报告", body=(Heading(1, "一、总体情况"), *(LONG,) * 225))


def text_lines(pdf: bytes, page: int) -> list[Line]:
    """Of 3号, without the page number."""
    return lines(pdf, page, size=16)


def steps(rows: list[Line]) -> list[float]:
    return [below.y - above.y for above, below in pairwise(rows)]


def test_a_full_page_has_22_lines_from_edge_to_edge():
    rows = text_lines(pdf_of(OfficialDocument(title="报告", body=(HANZI_IN_THE_GRID,))), 2)
    assert len(rows) == 22
    assert steps(rows) == pytest.approx([PITCH] * 21, abs=0.01)
    assert rows[0].top == pytest.approx(37.0, abs=0.05)
    assert rows[-1].bottom == pytest.approx(262.0, abs=0.05)


def test_a_full_line_has_28_characters_from_edge_to_edge():
    rows = text_lines(pdf_of(OfficialDocument(title="报告", body=(HANZI_IN_THE_GRID,))), 2)
    for row in rows:
        assert len(row.glyphs) == 28
        assert row.left == pytest.approx(28.0, abs=0.05)
        assert row.right == pytest.approx(184.0, abs=0.2)


def test_a_paragraph_begins_two_characters_in():
    first, second = text_lines(pdf_of(OfficialDocument(title="报告", body=(HANZI_IN_THE_GRID,))), 1)[:2]
    assert first.left - second.left == pytest.approx(2 * 15.79 / 72 * 25.4, abs=0.1)
    assert len(first.glyphs) == 26


def test_sixty_pages_without_one_violation():
    pdf = pdf_of(SIXTY_PAGES)
    assert page_count(pdf) >= 60
    for page in range(2, page_count(pdf)):
        rows = text_lines(pdf, page)
        assert len(rows) == 22, f"page {page}"
        assert steps(rows) == pytest.approx([PITCH] * 21, abs=0.01)
        for row in rows:
            assert row.text[0] not in NOT_FIRST, row.text
            assert row.text[-1] not in NOT_LAST, row.text


def test_every_line_but_the_last_of_a_paragraph_reaches_the_edge():
    pdf = pdf_of(BULLETIN)
    ends = ("。", "：", "况", "求", "果", "范", "）", "表", "局", "日")
    long = [row for page in (1, 3) for row in text_lines(pdf, page) if len(row.glyphs) > 25]
    reaching = [row for row in long if not row.text.endswith(ends) and not row.text[-1].isascii()]
    assert len(reaching) >= 6
    for row in reaching:
        assert row.right == pytest.approx(184.0, abs=0.2), row.text


@pytest.mark.parametrize("face", ["text", "lead", "heading"])
def test_rare_characters_of_names_do_not_move_the_grid(face: str):
    blocks = {
        "text": Paragraph(RARE + "云" * 600),
        "lead": Paragraph("云" * 600, RARE, 2),
        "heading": Heading(1, RARE),
    }
    pdf = pdf_of(
        OfficialDocument(title="报告", body=(Paragraph("云" * 28 * 22), blocks[face], HANZI_IN_THE_GRID))
    )
    rows = text_lines(pdf, 2)
    assert any(RARE[0] in row.text for row in rows)
    assert len(rows) == 22
    assert steps(rows) == pytest.approx([PITCH] * 21, abs=0.01)


def test_a_line_may_end_before_a_quotation_mark():
    """Unicode's rules would take the character before it along."""
    quoting = OfficialDocument(title="报告", body=(Paragraph("云" * 25 + "“江河湖海”流"),))
    first, second = text_lines(pdf_of(quoting), 1)
    assert (first.text, second.text) == ("云" * 25, "“江河湖海”流")


def test_the_habit_of_word_has_22_lines_of_28_95_points():
    pdf = pdf_of(OfficialDocument(title="报告", body=(HANZI_IN_THE_GRID,), grid=Grid.WORD))
    rows = text_lines(pdf, 2)
    assert len(rows) == 22
    assert steps(rows) == pytest.approx([28.95] * 21, abs=0.01)
    assert rows[0].top == pytest.approx(39.28, abs=0.05)
    assert all(len(row.glyphs) == 28 for row in rows)


def test_headings_stand_on_the_grid():
    body = tuple(
        Heading(level, text)
        for level, text in ((1, "一、总体情况"), (2, "（一）来访"), (3, "1.登记"), (4, "（1）初访"))
    )
    rows = text_lines(pdf_of(OfficialDocument(title="报告", body=(*body, LONG))), 1)[:4]
    assert [row.text for row in rows] == [block.text for block in body]
    assert steps(rows) == pytest.approx([PITCH] * 3, abs=0.01)
