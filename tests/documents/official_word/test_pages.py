"""Where things stand on the pages of a Word file, as LibreOffice sets them: millimetres from the paper's edges."""

from itertools import pairwise

import pytest

from documents.official.content import Grid
from documents.official.word.official_docx import official_docx
from tests.documents.official_word.office import MILLIMETRE, Page, pages_of, pdfs_of
from tests.documents.official_word.samples import SAMPLES

PITCH = {Grid.STRICT: 29.6, Grid.WORD: 28.95}
FIRST_BASELINE = {Grid.STRICT: 42.0, Grid.WORD: 44.4}

near = pytest.approx


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    files = {name: official_docx(document) for name, document in SAMPLES.items()}
    pdfs = pdfs_of(files, tmp_path_factory.mktemp("office"))
    return {name: pages_of(pdf) for name, pdf in pdfs.items()}


@pytest.fixture(params=list(Grid), ids=lambda grid: grid.value)
def grid(request: pytest.FixtureRequest) -> Grid:
    return request.param


@pytest.fixture
def pages(converted, grid):
    return lambda kind: converted[f"{kind}-{grid.value}"]


def horizontal(page: Page) -> list[float]:
    """The upper edges of rules as wide as the 版心, from the top down."""
    return sorted(rule.top for rule in page.rules if rule.right - rule.left == near(156, abs=0.8))


def lowest_rule(page: Page) -> float:
    """Its middle; the bounds of a stroke include the half of its width, twice."""
    lowest = max(page.rules, key=lambda rule: rule.bottom)
    return (lowest.top + lowest.bottom) / 2


def test_a_page_holds_22_lines_of_28_characters(pages, grid):
    for page in pages("full_pages")[1:-1]:
        lines = page.body()
        assert len(lines) == 22
        assert lines[0].baseline == near(FIRST_BASELINE[grid], abs=0.15)
        assert lines[-1].baseline < 262.0
        for upper, lower in pairwise(lines):
            assert (lower.baseline - upper.baseline) * MILLIMETRE == near(PITCH[grid], abs=0.1)
        full = [line for line in lines if len(line.text) == 28]
        assert len(full) > 10
        assert {len(line.text) for line in lines if line.left < 29 and line.right > 180} == {28}
        for line in full:
            assert line.left == near(28.0, abs=0.2)
            assert line.right == near(184.0, abs=0.5)


def test_a_paragraph_begins_two_characters_in(pages):
    indented = [line for page in pages("full_pages") for line in page.body() if line.left > 30]
    assert indented
    for line in indented:
        assert line.left == near(28.0 + 2 * 15.75 / MILLIMETRE, abs=0.2)


def test_the_page_number_stands_outside_by_turns(pages):
    for number, page in enumerate(pages("full_pages"), start=1):
        line = page.lines[-1]
        assert line.text == f"—{number}—"
        assert line.size == near(14)
        assert line.baseline == near(270.5, abs=0.3)
        if number % 2:
            assert line.right == near(184 - 14 / MILLIMETRE, abs=1.0)
        else:
            assert line.left == near(28 + 14 / MILLIMETRE, abs=0.3)


def test_the_red_head_of_a_document(pages, grid):
    page = pages("bulletin")[0]
    assert page.lines[0].text == "000007"
    assert page.lines[0].baseline == near(FIRST_BASELINE[grid], abs=0.15)
    assert page.lines[1].text == "加急"
    mark = page.line("安岭县信访局文件")
    assert mark.size == near(48)
    assert mark.baseline == near(84.9, abs=0.5)  # the upper edge of these glyphs is then at 72 mm
    number = page.line("安信发〔2026〕12号")
    (rule,) = set(horizontal(page))
    below = rule + 0.17 - (number.baseline + 0.12 * 16 / MILLIMETRE)
    assert below == near(4.0, abs=0.4)


def test_the_text_below_the_head_stands_on_the_grid(pages, grid):
    first = FIRST_BASELINE[grid]
    for kind in ("bulletin", "joint_report", "minutes"):
        line = next(line for line in pages(kind)[0].body() if line.text.startswith(("现将", "各乡镇和县直")))
        steps = (line.baseline - first) * MILLIMETRE / PITCH[grid]
        assert steps == near(round(steps), abs=0.03)


