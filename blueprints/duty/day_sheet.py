"""值班日报: on screen and as PDF."""

from datetime import date, timedelta

from flask import render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from blueprints.duty import duty
from blueprints.duty.day_sheet_lines import day_sheet_of
from documents.duty_day_sheet import DutyDaySheet, duty_day_sheet_pdf
from documents.render_process import render
from extensions import db
from models.organisation import Unit
from queries.duty_day import duty_day
from queries.organisation import units_to_step_down
from queries.register_filter import day_of, number_of
from queries.scope import load_unit
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import pdf_answer
from web.session import actor


@duty.route("/duty/day-sheet", permission=Permission.DUTY_LOG_READ)
def show_day_sheet() -> str | Response:
    day, problem = _asked_day()
    unit = _asked_unit()
    page = render_template(
        "duty/show_day_sheet.html",
        day=day,
        problem=problem,
        unit=unit,
        sheet=_sheet(unit, day),
        units=units_to_step_down(db.session(), actor(), unit.id, clock.today()),
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < clock.today() else None,
    )
    return unprocessable(page) if problem else page


@duty.route("/duty/day-sheet.pdf", permission=Permission.DUTY_LOG_READ)
def print_day_sheet() -> Response:
    day, _problem = _asked_day()
    unit = _asked_unit()
    return pdf_answer(render(duty_day_sheet_pdf, _sheet(unit, day)), f"值班日报_{unit.label}_{day}")


def _sheet(unit: Unit, day: date) -> DutyDaySheet:
    now = clock.now()
    return day_sheet_of(unit, day, duty_day(db.session(), actor(), unit, day, now), now)


def _asked_day() -> tuple[date, str]:
    try:
        return day_of(request.args.get("date", ""), "date") or clock.today(), ""
    except RuleViolation as violation:
        return clock.today(), f"{violation.message}先显示今天。"


def _asked_unit() -> Unit:
    """The one asked for; else the county, or the own office."""
    session = db.session()
    if unit_id := number_of(request.args.get("unit")):
        return load_unit(session, actor(), unit_id)
    return session.scalars(select(Unit).where(Unit.path == actor().scope_path)).one()
