"""信息稿件: list, sheet, printed register, entering, correcting, voiding."""

from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.office_registers import correct_publication, register_publication, void_publication
from blueprints.registers import registers
from blueprints.registers.offices import entering, offices
from blueprints.registers.register_forms import (
    CorrectPublicationForm,
    PublicationForm,
    VoidRowForm,
    void_form,
)
from extensions import db
from models.office_register import Publication
from queries.history import history_of
from queries.organisation import units_to_step_down
from queries.publications import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    PublicationFilter,
    count_publications,
    list_publications,
    load_publication,
)
from rules.errors import RuleViolation, StaleVersion
from rules.register_words import PublicationLevel
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.registers.publications import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.unit_of_work import writing
from web.whole_lists import is_too_long

READ, WRITE = Permission.REGISTERS_READ, Permission.REGISTERS_WRITE
ALL = "/registers/publications"
ONE = f"{ALL}/<int:publication_id>"
LIST = "registers.list_publications"
FIELD_LABELS = {
    "published_on": "日期",
    "title": "标题",
    "level": "级别",
    "outlet": "刊载于",
}
FIELD_WORDS = {"level": lambda code: PublicationLevel(code).label}


@registers.route(ALL, permission=READ, endpoint="list_publications")
def show_list() -> str | Response:
    try:
        chosen = PublicationFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(PublicationFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = list(list_publications(db.session(), actor(), chosen, size=MOST_EXPORTED + 1).rows)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for(LIST, **chosen.to_args()))
        return xlsx_answer(register_sheet("信息稿件", COLUMNS, rows), f"信息稿件_{clock.today()}")
    return _page(chosen, {})


@registers.route(f"{ALL}.pdf", permission=READ)
def print_publications() -> Response:
    """The same rows as a printed register."""
    return print_list("publications", LIST)


@registers.route(f"{ALL}/new", permission=WRITE)
def new_publication() -> str:
    return _new_page(
        PublicationForm(formdata=None, data={"unit": actor().unit_id, "published_on": clock.today()})
    )


@registers.route(f"{ALL}/new", permission=WRITE, methods=["POST"], endpoint="register_publication")
def register() -> str | Response:
    form = PublicationForm()
    if not form.validate_on_submit():
        return unprocessable(_new_page(form))
    try:
        with form.refusals(), writing() as session:
            key = form.submission_key.data or ""
            row = register_publication(
                session, entering(), unit_id=form.unit.data or 0, values=form.values(), submission_key=key
            )
            number = row.number
    except Refused:
        return unprocessable(_new_page(form))
    flash(f"已登记 {number}。", "success")
    return see_other(url_for(LIST))


@registers.route(ONE, permission=READ)
def show_publication(publication_id: int) -> str:
    return _record_page(_load(publication_id))


@registers.route(f"{ONE}/correction", permission=WRITE, methods=["GET", "POST"])
def correct_publication_row(publication_id: int) -> str | Response:
    row = _load(publication_id)
    if request.method == "GET":
        return _correction_page(CorrectPublicationForm(formdata=None, data=_fields_of(row)), row)
    form = CorrectPublicationForm()
    if not form.validate_on_submit():
        return unprocessable(_correction_page(form, row))
    try:
        with form.refusals(), writing() as session:
            correct_publication(
                session,
                entering(),
                row=load_publication(session, actor(), publication_id),
                values=form.values(),
                version=form.version.data or 0,
                reason=form.reason.data,
            )
    except Refused as refused:
        row = _load(publication_id)
        if isinstance(refused.__cause__, StaleVersion):
            form.version.data = row.version
        return unprocessable(_correction_page(form, row))
    flash("已更正，原来的内容保留在修改记录里。", "success")
    return see_other(url_for("registers.show_publication", publication_id=publication_id))


@registers.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_publication_row(publication_id: int) -> str | Response:
    form = VoidRowForm()
    _load(publication_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                void_publication(
                    session,
                    entering(),
                    row=load_publication(session, actor(), publication_id),
                    version=form.version.data or 0,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已作废。编号保留，不再计入任何统计。", "success")
            return see_other(url_for("registers.show_publication", publication_id=publication_id))
    return unprocessable(_record_page(_load(publication_id), form))


def _load(publication_id: int) -> Publication:
    return load_publication(db.session(), actor(), publication_id)


def _fields_of(row: Publication) -> dict[str, Any]:
    names = ("published_on", "title", "level", "outlet", "version")
    return {name: getattr(row, name) for name in names} | {"unit": row.unit_id}


def _page(chosen: PublicationFilter, problems: dict[str, str]) -> str:
    session = db.session()
    asked = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "registers/list_publications.html",
        "registers/_publication_rows.html",
        page=list_publications(session, actor(), chosen, **asked),
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["publications"].at_once,
        problems=problems,
        sentence=chosen.sentence(session),
        total=count_publications(session, actor(), chosen),
        **_choices(chosen),
    )


def _choices(chosen: PublicationFilter) -> dict[str, Any]:
    units = {"units": units_to_step_down(db.session(), actor(), chosen.unit)}
    if wants_part():
        return units
    return units | {
        "levels": PublicationLevel,
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": quick_periods(clock.today()),
    }


def _new_page(form: PublicationForm) -> str:
    return render_template("registers/new_publication.html", form=form, offices=offices())


def _correction_page(form: CorrectPublicationForm, row: Publication) -> str:
    return render_template("registers/correct_publication.html", form=form, row=row, offices=[row.unit])


def _record_page(row: Publication, refused: VoidRowForm | None = None) -> str:
    return render_template(
        "registers/show_publication.html",
        row=row,
        level=PublicationLevel(row.level).label,
        history=history_of(db.session(), "publication", row.id, FIELD_LABELS, FIELD_WORDS),
        void_form=refused or void_form(row.version),
    )