def test_every_first_page_bears_text(pages):
    for kind in ("bulletin", "joint_report", "letter", "minutes", "notice", "stamped_draft"):
        assert "各乡镇和县直各单位要把来信来访" in pages(kind)[0].text


def test_signers_stand_right_and_the_number_on_the_line_of_the_last(pages):
    page = pages("joint_report")[0]
    first, last = page.line("签发人：张三欧阳小平"), page.line("安信报〔2026〕3号李四五")
    assert first.right == near(184 - 15.75 / MILLIMETRE, abs=0.8)
    assert last.left == near(28 + 15.75 / MILLIMETRE, abs=0.3)
    assert last.baseline > first.baseline


def test_a_letter_has_double_rules_and_no_first_number(pages):
    first, second, *_ = pages("letter")
    bars = sorted((bar.top, bar.bottom) for bar in first.rules if bar.right - bar.left == near(170, abs=0.3))
    assert [top for top, _ in bars] == near([49.1, 50.5, 275.3, 276.1], abs=0.3)
    thickness = [bottom - top for top, bottom in bars]
    assert thickness == near([0.9, 0.35, 0.35, 0.9], abs=0.1)
    assert bars[-1][1] == near(277.0, abs=0.2)
    assert all(bar.left == near(20.0, abs=0.2) for bar in first.rules)
    assert "—1—" not in first.text
    assert second.lines[-1].text == "—2—"
    glyphs = first.line("特急").baseline - 0.88 * 16 / MILLIMETRE
    assert 4.5 < glyphs - bars[1][1] < 7.2  # 4.94, and what LibreOffice puts below a header that has grown
    assert first.line("特急").text == "特急安信函〔2026〕5号"


def test_a_letters_recipients_have_no_rules_and_no_printing(pages):
    last = pages("letter")[-1]
    assert "抄送：县政府办公室。" in last.text
    assert "印发" not in last.text
    assert not last.rules


def test_the_imprint_closes_the_last_page(pages):
    for kind in ("bulletin", "joint_report", "minutes", "stamped_draft"):
        *others, last = pages(kind)
        assert lowest_rule(last) == near(262.0, abs=0.5), kind
        assert last.line("抄送：").left == near(28 + 14 / MILLIMETRE, abs=0.3)
        printed = next(line for line in last.lines if line.text.endswith("2026年7月31日印发"))
        assert printed.right == near(184 - 14 / MILLIMETRE, abs=0.4)
        assert all("印发" not in page.text for page in others)


def test_recipients_turn_over_behind_the_colon(pages):
    last = pages("bulletin")[-1]
    first = last.lines.index(last.line("抄送："))
    assert last.lines[first + 1].left == near(28 + 4 * 14 / MILLIMETRE, abs=0.5)


def test_a_table_repeats_its_head_and_keeps_every_row(pages):
    with_rows = [page for page in pages("bulletin") if "乡人民政府" in page.text and page.width < 220]
    assert len(with_rows) > 2
    assert all("序号单位来访批次按期办结率" in page.text for page in with_rows)
    text = "".join(page.text for page in with_rows)
    assert all(f"安岭县第{number}乡人民政府" in text for number in range(1, 35))


def test_columns_have_their_shares(pages):
    page = next(page for page in pages("bulletin") if page.text.startswith("序号"))
    upright = sorted(
        {round((rule.left + rule.right) / 2, 1) for rule in page.rules if rule.bottom - rule.top > 100}
    )
    widths = [right - left for left, right in pairwise(upright)]
    assert widths == near([156 / 7, 156 * 3 / 7, 156 * 1.5 / 7, 156 * 1.5 / 7], abs=0.3)


def test_a_wide_table_lies_on_turned_pages_with_the_number_at_the_foot_of_the_sheet(pages):
    turned = [(number, page) for number, page in enumerate(pages("bulletin"), start=1) if page.width > 290]
    assert turned
    assert turned[0][1].text.startswith("附件1")
    for number, page in turned:
        assert page.height == near(210, abs=0.2)
        dashes = [line for line in page.lines if line.text == "—"]
        assert len(dashes) == 2
        assert all(line.left == near(27.7, abs=0.5) for line in dashes)
        downwards = max(line.baseline for line in dashes)
        assert downwards > 160 if number % 2 else downwards < 60
        heads = [rule for rule in page.rules if rule.right - rule.left > 200]
        assert all(rule.left == near(35.0, abs=0.4) and rule.right == near(260.2, abs=0.5) for rule in heads)


