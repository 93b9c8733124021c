"""班次设置: the rotas in reach, a new one from a preset, its settings and posts, closing it."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from actions.roster_schemes import change_scheme, close_scheme, make_scheme
from blueprints.duty import duty
from blueprints.duty.scheme_forms import SchemeForm, preset_fields, scheme_fields
from extensions import db
from models.organisation import Unit
from models.roster import RosterScheme
from queries.history import history_of
from queries.register_filter import number_of
from queries.roster_schemes import (
    live_posts,
    load_scheme,
    offices_with_rotas,
    scheme_lines,
    villages_of,
    whole_scheme,
)
from queries.rosters import own_office
from queries.scope import load_unit
from rules.errors import StaleVersion
from rules.roles import Permission
from rules.roster_presets import PRESETS, Preset, village_posts
from rules.roster_words import Pattern, RosterKind
from web import clock
from web.form_fields import ReasonForm, Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

HISTORY = {
    "name": "名称",
    "pattern": "哪些天",
    "pattern_days": "日子",
    "puts_off": "遇节假日顺延",
    "rest_hours": "休息小时",
    "most_in_row": "最多连续天数",
    "place": "地点",
    "telephone": "值班电话",
    "posts": "岗位",
    "members": "人员",
    "pairs": "搭班",
}
HISTORY_WORDS = {"pattern": lambda code: Pattern(code).label}


class ClosingForm(ReasonForm):
    version = HiddenField()


@duty.route("/duty/schemes", permission=Permission.DUTY_PLAN)
def list_schemes() -> str:
    """The rotas of the units in scope; those of the own desk first in the choice of a new one."""
    closed = request.args.get("closed") == "1"
    return render_template(
        "duty/list_schemes.html",
        lines=scheme_lines(db.session(), actor(), closed=closed),
        closed=closed,
        presets=PRESETS,
        unit=own_office(db.session(), actor()),
    )


@duty.route("/duty/schemes/new", permission=Permission.DUTY_PLAN, methods=["GET", "POST"])
def new_scheme() -> str | Response:
    preset = _asked_preset()
    if request.method == "GET":
        unit = _asked_unit()
        values, rows = preset_fields(preset, _posts_of(preset, unit))
        values |= {"unit": unit.id, "period": request.args.get("period", ""), "telephone": unit.telephone}
        return _new_page(
            SchemeForm(formdata=None, data=values).with_rows(_with_villages(rows, preset, unit)), preset
        )
    form = SchemeForm().with_rows([], more="more" in request.form)
    form.kind.data = preset.kind.value
    if "more" in request.form:
        return _new_page(form, preset)
    if not form.is_fine():
        return unprocessable(_new_page(form, preset))
    try:
        with form.refusals(), writing() as session:
            scheme = make_scheme(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=form.as_data(),
                submission_key=form.submission_key.data or "",
            )
            name, scheme_id = scheme.name, scheme.id
    except Refused:
        return unprocessable(_new_page(form, preset))
    flash(f"已新建“{name}”，下一步选参加值班的人。", "success")
    return see_other(url_for("duty.edit_scheme_members", scheme_id=scheme_id))


@duty.route("/duty/schemes/<int:scheme_id>", permission=Permission.DUTY_PLAN, methods=["GET", "POST"])
def edit_scheme(scheme_id: int) -> str | Response:
    scheme = opened_scheme(scheme_id)
    values, rows = scheme_fields(scheme, live_posts(scheme))
    if request.method == "GET":
        return _edit_page(SchemeForm(formdata=None, data=values).with_rows(rows), scheme)
    form = SchemeForm().with_rows(rows, more="more" in request.form)
    form.unit.data, form.kind.data = scheme.unit_id, scheme.kind
    if "more" in request.form:
        return _edit_page(form, scheme)
    if not form.is_fine():
        return unprocessable(_edit_page(form, scheme))
    try:
        with form.refusals(), writing() as session:
            change_scheme(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                scheme=load_scheme(session, actor(), scheme_id),
                version=number_of(form.version.data) or 0,
                data=form.as_data(),
            )
    except Refused as refused:
        return unprocessable(_edit_page(form, opened_scheme(scheme_id), refused=refused))
    flash("已保存。已发布的班表不变，重新排班时按新的设置。", "success")
    return see_other(url_for("duty.edit_scheme", scheme_id=scheme_id))


@duty.route("/duty/schemes/<int:scheme_id>/closing", permission=Permission.DUTY_PLAN, methods=["POST"])
def close_roster_scheme(scheme_id: int) -> str | Response:
    form = ClosingForm()
    scheme = opened_scheme(scheme_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                close_scheme(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    scheme=load_scheme(session, actor(), scheme_id),
                    version=number_of(form.version.data) or 0,
                    reason=form.reason.data,
                )
        except Refused as refused:
            scheme = opened_scheme(scheme_id)
            renew(form, scheme, refused)
        else:
            flash("已停用；已发布的班表照旧。", "success")
            return see_other(url_for("duty.list_schemes"))
    return unprocessable(_edit_page(_fresh(scheme), scheme, closing=form))


def opened_scheme(scheme_id: int) -> RosterScheme:
    """In scope, with all that belongs to it. Raises NotVisible."""
    return whole_scheme(db.session(), load_scheme(db.session(), actor(), scheme_id).id)


def renew(form: Any, scheme: RosterScheme, refused: Refused) -> None:
    """After a refusal as stale the page shows the newer state, so that saving again is deliberate."""
    if isinstance(refused.__cause__, StaleVersion):
        form.version.data = str(scheme.version)


def scheme_history(scheme: RosterScheme) -> list[Any]:
    return history_of(db.session(), "roster_scheme", scheme.id, HISTORY, HISTORY_WORDS)


def _fresh(scheme: RosterScheme) -> SchemeForm:
    """The stored settings beside another form of the page that was refused."""
    values, rows = scheme_fields(scheme, live_posts(scheme))
    return SchemeForm(formdata=None, data=values).with_rows(rows, posted=False)


def _asked_preset() -> Preset:
    kind = request.values.get("kind", "")
    if kind not in {k.value for k in RosterKind}:
        abort(404)
    return PRESETS[RosterKind(kind)]


def _asked_unit() -> Unit:
    """The unit in the address, else the own office. Raises NotVisible."""
    asked = request.values.get("unit", "")
    if not asked:
        return own_office(db.session(), actor())
    return load_unit(db.session(), actor(), number_of(asked) or 0)


def _posts_of(preset: Preset, unit: Unit) -> tuple[Any, ...]:
    if preset.kind is not RosterKind.VILLAGE:
        return preset.posts
    return village_posts(tuple(v.label for v in villages_of(db.session(), unit.id, clock.today())))


def _with_villages(rows: list[dict[str, Any]], preset: Preset, unit: Unit) -> list[dict[str, Any]]:
    if preset.kind is not RosterKind.VILLAGE:
        return rows
    villages = villages_of(db.session(), unit.id, clock.today())
    return [row | {"at_unit": str(village.id)} for row, village in zip(rows, villages, strict=True)]


def _new_page(form: SchemeForm, preset: Preset) -> str:
    return render_template(
        "duty/new_scheme.html",
        form=form,
        preset=preset,
        offices=offices_with_rotas(db.session(), actor(), clock.today()),
    )


def _edit_page(
    form: SchemeForm,
    scheme: RosterScheme,
    *,
    refused: Refused | None = None,
    closing: ClosingForm | None = None,
) -> str:
    if refused is not None:
        renew(form, scheme, refused)
    history = scheme_history(scheme)
    return render_template(
        "duty/edit_scheme.html",
        form=form,
        scheme=scheme,
        kind=RosterKind(scheme.kind),
        preset=PRESETS[RosterKind(scheme.kind)],
        offices=[scheme.unit],
        history=history,
        latest=history[-1:] if refused is not None and isinstance(refused.__cause__, StaleVersion) else [],
        closing=closing or ClosingForm(formdata=None, data={"version": scheme.version}),
    )
