"""The statistics of a unit and a period: page, sheet, JSON, chart."""

import json
from dataclasses import replace
from typing import Any

from flask import Response, abort, render_template, request, url_for

from blueprints.statistics import statistics
from blueprints.statistics.asked import COMPARISONS, Asked, asked_from, quick_periods
from documents.chart import bar_chart, line_chart
from documents.figure_sheets import figure_workbook
from extensions import db
from indicators.card import card_of
from indicators.catalogue import BY_CODE, CATALOGUE
from indicators.report import FigureReport, figure_report, sentences
from indicators.reported import ReportedLine, reported_beside
from indicators.scope import figure_scope
from indicators.sections import FIRST, SECTIONS
from indicators.series import STEPS, Series, step_for, visit_series
from indicators.table import FigureTable, as_json, figure_table
from models.organisation import Unit
from queries.memory import FIGURES
from queries.organisation import units_to_step_down
from queries.register_filter import number_of
from queries.reported_figures import figures_of_unit
from queries.scope import load_unit
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.figure_strip import named_figure
from web.figure_tasks import FigureTasks
from web.form_fields import unprocessable
from web.pages import xlsx_answer
from web.record_addresses import RecordAddresses
from web.session import actor

HEADLINES = (
    ("reception_batches", "reception_persons"),
    ("reception_group_batches", "reception_group_persons"),
    ("reception_repeat_batches",),
    ("village_sessions_held", "village_sessions_due"),
    ("village_batches", "village_persons"),
    ("leader_receptions", "leader_solved"),
    ("meetings_county",),
    ("meetings_township", "meetings_township_due"),
    ("duty_information", "duty_instructions"),
    ("duty_reply_on_time",),
    ("supervision_tasks",),
    ("supervision_feedback_on_time",),
    ("supervision_closed_on_time",),
    ("decisions_on_time",),
    ("interviewed_units", "interviewed_persons"),
    ("petitions_registered",),
    ("dispatch_on_time",),
    ("acceptance_on_time", "acceptance_on_time_statute"),
    ("reply_on_time",),
    ("campaign_rate", "campaign_assigned", "campaign_concluded"),
)
"""Shown large, each with what stands beside it."""


@statistics.route("/statistics", permission=Permission.STATISTICS)
def show() -> str | Response:
    unit = _asked_unit()
    form = request.args.get("format", "")
    try:
        asked = asked_from(request.args, clock.today())
    except RuleViolation as violation:
        return _refused(unit, violation, form)
    if form == "json":
        return _json_answer(as_json(_table(unit, asked)))
    if form == "xlsx":
        scope = figure_scope(db.session(), unit, asked.period, clock.today())
        content = figure_workbook(figure_report(db.session(), scope, asked.compare, asked.step))
        return xlsx_answer(content, f"统计_{unit.label}_{asked.period.text}")
    return _page(unit, asked)


@statistics.route("/statistics/chart.svg", permission=Permission.STATISTICS)
def chart() -> Response:
    """来访 over time, as a picture; the page prints the same numbers in a table."""
    unit = _asked_unit()
    try:
        asked = asked_from(request.args, clock.today())
    except RuleViolation:
        abort(404)
    scope = figure_scope(db.session(), unit, asked.period, clock.today())
    series = visit_series(db.session(), scope, step_for(asked.period, asked.step))
    return Response(
        _drawn(f"{unit.label}{asked.period.label}{series.title}", series), mimetype="image/svg+xml"
    )


@statistics.route("/statistics/indicators/<code>", permission=Permission.STATISTICS)
def show_indicator(code: str) -> str:
    """The definition card of one figure of the catalogue."""
    if code not in BY_CODE:
        abort(404)
    cards = [card_of(indicator) for indicator in CATALOGUE]
    return render_template("statistics/show_indicator.html", card=card_of(BY_CODE[code]), cards=cards)


def _drawn(title: str, series: Series) -> bytes:
    draw = line_chart if len(series.points) > 1 else bar_chart
    lines = (("批次", [p.batches for p in series.points]), ("人次", [p.persons for p in series.points]))
    return draw(title, [p.label for p in series.points], lines, "")


def _table(unit: Unit, asked: Asked) -> FigureTable:
    scope = figure_scope(db.session(), unit, asked.period, clock.today())
    return figure_table(db.session(), scope, asked.compare)


def _page(unit: Unit, asked: Asked) -> str:
    session = db.session()
    scope = figure_scope(session, unit, asked.period, clock.today())
    report = FIGURES.recall(
        *(session, actor().data_state, ("statistics", unit.id, scope.as_of, *asked.to_args().items())),
        lambda: figure_report(session, scope, asked.compare, asked.step, asked.section.indicators),
    )
    figures = {figure.code: figure for figure in report.table.figures}
    return render_template(
        "statistics/show.html",
        report=report,
        headlines=[[figures[code] for code in codes] for codes in HEADLINES],
        sentences=sentences(report.table, report.sealed_batches, report.sealed_petitions),
        address=RecordAddresses(),
        task_of=_tasks_of(report, asked),
        named_figure=named_figure,
        reported=_reported(unit, asked, report.table),
        chart_address=url_for(
            "statistics.chart", unit=unit.id, **replace(asked, section=SECTIONS[FIRST]).to_args()
        ),
        args={"unit": unit.id} | asked.to_args(),
        section=asked.section,
        sections=[replace(asked, section=section) for section in SECTIONS.values()],
        **_form(unit, asked.to_args(), {}),
    )


def _tasks_of(report: FigureReport, asked: Asked) -> FigureTasks:
    """Of the units shown; a county's own figures are those of all its units."""
    scope = report.table.scope
    own = None if scope.is_county else scope.unit_id
    return FigureTasks(asked.period, [own, *(row.unit_id for row in report.units.rows)])


def _reported(unit: Unit, asked: Asked, table: FigureTable) -> list[ReportedLine]:
    """What the unit itself reported of this period; nothing for who does not read that register."""
    if not actor().may(Permission.REGISTERS_READ):
        return []
    return reported_beside(figures_of_unit(db.session(), actor(), unit.id, asked.period.text), table)


def _refused(unit: Unit, violation: RuleViolation, form: str) -> Response:
    """422 with the message at its field and everything that was typed; a program gets it as JSON."""
    if form == "json":
        answer = _json_answer({"error": violation.message, "field": violation.field})
        answer.status_code = 422
        return answer
    typed = {
        name: request.args.get(name, "") for name in ("period", "from", "to", "compare", "step", "section")
    }
    problems = {violation.field or "period": violation.message}
    return unprocessable(render_template("statistics/show.html", report=None, **_form(unit, typed, problems)))


def _form(unit: Unit, typed: dict[str, str], problems: dict[str, str]) -> dict[str, Any]:
    return {
        "unit": unit,
        "units": units_to_step_down(db.session(), actor(), unit.id),
        "typed": typed,
        "problems": problems,
        "comparisons": COMPARISONS,
        "steps": {"": "自动"} | {kind.value: label for kind, label in STEPS.items()},
        "quick": quick_periods(clock.today()),
    }


def _asked_unit() -> Unit:
    """The unit in the address, else the actor's own scope. Raises NotVisible, shown as 404."""
    asked = request.args.get("unit", "").strip()
    if asked:
        return load_unit(db.session(), actor(), number_of(asked) or 0)
    own = actor().scope_path.rstrip("/").rpartition("/")[2]
    return load_unit(db.session(), actor(), int(own or 0))


def _json_answer(content: dict[str, Any]) -> Response:
    return Response(json.dumps(content, ensure_ascii=False, indent=2) + "\n", mimetype="application/json")
