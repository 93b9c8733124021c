"""The notice of reception days for the wall: what it says, and where it stands on the page."""

import io
from datetime import date, time

import docx
import pypdfium2
import pytest

from documents.schedule_notice import ScheduleNotice, schedule_notice_file
from indicators.written_json import to_json
from indicators.written_text import Passage, WrittenLine, WrittenTable, WrittenText
from rules.schedule_notice import COLUMNS, TABLE, NoticeLine
from rules.taxonomy import LeaderReceptionMode
from tests.documents.pdf_reading import fonts_of, pages_of, sizes_of

POINTS_IN_MM = 72 / 25.4
LEFT, RIGHT = 28.0, 184.0
"""mm: the edges of the 版心 (GB/T 9704 7.1)."""


def line(day, leader, **values):
    plain = {
        "starts_at": time(9, 0),
        "ends_at": time(11, 30),
        "post": "副县长",
        "portfolio": "分管城乡建设、自然资源工作",
        "mode": LeaderReceptionMode.FIXED,
        "place": "县信访局领导接访室",
        "telephone": "0379-6212345",
    }
    return NoticeLine(day=date(2026, 8, day), leader=leader, **(plain | values))


def notice(days: int = 3) -> ScheduleNotice:
    lines = [
        line(1 + n, "韩立新", telephone="13800000000" if n == 1 else "0379-6212345") for n in range(days)
    ]
    headings, shares = zip(*COLUMNS, strict=True)
    rows = tuple(tuple(Passage(cell) for cell in one.cells()) for one in lines)
    written = WrittenText(
        "AL", "安澜县", "2026-08", "2026-07-15", (),
        (
            WrittenLine(1, (Passage("根据《信访工作条例》第十八条规定，现将安澜县2026年8月领导干部接访安排公示如下。"),)),
            WrittenTable(2, TABLE, "", headings, rows, "", shares),
            WrittenLine(3, (Passage("监督电话：0379-6212345。"),)),
        ),
    )  # fmt: skip
    return ScheduleNotice(
        "关于安澜县2026年8月领导干部接访安排的公示", to_json(written), "安澜县信访局", date(2026, 7, 25)
    )


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return schedule_notice_file("pdf", notice())


def places(pdf: bytes, words: str, page: int = 0) -> tuple[float, float]:
    """Left and right edge in mm of words on a page."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[page].get_textpage()
    index, count = text.search(words).get_next()
    boxes = [text.get_charbox(index + n) for n in range(count)]
    edges = min(b[0] for b in boxes) / POINTS_IN_MM, max(b[2] for b in boxes) / POINTS_IN_MM
    document.close()
    return edges


def test_a_month_of_three_days_stands_on_one_page_of_a4(pdf):
    assert sizes_of(pdf) == {(210, 297)}
    (text,) = pages_of(pdf)
    for piece in (
        "草稿",
        "领导干部接访安排的公示",
        "第十八条",
        "日期领导职务分管工作地点联系电话",
        "监督电话",
    ):
        assert piece in text.replace("草　稿", "草稿")
    assert all(text.index("监督电话") < text.index(signed) for signed in ("安澜县信访局", "2026年7月25日"))
    assert "表1" not in text
    assert all(fonts_of(pdf).values())


def test_the_title_is_centred_and_the_table_within_the_margins(pdf):
    left, right = places(pdf, "领导干部接访安排的公示")
    assert left + right == pytest.approx(LEFT + RIGHT, abs=1.0)
    for heading in ("日期", "联系电话"):
        left, right = places(pdf, heading)
        assert LEFT <= left < right <= RIGHT


@pytest.mark.parametrize("words", ["韩立新", "13800000000", "9:00—11:30", "星期六"])
def test_a_name_a_number_and_the_hours_stand_in_one_line(pdf, words):
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    index, count = text.search(words).get_next()
    bottoms = [
        text.get_charbox(index + n)[1] for n in range(count) if text.get_text_range(index + n, 1) != "—"
    ]
    document.close()
    assert max(bottoms) - min(bottoms) < 5


def test_many_days_repeat_the_heading_and_the_signature_is_never_alone():
    for days in range(4, 12):
        pages = pages_of(schedule_notice_file("pdf", notice(days)))
        assert "监督电话" in pages[-1] and "2026年7月25日" in pages[-1], days
        assert sum("联系电话" in page for page in pages) == sum("韩立新" in page for page in pages), days


def test_the_word_file_says_the_same():
    document = docx.Document(io.BytesIO(schedule_notice_file("docx", notice())))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [heading for heading, _ in COLUMNS]
    assert table.rows[1].cells[0].text == "8月1日\n星期六\n9:00—11:30"
    text = "\n".join(p.text for p in document.paragraphs)
    assert "监督电话：0379-6212345。" in text and "2026年7月25日" in text


def test_the_same_notice_is_the_same_bytes():
    assert schedule_notice_file("pdf", notice()) == schedule_notice_file("pdf", notice())
    assert schedule_notice_file("docx", notice()) == schedule_notice_file("docx", notice())
