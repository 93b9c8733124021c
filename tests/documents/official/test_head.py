"""版头 of 文件式: 份号, 紧急程度, 发文机关标志, 发文字号, 签发人, the red rule (7.2), and the title (7.3.1)."""

from dataclasses import replace

import pytest

from documents.official.content import Grid, OfficialDocument, Signature
from tests.documents.official.measuring import ink, line_with, lines, picture
from tests.documents.official.samples import BULLETIN, ORGAN, REQUEST, SEAL, pdf_of

CELL = 5.571
"""mm from one character to the next."""

JOINT = replace(
    BULLETIN,
    organs=(ORGAN, "云江县人力资源和社会保障局", "云江县司法局"),
    signatures=(Signature(ORGAN, SEAL),),
)


@pytest.mark.parametrize("document", [BULLETIN, REQUEST, JOINT, replace(BULLETIN, grid=Grid.WORD)])
def test_the_mark_begins_72_mm_under_the_edge_of_the_paper(document: OfficialDocument):
    mark = ink(picture(pdf_of(document), 1), 20, 20, 190, 100, red=True)
    assert mark
    assert mark.top == pytest.approx(72.0, abs=0.15)


@pytest.mark.parametrize(
    "organ",
    ["县信访局", ORGAN, "云江县信访工作联席会议办公室", "云江县重复信访治理和积案化解专项工作领导小组办公室"],
)
def test_the_mark_stands_in_the_middle_within_the_text_area(organ: str):
    mark = ink(picture(pdf_of(replace(BULLETIN, organs=(organ,))), 1), 0, 70, 210, 100, red=True)
    assert mark
    assert mark.left >= 28
    assert mark.right <= 184
    assert (mark.left + mark.right) / 2 == pytest.approx(106, abs=1)


def test_joint_organs_are_equally_wide_and_the_word_stands_beside_them():
    pdf = pdf_of(JOINT)
    organs = ink(picture(pdf, 1), 20, 60, 149, 115, red=True)
    word = ink(picture(pdf, 1), 151, 60, 190, 115, red=True)
    assert organs and word
    assert (organs.top + organs.bottom) / 2 == pytest.approx((word.top + word.bottom) / 2, abs=1)
    lefts = [line.left for line in lines(pdf, 1, size=28)]
    assert lefts == pytest.approx([lefts[0]] * 3, abs=0.2)


@pytest.mark.parametrize("document", [BULLETIN, REQUEST, JOINT, replace(BULLETIN, grid=Grid.WORD)])
def test_the_red_rule_is_as_wide_as_the_text_4_mm_under_the_number(document: OfficialDocument):
    pdf = pdf_of(document)
    number = line_with(pdf, 1, "〔2026〕")
    rule = ink(picture(pdf, 1), 0, number.bottom + 2, 210, number.bottom + 8, red=True)
    assert rule
    assert (rule.left, rule.right) == pytest.approx((28, 184), abs=0.1)
    assert rule.top - number.bottom == pytest.approx(4, abs=0.1)
    assert rule.bottom - rule.top == pytest.approx(0.35, abs=0.1)


def test_the_rule_of_a_usual_document_is_at_118_mm():
    rule = ink(picture(pdf_of(BULLETIN), 1), 0, 116, 210, 122, red=True)
    assert rule
    assert rule.top == pytest.approx(118.2, abs=0.2)


def test_the_number_stands_in_the_middle_two_lines_below_the_mark():
    pdf = pdf_of(BULLETIN)
    number = line_with(pdf, 1, "云信〔2026〕18号")
    mark = ink(picture(pdf, 1), 20, 60, 190, 100, red=True)
    assert mark
    assert (number.left + number.right) / 2 == pytest.approx(106, abs=0.3)
    assert 2 * 10.445 <= number.top - mark.bottom < 3 * 10.445


def test_copy_number_and_urgency_stand_in_the_upper_left_corner():
    first, second = lines(pdf_of(BULLETIN), 1)[:2]
    assert (first.text, second.text) == ("000001", "加急")
    assert first.top == pytest.approx(37, abs=0.1)
    assert second.top == pytest.approx(37 + 10.445, abs=0.1)
    assert (first.left, second.left) == pytest.approx((28, 28), abs=0.1)


def test_a_document_to_a_higher_organ_names_its_signers_on_the_right():
    pdf = pdf_of(REQUEST)
    first, last = line_with(pdf, 1, "签发人："), line_with(pdf, 1, "〔2026〕")
    assert first.text == "签发人：吴越欧阳明德"
    assert last.text == "云信〔2026〕19号郑和平"
    assert last.left == pytest.approx(28 + CELL, abs=0.1)
    assert first.right == pytest.approx(184 - CELL, abs=0.4)
    third = next(glyph for glyph in last.glyphs if glyph.character == "郑")
    beside = next(glyph for glyph in first.glyphs if glyph.character == "吴")
    assert third.x == pytest.approx(beside.x, abs=0.1)


def test_the_title_stands_two_lines_under_the_rule_in_the_middle():
    first, second = lines(pdf_of(BULLETIN), 1, size=22)
    assert first.text + second.text == BULLETIN.title
    assert second.y - first.y == pytest.approx(29.609, abs=0.01)
    assert first.top - 118.5 == pytest.approx(2 * 10.445, abs=2)
    for line in (first, second):
        assert (line.left + line.right) / 2 == pytest.approx(106, abs=0.3)


def test_one_line_is_empty_between_title_and_addressees():
    pdf = pdf_of(BULLETIN)
    title = lines(pdf, 1, size=22)[-1]
    addressees = line_with(pdf, 1, "各乡镇人民政府")
    assert addressees.left == pytest.approx(28, abs=0.1)
    assert addressees.y - title.y == pytest.approx(2 * 29.609, abs=4)


def test_a_draft_has_no_number_and_says_what_it_is_on_every_page():
    pdf = pdf_of(replace(BULLETIN, is_draft=True))
    for page in range(1, 5):
        assert lines(pdf, page)[0].text == "草稿"
    assert not any("〔2026〕" in line.text for line in lines(pdf, 1))
