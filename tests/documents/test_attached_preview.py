"""What is shown of an attachment: bounded pictures, plain words, nothing of the file's own mark-up."""

import io

import pytest
from PIL import Image

from documents.attached.preview import LONGEST_SIDE, NO_PREVIEW, preview_picture, preview_words
from documents.attached.words import MOST_LINES, Lines, Table, words_of_docx, words_of_text, words_of_xlsx
from documents.quarantine import FileRefused
from rules.attachment_rules import DOC, DOCX, JPEG, PDF, PNG, TEXT, XLS, XLSX
from tests.attachments import docx, package, pdf, picture, saved, xlsx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def size_of(content: bytes) -> tuple[str | None, tuple[int, int]]:
    with Image.open(io.BytesIO(content)) as opened:
        return opened.format, opened.size


def test_a_large_photograph_is_shown_small():
    content, media_type = preview_picture(saved("JPEG", picture(4000, 3000)), JPEG)
    assert (media_type, *size_of(content)) == ("image/jpeg", "JPEG", (LONGEST_SIDE, 1200))


def test_a_small_picture_is_not_blown_up():
    content, media_type = preview_picture(saved("PNG"), PNG)
    assert (media_type, *size_of(content)) == ("image/png", "PNG", (400, 300))


def test_each_page_of_a_pdf_is_drawn():
    content, media_type = preview_picture(pdf(2), PDF, 2)
    form, (width, height) = size_of(content)
    assert (media_type, form) == ("image/png", "PNG")
    assert max(width, height) <= LONGEST_SIDE + 1 and height > width


@pytest.mark.parametrize(
    ("content", "kind", "page"),
    [(pdf(2), PDF, 3), (pdf(2), PDF, 0), (saved("PNG"), PNG, 2), (b"x", DOC, 1), (docx(), DOCX, 1)],
)
def test_what_has_no_such_picture_says_so(content, kind, page):
    with pytest.raises(FileRefused):
        preview_picture(content, kind, page)


@pytest.mark.parametrize("kind", [DOC, XLS, PDF, JPEG])
def test_kinds_without_words_say_that_they_are_for_downloading(kind):
    with pytest.raises(FileRefused) as refused:
        preview_words(b"x", kind)
    assert refused.value.message == NO_PREVIEW == "不能预览，可下载。"


def test_a_word_file_gives_its_paragraphs_and_tables_in_order():
    words = preview_words(docx(), DOCX)
    assert words.parts == (
        Lines(("情况说明", "<b>周大山</b>反映村道坑洼。")),
        Table("", (("姓名", "村"), ("周大山", "上河村"))),
        Lines(("以上属实。",)),
    )
    assert not words.cut


def test_what_a_reviser_struck_out_is_not_shown():
    body = (
        f"<w:document {W}><w:body><w:p><w:r><w:t>住址</w:t></w:r>"
        "<w:del><w:r><w:delText>柳溪镇</w:delText><w:t>藏</w:t></w:r></w:del></w:p></w:body></w:document>"
    )
    assert words_of_docx(package(docx(), word__document_DOT_xml=body)).parts == (Lines(("住址",)),)


def test_an_excel_file_gives_its_visible_sheets():
    words = preview_words(xlsx(3), XLSX)
    assert words.parts == (Table("名单", (("姓名", "户数"), ("第1户", "1"), ("第2户", "2"))),)


def test_a_long_sheet_is_cut_and_says_so():
    words = words_of_xlsx(xlsx(300))
    assert [len(part.rows) for part in words.parts] == [200]
    assert words.cut


def test_a_long_text_is_cut_and_says_so():
    words = words_of_text("行\n".encode() * 2_000)
    assert [len(part.texts) for part in words.parts] == [MOST_LINES]
    assert words.cut
    short = preview_words("一\n二".encode("gb18030"), TEXT)
    assert (short.parts, short.cut) == ((Lines(("一", "二")),), False)
