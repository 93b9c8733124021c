"""接访安排 of a month: page, sheet, printed list, calendar file."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.reception import reception
from documents.calendar_file import CalendarDay, calendar_file
from extensions import db
from models.organisation import Unit
from queries.leader_receptions import hours_in_words
from queries.leader_schedule import (
    MOST_EXPORTED,
    STATE_WORDS,
    STATES,
    ScheduleFilter,
    ScheduleRow,
    list_schedule,
    readable_office,
    schedule_units,
    usual_office,
)
from rules.errors import RuleViolation
from rules.periods import ONE_DAY, Period, period_of
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import file_answer, pdf_answer, see_other, xlsx_answer
from web.registers.tables import printed_register, register_sheet
from web.session import actor
from web.template_filters import weekday
from web.whole_lists import is_too_long

COLUMNS: dict[str, Callable[[ScheduleRow], Any]] = {
    "日期": lambda r: r.day,
    "星期": lambda r: weekday(r.day),
    "时间": lambda r: hours_in_words(r.starts_at, r.ends_at),
    "单位": lambda r: r.unit,
    "领导": lambda r: r.leader,
    "职务": lambda r: r.post,
    "分管工作": lambda r: r.portfolio,
    "方式": lambda r: r.mode,
    "地点": lambda r: r.place,
    "联系电话": lambda r: r.telephone,
    "接访情况": lambda r: STATE_WORDS[r.state(clock.today())],
    "备注": lambda r: r.notes,
}
PRINTED = {
    "日期": 20, "星期": 15, "时间": 24, "单位": 24, "领导": 18, "职务": 32, "分管工作": 40, "方式": 18, "地点": 36,
    "联系电话": 26, "备注": 30,
}  # fmt: skip
"""Printed columns and their widths in mm."""


@reception.route(
    "/reception/leader-schedule", permission=Permission.RECEPTION_READ, endpoint="list_leader_schedule"
)
def leader_schedule() -> str | Response:
    try:
        chosen = asked_filter()
    except RuleViolation as violation:
        plain = {name: value for name, value in request.args.items() if name != "month"}
        return unprocessable(_page(asked_filter(plain), violation.message))
    if request.args.get("format") == "xlsx":
        rows = list_schedule(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("reception.list_leader_schedule", **chosen.to_args()))
        return xlsx_answer(register_sheet("接访安排", COLUMNS, rows), _file_name(chosen))
    return _page(chosen)


@reception.route("/reception/leader-schedule.pdf", permission=Permission.RECEPTION_READ)
def print_leader_schedule() -> str | Response:
    """The same rows as a printed list."""
    chosen = asked_filter()
    rows = list_schedule(db.session(), actor(), chosen)
    content = printed_register(
        "领导接访安排表", COLUMNS, PRINTED, rows[:MOST_EXPORTED], _sentence(chosen, rows)
    )
    return pdf_answer(content, _file_name(chosen))


@reception.route("/reception/leader-schedule.ics", permission=Permission.RECEPTION_READ)
def export_leader_schedule() -> Response:
    """The live days for a calendar."""
    chosen = replace(asked_filter(), state="")
    days = list_schedule(db.session(), actor(), chosen)
    content = calendar_file("领导接访安排", [_calendar_day(row) for row in days], clock.now())
    return file_answer(content, f"{_file_name(chosen)}.ics", "text/calendar")


def asked_filter(args: Any = None) -> ScheduleFilter:
    """What the address asks for. Raises RuleViolation on `month`, NotVisible for an office out of reach."""
    usual = usual_office(db.session(), actor())
    chosen = ScheduleFilter.from_args(
        request.args if args is None else args, today=clock.today(), usual_unit=usual.id
    )
    readable_office(db.session(), actor(), chosen.unit)
    return chosen


def _page(chosen: ScheduleFilter, problem: str = "") -> str:
    unit = readable_office(db.session(), actor(), chosen.unit)
    rows = list_schedule(db.session(), actor(), chosen)
    return render_template(
        "reception/list_leader_schedule.html",
        rows=rows,
        chosen=chosen,
        args=chosen.to_args(),
        unit=unit,
        is_own=may_schedule(unit),
        units=schedule_units(db.session(), actor(), clock.today()),
        states=STATES,
        words=STATE_WORDS,
        hours=hours_in_words,
        months=_neighbours(chosen.period),
        sentence=_sentence(chosen, rows),
        problem=problem,
    )


def may_schedule(unit: Unit) -> bool:
    """Whether the actor plans the days of this office; those of offices above are only read."""
    return actor().may(Permission.LEADER_DAYS_WRITE) and unit.path.startswith(actor().scope_path)


def _neighbours(month: Period) -> dict[str, Period]:
    return {"上月": month.previous(), "下月": period_of(month.end + ONE_DAY, month.kind)}


def _sentence(chosen: ScheduleFilter, rows: Sequence[ScheduleRow]) -> str:
    unit = readable_office(db.session(), actor(), chosen.unit)
    whose = f"{unit.label}及下级" if chosen.below else unit.label
    found = f"{whose}，{chosen.period.label}：共 {len(rows)} 次"
    if chosen.state:
        return f"{found}，{STATES[chosen.state]}。"
    states = [row.state(clock.today()) for row in rows]
    told = [
        f"{STATE_WORDS[s]} {states.count(s)}" for s in ("held", "missing", "today", "coming") if s in states
    ]
    return "，".join([found, *told]) + "。"


def _file_name(chosen: ScheduleFilter) -> str:
    unit = readable_office(db.session(), actor(), chosen.unit)
    return f"领导接访安排_{unit.label}_{chosen.month}"


def _calendar_day(row: ScheduleRow) -> CalendarDay:
    details = [row.portfolio, row.mode, f"联系电话：{row.telephone}" if row.telephone else ""]
    return CalendarDay(
        uid=row.uid,
        version=row.version,
        day=row.day,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=f"领导接访：{row.leader}{f'（{row.post}）' if row.post else ''}",
        place=row.place,
        description="\n".join(detail for detail in details if detail),
    )
