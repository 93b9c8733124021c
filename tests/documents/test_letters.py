"""The letters of petitions on the page: what stands where, what fits, and what never leaves with a seal."""

import io
import zipfile
from dataclasses import replace
from functools import cache

import docx
import pytest

from documents.letter_pages import DOCX, PDF, letter_file, letter_files
from rules.letters.issued import IssuedLetter, to_json
from rules.letters.kinds import LetterKind, LetterPage
from rules.letters.texts import letter_text
from tests.documents.official.measuring import MILLIMETRE, ink, line_with, lines, opened, page_count, picture
from tests.documents.official.samples import SEAL
from tests.documents.pdf_reading import fonts_of, pages_of, sizes_of
from tests.letter_facts import UNIT, of_kind

FORMS = [kind for kind in LetterKind if kind.rule.page is LetterPage.FORM]
LETTERS = [kind for kind in LetterKind if kind.rule.page is LetterPage.LETTER]
ONE_PAGE = [
    LetterKind.DISPATCH_NOTICE,
    LetterKind.REFUSAL,
    LetterKind.ALREADY_HANDLED,
    LetterKind.EXTENSION_NOTICE,
    *FORMS,
]
LEFT, RIGHT = 28.0, 184.0


def content(kind: LetterKind, **values: object) -> str:
    facts = of_kind(kind)
    letter = IssuedLetter(
        kind,
        facts.issuer,
        letter_text(kind, facts),
        number=facts.number if kind.rule.is_numbered else "",
        seal_millimetres=42.0 if kind.rule.may_be_sealed else None,
    )
    return to_json(replace(letter, **values))


@cache
def pdf_of(kind: LetterKind) -> bytes:
    return letter_file(PDF, content(kind), SEAL)


def placed(kind: LetterKind, words: str):
    """The first line with the words, wherever the document goes on."""
    pdf = pdf_of(kind)
    return next(
        line for page in range(1, page_count(pdf) + 1) for line in lines(pdf, page) if words in line.text
    )


def right_of(line) -> float:
    """mm; digits and letters are half as wide as hanzi, a hyphen is a third."""
    last = line.glyphs[-1]
    width = 0.5 if last.character.isascii() else 1
    return (last.x + last.size * (1 / 3 if last.character in "-\x02" else width)) / MILLIMETRE


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_is_a4_with_its_fonts_and_its_title(kind):
    pdf = pdf_of(kind)
    assert sizes_of(pdf) == {(210, 297)}
    assert all(fonts_of(pdf).values())
    title = "".join(line.text for line in lines(pdf, 1, size=22))
    assert title == letter_text(kind, of_kind(kind)).title


@pytest.mark.parametrize("kind", ONE_PAGE)
def test_short_letters_and_forms_take_one_page(kind):
    assert page_count(pdf_of(kind)) == 1


@pytest.mark.parametrize("kind", list(LetterKind))
def test_nothing_stands_outside_the_margins(kind):
    pdf = pdf_of(kind)
    for page in range(1, page_count(pdf) + 1):
        for line in lines(pdf, page):
            assert line.left >= LEFT - 0.2, line.text
            assert right_of(line) <= RIGHT + 0.4, line.text


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_bears_the_mark_the_rules_and_its_number_at_the_right(kind):
    pdf = pdf_of(kind)
    page = picture(pdf, 1, dpi=150)
    mark = ink(page, 20, 20, 190, 46, red=True)
    rule = ink(page, 0, 47, 210, 53, red=True)
    assert mark and rule
    assert mark.top == pytest.approx(30, abs=0.3)
    assert (rule.left, rule.right) == pytest.approx((20, 190), abs=0.3)
    number = line_with(pdf, 1, "云农信〔2026〕12号")
    assert number.right == pytest.approx(RIGHT, abs=0.3)
    assert number.top < 60


def test_the_addressee_stands_flush_left_with_a_colon_and_the_text_is_indented():
    addressee = placed(LetterKind.ACCEPTANCE, "王桂兰：")
    assert addressee.text == "王桂兰："
    assert addressee.left == pytest.approx(LEFT, abs=0.2)
    first = placed(LetterKind.ACCEPTANCE, "您来访提出的")
    assert first.left == pytest.approx(LEFT + 2 * 5.571, abs=0.2)


def test_the_seal_lies_over_name_and_date():
    pdf = pdf_of(LetterKind.REFUSAL)
    date = line_with(pdf, 1, "2026年9月1日")
    seal = ink(picture(pdf, 1, dpi=150), 100, date.top - 45, RIGHT, date.bottom + 25, red=True)
    assert seal
    assert seal.right - seal.left == pytest.approx(42, abs=0.6)
    assert seal.top < placed(LetterKind.REFUSAL, "云江县农业农村局").bottom or seal.top < date.top
    assert seal.bottom > date.bottom


