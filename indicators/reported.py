"""自报数据 of a unit and a period beside what the record says, where a figure of the catalogue has the same name."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators.table import Figure, FigureTable
from queries.reported_figures import FigureRow
from rules.figures import NO_FIGURE, count_text


@dataclass(frozen=True)
class ReportedLine:
    """`recorded` and `difference` (自报 less 登记) are — where no figure bears the name, or it says nothing here."""

    row_id: int
    indicator: str
    reported: str
    recorded: str
    difference: str

    @property
    def differs(self) -> bool:
        return self.difference not in (NO_FIGURE, "0")


def reported_beside(rows: Iterable[FigureRow], table: FigureTable) -> list[ReportedLine]:
    recorded = {figure.name: figure for figure in table.figures}
    return [_line(row, recorded.get(row.indicator)) for row in rows]


def _line(row: FigureRow, figure: Figure | None) -> ReportedLine:
    if figure is None or figure.value is None:
        return ReportedLine(row.id, row.indicator, row.text, NO_FIGURE, NO_FIGURE)
    difference = row.value - Decimal(figure.value)
    said = count_text(difference) if difference <= 0 else f"+{count_text(difference)}"
    return ReportedLine(row.id, row.indicator, row.text, figure.text, said)