def test_a_chart_is_as_wide_as_the_text(pages):
    (picture,) = pages("bulletin")[1].pictures
    assert picture.left == near(28.0, abs=0.3)
    assert picture.right == near(184.0, abs=0.3)


def test_one_seal_over_organ_and_date(pages):
    page = next(page for page in pages("bulletin") if "（此件公开发布）" in page.text)
    (seal,) = page.pictures
    organ, date = page.line("安岭县信访局"), page.line("2026年7月31日")
    assert seal.right - seal.left == near(42, abs=0.3)
    middle = (seal.left + seal.right) / 2
    assert (organ.left + organ.right) / 2 == near(middle, abs=0.7)
    assert date.right == near(184 - 4 * 15.75 / MILLIMETRE, abs=0.5)
    assert date.baseline - organ.baseline == near(10.4, abs=0.3)
    assert (seal.top + seal.bottom) / 2 < (organ.baseline + date.baseline) / 2
    assert seal.top < organ.baseline < date.baseline < seal.bottom


def test_joint_seals_neither_touch_nor_leave_the_page(pages):
    seals = sorted(pages("joint_report")[-1].pictures, key=lambda seal: (seal.top, seal.left))
    assert len(seals) == 3
    assert all(seal.left >= 28 and seal.right <= 184 for seal in seals)
    for place, one in enumerate(seals):
        for other in seals[place + 1 :]:
            assert other.left > one.right or one.left > other.right or other.top > one.bottom


def test_without_seals_the_organ_leaves_two_characters(pages):
    """The date is the longer one here: it takes that place, and the organ moves left (7.3.5.2)."""
    last = pages("letter")[-1]
    organ, date = last.line("安岭县信访局"), last.line("2026年7月31日")
    assert date.right == near(184 - 2 * 15.75 / MILLIMETRE, abs=0.5)
    assert organ.right < date.right
    assert organ.left < date.left


def test_attachment_names_turn_over_under_themselves(pages):
    _, second, _ = pages("stamped_draft")
    first = second.line("附件：1.")
    assert first.left == near(28 + 2 * 15.75 / MILLIMETRE, abs=0.3)
    turned = [line for line in second.lines if line.text.startswith("不下而要回行")]
    assert len(turned) > 5
    assert all(line.left == near(28 + 6.75 * 15.75 / MILLIMETRE, abs=0.3) for line in turned)


def test_attachments_begin_their_pages(pages):
    (page,) = [page for page in pages("bulletin") if page.text.startswith("附件2")]
    label, title = page.lines[:2]
    lines = round((title.baseline - label.baseline) * MILLIMETRE / 28.9)
    assert label.left == near(28.0, abs=0.3)
    assert lines == 2


def test_minutes_name_those_present_below_the_text(pages):
    last = pages("minutes")[-1]
    present = last.line("出席：")
    below = last.lines[last.lines.index(present) + 1]
    assert present.left == near(28 + 2 * 15.75 / MILLIMETRE, abs=0.3)
    assert below.left > 28 + 4.9 * 15.75 / MILLIMETRE
    assert "请假：周某某" in last.text


def test_a_notice_is_one_page_without_a_number(pages):
    (page,) = pages("notice")
    assert page.lines[0].size == near(26)
    assert "—1—" not in page.text
    assert "第3号" in page.text


def test_a_draft_says_so_on_every_page_and_bears_no_number(pages):
    for page in pages("stamped_draft"):
        assert page.lines[0].text == "草稿"
        assert page.lines[0].baseline < 25
    assert "安政〔2026〕9号" not in "".join(page.text for page in pages("stamped_draft"))
    assert "草稿" not in "".join(page.text for page in pages("bulletin"))


def test_a_name_stamp_stands_beside_the_office(pages):
    last = pages("stamped_draft")[-1]
    stamp, date = last.line("县长王某某"), last.line("2026年7月31日")
    assert date.right == near(184 - 4 * 15.75 / MILLIMETRE, abs=0.5)
    assert stamp.baseline < date.baseline
