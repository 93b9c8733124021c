"""接访日报: on screen and as PDF."""

from datetime import date, timedelta
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from blueprints.reception import reception
from blueprints.reception.day_sheet_print import day_sheet_of
from documents.day_sheet import day_sheet_pdf
from documents.render_process import render
from extensions import db
from models.organisation import Unit
from queries.day_sheet import Day, day_of
from queries.office_rules import GROUP_VISIT_PERSONS, SESSION_WEEKDAY, rule_on
from queries.organisation import units_to_step_down
from queries.register_filter import day_of as written_day
from queries.register_filter import number_of
from queries.scope import load_unit
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import pdf_answer
from web.session import actor


@reception.route("/reception/day-sheet", permission=Permission.RECEPTION_READ)
def show_day_sheet() -> str | Response:
    day, problem = _asked_day()
    unit = _asked_unit()
    page = render_template(
        "reception/show_day_sheet.html",
        day=day,
        problem=problem,
        unit=unit,
        sheet=_day(unit, day),
        units=units_to_step_down(db.session(), actor(), unit.id, clock.today()),
        before=day - timedelta(days=1),
        after=day + timedelta(days=1) if day < clock.today() else None,
        typed=request.args.get("date", ""),
    )
    return unprocessable(page) if problem else page


@reception.route("/reception/day-sheet.pdf", permission=Permission.RECEPTION_READ)
def print_day_sheet() -> Response:
    day, _problem = _asked_day()
    unit = _asked_unit()
    sheet = day_sheet_of(unit, day, _day(unit, day), clock.local(clock.now()))
    return pdf_answer(render(day_sheet_pdf, sheet), f"接访日报_{unit.label}_{day}")


def _day(unit: Unit, day: date) -> Day:
    session = db.session()
    return day_of(
        session,
        actor(),
        unit,
        day,
        group_threshold=rule_on(session, GROUP_VISIT_PERSONS, day),
        session_weekday=rule_on(session, SESSION_WEEKDAY, day),
    )


def _asked_day() -> tuple[date, str]:
    try:
        return written_day(request.args.get("date", ""), "date") or clock.today(), ""
    except RuleViolation as violation:
        return clock.today(), f"{violation.message}先显示今天。"


def _asked_unit() -> Any:
    if unit_id := number_of(request.args.get("unit")):
        return load_unit(db.session(), actor(), unit_id)
    session = db.session()
    top = session.query(Unit).filter(Unit.path == actor().scope_path).first()
    return top or load_unit(session, actor(), actor().unit_id or 0)
