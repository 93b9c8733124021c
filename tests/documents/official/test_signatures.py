"""发文机关署名, 成文日期, 印章 (7.3.5), 附注 (7.3.6)."""

from dataclasses import replace
from itertools import pairwise

import pytest

from documents.official.content import Attachment, OfficialDocument, Paragraph, Signature
from tests.documents.official.measuring import Ink, Line, ink, line_with, lines, page_count, picture
from tests.documents.official.samples import DAY, LONG, ORGAN, SEAL, pdf_of

CELL = 5.571
SHORT = OfficialDocument(title="关于信访工作的通知", body=(LONG,), day=DAY)
SEALED = replace(SHORT, signatures=(Signature(ORGAN, SEAL),))
NAMES = (ORGAN, "云江县司法局", "云江县人力资源和社会保障局", "云江县公安局", "云江县民政局")


def middle(line: Line) -> float:
    return (line.left + line.right) / 2


def seal_of(document: OfficialDocument, page: int = 1, left: float = 20, right: float = 190) -> Ink:
    """All red ink under the text."""
    found = ink(picture(pdf_of(document), page), left, 30, right, 265, red=True)
    assert found
    return found


def test_a_sealed_name_stands_over_the_middle_of_the_date_four_characters_from_the_edge():
    pdf = pdf_of(SEALED)
    organ, day = line_with(pdf, 1, ORGAN), line_with(pdf, 1, "2026年7月15日")
    assert day.right == pytest.approx(184 - 4 * CELL, abs=0.3)
    assert middle(organ) == pytest.approx(middle(day), abs=0.3)
    assert day.y - organ.y == pytest.approx(29.609, abs=0.01)


def test_the_seal_presses_name_and_date_which_stand_slightly_below_its_middle():
    pdf = pdf_of(SEALED)
    organ, day = line_with(pdf, 1, ORGAN), line_with(pdf, 1, "2026年7月15日")
    seal = seal_of(SEALED)
    assert seal.right - seal.left == pytest.approx(42, abs=0.8)
    assert (seal.left + seal.right) / 2 == pytest.approx(middle(day), abs=0.4)
    below = (organ.top + day.bottom) / 2 - (seal.top + seal.bottom) / 2
    assert 2 <= below <= 6
    assert seal.top < organ.top
    assert seal.bottom > day.bottom


def test_the_seal_begins_within_one_line_of_the_text():
    pdf = pdf_of(SEALED)
    last = line_with(pdf, 1, "得到及时解决。")
    assert 0 < seal_of(SEALED).top - last.bottom <= 10.445


def test_the_seal_lies_under_the_text():
    """The black of the name is not covered."""
    organ = line_with(pdf_of(SEALED), 1, ORGAN)
    plain = line_with(pdf_of(SHORT := replace(SEALED, is_draft=True)), 1, ORGAN)
    assert organ.text == plain.text
    black = ink(picture(pdf_of(SEALED), 1), organ.left - 1, organ.top, organ.right + 1, organ.bottom)
    assert black
    assert SHORT.is_draft


def test_a_draft_has_no_seal():
    assert ink(picture(pdf_of(replace(SEALED, is_draft=True)), 1), 20, 30, 190, 265, red=True) is None


def test_without_a_seal_the_name_ends_two_characters_from_the_edge_and_the_date_begins_two_in():
    long_name = replace(SHORT, signatures=(Signature("云江县信访工作联席会议办公室"),))
    organ, day = lines(pdf_of(long_name), 1, size=16)[-2:]
    assert organ.right == pytest.approx(184 - 2 * CELL, abs=0.3)
    assert day.left - organ.left == pytest.approx(2 * CELL, abs=0.1)


def test_a_date_longer_than_the_name_ends_two_characters_from_the_edge():
    short_name = replace(SHORT, signatures=(Signature("信访局"),))
    organ, day = lines(pdf_of(short_name), 1, size=16)[-2:]
    assert day.right == pytest.approx(184 - 2 * CELL, abs=0.3)
    assert day.left - organ.left == pytest.approx(2 * CELL, abs=0.1)


def test_one_line_is_empty_above_a_name_without_seal():
    rows = lines(pdf_of(replace(SHORT, signatures=(Signature(ORGAN),))), 1, size=16)
    assert rows[-2].y - rows[-3].y == pytest.approx(2 * 29.609, abs=0.05)


def test_joint_names_without_seals_stand_one_under_the_other():
    names = NAMES[:2]
    rows = lines(pdf_of(replace(SHORT, signatures=tuple(map(Signature, names)))), 1, size=16)
    assert [row.text for row in rows[-3:]] == [*names, "2026年7月15日"]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_joint_seals_do_not_touch_and_stay_within_the_text_area(count: int):
    document = replace(SHORT, signatures=tuple(Signature(name, SEAL) for name in NAMES[:count]))
    seals = _seals(document)
    assert len(seals) == count
    for seal in seals:
        assert seal.left >= 28
        assert seal.right <= 184
        assert seal.right - seal.left == pytest.approx(42, abs=1)
        assert seal.bottom - seal.top == pytest.approx(42, abs=1)


