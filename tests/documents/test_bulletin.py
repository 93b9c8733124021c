"""A written text as blocks of an official document."""

from documents.bulletin import body_and_attachments, body_of
from documents.official.content import Attachment, Chart, Heading, Paragraph, Table
from indicators.written_text import Passage, WrittenChart, WrittenLine, WrittenTable, WrittenText


def written(*lines):
    return WrittenText("AL", "安澜县", "2026-07", "2026-07-15", (), lines)


def line(*texts):
    return WrittenLine(1, tuple(Passage(text) for text in texts))


def table(*columns):
    row = tuple(Passage(str(number)) for number, _ in enumerate(columns))
    return WrittenTable(1, "甲", "甲情况", columns, (row,), "说明。")


def chart(labels, values, form="bar"):
    return WrittenChart(1, "乙", "乙情况", form, "批", labels, (("批次", values),))


def test_lines_are_headings_and_paragraphs():
    body = body_of(
        written(line("一、总体情况"), line("共", "5", "批。"), line("（一）提高认识。", "各单位要重视。"))
    )
    assert body == (
        Heading(1, "一、总体情况"),
        Paragraph("共5批。"),
        Paragraph("各单位要重视。", "（一）提高认识。", 2),
    )


def test_tables_and_charts_are_numbered_each_in_its_own_row():
    body = body_of(
        written(table("单位", "批次"), chart(("1月", "2月"), (3, None), "line"), table("单位", "人次"))
    )
    first, picture, second = body
    assert isinstance(first, Table) and isinstance(picture, Chart)
    assert (first.caption, picture.caption, second.caption) == ("表1　甲情况", "图1　乙情况", "表2　甲情况")
    assert first.rows == (("0", "1"),) and first.note == "说明。"
    assert [c.align for c in first.columns] == ["left", "center"]
    assert picture.svg.startswith(b"<svg") or b"<svg" in picture.svg
    assert picture.alt == "乙情况。批次：1月3，2月无数据。"


def test_a_wide_table_is_turned():
    (wide,) = body_of(written(table(*"一二三四五六七八九")))
    assert wide.landscape


def test_a_chart_without_figures_is_left_out():
    assert body_of(written(chart((), ()))) == ()


def test_what_follows_a_line_that_names_an_attachment_stands_on_pages_of_its_own():
    lines = (
        WrittenLine(1, (Passage("现将情况通报如下。"),)),
        WrittenLine(2, (Passage("附件：1. 各单位村级接访情况表"),)),
        WrittenLine(3, (Passage("表中数字截至7月15日。"),)),
    )
    body, attachments = body_and_attachments(WrittenText("AL", "安澜县", "2026-07", "2026-07-15", (), lines))
    assert body == (Paragraph("现将情况通报如下。"),)
    assert attachments == (Attachment("各单位村级接访情况表", (Paragraph("表中数字截至7月15日。"),)),)
