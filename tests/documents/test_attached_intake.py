"""What may be attached: told by its content, drawn anew where it is a picture, refused with a clear sentence."""

import io

import pytest
from PIL import Image

from documents.attached.intake import THUMBNAIL_PIXELS, take_in
from documents.attached.office import office_kind
from documents.attached.plain_text import read_text
from documents.quarantine import FileRefused, in_quarantine
from rules.attachment_rules import DOC, DOCX, JPEG, PDF, PNG, TEXT, XLS, XLSX
from tests.attachments import GPS_MARK, docx, old_office, package, pdf, picture, saved, telephone_photo, xlsx
from tests.documents.hostile_attachments import HOSTILE, relations
from tests.documents.tasks import swallow_memory

KEPT_AS_SENT = {
    "PDF": (pdf(2), PDF),
    "Word": (docx(), DOCX),
    "Excel": (xlsx(), XLSX),
    "old Word": (old_office("WordDocument", "1Table"), DOC),
    "old Excel": (old_office("Workbook"), XLS),
    "text": ("村道坑洼。".encode(), TEXT),
    "text of an old Windows": ("村道坑洼。".encode("gb18030"), TEXT),
    "text of a notepad": ("村道坑洼。".encode("utf-16"), TEXT),
    "text that begins like a picture": (b"BM 2026, MZ", TEXT),
}


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("what", KEPT_AS_SENT)
def test_it_is_known_by_its_content_and_kept_as_it_is(what):
    content, kind = KEPT_AS_SENT[what]
    taken = take_in(content)
    assert (taken.kind, taken.content) == (kind, content)


def test_a_pdf_tells_its_pages_and_shows_the_first():
    taken = take_in(pdf(2))
    assert taken.pages == 2
    small = opened(taken.thumbnail)
    assert (small.format, small.size[1]) == ("JPEG", THUMBNAIL_PIXELS)


def test_a_photograph_loses_where_when_and_by_what_it_was_taken():
    sent = telephone_photo()
    assert GPS_MARK in sent and b"HUAWEI" in sent
    taken = take_in(sent)
    kept = opened(taken.content)
    assert (taken.kind, kept.format) == (JPEG, "JPEG")
    assert GPS_MARK not in taken.content and b"HUAWEI" not in taken.content and b"Exif" not in taken.content
    assert not dict(kept.getexif()) and "comment" not in kept.info
    assert GPS_MARK not in taken.thumbnail


def test_a_photograph_taken_on_its_side_is_kept_upright():
    """Turned by a quarter, the bar on the left is at the top."""
    taken = take_in(telephone_photo())
    assert (taken.width, taken.height) == (300, 400)
    kept = opened(taken.content).convert("RGB")
    assert kept.size == (300, 400)
    assert kept.getpixel((150, 5))[1] < 60
    assert kept.getpixel((5, 350))[1] > 200


def test_what_hangs_behind_a_picture_is_not_kept():
    for form, kind in (("PNG", PNG), ("JPEG", JPEG)):
        taken = take_in(saved(form) + b"PK\x03\x04<script>1</script>")
        assert taken.kind == kind
        assert b"<script>" not in taken.content and b"PK\x03\x04" not in taken.content


@pytest.mark.parametrize(
    "content",
    [
        saved("PNG", picture().convert("RGBA")),
        saved("PNG", picture().quantize(8)),
        saved("PNG", picture().convert("1")),
        saved("JPEG", picture().convert("CMYK")),
        saved("JPEG", picture().convert("L")),
    ],
    ids=["transparent", "palette", "black and white", "of a press", "grey"],
)
def test_honest_pictures_of_other_colours_are_taken(content):
    taken = take_in(content)
    assert opened(taken.content).size == (400, 300) == (taken.width, taken.height)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_a_clear_sentence(what):
    content, sentence = HOSTILE[what]
    with pytest.raises(FileRefused) as refused:
        take_in(content)
    assert sentence in refused.value.message


def test_a_link_that_one_must_click_is_no_danger():
    linked = package(docx(), word___rels__extra_DOT_xml_DOT_rels=relations("hyperlink"))
    assert office_kind(linked) is DOCX


def test_a_decoder_that_swallows_memory_is_stopped_and_the_sender_told():
    with pytest.raises(FileRefused, match="过于复杂"):
        in_quarantine(swallow_memory)


def test_text_is_read_in_the_encodings_met_here():
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        assert read_text("村道\n坑洼".encode(encoding)) == "村道\n坑洼"
