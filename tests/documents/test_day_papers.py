"""接访日报, 来访回执 and the blank pages of the paper register."""

from dataclasses import replace
from datetime import date

import pytest

from documents.blank_register import BlankPage, BlankRegister, blank_register_pdf, qr_code
from documents.day_sheet import (
    Count,
    DaySheet,
    DayTotals,
    DayVisit,
    LeaderReceptionLine,
    VillageSessions,
    day_sheet_pdf,
)
from documents.receipt import Receipt, receipt_pdf
from tests.documents.pdf_reading import fonts_of, pages_of, sizes_of

VISIT = DayVisit(
    number="LF-AL0301-2026-00012",
    time="09:10",
    visitor="张*喆",
    persons=6,
    is_repeat=True,
    category="农业农村—土地承包",
    summary="反映村集体土地流转费三年未支付。",
    outcome="限期化解",
    responsible_unit="云岭镇人民政府",
    due_date="2026-02-06",
)
WEDNESDAY = DaySheet(
    unit="安岭县信访局",
    day=date(2026, 1, 7),
    made_at="2026-01-07 17:32",
    totals=DayTotals(18, 38, 4, 24, 12, 6),
    by_reception_type=(Count("日常接访", 16, 30), Count("领导接访", 2, 8)),
    by_category=(Count("农业农村", 18, 38),),
    by_outcome=(Count("限期化解", 18, 38),),
    visits=(VISIT,),
    village_sessions=VillageSessions(held=44, due=46, batches=37, persons=61),
    leader_receptions=(LeaderReceptionLine("林国栋", "县长", "定点接访", 2, 8, 1),),
)
RECEIPT = Receipt(
    number="LF-AL0301-2026-00012",
    unit="安岭县信访局",
    visit_date=date(2026, 1, 7),
    visitor="张喆堃𬭎",
    persons=3,
    matter="反映村集体土地流转费三年未支付。",
    outcome="转送办理",
    responsible_unit="云岭镇人民政府",
    due_date=None,
    telephone="0379-66880001",
    receptionist="周敏",
    issued_on=date(2026, 1, 7),
    is_passed_on=True,
)


def test_day_sheet_gives_totals_breakdowns_and_the_visits():
    (page,) = pages_of(day_sheet_pdf(WEDNESDAY))
    assert "2026年1月7日星期三" in page
    assert "18批38人次4批24人次12批6批" in page
    assert "日常接访1630" in page
    assert "应开46场，实开44场，接待37批61人次。" in page
    assert "林国栋（县长）定点接访，接待2批8人次，解决1件。" in page
    assert "LF-AL0301-2026-00012" in page
    assert "值班接访人" in page
    assert "负责人审签" in page


def test_a_quiet_day_that_is_not_wednesday():
    quiet = replace(
        WEDNESDAY,
        day=date(2026, 1, 8),
        totals=DayTotals(0, 0, 0, 0, 0, 0),
        by_reception_type=(),
        by_category=(),
        by_outcome=(),
        visits=(),
        village_sessions=None,
        leader_receptions=(),
    )
    (page,) = pages_of(day_sheet_pdf(quiet))
    assert "当日无来访。" in page
    assert "村级接访" not in page
    assert "领导接访" not in page


def test_a_long_day_repeats_the_heading_row_and_signs_at_the_end():
    pages = pages_of(day_sheet_pdf(replace(WEDNESDAY, visits=(VISIT,) * 60)))
    assert len(pages) > 2
    assert all("编号时间来访人人数" in page for page in pages)
    assert "值班接访人" in pages[-1]


def test_receipt_names_the_term_of_article_23_only_when_the_matter_was_passed_on():
    (passed_on,) = pages_of(receipt_pdf(RECEIPT))
    (solved,) = pages_of(receipt_pdf(replace(RECEIPT, outcome="现场解决", is_passed_on=False)))
    assert "《信访工作条例》第二十三条，责任单位自收到之日起15日内" in passed_on
    assert "第二十三条" not in solved


def test_receipt_has_a_counterfoil_with_the_same_number():
    (page,) = pages_of(receipt_pdf(RECEIPT))
    receipt, counterfoil = page.split("沿此线裁开")
    assert "LF-AL0301-2026-00012" in receipt
    assert "LF-AL0301-2026-00012" in counterfoil
    assert "来访人签收" in counterfoil


def test_receipt_prints_rare_characters_of_a_name_from_embedded_fonts():
    pdf = receipt_pdf(RECEIPT)
    assert "张喆堃𬭎" in pages_of(pdf)[0]
    fonts = fonts_of(pdf)
    assert all(fonts.values())
    assert any(family.startswith("Noto") for family in fonts), fonts


def test_receipt_of_a_long_matter_stays_on_one_page():
    assert len(pages_of(receipt_pdf(replace(RECEIPT, matter="反映拖欠工资。" * 28)))) == 1


def test_blank_register_has_one_landscape_page_for_each_number():
    pages = tuple(BlankPage(f"AL0301-2026-{page:03}", f"ZB-AL0301-2026-{page:03}") for page in (7, 8, 9))
    pdf = blank_register_pdf(BlankRegister("安岭县信访局", pages))
    texts = pages_of(pdf)
    assert len(texts) == 3
    assert sizes_of(pdf) == {(297, 210)}
    assert "AL0301-2026-008" in texts[1]
    assert "个人信息告知" in texts[1]


def test_blank_register_of_ten_rows_still_fits_its_page():
    register = BlankRegister("安岭县信访局", (BlankPage("AL0301-2026-007", "x"),), rows=10)
    assert len(pages_of(blank_register_pdf(register))) == 1


def test_blank_register_refuses_too_many_pages():
    with pytest.raises(ValueError, match="1 to 200 pages"):
        blank_register_pdf(BlankRegister("安岭县信访局", (BlankPage("x", "x"),) * 201))


def test_qr_code_is_a_picture_in_the_page():
    assert qr_code("AL0301-2026-007").startswith("data:image/svg+xml;")
