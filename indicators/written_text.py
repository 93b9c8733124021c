"""A bulletin's text with its figures put in: plain frozen data, the same for preview, page and archive."""

from dataclasses import dataclass
from typing import Literal

from indicators.table import Records

Plotted = int | float | None


@dataclass(frozen=True)
class Passage:
    """A piece of text. One that was put in says what it is: `name` as in the catalogue or the table, `code`,
    `aspect` (`rules.bulletin_text.Aspect`) and `unit` (its label) for figures, `records` where its rows are listed."""

    text: str
    code: str = ""
    name: str = ""
    aspect: str = ""
    unit: str = ""
    records: Records | None = None

    @property
    def is_figure(self) -> bool:
        return bool(self.code or self.records)


@dataclass(frozen=True)
class WrittenLine:
    """`number` is that of the line in the source."""

    number: int
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        return "".join(passage.text for passage in self.passages)


@dataclass(frozen=True)
class WrittenTable:
    """As many passages a row as columns; the first says what the row is.

    `shares` are the columns' proportions where they are not the usual ones; then no column is a row's heading.
    """

    number: int
    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Passage, ...], ...]
    note: str = ""
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class WrittenChart:
    """What `documents.chart` draws: for each series as many values as labels, None where there is no figure."""

    number: int
    name: str
    caption: str
    form: Literal["line", "bar"]
    measure: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[Plotted, ...]], ...]


Written = WrittenLine | WrittenTable | WrittenChart


@dataclass(frozen=True)
class WrittenText:
    """`period` and `as_of` as written in addresses; `definitions` are (code, version) of all figures put in."""

    unit_code: str
    unit_label: str
    period: str
    as_of: str
    definitions: tuple[tuple[str, int], ...]
    lines: tuple[Written, ...]

    @property
    def figures(self) -> tuple[Passage, ...]:
        """Everything that was put in from data, in the order of the text, cells of tables too."""
        return tuple(p for line in self.lines for p in _passages(line) if p.is_figure)


def _passages(line: Written) -> tuple[Passage, ...]:
    if isinstance(line, WrittenLine):
        return line.passages
    return tuple(p for row in line.rows for p in row) if isinstance(line, WrittenTable) else ()
