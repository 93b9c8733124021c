"""Figures as a workbook: the same strings as on the page, one sheet for each way of cutting them."""

from collections.abc import Iterator

from documents.workbook import Cell, Sheet, write_workbook
from indicators.breakdown import ShareTable, UnitTable
from indicators.definition import Value
from indicators.report import FigureReport, sentences
from indicators.series import STEPS, Series
from indicators.table import Figure, FigureTable


def figure_workbook(report: FigureReport) -> bytes:
    """An .xlsx file. Counts are numbers, rates and changes the printed text, so that nothing is rounded twice."""
    notes = sentences(report.table, report.sealed_batches, report.sealed_petitions)
    return write_workbook(*_sheets(report, notes))


def _sheets(report: FigureReport, notes: list[str]) -> Iterator[Sheet]:
    yield _main_sheet(report.table, notes)
    if report.units.rows:
        yield _unit_sheet(report.units, notes)
    for table in report.shares:
        yield _share_sheet(table, notes)
    yield _series_sheet(report.series, notes)


def _main_sheet(table: FigureTable, notes: list[str]) -> Sheet:
    compared = ["对比期", table.compare.label] if table.compare else []
    rows: list[list[Cell]] = [
        [
            *(f.code, f.name, f.indicator.measure, _value(f.value, f.text)),
            *_compared(table, f),
            *(f.fraction or ("", "")),
            *(f.indicator.basis.label, f.indicator.says),
        ]
        for f in table.figures
    ]
    headings = ["指标代码", "指标", "计量单位", "数值", *compared, "分子", "分母", "口径", "说明"]
    widths = [28, 24, 10, 12, *([12] * len(compared)), 10, 10, 12, 60]
    return Sheet("指标", headings, rows, notes, widths)


def _compared(table: FigureTable, figure: Figure) -> list[Cell]:
    if table.compare is None:
        return []
    return [_value(figure.previous, figure.previous_text or ""), figure.change_text]


def _value(value: Value, text: str) -> Cell:
    return value if isinstance(value, int) else text


def _unit_sheet(table: UnitTable, notes: list[str]) -> Sheet:
    rows: list[list[Cell]] = [
        [row.label, *(_value(cell.value, cell.text) for cell in row.cells)] for row in table.rows
    ]
    return Sheet("按单位", ["单位", *(i.name for i in table.indicators)], rows, notes, [18, *_widths(table)])


def _widths(table: UnitTable) -> list[float]:
    return [12.0] * len(table.indicators)


def _share_sheet(table: ShareTable, notes: list[str]) -> Sheet:
    rows: list[list[Cell]] = [[s.label, s.batches, s.persons, s.share_text] for s in table.rows]
    return Sheet(f"按{table.title}", [table.title, "批次", "人次", "批次占比"], rows, notes, [24, 10, 10, 12])


def _series_sheet(series: Series, notes: list[str]) -> Sheet:
    rows: list[list[Cell]] = [
        [p.label, _value(p.batches, p.batches_text), _value(p.persons, p.persons_text)] for p in series.points
    ]
    return Sheet(STEPS[series.step], ["时间", "批次", "人次"], rows, notes, [16, 10, 10])
