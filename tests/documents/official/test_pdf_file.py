"""The file itself: archivable, found again, copied right, the same bytes for the same data."""

import hashlib
import re
import subprocess
import sys
from dataclasses import replace

import pypdfium2
import pytest

from documents.official.content import Chart, Heading, OfficialDocument, Paragraph, Signature, Table
from documents.official.pdf import official_pdf
from documents.render_process import render
from tests.documents.official.measuring import faces_of, opened
from tests.documents.official.samples import BULLETIN, LETTER, MINUTES, NOTICE, ORGAN, SEAL, pdf_of
from tests.documents.pdf_reading import fonts_of, pages_of
from tests.documents.test_html_to_pdf import SECRET, VECTORS

FACES = {"GW-FangSong", "GW-BiaoSong", "GW-SongTi", "GW-HeiTi", "GW-KaiTi"}


def test_the_text_copies_out_as_it_was_written_and_in_its_order():
    document = replace(BULLETIN, body=tuple(b for b in BULLETIN.body if not isinstance(b, Chart | Table)))
    text = _without_page_numbers("".join(pages_of(pdf_of(document))))
    (signature,) = document.signatures
    written = [
        "000001",
        "加急",
        f"{document.organs[0]}文件",
        document.number,
        document.title,
        document.addressees,
        *(f"{b.lead}{b.text}" if isinstance(b, Paragraph) else b.text for b in document.body),
        f"附件：{document.attachments[0].name}",
        signature.organ,
        "2026年7月15日",
        f"（{document.note}）",
        f"抄送：{document.copies_to}",
        f"{document.printed_by}2026年7月15日印发",
    ]
    assert text == "".join(written)


def _without_page_numbers(text: str) -> str:
    return re.sub("—[0-9]+—", "", text)


def test_no_character_of_another_block_creeps_in():
    """Kangxi radicals, compatibility and private characters look alike and are not found again."""
    text = "".join(pages_of(pdf_of(BULLETIN)))
    assert not [c for c in text if 0x2E80 <= ord(c) <= 0x2FDF or 0xE000 <= ord(c) <= 0xFAFF]


@pytest.mark.parametrize("document", [BULLETIN, LETTER, MINUTES, NOTICE])
def test_every_face_is_the_expected_one_and_embedded(document: OfficialDocument):
    assert all(fonts_of(pdf_of(document)).values())
    faces = faces_of(pdf_of(document))
    assert faces <= FACES | {"Noto-Sans-SC"}  # the charts' own
    assert faces >= {"GW-FangSong", "GW-BiaoSong"}


def test_each_element_is_in_its_own_face():
    assert faces_of(pdf_of(BULLETIN)) >= FACES


def test_the_file_tells_title_organ_and_keywords():
    with opened(pdf_of(BULLETIN)) as document:
        told = document.get_metadata_dict()
    assert told["Title"] == BULLETIN.title
    assert told["Author"] == ORGAN
    assert told["Keywords"] == "信访工作, 通报"
    assert told["CreationDate"].startswith("D:20260715")


def test_the_file_says_that_it_is_pdf_a_3u_and_chinese():
    raw = official_pdf_uncompressed(BULLETIN)
    assert b'pdfaid:part="3"' in raw
    assert b'pdfaid:conformance="U"' in raw
    assert b"/Lang (zh-CN)" in raw
    assert b"/OutputIntents" in raw


def official_pdf_uncompressed(document: OfficialDocument) -> bytes:
    from documents.html_to_pdf import no_collection
    from documents.official.pdf import VARIANT, laid_out_document

    with no_collection():
        return laid_out_document(document).write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True)


def test_bookmarks_are_the_headings():
    with opened(pdf_of(BULLETIN)) as document:
        marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert marks[:3] == [(0, BULLETIN.title), (1, "一、总体情况"), (2, "（一）来访登记及时规范")]


def test_the_same_data_give_the_same_bytes_in_another_process():
    digest = hashlib.sha256(official_pdf(BULLETIN)).hexdigest()
    assert hashlib.sha256(official_pdf(BULLETIN)).hexdigest() == digest
    program = (
        "import hashlib; from documents.official.pdf import official_pdf;"
        "from tests.documents.official.samples import BULLETIN;"
        "print(hashlib.sha256(official_pdf(BULLETIN)).hexdigest())"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == digest


def test_it_is_made_in_the_rendering_process():
    assert render(official_pdf, NOTICE) == pdf_of(NOTICE)


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_is_only_text(vector: str, tmp_path, monkeypatch: pytest.MonkeyPatch):
    canary = tmp_path / "canary.txt"
    canary.write_text(SECRET)
    opened_files: list[str] = []
    monkeypatch.setattr(
        "urllib.request.FileHandler.file_open", lambda _self, request: opened_files.append(request.full_url)
    )
    text = VECTORS[vector].format(url=canary.as_uri())
    pdf = official_pdf(_everywhere(text))
    assert opened_files == []
    assert SECRET not in "".join(pages_of(pdf))


def _everywhere(text: str) -> OfficialDocument:
    return replace(
        BULLETIN,
        title=text[:40],
        addressees=text,
        note=text,
        copies_to=text,
        printed_by=text[:30],
        body=(Paragraph(text, text), Heading(1, text)),
        keywords=(text,),
    )


@pytest.mark.parametrize(
    "inside", ['<image href="{url}" width="9" height="9"/>', "<style>@import url({url});</style>"]
)
def test_a_chart_cannot_reach_out(inside: str, tmp_path, monkeypatch: pytest.MonkeyPatch):
    canary = tmp_path / "canary.txt"
    canary.write_text(SECRET)
    opened_files: list[str] = []
    monkeypatch.setattr(
        "urllib.request.FileHandler.file_open", lambda _self, request: opened_files.append(request.full_url)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{inside.format(url=canary.as_uri())}</svg>'
    official_pdf(replace(NOTICE, body=(Chart(svg.encode(), "图", "图"),)))
    assert opened_files == []


@pytest.mark.parametrize("seal", [b"GIF89a", b"", SEAL[:4], SEAL + b"\0" * 600_000])
def test_a_seal_that_cannot_be_drawn_is_refused_not_left_out(seal: bytes):
    if not seal:
        assert official_pdf(replace(NOTICE, signatures=(Signature(ORGAN, seal),)))
        return
    with pytest.raises(ValueError, match=r"PNG|too large"):
        official_pdf(replace(NOTICE, signatures=(Signature(ORGAN, seal),)))


def test_a_chart_that_is_none_is_refused():
    with pytest.raises(ValueError, match="SVG"):
        official_pdf(replace(NOTICE, body=(Chart(b"<html>", "图", "图"),)))


def test_pages_open_in_a_reader():
    document = pypdfium2.PdfDocument(pdf_of(BULLETIN))
    assert len(document) == 4
    document.close()
