"""Many documents in one PDF."""

from dataclasses import replace

import pytest

from documents.official.batch import official_pdfs
from documents.official.content import Paragraph
from tests.documents.official.measuring import lines, opened, page_count
from tests.documents.official.samples import LETTER, LONG, NOTICE, pdf_of

NOTICES = tuple(replace(NOTICE, body=(*NOTICE.body, Paragraph(f"事项编号{n:04d}。"))) for n in range(1, 6))


def test_each_document_has_its_page_in_order():
    pdf = official_pdfs(NOTICES)
    assert page_count(pdf) == 5
    for page in range(1, 6):
        assert any(f"事项编号{page:04d}。" in line.text for line in lines(pdf, page))


def test_pages_stand_as_in_documents_of_their_own():
    pdf = official_pdfs(NOTICES[:2])
    for page in (1, 2):
        alone = lines(pdf_of(NOTICES[page - 1]), 1)
        assert [(line.text, round(line.y, 2)) for line in lines(pdf, page)] == [
            (line.text, round(line.y, 2)) for line in alone
        ]


def test_documents_of_several_pages_keep_all_of_them_and_their_own_numbers():
    pdf = official_pdfs([NOTICES[0], LETTER, NOTICES[1], replace(NOTICE, body=(LONG,) * 5)])
    assert page_count(pdf) == 1 + 2 + 1 + 2
    assert lines(pdf, 3)[-1].text == "—2—"


def test_fonts_are_embedded_once():
    assert len(official_pdfs(NOTICES)) < 2 * len(official_pdfs(NOTICES[:1]))


def test_a_bookmark_leads_to_each_document():
    with opened(official_pdfs(NOTICES)) as document:
        assert [mark.get_title() for mark in document.get_toc()] == [notice.title for notice in NOTICES]


def test_the_same_documents_give_the_same_bytes():
    assert official_pdfs(NOTICES) == official_pdfs(NOTICES)


def test_nothing_cannot_be_printed():
    with pytest.raises(ValueError, match="no document"):
        official_pdfs([])
