"""发文字号: an office's 机关代字, and 发文登记簿, the book of the numbers given."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.document_registers import GRIDS
from actions.document_registers import change_register as change_action
from actions.document_registers import open_register as open_action
from actions.document_registers import retire_register as retire_action
from blueprints.bulletins import bulletins
from blueprints.bulletins.office_forms import RegisterChangeForm, RegisterForm, RetirementForm
from extensions import db
from models.bulletin import DocumentRegister
from models.organisation import Unit
from queries.document_numbers import (
    MOST_EXPORTED,
    NumberFilter,
    NumberLine,
    all_number_lines,
    count_number_lines,
    number_lines,
    years_of_numbers,
)
from queries.document_registers import load_own, register_lines
from rules.numbering import DocumentSeries, document_number
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import page_or_part, pdf_answer, see_other, xlsx_answer
from web.registers.tables import printed_register, register_sheet
from web.session import actor
from web.unit_of_work import writing
from web.whole_lists import is_too_long

MOST_PRINTED = 1_000

COLUMNS: dict[str, Callable[[NumberLine], Any]] = {
    "发文字号": lambda r: r.number,
    "成文日期": lambda r: r.issued_on,
    "种类": lambda r: r.kind,
    "标题": lambda r: r.title,
    "主送机关": lambda r: r.addressees,
    "拟稿人": lambda r: r.drafted_by,
    "签发人": lambda r: r.issued_by,
    "印章": lambda r: r.seal,
    "状态": lambda r: r.state,
}
PRINTED = {
    "发文字号": 36, "成文日期": 20, "种类": 16, "标题": 74, "主送机关": 52, "拟稿人": 16, "签发人": 16, "印章": 28,
    "状态": 14,
}  # fmt: skip
"""Printed columns and their widths in mm."""

EXAMPLE = document_number("云信通", 2026, 1)


@bulletins.route("/bulletins/registers", permission=Permission.BULLETINS_ISSUE)
def list_registers() -> str:
    unit = db.session.get_one(Unit, actor().unit_id)
    return _list_page(RegisterForm(formdata=None, data={"mark": unit.name}))


@bulletins.route("/bulletins/registers", permission=Permission.BULLETINS_ISSUE, methods=["POST"])
def open_register() -> str | Response:
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                open_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    word=form.word.data.strip(),
                    mark=form.mark.data,
                    grid=form.grid.data,
                    series=DocumentSeries(form.series.data),
                    submission_key=form.submission_key.data or "",
                )
        except Refused:
            pass
        else:
            first = document_number(form.word.data.strip(), clock.today().year, 1)
            flash(f"已启用，第一份文件将编为 {first}。", "success")
            return see_other(url_for("bulletins.list_registers"))
    return unprocessable(_list_page(form))


@bulletins.route(
    "/bulletins/registers/<int:register_id>",
    permission=Permission.BULLETINS_ISSUE,
    methods=["GET", "POST"],
)
def change_register(register_id: int) -> str | Response:
    row = _register(register_id)
    if request.method == "GET":
        return _register_page(row, RegisterChangeForm(formdata=None, obj=row))
    form = RegisterChangeForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                change_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    row=_register(register_id),
                    version=form.version.expected,
                    mark=form.mark.data,
                    grid=form.grid.data,
                )
        except Refused:
            row = _register(register_id)
        else:
            flash("已保存，用在今后印发的文件上；已印发的不变。", "success")
            return see_other(url_for("bulletins.list_registers"))
    return unprocessable(_register_page(row, form))


@bulletins.route(
    "/bulletins/registers/<int:register_id>/retirement",
    permission=Permission.BULLETINS_ISSUE,
    methods=["POST"],
)
def retire_register(register_id: int) -> str | Response:
    row, form = _register(register_id), RetirementForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                retire_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    row=_register(register_id),
                    version=form.version.expected,
                    reason=form.reason.data,
                )
        except Refused:
            row = _register(register_id)
        else:
            flash(f"“{row.word}”已停用，编过的号都保留。", "success")
            return see_other(url_for("bulletins.list_registers"))
    change = RegisterChangeForm(formdata=None, obj=row)
    return unprocessable(_register_page(row, change, retirement=form))


@bulletins.route("/bulletins/numbers", permission=Permission.BULLETINS_ISSUE)
def list_numbers() -> str | Response:
    """发文登记簿: page and sheet."""
    chosen = NumberFilter.from_args(request.args)
    if request.args.get("format") == "xlsx":
        rows = all_number_lines(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("bulletins.list_numbers", **chosen.to_args()))
        return xlsx_answer(register_sheet("发文登记簿", COLUMNS, rows), f"发文登记簿_{clock.today()}")
    session = db.session()
    pages = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "bulletins/list_numbers.html",
        "bulletins/_number_rows.html",
        page=number_lines(session, actor(), chosen, **pages),
        total=count_number_lines(session, actor(), chosen),
        chosen=chosen,
        args=chosen.to_args(),
        years=years_of_numbers(session, actor()),
    )


@bulletins.route("/bulletins/numbers.pdf", permission=Permission.BULLETINS_ISSUE)
def print_numbers() -> Response:
    """The same rows as a printed book."""
    chosen = NumberFilter.from_args(request.args)
    rows = all_number_lines(db.session(), actor(), chosen)
    if len(rows) > MOST_PRINTED:
        flash(f"一次最多打印 {MOST_PRINTED} 条，请按年份分几次打印；更多的请导出表格。", "warning")
        return see_other(url_for("bulletins.list_numbers", **chosen.to_args()))
    content = printed_register("发文登记簿", COLUMNS, PRINTED, rows, chosen.sentence() or "全部年份")
    return pdf_answer(content, f"发文登记簿_{clock.today()}")


def _register(register_id: int) -> DocumentRegister:
    row: DocumentRegister = load_own(db.session(), actor(), DocumentRegister, register_id)
    return row


def _list_page(form: RegisterForm) -> str:
    year = clock.today().year
    return render_template(
        "bulletins/list_registers.html",
        form=form,
        lines=register_lines(db.session(), actor(), year),
        year=year,
        grids=GRIDS,
        series=DocumentSeries,
        example=EXAMPLE,
    )


def _register_page(
    row: DocumentRegister, form: RegisterChangeForm, retirement: RetirementForm | None = None
) -> str:
    """After a clash the form carries the version it shows, so that saving again is meant."""
    stale = form.version.expected != row.version
    retiring, retirement = retirement is not None, retirement or RetirementForm(formdata=None)
    form.version.data = retirement.version.data = str(row.version)
    return render_template(
        "bulletins/change_register.html",
        row=row,
        form=form,
        stale=stale,
        retirement=retirement,
        retiring=retiring,
        grids=GRIDS,
        series=DocumentSeries,
        number=document_number(row.word, clock.today().year, 1),
    )
