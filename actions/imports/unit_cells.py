"""Whether the unit that a cell names is one for which the importer may bring in a row."""

from datetime import date

from actions.imports.kind import Importer
from rules.sheets.findings import RowCells
from rules.sheets.unit_words import UnitWord, open_on


def refuse_foreign(
    cells: RowCells, heading: str, unit: UnitWord, importer: Importer, day: date | None
) -> None:
    """`day` is the one on which the unit must have been in being."""
    if not unit.path:
        cells.refuse(heading, f"{unit.code}（{unit.label}）是外部单位，不能为它登记。")
    elif not importer.may_write(unit.path):
        cells.refuse(heading, f"{unit.code}（{unit.label}）不在您的管辖范围。")
    elif day is not None and not open_on(unit, day):
        cells.refuse(heading, f"{unit.code}（{unit.label}）已于 {unit.valid_to} 撤销。")
