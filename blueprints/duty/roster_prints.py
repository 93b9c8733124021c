"""值班表 on paper: a month of a unit, or one roster from its first day to its last."""

from collections.abc import Iterable

from flask import url_for
from werkzeug.wrappers import Response

from blueprints.duty import duty
from blueprints.duty.roster_list import asked_filter, file_name
from documents.render_process import render
from documents.roster_sheet import RosterSheet, SheetDay, SheetName, SheetTable, roster_sheet_pdf
from extensions import db
from models.roster import Roster, RosterScheme
from queries.rosters import MOST_SHOWN, DutyRow, load_roster, month_duties, readable_unit, roster_duties
from queries.terms import calendar_of
from rules.errors import NotVisible
from rules.roles import Permission
from rules.roster_words import DayClass, RosterKind
from web import clock
from web.pages import pdf_answer, see_other, xlsx_answer
from web.registers.rosters import COLUMNS, DayLine, RosterTable, name_of, tables_of
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long


@duty.route("/duty/roster.pdf", permission=Permission.DUTY_READ)
def print_roster() -> Response:
    """The published rosters of one month of a unit, a page for each rota."""
    chosen = asked_filter()
    unit = readable_unit(db.session(), actor(), chosen.unit)
    rows = month_duties(db.session(), actor(), chosen)
    if not rows or is_too_long(rows, MOST_SHOWN):
        return see_other(url_for("duty.show_roster", **chosen.to_args()))
    sheet = RosterSheet(
        title=f"{unit.name}值班表"
        if len({r.scheme_id for r in rows}) > 1
        else f"{unit.name}{rows[0].scheme}安排表",
        unit=unit.name,
        period=chosen.period.label,
        made_at=_made_at(),
        tables=_tables(rows),
    )
    return pdf_answer(render(roster_sheet_pdf, sheet), file_name(chosen))


@duty.route("/duty/roster/<int:roster_id>.pdf", permission=Permission.DUTY_READ)
def print_planned_roster(roster_id: int) -> Response:
    """One roster; a draft says so on its head."""
    roster = load_roster(db.session(), actor(), roster_id)
    rows = _rows(roster)
    sheet = RosterSheet(
        title=f"{roster.unit.name}{roster.scheme.name}安排表",
        unit=roster.unit.name,
        period=_span(roster),
        made_at=_made_at(),
        tables=_tables(rows),
        draft=not roster.is_published,
    )
    return pdf_answer(render(roster_sheet_pdf, sheet), _name(roster))


@duty.route("/duty/roster/<int:roster_id>.xlsx", permission=Permission.DUTY_READ)
def export_planned_roster(roster_id: int) -> Response:
    roster = load_roster(db.session(), actor(), roster_id)
    return xlsx_answer(register_sheet("值班表", COLUMNS, _rows(roster)), _name(roster))


def _rows(roster: Roster) -> list[DutyRow]:
    if roster.is_void:
        raise NotVisible("roster")
    return roster_duties(db.session(), roster)


def _span(roster: Roster) -> str:
    return f"{roster.first_day.year}年{roster.first_day.month}月{roster.first_day.day}日至{roster.last_day.year}年{roster.last_day.month}月{roster.last_day.day}日"


def _name(roster: Roster) -> str:
    draft = "" if roster.is_published else "（草稿）"
    return f"{roster.scheme.name}_{roster.unit.label}_{roster.first_day}_{roster.last_day}{draft}"


def _made_at() -> str:
    return clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")


def _tables(rows: Iterable[DutyRow]) -> tuple[SheetTable, ...]:
    return tuple(_sheet_table(table) for table in tables_of(rows, calendar_of(db.session())))


def _sheet_table(table: RosterTable) -> SheetTable:
    scheme = db.session.get_one(RosterScheme, table.scheme_id)
    days = {line.day: _sheet_day(line) for line in table.lines}
    hours = table.shared_hours or "；".join(f"{c.name} {c.hours}" for c in table.columns)
    goes_out = scheme.kind == RosterKind.VILLAGE.value
    place = "各村（社区）" if goes_out else scheme.place
    details = (("地点", place), ("值班电话", scheme.telephone or scheme.unit.telephone))
    return SheetTable(
        title=table.scheme,
        hours=hours,
        columns=tuple(column.name for column in table.columns),
        days=tuple(days.values()),
        blocks=tuple(tuple(days[line.day] for line in block) for block in table.blocks)
        if table.is_turned
        else (),
        details=tuple((label, text) for label, text in details if text),
        edition=_edition(table),
    )


def _edition(table: RosterTable) -> str:
    numbers = {
        roster.edition
        for roster_id in {duty.roster_id for duty in table.duties}
        if (roster := db.session.get(Roster, roster_id)) is not None
    }
    return "、".join(f"第 {n} 版" for n in sorted(numbers) if n)


def _sheet_day(line: DayLine) -> SheetDay:
    cells = tuple(
        tuple(SheetName(name_of(d), d.was, d.person_id is None) for d in cell) for cell in line.cells
    )
    return SheetDay(line.day, line.short_mark, line.day_class is not DayClass.WORKDAY, cells)
