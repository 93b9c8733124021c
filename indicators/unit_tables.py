"""Tables of a bulletin with a row for each unit directly below, in the order of the tree."""

from collections.abc import Iterable

from indicators.bulletin_material import Material, Need, TableKind
from indicators.bulletin_numbers import BulletinNumbers, UnitBelow
from indicators.catalogue import BY_CODE
from indicators.definition import Indicator
from indicators.table import Figure
from indicators.written_text import Passage, WrittenTable
from rules.bulletin_text import Aspect
from rules.figures import NO_FIGURE

UNLISTED = "未列出的单位本期没有可列的数字。"
UNSEALED = "依法密封的事项只计入总数，不列入本表。"


def value_cell(figure: Figure, unit: str = "", *, listed: bool = True) -> Passage:
    records = figure.records if listed else None
    return Passage(figure.text, figure.code, figure.name, Aspect.VALUE.value, unit, records)


def unit_table_kind(name: str, caption: str, *codes: str) -> TableKind:
    indicators = tuple(BY_CODE[code] for code in codes)

    def make(material: Material, number: int) -> WrittenTable:
        below = material.numbers.below
        rows = [unit_row(material.numbers, unit, indicators) for unit in below]
        kept = [row for row in rows if any(cell.text not in ("0", NO_FIGURE) for cell in row[1:])]
        note = (UNLISTED if len(kept) < len(rows) else "") + unsealed_note(material)
        return WrittenTable(number, name, caption, ("单位", *_headings(indicators)), tuple(kept), note)

    says = f"直属下级单位（含所辖）：{'、'.join(i.name for i in indicators)}；按机构顺序，不排名"
    return TableKind(name=name, says=says, needs=frozenset({Need.UNITS}), indicators=indicators, make=make)


def _headings(indicators: Iterable[Indicator]) -> list[str]:
    return [i.name.removeprefix("村级接访") for i in indicators]


def unit_row(
    numbers: BulletinNumbers, unit: UnitBelow, indicators: Iterable[Indicator]
) -> tuple[Passage, ...]:
    table = numbers.table(unit=unit)
    cells = (value_cell(table[i.code], unit.label, listed=unit.id is not None) for i in indicators)
    return (Passage(unit.label), *cells)


def unsealed_note(material: Material) -> str:
    """Said whether there are any or not: its absence must tell nothing either."""
    return UNSEALED if material.numbers.scope.is_county else ""
