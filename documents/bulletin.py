"""A bulletin's written text as the body of an official document: headings, paragraphs, tables, charts."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import count

from documents.chart import bar_chart, line_chart
from documents.official.content import Attachment, Block, Chart, Column, Heading, Paragraph, Table
from indicators.written_text import WrittenChart, WrittenLine, WrittenTable, WrittenText
from rules.bulletin_outline import attachment_name, outlined

_FIRST_COLUMN = 1.8
_WIDEST_UPRIGHT = 8
"""Columns that the page of 28 characters takes; a wider table is turned."""


def body_of(written: WrittenText) -> tuple[Block, ...]:
    """The text without its attachments."""
    return body_and_attachments(written)[0]


def body_and_attachments(written: WrittenText) -> tuple[tuple[Block, ...], tuple[Attachment, ...]]:
    """An attachment begins with a line 附件：…, which names it. Tables and charts are numbered as they come; a chart
    without a single figure is left out."""
    tables, charts = count(1), count(1)
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for line in written.lines:
        name = attachment_name(line.text) if isinstance(line, WrittenLine) else ""
        if name:
            parts.append((name, []))
        else:
            parts[-1][1].extend(_blocks(line, tables, charts))
    attachments = tuple(Attachment(name, tuple(blocks)) for name, blocks in parts[1:])
    return tuple(parts[0][1]), attachments


def _blocks(
    line: WrittenLine | WrittenTable | WrittenChart, tables: Iterator[int], charts: Iterator[int]
) -> Iterator[Block]:
    if isinstance(line, WrittenLine):
        yield text_block(line.text)
    elif isinstance(line, WrittenTable):
        yield _table(line, tables)
    elif (svg := chart_svg(line)) is not None:
        yield _chart(line, svg, next(charts))


def text_block(text: str) -> Block:
    """A line as a heading, a paragraph, or a paragraph that a heading runs into."""
    found = outlined(text)
    if found.stands_alone:
        return Heading(found.level, found.lead)
    return Paragraph(found.text, found.lead, found.level) if found.level else Paragraph(text)


def _table(table: WrittenTable, numbers: Iterator[int]) -> Table:
    """A table without a caption has no number either: the text says what it is."""
    columns = tuple(_column(table, place, heading) for place, heading in enumerate(table.columns))
    rows = tuple(tuple(cell.text for cell in row) for row in table.rows)
    wide = len(columns) > _WIDEST_UPRIGHT
    caption = f"表{next(numbers)}　{table.caption}" if table.caption else ""
    return Table(columns, rows, caption, table.note, landscape=wide)


def _column(table: WrittenTable, place: int, heading: str) -> Column:
    if table.shares:
        return Column(heading, table.shares[place])
    return Column(heading, _FIRST_COLUMN, "left") if place == 0 else Column(heading)


@lru_cache(maxsize=64)
def chart_svg(chart: WrittenChart) -> bytes | None:
    """The picture, None without a single figure. The caption stands below it, and its own title is the same words."""
    if not chart.labels:
        return None
    draw = line_chart if chart.form == "line" else bar_chart
    return draw(chart.caption, chart.labels, chart.series, chart.measure)


def _chart(chart: WrittenChart, svg: bytes, number: int) -> Chart:
    return Chart(svg, f"图{number}　{chart.caption}", _in_words(chart))


def _in_words(chart: WrittenChart) -> str:
    told = []
    for name, values in chart.series:
        pairs = zip(chart.labels, values, strict=True)
        told.append(f"{name}：" + "，".join(f"{label}{'无数据' if v is None else v}" for label, v in pairs))
    return f"{chart.caption}。{'；'.join(told)}。"
