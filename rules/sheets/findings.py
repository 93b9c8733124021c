"""What is wrong with a sheet, cell by cell: every error of every row, the first thousand kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rules.errors import RuleViolation
from rules.redaction import without_long_numbers
from rules.sheets.cells import Cell, is_blank

T = TypeVar("T")

MOST_KEPT = 1000
PERSONAL = frozenset({"来访人姓名", "信访人姓名", "证件号码", "联系电话", "住址", "电话"})
"""Columns whose cells may hold a number in groups, like 138 1234 5678."""


@dataclass(frozen=True)
class CellError:
    """`row` as the workbook counts, `column` its letters; `heading` is empty where the whole row is meant."""

    sheet: str
    row: int
    column: str
    heading: str
    message: str

    def __str__(self) -> str:
        place = f"{self.column} 列「{self.heading}」" if self.heading else ""
        return f"工作表“{self.sheet}”第 {self.row} 行 {place}：{self.message}"


@dataclass
class Findings:
    """`columns` maps each heading to its place in the row, from 0."""

    sheet: str
    columns: Mapping[str, int] = field(default_factory=dict)
    kept: list[CellError] = field(default_factory=list)
    count: int = 0

    def add(self, row: int, heading: str, message: str, column: int | None = None) -> None:
        self.count += 1
        if len(self.kept) < MOST_KEPT:
            place = self.columns.get(heading) if column is None else column
            letter = column_letter(place) if place is not None else ""
            shown = without_long_numbers(message, spaced=heading in PERSONAL)
            self.kept.append(CellError(self.sheet, row, letter, heading, shown))


class RowCells:
    """One row, read by heading; whatever is wrong goes to the findings and the row is not used."""

    def __init__(
        self, number: int, values: Sequence[Cell], findings: Findings, starred: frozenset[str]
    ) -> None:
        self.number = number
        self.wrong: set[str] = set()
        self._values = values
        self._findings = findings
        self._starred = starred

    def raw(self, heading: str) -> Cell:
        place = self._findings.columns.get(heading)
        return self._values[place] if place is not None and place < len(self._values) else None

    def read(self, heading: str, parse: Callable[[Cell], T]) -> T | None:
        """The parsed cell; None where it is empty or was refused."""
        cell = self.raw(heading)
        if is_blank(cell):
            if heading in self._starred:
                self.refuse(heading, "必填，不能留空。")
            return None
        try:
            return parse(cell)
        except RuleViolation as refusal:
            self.refuse(heading, refusal.message)
            return None

    def read_or(self, heading: str, parse: Callable[[Cell], T], default: T) -> T:
        found = self.read(heading, parse)
        return default if found is None else found

    def refuse(self, heading: str, message: str) -> None:
        """One message a cell: the first one says what to mend."""
        if heading not in self.wrong:
            self.wrong.add(heading)
            self._findings.add(self.number, heading, message)


def column_letter(place: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
