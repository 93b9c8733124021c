"""Printed registers."""

import pytest

from documents.register import MOST_ROWS, Column, RegisterTable, column_widths, register_pdf
from tests.documents.official.measuring import line_with
from tests.documents.pdf_reading import fonts_of, pages_of, sizes_of

COLUMNS = (
    Column("编号", 34, "center"),
    Column("来访人", 20, "center"),
    Column("反映内容", 120),
    Column("人数", 12, "right"),
)


def table(rows: list[tuple[str, ...]], columns: tuple[Column, ...] = COLUMNS) -> RegisterTable:
    return RegisterTable(
        title="来访登记册",
        unit="安岭县信访局",
        made_at="2026年1月31日 17:05",
        columns=columns,
        rows=tuple(rows),
        subtitle="2026年1月1日至1月31日",
        footer="说明：姓名已按规定隐去部分内容。",
    )


def visit(serial: int) -> tuple[str, ...]:
    return (f"LF-AL0301-2026-{serial:05}", "张*喆", "反映村集体土地流转费三年未支付", "2")


def test_heading_row_and_page_number_stand_on_every_page():
    pages = pages_of(register_pdf(table([visit(serial) for serial in range(1, 81)])))
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert "编号来访人反映内容人数" in text
        assert f"第{number}页共{len(pages)}页" in text
    assert "来访登记册2026年1月1日至1月31日单位安岭县信访局共80条" in pages[0].replace("：", "")
    assert "说明：姓名已按规定隐去部分内容。" in pages[-1]


def test_every_row_is_printed_once_and_whole():
    text = "".join(pages_of(register_pdf(table([visit(serial) for serial in range(1, 301)]))))
    for serial in range(1, 301):
        assert text.count(f"LF-AL0301-2026-{serial:05}") == 1
    assert text.count("反映村集体土地流转费三年未支付") == 300


def test_a_column_of_record_numbers_is_wide_enough_for_them():
    narrow = (Column("编号", 10), *COLUMNS[1:])
    widths = column_widths(table([visit(1)], narrow))
    assert widths[0] == pytest.approx(35.0)  # 2.6 mm and 20 characters of 1.62 mm
    assert sum(widths) == pytest.approx(269)
    assert column_widths(table([], narrow))[0] == pytest.approx(269 * 10 / 162)


def test_no_record_number_breaks_at_its_hyphens():
    narrow = (Column("编号", 10, "center"), *COLUMNS[1:])
    assert line_with(register_pdf(table([visit(272)], narrow)), 1, "LF-AL0301-2026-00272")


def test_no_day_and_no_number_breaks_in_a_narrow_column():
    columns = (Column("期限", 15), Column("事由", 120), Column("金额", 12, "right"))
    content = register_pdf(table([("2026-07-15", "承包费", "1,234,567.89")], columns))
    for figure in ("2026-07-15", "1,234,567.89"):
        assert line_with(content, 1, figure)


def test_a_row_longer_than_a_page_is_printed_to_its_end():
    long = "反映拖欠工资。" * 280 + "完"
    pages = pages_of(
        register_pdf(
            table([("1", "张*", long, "1"), visit(2)], (*COLUMNS[:2], Column("反映内容", 20), COLUMNS[3]))
        )
    )
    text = "".join(pages)
    assert "完" in text
    assert "LF-AL0301-2026-00002" in text


def test_an_empty_register_says_so():
    (page,) = pages_of(register_pdf(table([])))
    assert "（无记录）" in page


def test_landscape_a4_with_embedded_fonts_of_our_own():
    pdf = register_pdf(table([visit(1)]))
    assert sizes_of(pdf) == {(297, 210)}
    fonts = fonts_of(pdf)
    assert all(fonts.values())
    assert all(family.startswith(("GW", "Fandol", "Noto")) for family in fonts), fonts


def test_markup_in_a_cell_stays_text():
    (page,) = pages_of(register_pdf(table([("<b>1</b>", "{{ 7*7 }}", "<script>alert(1)</script>", "1")])))
    assert "<b>1</b>" in page
    assert "{{7*7}}" in page
    assert "<script>alert(1)</script>" in page


def test_too_many_rows_are_refused():
    with pytest.raises(ValueError, match=f"at most {MOST_ROWS} rows"):
        register_pdf(table([visit(1)] * (MOST_ROWS + 1)))


def test_a_row_that_does_not_fit_the_columns_is_refused():
    with pytest.raises(ValueError, match="as many cells"):
        register_pdf(table([("1", "张*")]))
