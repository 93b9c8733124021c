"""接访安排: many days of one office and month in one table, for typing."""

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.leader_schedule import schedule_month
from blueprints.reception import reception
from blueprints.reception.leader_schedule import leaders, offices, usual_place
from blueprints.reception.leader_schedule_forms import MonthForm
from blueprints.reception.village_sessions import asked_to_redraw
from extensions import db
from models.organisation import Unit
from queries.leader_schedule import last_roster, live_schedule, this_month, usual_office
from queries.register_filter import number_of
from queries.scope import load_unit
from rules.errors import RuleViolation
from rules.periods import ONE_DAY, Period
from rules.roles import Permission
from rules.schedule_rules import month_of
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@reception.route(
    "/reception/leader-schedule/month", permission=Permission.LEADER_DAYS_WRITE, methods=["GET", "POST"]
)
def enter_leader_schedule() -> str | Response:
    """A month of one office as rows of one table: all are saved, or none."""
    unit, month = _asked_office(), _asked_month()
    if request.method == "GET":
        form = MonthForm(formdata=None, data={"unit": unit.id, "month": month.text} | usual_place(unit.id))
        return _page(form.with_rows(last_roster(db.session(), unit.id)), unit, month)
    form = MonthForm()
    form.unit.data, form.month.data = unit.id, month.text
    form.with_rows(last_roster(db.session(), unit.id), more="more" in request.form)
    if asked_to_redraw():
        return _page(form, unit, month)
    if not form.is_fine():
        return unprocessable(_page(form, unit, month))
    try:
        with form.refusals(), writing() as session:
            count = schedule_month(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                rows=form.as_data(),
                submission_key=form.submission_key.data or "",
            )
    except Refused:
        return unprocessable(_page(form, _asked_office(), month))
    flash(
        f"已安排 {month.label} {count} 次接访。" if count else "这张表已经保存过，没有重复安排。", "success"
    )
    return see_other(url_for("reception.list_leader_schedule", unit=unit.id, month=month.text))


def _asked_office() -> Unit:
    """The unit in the address, else the actor's own office. Raises NotVisible."""
    asked = request.args.get("unit", "")
    unit_id = (number_of(asked) or 0) if asked else usual_office(db.session(), actor()).id
    return load_unit(db.session(), actor(), unit_id)


def _asked_month() -> Period:
    """The month in the address; the next one where there is none, for schedules are made ahead."""
    try:
        return month_of(request.args.get("month", ""))
    except RuleViolation:
        return next_month()


def next_month() -> Period:
    return this_month(this_month(clock.today()).end + ONE_DAY)


def _page(form: MonthForm, unit: Unit, month: Period) -> str:
    return render_template(
        "reception/enter_leader_schedule.html",
        form=form,
        unit=unit,
        month=month,
        offices=offices(),
        leaders=leaders(),
        present=live_schedule(db.session(), unit.id, month.start, month.end),
    )
