"""领导接访: one reception, registering, correcting, voiding."""

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from actions.drafts import drop_draft
from actions.leader_receptions import correct_reception, may_complete, register_reception, void_reception
from blueprints.reception import reception
from blueprints.reception.leader_day_forms import (
    LeaderDayCorrectionForm,
    LeaderDayForm,
    VoidForm,
    fields_of,
    promises_of,
)
from blueprints.reception.village_session_forms import version_of
from blueprints.reception.village_sessions import asked_to_redraw
from extensions import db
from models.leader_reception import LeaderReception
from models.leader_schedule import LeaderSchedule
from queries.choices import Choice, unit_choices
from queries.day_visits import linked_to_reception, visits_of_day
from queries.history import history_of, how_many
from queries.leader_receptions import hours_in_words, leaders_in_scope
from queries.organisation import UnitLine, units_in_scope
from queries.register_filter import day_of, number_of
from queries.scope import load_in_scope
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Permission
from rules.taxonomy import VILLAGE_LEVEL, LeaderReceptionMode
from web import clock
from web.drafts import kept_fields
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

DRAFT = "leader_day"
FIELD_LABELS = {
    "reception_date": "接访日期",
    "starts_at": "开始时间",
    "ends_at": "结束时间",
    "leader_name": "领导姓名",
    "post": "职务",
    "portfolio": "分管工作",
    "mode": "方式",
    "place": "地点",
    "companions": "陪同单位、人员",
    "batches": "批次",
    "persons": "人次",
    "solved": "解决件数",
    "promises": "承诺事项",
    "visits": "关联来访",
    "notes": "备注",
}


def _promises_in_words(lines: list[list[str]]) -> str:
    return "；".join(
        f"{summary}（{'、'.join(part for part in (unit, due and '限' + due, done and done + '落实：' + result) if part)}）"
        for summary, unit, due, result, done in lines
    )


FIELD_WORDS = {
    "mode": lambda code: LeaderReceptionMode(code).label,
    "promises": _promises_in_words,
    "visits": how_many,
}


@reception.route("/reception/leader-days/new", permission=Permission.LEADER_DAYS_WRITE)
def new_leader_day() -> str:
    """The empty form, or what was left half-filled."""
    if kept := kept_fields(actor(), DRAFT) if not request.args else {}:
        typed = MultiDict([(name, value) for name, values in kept.items() for value in values])
        return _new_page(LeaderDayForm(formdata=typed).with_promises([], typed=typed), restored=True)
    values = _scheduled_values() or {"unit": _usual_unit(), "reception_date": _asked_day("date")}
    return _new_page(LeaderDayForm(formdata=None, data=values).with_promises([]))


@reception.route(
    "/reception/leader-days",
    permission=Permission.LEADER_DAYS_WRITE,
    methods=["POST"],
    endpoint="register_leader_day",
    keeps_draft=DRAFT,
)
def register() -> str | Response:
    form = LeaderDayForm().with_promises([], more="more" in request.form)
    if asked_to_redraw():
        return _new_page(form)
    if not form.is_fine(_all_units()):
        return unprocessable(_new_page(form))
    try:
        with form.refusals(), writing() as session:
            row = register_reception(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=form.as_data(),
                submission_key=form.submission_key.data or "",
            )
            drop_draft(session, account_id=actor().account_id, form=DRAFT)
            number, row_id = row.number, row.id
    except Refused:
        return unprocessable(_new_page(form))
    flash(f"已登记 {number}。", "success")
    return see_other(url_for("reception.show_leader_day", reception_id=row_id))


@reception.route("/reception/leader-days/day-visits", permission=Permission.LEADER_DAYS_WRITE)
def show_leader_day_visits() -> str:
    """While choosing the day: the visits that may be linked."""
    form = LeaderDayForm(formdata=None, data={"reception_date": _asked_day("reception_date")})
    return render_template("reception/_leader_day_visits.html", form=form, **_day_visits(form))


@reception.route("/reception/leader-days/<int:reception_id>", permission=Permission.RECEPTION_READ)
def show_leader_day(reception_id: int) -> str:
    return _record_page(_load(reception_id))