def _seals(document: OfficialDocument) -> list[Ink]:
    """Regions of red that hang together, on the page of the signature."""
    pdf = pdf_of(document)
    page = picture(pdf, page_count(pdf), dpi=72)
    scale = page.width / 210
    red = {
        (x, y)
        for y in range(page.height)
        for x in range(page.width)
        if page.getpixel((x, y))[0] > 160 and page.getpixel((x, y))[1] < 170
    }
    found = []
    while red:
        front, part = [red.pop()], []
        while front:
            x, y = front.pop()
            part.append((x, y))
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & red
            red -= near
            front += near
        xs, ys = [x for x, _ in part], [y for _, y in part]
        found.append(Ink(min(xs) / scale, min(ys) / scale, (max(xs) + 1) / scale, (max(ys) + 1) / scale))
    return [seal for seal in found if seal.right - seal.left > 10]


def test_every_joint_name_stands_in_the_middle_of_its_own_seal():
    document = replace(SHORT, signatures=tuple(Signature(name, SEAL) for name in NAMES[:2]))
    left, right = sorted(_seals(document), key=lambda seal: seal.left)
    row = line_with(pdf_of(document), 1, NAMES[0])
    assert row.text == NAMES[0] + NAMES[1]
    names = row.glyphs[: len(NAMES[0])], row.glyphs[len(NAMES[0]) :]
    for seal, glyphs in zip((left, right), names, strict=True):
        assert middle(Line(row.y, glyphs)) == pytest.approx((seal.left + seal.right) / 2, abs=0.6)


def test_a_signature_stamp_has_the_office_two_characters_to_its_left():
    pdf = pdf_of(replace(SHORT, name_stamp=("局长", "吴越")))
    stamp, day = line_with(pdf, 1, "局长"), line_with(pdf, 1, "2026年7月15日")
    assert stamp.text == "局长吴越"
    office, person = stamp.glyphs[1], stamp.glyphs[2]
    assert (person.x - office.x - office.size) / 72 * 25.4 == pytest.approx(2 * CELL, abs=0.4)
    assert stamp.right == pytest.approx(184 - 4 * CELL, abs=0.9)
    assert day.right == pytest.approx(184 - 4 * CELL, abs=0.3)
    assert day.y - stamp.y == pytest.approx(2 * 29.609, abs=1)


def test_the_note_stands_in_brackets_under_the_date():
    pdf = pdf_of(replace(SEALED, note="此件公开发布"))
    day, note = line_with(pdf, 1, "2026年7月15日"), line_with(pdf, 1, "（此件公开发布）")
    assert note.left == pytest.approx(28 + 2 * CELL, abs=0.1)
    assert note.y - day.y == pytest.approx(29.609, abs=0.01)


@pytest.mark.parametrize("filling", range(15, 23))
def test_a_signature_never_stands_on_a_page_without_text(filling: int):
    """Whatever is left of the page (7.3.5.5)."""
    body = (Paragraph("云" * 26 + "江" * 28 * (filling - 3) + "流"),)
    pdf = pdf_of(replace(SEALED, body=body))
    rows = lines(pdf, page_count(pdf), size=16)
    signature = next(index for index, row in enumerate(rows) if row.text == ORGAN)
    assert signature >= 1
    assert set(rows[signature - 1].text) <= set("云江流")


def test_the_lines_are_set_closer_or_wider_where_that_keeps_text_beside_the_signature():
    pitches = set()
    for filling in range(80, 90):
        body = (Paragraph("云" * 26 + "江" * 28 * (filling - 3) + "流"),)
        rows = lines(pdf_of(replace(SEALED, body=body)), 2, size=16)
        pitches |= {round(below.y - above.y, 1) for above, below in pairwise(rows)}
    assert pitches > {29.6}
    assert pitches <= {27.0, 28.3, 29.6, 31.1, 32.7}


def test_attachments_are_named_under_the_text_and_turn_over_under_their_first_character():
    names = (
        "2026年度信访工作专项经费预算明细表",
        "云江县信访工作联席会议办公室关于2025年度信访工作经费使用情况的说明",
    )
    pdf = pdf_of(replace(SEALED, attachments=tuple(map(Attachment, names))))
    text = line_with(pdf, 1, "得到及时解决。")
    first, second = line_with(pdf, 1, "附件："), line_with(pdf, 1, "2.云江县")
    rows = lines(pdf, 1, size=16)
    turned = rows[rows.index(second) + 1]
    assert first.left == pytest.approx(28 + 2 * CELL, abs=0.1)
    assert first.y - text.y == pytest.approx(2 * 29.609, abs=0.05)
    assert second.left == pytest.approx(28 + 5 * CELL, abs=0.1)
    assert turned.left == pytest.approx(28 + 6 * CELL, abs=0.1)


def test_a_single_attachment_has_no_number():
    pdf = pdf_of(replace(SEALED, attachments=(Attachment("明细表"),)))
    assert line_with(pdf, 1, "附件：").text == "附件：明细表"
