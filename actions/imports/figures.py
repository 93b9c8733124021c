"""自报数据 from a sheet: the same number again is known, another number under the same name is refused."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_office_registers import add_reported_figures
from actions.imports.digests import digest_of
from actions.imports.kind import Importer
from actions.imports.unit_cells import refuse_foreign
from actions.office_registers import indicator_name
from models.base import new_uid
from models.office_register import ReportedFigure
from models.organisation import Unit
from queries.imports import all_units
from queries.reported_figures import live_figures
from rules.errors import RuleViolation
from rules.figures import count_text
from rules.periods import PeriodKind, period_of
from rules.register_rules import LONGEST_INDICATOR, FigureValues, figure_number, read_figure
from rules.roles import Actor, Permission
from rules.sheets import cells as c
from rules.sheets import figures as v
from rules.sheets.findings import Findings, RowCells

HEADINGS = {"period": v.PERIOD, "indicator": v.INDICATOR, "value": v.VALUE}
"""Field of `rules.register_rules` → heading."""
Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class ReadFigure:
    number: int
    unit_id: int
    values: dict[str, Any]
    digest: str
    unit: str

    @property
    def key(self) -> Key:
        return self.unit_id, self.values["period"], self.values["indicator"]


class FigureChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._session = session
        self._importer = importer
        self._units = all_units(session, importer.scope_path)

    def read(self, cells: RowCells) -> ReadFigure | None:
        unit = cells.read(v.UNIT, self._units)
        period = cells.read_or(v.PERIOD, _period, "")
        indicator = cells.read_or(v.INDICATOR, c.text(LONGEST_INDICATOR), "")
        value = cells.read_or(v.VALUE, _number, "")
        if cells.wrong or unit is None:
            return None
        read, problems = read_figure(FigureValues(period, indicator, value), self._importer.today)
        for refusal in problems:
            cells.refuse(HEADINGS[refusal.field or ""], refusal.message)
        refuse_foreign(cells, v.UNIT, unit, self._importer, read.period.start if read else None)
        if cells.wrong or read is None:
            return None
        values = {
            "unit_id": unit.id,
            "period": read.period.text,
            "indicator": indicator_name(read.indicator),
            "value": read.value,
        }
        digest = digest_of("figures", values | {"value": count_text(read.value)})
        return ReadFigure(cells.number, unit.id, values, digest, unit.label)

    def new_rows(self, rows: list[ReadFigure], findings: Findings) -> list[ReadFigure]:
        known = live_figures(self._session, {row.unit_id for row in rows})
        seen: dict[Key, Decimal] = {}
        new = []
        for row in rows:
            value = row.values["value"]
            before = known.get(row.key, seen.get(row.key))
            if before is not None and before != value:
                said = f"{row.unit}{row.values['period']}的“{row.values['indicator']}”已有 {count_text(before)}，这里是 {count_text(value)}。"
                findings.add(row.number, v.VALUE, f"{said}请先更正或作废原来的登记。")
            elif before is None:
                new.append(row)
            seen[row.key] = value
        return new

    def shown(self, row: ReadFigure) -> list[str]:
        values = row.values
        written = {v.PERIOD: values["period"], v.UNIT: row.unit, v.INDICATOR: values["indicator"]}
        written[v.VALUE] = count_text(values["value"])
        return [str(written[h]) for h in v.SPEC.headings]


def _period(cell: Any) -> str:
    """As text; 2026-07, which a workbook turns into the first of that month, is the month."""
    day = cell.date() if isinstance(cell, datetime) else cell
    if isinstance(day, date) and day.day == 1:
        return period_of(day, PeriodKind.MONTH).text
    return c.text(40)(cell)


def _number(cell: Any) -> str:
    """The cell as text, where it is a number that may be kept. Raises RuleViolation."""
    if isinstance(cell, bool):
        raise RuleViolation("不是数值：只填数字。")
    written = repr(cell) if isinstance(cell, float) and not cell.is_integer() else c.text_of(cell)
    figure_number(written)
    return written


class FigureSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_REGISTERS
    staged = True
    model = ReportedFigure

    def checker(self, session: Session, importer: Importer) -> FigureChecker:
        return FigureChecker(session, importer)

    def add(
        self, session: Session, *, actor: Actor, now: datetime, units: dict[int, Unit], rows: list[ReadFigure],
        shared: dict[str, Any], reason: str,
    ) -> None:  # fmt: skip
        plain = [{**row.values, **shared, "uid": new_uid(), "content_digest": row.digest} for row in rows]
        add_reported_figures(session, actor=actor, now=now, units=units, rows=plain, reason=reason)
