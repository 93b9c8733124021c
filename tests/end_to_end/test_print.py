"""What the browser's own print button gives: the record, on A4, without menus and buttons."""

import pypdfium2
import pytest

from tests import people

A4 = (595, 842)
NOT_ON_PAPER = ("跳到正文", "空白登记簿", "常用语", "退出")


def printed(page, *, landscape=False):
    page.emulate_media(media="print")
    document = pypdfium2.PdfDocument(page.pdf(format="A4", landscape=landscape, prefer_css_page_size=True))
    texts = [p.get_textpage().get_text_range() for p in document]
    sizes = [sorted(round(side) for side in p.get_size()) for p in document]
    return texts, sizes


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/reception/visits", "来访登记"),
        ("/reception/day-sheet", "接访日报"),
        ("/reception/village-sessions", "村级接访"),
    ],
)
def test_a_printed_page_is_a4_and_has_no_menu(open_browser, address, heading):
    page = open_browser(people.LIN)
    page.goto(address)
    texts, sizes = printed(page)
    whole = "".join(texts)
    assert heading in whole
    assert all(abs(short - A4[0]) <= 2 and abs(long - A4[1]) <= 2 for short, long in sizes)
    for word in NOT_ON_PAPER:
        assert word not in whole, word
    assert len(texts[-1].strip()) > 10, "an empty page at the end"


def test_a_printed_record_shows_masked_names_only_to_strangers(open_browser, served):
    page = open_browser(people.LIN)
    page.goto(f"/reception/visits/{served.rows.visit['AL2101']}")
    texts, _sizes = printed(page)
    assert "LF-AL2101-2025-00001" in "".join(texts)
