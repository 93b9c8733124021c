"""A bulletin's written text as a page shows it: each figure leads to its records, numbers to look at are marked."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from documents.bulletin import chart_svg
from indicators.number_guard import UnmatchedNumber
from indicators.table import Records
from indicators.written_text import Passage, WrittenChart, WrittenLine, WrittenTable, WrittenText
from rules.bulletin_outline import attachment_name, outlined

Address = Callable[[Records], str]


@dataclass(frozen=True)
class Piece:
    """`href` leads to the records of a figure; `says` names it; `is_marked` asks the author to look."""

    text: str
    href: str = ""
    says: str = ""
    is_marked: bool = False


@dataclass(frozen=True)
class LineView:
    level: int
    """0 is a paragraph, 1 to 4 a heading that stands alone."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class TableView:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    note: str
    is_words: bool = False
    """Cells are words rather than figures beside a row's heading."""


@dataclass(frozen=True)
class ChartView:
    caption: str
    picture: str
    """Data URI of an SVG without script."""


def written_view(
    written: WrittenText, address: Address, unmatched: Sequence[UnmatchedNumber] = ()
) -> list[LineView | TableView | ChartView]:
    return [view for line in written.lines if (view := _view(line, address, unmatched)) is not None]


def _view(
    line: WrittenLine | WrittenTable | WrittenChart, address: Address, unmatched: Sequence[UnmatchedNumber]
) -> LineView | TableView | ChartView | None:
    if isinstance(line, WrittenLine):
        outline = outlined(line.text)
        level = 1 if attachment_name(line.text) else outline.level if outline.stands_alone else 0
        spans = [(u.number.start, u.number.end) for u in unmatched if u.line == line.number]
        return LineView(level, tuple(_pieces(line, address, spans)))
    if isinstance(line, WrittenTable):
        rows = tuple(tuple(_piece(cell, address) for cell in row) for row in line.rows)
        return TableView(line.caption, line.columns, rows, line.note, is_words=bool(line.shares))
    svg = chart_svg(line)
    return ChartView(line.caption, f"data:image/svg+xml;base64,{b64encode(svg).decode()}") if svg else None


def _piece(passage: Passage, address: Address) -> Piece:
    return Piece(passage.text, address(passage.records) if passage.records else "", passage.name)


def _pieces(line: WrittenLine, address: Address, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Spans are places in the whole line and never reach into a figure."""
    start = 0
    for passage in line.passages:
        end = start + len(passage.text)
        if passage.is_figure:
            yield _piece(passage, address)
        else:
            yield from _cut(passage.text, [(s - start, e - start) for s, e in spans if start <= s < end])
        start = end


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    done = 0
    for start, end in spans:
        if text[done:start]:
            yield Piece(text[done:start])
        yield Piece(text[start:end], is_marked=True)
        done = end
    if text[done:]:
        yield Piece(text[done:])