@reception.route(
    "/reception/leader-days/<int:reception_id>/correction",
    permission=Permission.LEADER_DAYS_WRITE,
    methods=["GET", "POST"],
)
def correct_leader_day(reception_id: int) -> str | Response:
    row, units = _load(reception_id), _all_units()
    if request.method == "GET":
        linked = [str(v.id) for v in linked_to_reception(db.session(), actor(), row.id)]
        form = LeaderDayCorrectionForm(formdata=None, data=fields_of(row) | {"visits": linked})
        return _correction_page(form.with_promises(promises_of(row, units)), row)
    form = LeaderDayCorrectionForm().with_promises([], more="more" in request.form)
    if asked_to_redraw():
        return _correction_page(form, row)
    if not form.is_fine(units):
        return unprocessable(_correction_page(form, row))
    try:
        with form.refusals(), writing() as session:
            correct_reception(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                row=load_in_scope(session, LeaderReception, actor(), reception_id),
                data=form.as_data(),
                version=version_of(form),
                reason=form.reason.data,
            )
    except Refused as refused:
        stale = isinstance(refused.__cause__, StaleVersion)
        return unprocessable(_correction_page(form, _load(reception_id), stale=stale))
    flash("已更正，原来的内容保留在修改记录里。", "success")
    return see_other(url_for("reception.show_leader_day", reception_id=reception_id))


@reception.route(
    "/reception/leader-days/<int:reception_id>/void",
    permission=Permission.LEADER_DAYS_WRITE,
    methods=["POST"],
)
def void_leader_day(reception_id: int) -> str | Response:
    form = VoidForm()
    _load(reception_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                void_reception(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    row=load_in_scope(session, LeaderReception, actor(), reception_id),
                    version=version_of(form),
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已作废。编号保留，不再计入任何统计。", "success")
            return see_other(url_for("reception.show_leader_day", reception_id=reception_id))
    return unprocessable(_record_page(_load(reception_id), void_form=form))


def _load(reception_id: int) -> LeaderReception:
    return load_in_scope(db.session(), LeaderReception, actor(), reception_id)


def _asked_day(name: str) -> date:
    try:
        return day_of(request.args.get(name, ""), name) or clock.today()
    except RuleViolation:
        return clock.today()


def _scheduled_values() -> dict[str, Any]:
    """What the schedule (接访安排) says of the day in the address; raises NotVisible for one of another office."""
    asked = request.args.get("schedule", "")
    if not asked:
        return {}
    row = load_in_scope(db.session(), LeaderSchedule, actor(), number_of(asked) or 0)
    names = ("starts_at", "ends_at", "leader_name", "post", "portfolio", "mode", "place")
    return {name: getattr(row, name) for name in names} | {"unit": row.unit_id, "reception_date": row.day}


def _usual_unit() -> int:
    """The unit on top of the actor's scope: leaders of the county or of the township."""
    return int(actor().scope_path.rstrip("/").rpartition("/")[2] or 0)


def _offices() -> list[UnitLine]:
    """Units whose leaders receive: all in scope but villages."""
    villages = {c.value for c in VILLAGE_LEVEL}
    return [u for u in units_in_scope(db.session(), actor(), clock.today()) if u.category not in villages]


def _all_units() -> list[Choice]:
    return unit_choices(db.session(), actor().account_id, clock.today())


def _new_page(form: LeaderDayForm, restored: bool = False) -> str:
    context = _form_context(form)
    return render_template("reception/new_leader_day.html", form=form, restored=restored, **context)


def _correction_page(form: LeaderDayCorrectionForm, row: LeaderReception, *, stale: bool = False) -> str:
    """After a refusal as stale, the newer changes stand above the typed content, and saving again is deliberate."""
    if stale:
        form.version.data = row.version
    return render_template(
        "reception/correct_leader_day.html",
        form=form,
        row=row,
        latest=_history(row)[-1:] if stale else [],
        kept={str(p.id) for p in row.promises if p.completed_on},
        **(_form_context(form) | {"offices": [row.unit]}),
    )


def _form_context(form: LeaderDayForm) -> dict[str, Any]:
    return {
        "offices": _offices(),
        "leaders": leaders_in_scope(db.session(), actor(), clock.today()),
        **_day_visits(form),
    }


def _day_visits(form: LeaderDayForm) -> dict[str, Any]:
    day = form.reception_date.data
    return {"day_visits": visits_of_day(db.session(), actor(), day) if day else None}


def _record_page(row: LeaderReception, void_form: VoidForm | None = None) -> str:
    completable = {p.id for p in row.promises if may_complete(actor(), row.unit, p.responsible_unit)}
    return render_template(
        "reception/show_leader_day.html",
        row=row,
        mode=LeaderReceptionMode(row.mode).label,
        hours=hours_in_words(row.starts_at, row.ends_at),
        linked=linked_to_reception(db.session(), actor(), row.id),
        completable=completable,
        history=_history(row),
        void_form=void_form or VoidForm(formdata=None, data={"version": row.version}),
    )


def _history(row: LeaderReception) -> list[Any]:
    return history_of(db.session(), "leader_reception", row.id, FIELD_LABELS, FIELD_WORDS)
