"""The tree of units."""

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.organisation import UnitData, close_unit, create_unit, edit_unit, reopen_unit
from blueprints.staff import staff
from blueprints.staff.forms import (
    UnitClosingForm,
    UnitEditForm,
    UnitForm,
    VersionedForm,
    unit_options,
)
from extensions import db
from models.organisation import Unit
from queries.history import history_of
from queries.organisation import (
    found_units,
    in_the_way_of_closing,
    running_petitions,
    unit_by_id,
    units_to_choose,
    whole_tree,
)
from queries.register_filter import number_of
from rules.roles import Permission
from rules.taxonomy import UnitCategory
from rules.unit_rules import may_become
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

LABELS = {
    "name": "名称",
    "short_name": "简称",
    "category": "类别",
    "sort_order": "排序",
    "telephone": "办公电话",
    "valid_to": "撤销日期",
    "successor_id": "承接单位",
}


@staff.route("/staff/units", permission=Permission.ORGANISATION)
def list_units() -> str:
    q = " ".join(request.args.get("q", "").split())[:40]
    closed = request.args.get("closed") == "1"
    session, today = db.session(), clock.today()
    return render_template(
        "staff/list_units.html",
        q=q,
        closed=closed,
        found=found_units(session, today, q) if q else None,
        tree=whole_tree(session, today, closed=closed),
        category=UnitCategory,
    )


@staff.route("/staff/units/new", permission=Permission.ORGANISATION, methods=["GET", "POST"])
def new_unit() -> str | Response:
    parent_id = number_of(request.args.get("parent"))
    form = UnitForm(parent=str(parent_id or ""))
    form.parent.choices = unit_options(
        units_to_choose(db.session(), clock.today()), "（无：最上级机构或外部单位）"
    )
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                unit_id = create_unit(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    code=form.code.data,
                    name=form.name.data,
                    category=UnitCategory(form.category.data),
                    parent=_unit(form.parent.data),
                    short_name=form.short_name.data,
                    sort_order=form.sort_order.data,
                    telephone=form.telephone.data,
                ).id
        except Refused:
            pass
        else:
            flash(f"已新增{form.name.data}。", "success")
            return see_other(url_for("staff.show_unit", unit_id=unit_id))
    page = render_template("staff/new_unit.html", form=form)
    return unprocessable(page) if form.errors or form.form_errors else page


@staff.route("/staff/units/<int:unit_id>", permission=Permission.ORGANISATION)
def show_unit(unit_id: int) -> str:
    return _show(
        unit_by_id(db.session(), unit_id),
        VersionedForm(
            "reopen", formdata=None, data={"version": str(unit_by_id(db.session(), unit_id).version)}
        ),
    )


@staff.route(
    "/staff/units/<int:unit_id>/edit",
    permission=Permission.ORGANISATION,
    methods=["GET", "POST"],
    endpoint="edit_unit",
)
def edit(unit_id: int) -> str | Response:
    unit = unit_by_id(db.session(), unit_id)
    form = UnitEditForm(obj=unit)
    form.category.choices = [(c.value, c.label) for c in may_become(UnitCategory(unit.category))]
    if form.validate_on_submit():
        data = UnitData(
            name=form.name.data,
            category=UnitCategory(form.category.data),
            short_name=form.short_name.data,
            sort_order=form.sort_order.data,
            telephone=form.telephone.data,
        )
        try:
            with form.refusals(), writing() as session:
                edit_unit(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    unit=unit_by_id(session, unit_id),
                    version=form.expected,
                    data=data,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已保存。", "success")
            return see_other(url_for("staff.show_unit", unit_id=unit_id))
    page = render_template("staff/edit_unit.html", form=form, unit=unit)
    return unprocessable(page) if form.errors or form.form_errors else page


@staff.route(
    "/staff/units/<int:unit_id>/closing",
    permission=Permission.ORGANISATION,
    methods=["GET", "POST"],
    endpoint="close_unit",
)
def close(unit_id: int) -> str | Response:
    unit = unit_by_id(db.session(), unit_id)
    form = UnitClosingForm(version=unit.version, last_day=clock.today())
    others = [(u, d) for u, d in units_to_choose(db.session(), clock.today()) if u.id != unit_id]
    form.successor.choices = unit_options(others, "（没有承接单位）")
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                close_unit(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    unit=unit_by_id(session, unit_id),
                    version=form.expected,
                    last_day=form.last_day.data,
                    successor=_unit(form.successor.data),
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已撤销；原有登记保留在这个机构名下。", "success")
            return see_other(url_for("staff.show_unit", unit_id=unit_id))
    remaining = in_the_way_of_closing(db.session(), unit, clock.today())
    page = render_template(
        "staff/close_unit.html",
        form=form,
        unit=unit,
        remaining=remaining,
        running=running_petitions(db.session(), unit),
    )
    return unprocessable(page) if form.errors or form.form_errors else page


@staff.route(
    "/staff/units/<int:unit_id>/reopening",
    permission=Permission.ORGANISATION,
    methods=["POST"],
    endpoint="reopen_unit",
)
def reopen(unit_id: int) -> Response:
    form = VersionedForm("reopen")
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                reopen_unit(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    unit=unit_by_id(session, unit_id),
                    version=form.expected,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已恢复。", "success")
            return see_other(url_for("staff.show_unit", unit_id=unit_id))
    return unprocessable(_show(unit_by_id(db.session(), unit_id), form))


def _show(unit: Unit, reopen_form: VersionedForm) -> str:
    session, today = db.session(), clock.today()
    words = {"category": lambda code: UnitCategory(code).label, "successor_id": _label_of}
    return render_template(
        "staff/show_unit.html",
        unit=unit,
        is_open=unit.is_open(today),
        category=UnitCategory(unit.category).label,
        changes=history_of(session, "unit", unit.id, LABELS, words),
        reopen_form=reopen_form,
    )


def _unit(value: str | None) -> Unit | None:
    unit_id = number_of(value)
    return unit_by_id(db.session(), unit_id) if unit_id else None


def _label_of(unit_id: int) -> str:
    return unit_by_id(db.session(), unit_id).label
