"""自报数据: numbers of a unit's own, labelled as such wherever they are shown."""

from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.office_registers import correct_figure, register_figure, void_figure
from blueprints.registers import registers
from blueprints.registers.offices import entering, offices
from blueprints.registers.register_forms import CorrectFigureForm, FigureForm, VoidRowForm, void_form
from extensions import db
from indicators.catalogue import CATALOGUE
from models.office_register import ReportedFigure
from queries.history import history_of
from queries.organisation import units_to_step_down
from queries.reported_figures import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    FigureFilter,
    count_figures,
    list_figures,
    load_figure,
)
from rules.errors import RuleViolation, StaleVersion
from rules.figures import count_text
from rules.periods import PeriodKind, period_of
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.registers.reported_figures import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.unit_of_work import writing
from web.whole_lists import is_too_long

READ, WRITE = Permission.REGISTERS_READ, Permission.REGISTERS_WRITE
ALL = "/registers/figures"
ONE = f"{ALL}/<int:figure_id>"
LIST = "registers.list_figures"
FIELD_LABELS = {"period": "期间", "indicator": "指标", "value": "数值"}
FIELD_WORDS: dict[str, Any] = {}


@registers.route(ALL, permission=READ, endpoint="list_figures")
def show_list() -> str | Response:
    try:
        chosen = FigureFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(FigureFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = list(list_figures(db.session(), actor(), chosen, size=MOST_EXPORTED + 1).rows)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for(LIST, **chosen.to_args()))
        return xlsx_answer(register_sheet("自报数据", COLUMNS, rows), f"自报数据_{clock.today()}")
    return _page(chosen, {})


@registers.route(f"{ALL}.pdf", permission=READ)
def print_figures() -> Response:
    """The same rows as a printed register."""
    return print_list("reported-figures", LIST)


@registers.route(f"{ALL}/new", permission=WRITE)
def new_figure() -> str:
    return _new_page(
        FigureForm(
            formdata=None,
            data={"unit": actor().unit_id, "period": period_of(clock.today(), PeriodKind.MONTH).text},
        )
    )


@registers.route(f"{ALL}/new", permission=WRITE, methods=["POST"], endpoint="register_figure")
def register() -> str | Response:
    form = FigureForm()
    if not form.validate_on_submit():
        return unprocessable(_new_page(form))
    try:
        with form.refusals(), writing() as session:
            key = form.submission_key.data or ""
            row = register_figure(
                session, entering(), unit_id=form.unit.data or 0, values=form.values(), submission_key=key
            )
            number = row.number
    except Refused:
        return unprocessable(_new_page(form))
    flash(f"已登记 {number}。", "success")
    return see_other(url_for(LIST))


@registers.route(ONE, permission=READ)
def show_figure(figure_id: int) -> str:
    return _record_page(_load(figure_id))


@registers.route(f"{ONE}/correction", permission=WRITE, methods=["GET", "POST"])
def correct_figure_row(figure_id: int) -> str | Response:
    row = _load(figure_id)
    if request.method == "GET":
        return _correction_page(CorrectFigureForm(formdata=None, data=_fields_of(row)), row)
    form = CorrectFigureForm()
    if not form.validate_on_submit():
        return unprocessable(_correction_page(form, row))
    try:
        with form.refusals(), writing() as session:
            correct_figure(
                session,
                entering(),
                row=load_figure(session, actor(), figure_id),
                values=form.values(),
                version=form.version.data or 0,
                reason=form.reason.data,
            )
    except Refused as refused:
        row = _load(figure_id)
        if isinstance(refused.__cause__, StaleVersion):
            form.version.data = row.version
        return unprocessable(_correction_page(form, row))
    flash("已更正，原来的内容保留在修改记录里。", "success")
    return see_other(url_for("registers.show_figure", figure_id=figure_id))


@registers.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_figure_row(figure_id: int) -> str | Response:
    form = VoidRowForm()
    _load(figure_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                void_figure(
                    session,
                    entering(),
                    row=load_figure(session, actor(), figure_id),
                    version=form.version.data or 0,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已作废。编号保留，不再计入任何统计。", "success")
            return see_other(url_for("registers.show_figure", figure_id=figure_id))
    return unprocessable(_record_page(_load(figure_id), form))


def _load(figure_id: int) -> ReportedFigure:
    return load_figure(db.session(), actor(), figure_id)


def _fields_of(row: ReportedFigure) -> dict[str, Any]:
    names = ("period", "indicator", "version")
    return (
        {name: getattr(row, name) for name in names}
        | {"unit": row.unit_id}
        | {"value": count_text(row.value)}
    )


def _page(chosen: FigureFilter, problems: dict[str, str]) -> str:
    session = db.session()
    asked = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "registers/list_figures.html",
        "registers/_figure_rows.html",
        page=list_figures(session, actor(), chosen, **asked),
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["reported-figures"].at_once,
        problems=problems,
        sentence=chosen.sentence(session),
        total=count_figures(session, actor(), chosen),
        **_choices(chosen),
    )


def _choices(chosen: FigureFilter) -> dict[str, Any]:
    units = {"units": units_to_step_down(db.session(), actor(), chosen.unit)}
    if wants_part():
        return units
    return units | {
        "orders": ORDERS.values(),
        "states": STATES,
    }


def _new_page(form: FigureForm) -> str:
    return render_template(
        "registers/new_figure.html",
        form=form,
        indicator_names=[indicator.name for indicator in CATALOGUE],
        offices=offices(),
    )


def _correction_page(form: CorrectFigureForm, row: ReportedFigure) -> str:
    return render_template(
        "registers/correct_figure.html",
        form=form,
        row=row,
        indicator_names=[indicator.name for indicator in CATALOGUE],
        offices=[row.unit],
    )


def _record_page(row: ReportedFigure, refused: VoidRowForm | None = None) -> str:
    return render_template(
        "registers/show_figure.html",
        row=row,
        text=count_text(row.value),
        history=history_of(db.session(), "reported_figure", row.id, FIELD_LABELS, FIELD_WORDS),
        void_form=refused or void_form(row.version),
    )