def test_headings_of_a_reply_are_those_of_article_32_in_order():
    text = "".join(pages_of(pdf_of(LetterKind.REPLY)))
    places = [
        text.index(words) for words in ("一、投诉请求", "二、事实和理由", "三、处理意见", "四、法律法规依据")
    ]
    assert places == sorted(places)
    assert text.index("请求云江县人民政府复查。") > places[-1]


def test_a_report_has_the_head_of_a_document_with_its_signer_and_ends_on_an_even_page():
    pdf = pdf_of(LetterKind.CONCLUSION_REPORT)
    assert "签发人：刘建国" in line_with(pdf, 1, "签发人").text
    assert page_count(pdf) % 2 == 0
    text = pages_of(pdf)
    assert "附件：1.信访处理意见书2.送达回证" in "".join(text)
    assert "云江县农业农村局2026年9月1日印发" in text[-1]


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_fills_the_width_and_stays_above_the_foot(kind):
    page = picture(pdf_of(kind), 1, dpi=150)
    cells = ink(page, 0, 70, 210, 262)
    assert cells
    assert (cells.left, cells.right) == pytest.approx((LEFT, RIGHT), abs=0.4)
    assert cells.bottom <= 262.2
    assert ink(page, 0, 0, 210, 297, red=True) is None


@pytest.mark.parametrize("kind", FORMS)
def test_what_a_form_says_is_there_to_be_read(kind):
    (text,) = pages_of(pdf_of(kind))
    for row in letter_text(kind, of_kind(kind)).form:
        for cell in row.cells:
            for words in (cell.text, cell.foot):
                assert "".join(words.split()) in text


def test_a_long_reason_makes_its_row_higher_and_nothing_is_lost():
    facts = of_kind(LetterKind.EXTENSION_APPROVAL)
    reason = "合作社账目须委托审计，审计尚未结束，需要进一步核实。" * 6
    facts = replace(facts, extension=replace(facts.extension, reason=reason))
    text = letter_text(LetterKind.EXTENSION_APPROVAL, facts)
    pdf = letter_file(PDF, content(LetterKind.EXTENSION_APPROVAL, text=text))
    assert "".join(pages_of(pdf)).count("需要进一步核实") == 6
    assert page_count(pdf) == 1


def test_an_agreement_has_neither_head_nor_red_and_three_places_to_sign():
    pdf = pdf_of(LetterKind.MEDIATION)
    assert ink(picture(pdf, 1, dpi=100), 0, 0, 210, 297, red=True) is None
    signed = placed(LetterKind.MEDIATION, "甲方签名（盖章）")
    assert "乙方签名（盖章）" in signed.text and "调解单位盖章" in signed.text


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_word_file_says_the_same_and_bears_no_seal(kind):
    file = letter_file(DOCX, content(kind), SEAL)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert [name for name in archive.namelist() if "media" in name] == []
    document = docx.Document(io.BytesIO(file))
    texts = [p.text for p in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    said = "".join("".join(texts).split())
    text = letter_text(kind, of_kind(kind))
    for line in (*text.source.splitlines(), text.signature, *(c.text for r in text.form for c in r.cells)):
        assert "".join(line.split()) in said


def test_the_word_file_of_a_sealed_letter_needs_no_seal_and_the_pdf_does():
    sealed = content(LetterKind.REPLY)
    assert letter_file(DOCX, sealed) == letter_file(DOCX, sealed, SEAL)
    with pytest.raises(ValueError, match="no seal is given"):
        letter_file(PDF, sealed)


@pytest.mark.parametrize("kind", [LetterKind.REPLY, LetterKind.SERVICE_RETURN, LetterKind.MEDIATION])
def test_the_same_letter_gives_the_same_bytes(kind):
    assert letter_file(PDF, content(kind), SEAL) == pdf_of(kind)
    assert letter_file(DOCX, content(kind)) == letter_file(DOCX, content(kind))


def test_a_draft_says_so_and_has_neither_number_nor_seal():
    pdf = letter_file(PDF, content(LetterKind.REFUSAL, is_draft=True), SEAL)
    (text,) = pages_of(pdf)
    assert "草" in text and "稿" in text
    assert "12号" not in text
    date = line_with(pdf, 1, "2026年9月1日")
    assert ink(picture(pdf, 1, dpi=100), 100, date.top - 20, 200, date.bottom + 20, red=True) is None


def test_many_letters_are_one_file_with_a_bookmark_to_each():
    kinds = [LetterKind.ACCEPTANCE, LetterKind.SERVICE_RETURN, LetterKind.REFUSAL]
    pdf = letter_files([(content(kind), SEAL) for kind in kinds])
    with opened(pdf) as document:
        assert [mark.get_title() for mark in document.get_toc()] == [
            "信访事项受理告知书",
            "信访文书送达回证",
            "信访事项不予受理告知书",
        ]
    assert UNIT in pages_of(pdf)[-1]
    with pytest.raises(ValueError, match="no document"):
        letter_files([])
