"""值班履行情况: what was scheduled beside what took place, by whom; page and sheet."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from blueprints.duty import duty
from extensions import db
from models.organisation import Unit
from queries.duty_record import DutyRecord, RecordLine, duty_record, total
from queries.organisation import units_to_step_down
from queries.register_filter import number_of
from queries.scope import load_unit
from rules.errors import RuleViolation
from rules.periods import Period, PeriodKind, parse_period, period_of
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import xlsx_answer
from web.registers.tables import register_sheet
from web.session import actor

COLUMNS: dict[str, Callable[[tuple[str, RecordLine]], Any]] = {
    "项目": lambda r: r[0],
    "单位": lambda r: r[1].unit,
    "人员": lambda r: r[1].name,
    "职务": lambda r: r[1].post,
    "应到": lambda r: r[1].due,
    "实到": lambda r: r[1].held,
    "仅列班表": lambda r: r[1].listed,
    "未到": lambda r: r[1].missing,
    "待到": lambda r: r[1].coming,
    "调过的": lambda r: r[1].changed,
}


@duty.route("/duty/record", permission=Permission.DUTY_READ)
def show_record() -> str | Response:
    unit = _asked_unit()
    typed = request.args.get("period", "").strip()
    try:
        period = parse_period(typed) if typed else period_of(clock.today(), PeriodKind.MONTH)
    except RuleViolation as violation:
        return unprocessable(_page(unit, typed, None, None, violation.message))
    record = duty_record(db.session(), actor(), unit, period, clock.now(), clock.today())
    if request.args.get("format") == "xlsx":
        rows = [(title, line) for title, lines in _parts(record) for line in lines]
        return xlsx_answer(
            register_sheet("值班履行情况", COLUMNS, rows), f"值班履行情况_{unit.label}_{period.text}"
        )
    return _page(unit, typed or period.text, period, record)


def _parts(record: DutyRecord) -> list[tuple[str, list[RecordLine]]]:
    return [
        ("领导接访日", list(record.leader_days)),
        ("村级周三接访", list(record.village_days)),
        ("值班", list(record.duties)),
    ]


def _asked_unit() -> Unit:
    """The unit in the address, else the top of the actor's scope. Raises NotVisible."""
    asked = request.args.get("unit", "").strip()
    own = actor().scope_path.rstrip("/").rpartition("/")[2]
    return load_unit(db.session(), actor(), number_of(asked or own) or 0)


def _page(unit: Unit, typed: str, period: Period | None, record: DutyRecord | None, problem: str = "") -> str:
    return render_template(
        "duty/show_record.html",
        unit=unit,
        units=units_to_step_down(db.session(), actor(), unit.id),
        typed=typed,
        period=period,
        parts=_parts(record) if record else [],
        total=total,
        problem=problem,
        quick=_quick(),
    )


def _quick() -> dict[str, Period]:
    month = period_of(clock.today(), PeriodKind.MONTH)
    year = period_of(clock.today(), PeriodKind.YEAR)
    return {"本月": month, "上月": month.previous(), "今年": year, "去年": year.previous()}
