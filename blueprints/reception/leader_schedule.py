"""接访安排: one leader's day, adding, reading, correcting."""

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.leader_schedule import correct_scheduled, schedule_day
from blueprints.reception import reception
from blueprints.reception.leader_schedule_forms import (
    PostponeForm,
    ScheduledCorrectionForm,
    ScheduledForm,
    SwapForm,
    VoidForm,
    fields_of,
)
from blueprints.reception.leader_schedule_list import may_schedule
from blueprints.reception.village_session_forms import version_of
from extensions import db
from models.leader_schedule import LeaderSchedule
from queries.history import history_of
from queries.leader_receptions import hours_in_words, leaders_in_scope
from queries.leader_schedule import last_roster, load_scheduled, reception_of, swappable, usual_office
from queries.organisation import UnitLine, units_in_scope
from queries.register_filter import day_of, number_of
from queries.scope import load_in_scope
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Permission
from rules.taxonomy import VILLAGE_LEVEL, LeaderReceptionMode
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.template_filters import weekday
from web.unit_of_work import writing

FIELD_LABELS = {
    "day": "接访日期",
    "starts_at": "开始时间",
    "ends_at": "结束时间",
    "leader_name": "领导姓名",
    "post": "职务",
    "portfolio": "分管工作",
    "mode": "方式",
    "place": "地点",
    "telephone": "联系电话",
    "notes": "备注",
}
FIELD_WORDS = {
    "mode": lambda code: LeaderReceptionMode(code).label,
    "starts_at": lambda text: text[:5],
    "ends_at": lambda text: text[:5],
}


@reception.route(
    "/reception/leader-schedule/new", permission=Permission.LEADER_DAYS_WRITE, methods=["GET", "POST"]
)
def new_leader_schedule() -> str | Response:
    if request.method == "GET":
        return _new_page(ScheduledForm(formdata=None, data=_usual_values()))
    form = ScheduledForm()
    if not form.validate_on_submit():
        return unprocessable(_new_page(form))
    try:
        with form.refusals(), writing() as session:
            row = schedule_day(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=form.as_data(),
                submission_key=form.submission_key.data or "",
            )
            label, address = row.label, month_address(row)
    except Refused:
        return unprocessable(_new_page(form))
    flash(f"已安排 {label}。", "success")
    return see_other(address)


@reception.route("/reception/leader-schedule/<int:schedule_id>", permission=Permission.RECEPTION_READ)
def show_leader_schedule(schedule_id: int) -> str:
    return record_page(load_scheduled(db.session(), actor(), schedule_id))


@reception.route(
    "/reception/leader-schedule/<int:schedule_id>/correction",
    permission=Permission.LEADER_DAYS_WRITE,
    methods=["GET", "POST"],
)
def correct_leader_schedule(schedule_id: int) -> str | Response:
    row = own_row(schedule_id)
    if request.method == "GET":
        return _correction_page(ScheduledCorrectionForm(formdata=None, data=fields_of(row)), row)
    form = ScheduledCorrectionForm()
    if not form.validate_on_submit():
        return unprocessable(_correction_page(form, row))
    try:
        with form.refusals(), writing() as session:
            correct_scheduled(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                row=load_in_scope(session, LeaderSchedule, actor(), schedule_id),
                data=form.as_data(),
                version=version_of(form),
                reason=form.reason.data,
            )
    except Refused as refused:
        stale = isinstance(refused.__cause__, StaleVersion)
        return unprocessable(_correction_page(form, own_row(schedule_id), stale=stale))
    flash("已更正，原来的内容保留在修改记录里。", "success")
    return see_other(url_for("reception.show_leader_schedule", schedule_id=schedule_id))


def own_row(schedule_id: int) -> LeaderSchedule:
    """One that the actor may change. Raises NotVisible."""
    row: LeaderSchedule = load_in_scope(db.session(), LeaderSchedule, actor(), schedule_id)
    return row


def month_address(row: LeaderSchedule) -> str:
    return url_for("reception.list_leader_schedule", unit=row.unit_id, month=f"{row.day:%Y-%m}")


def record_page(
    row: LeaderSchedule,
    *,
    void_form: VoidForm | None = None,
    postpone_form: PostponeForm | None = None,
    swap_form: SwapForm | None = None,
) -> str:
    """The page of one day; a form that was refused is shown open, with what was typed."""
    may_change = may_schedule(row.unit) and not row.is_void
    held = reception_of(db.session(), actor(), row)
    fresh: dict[str, Any] = {"formdata": None, "data": {"version": row.version}}
    return render_template(
        "reception/show_leader_schedule.html",
        row=row,
        mode=LeaderReceptionMode(row.mode).label,
        hours=hours_in_words(row.starts_at, row.ends_at),
        held=held,
        may_change=may_change,
        may_move=may_change and held is None,
        history=_history(row),
        back=month_address(row),
        void_form=void_form or VoidForm(**fresh),
        postpone_form=postpone_form or PostponeForm(**fresh),
        swap_form=swap_form or swap_choices(SwapForm(**fresh), row),
    )


def swap_choices(form: SwapForm, row: LeaderSchedule) -> SwapForm:
    others = swappable(db.session(), actor(), row)
    words = {o.id: f"{o.day} {weekday(o.day)} {o.leader_name} {o.post}".strip() for o in others}
    return form.offering(others, words)


def _usual_values() -> dict[str, Any]:
    """The office's usual hours, place and telephone, and what the address names."""
    unit_id = number_of(request.args.get("unit", "")) or usual_office(db.session(), actor()).id
    return {"unit": unit_id, "day": _asked_day()} | usual_place(unit_id)


def usual_place(unit_id: int) -> dict[str, Any]:
    """Hours, place and telephone of the first day of the last roster."""
    roster = last_roster(db.session(), unit_id)
    names = ("starts_at", "ends_at", "place", "telephone")
    return {name: getattr(roster[0], name) for name in names} if roster else {}


def _asked_day() -> date | None:
    try:
        return day_of(request.args.get("day", ""), "day")
    except RuleViolation:
        return None


def offices() -> list[UnitLine]:
    """Those whose days the actor may plan."""
    villages = {c.value for c in VILLAGE_LEVEL}
    return [u for u in units_in_scope(db.session(), actor(), clock.today()) if u.category not in villages]


def leaders() -> list[tuple[str, str]]:
    return leaders_in_scope(db.session(), actor(), clock.today())


def _new_page(form: ScheduledForm) -> str:
    return render_template(
        "reception/new_leader_schedule.html", form=form, offices=offices(), leaders=leaders()
    )


def _correction_page(form: ScheduledCorrectionForm, row: LeaderSchedule, *, stale: bool = False) -> str:
    """After a refusal as stale, the newer changes stand above the typed content, and saving again is deliberate."""
    if stale:
        form.version.data = row.version
    return render_template(
        "reception/correct_leader_schedule.html",
        form=form,
        row=row,
        latest=_history(row)[-1:] if stale else [],
        offices=[row.unit],
        leaders=leaders(),
    )


def _history(row: LeaderSchedule) -> list[Any]:
    return history_of(db.session(), "leader_schedule", row.id, FIELD_LABELS, FIELD_WORDS)
