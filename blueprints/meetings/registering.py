"""Planning or logging a meeting on one screen, correcting its head."""

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.meetings.registering import correct_meeting, register_meeting
from blueprints.meetings import meetings
from blueprints.meetings.forms import HeadCorrectionForm, MeetingForm, head_values
from extensions import db
from queries.choices import unit_choices
from queries.meeting_scope import load_meeting
from queries.organisation import UnitLine, units_in_scope
from queries.register_filter import day_of, number_of
from rules.errors import RuleViolation, StaleVersion
from rules.meeting_rules import kinds_at, level_of
from rules.meeting_words import MeetingKind, MeetingState
from rules.roles import Permission
from rules.taxonomy import UnitCategory
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

WRITE = Permission.MEETINGS_WRITE


@meetings.route("/meetings/new", permission=WRITE)
def new_meeting() -> str:
    state = MeetingState.PLANNED if request.args.get("plan") == "1" else MeetingState.HELD
    values = {"unit": _asked_unit(), "held_on": _asked_day(), "state": state.value}
    form = MeetingForm(formdata=None, data=values)
    form.with_decisions([])
    return _new_page(form)


@meetings.route("/meetings", permission=WRITE, methods=["POST"], endpoint="register_meeting")
def register() -> str | Response:
    form = MeetingForm()
    form.with_decisions([], more="more" in request.form)
    if "more" in request.form:
        return _new_page(form)
    if not form.is_fine(unit_choices(db.session(), actor().account_id, clock.today())):
        return unprocessable(_new_page(form))
    try:
        with form.refusals(), writing() as session:
            row = register_meeting(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=form.as_data(),
                submission_key=form.submission_key.data or "",
            )
            number, row_id = row.number, row.id
    except Refused:
        return unprocessable(_new_page(form))
    flash(f"已登记 {number}。", "success")
    return see_other(url_for("meetings.show_meeting", meeting_id=row_id))


@meetings.route("/meetings/<int:meeting_id>/correction", permission=WRITE, methods=["GET", "POST"])
def correct_meeting_head(meeting_id: int) -> str | Response:
    row = load_meeting(db.session(), actor(), meeting_id)
    if request.method == "GET":
        form = HeadCorrectionForm(formdata=None, data=head_values(row))
        return render_template("meetings/correct_meeting_head.html", form=form, row=row, **_choices())
    form = HeadCorrectionForm()
    if all([form.validate_on_submit(), form.kind_is_known()]):
        try:
            with form.refusals(), writing() as session:
                correct_meeting(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    meeting=load_meeting(session, actor(), meeting_id),
                    data=form.head(),
                    version=form.seen_version,
                    reason=form.reason.data or "",
                )
        except Refused as refused:
            row = load_meeting(db.session(), actor(), meeting_id)
            if isinstance(refused.__cause__, StaleVersion):
                form.version.data = str(row.version)
        else:
            flash("已更正，原来的内容保留在记录里。", "success")
            return see_other(url_for("meetings.show_meeting", meeting_id=meeting_id))
    return unprocessable(
        render_template("meetings/correct_meeting_head.html", form=form, row=row, **_choices())
    )


def _new_page(form: MeetingForm) -> str:
    return render_template("meetings/new_meeting.html", form=form, **_choices())


def _choices() -> dict[str, Any]:
    holders = _holders()
    levels = {level_of(UnitCategory(unit.category)) for unit in holders}
    kinds = {kind for level in levels if level for kind in kinds_at(level)}
    return {
        "offices": holders,
        "kinds": [(kind.value, kind.label) for kind in MeetingKind if kind in kinds],
    }


def _holders() -> list[UnitLine]:
    """Units in scope that hold such meetings; departments and villages do not."""
    lines = units_in_scope(db.session(), actor(), clock.today())
    return [line for line in lines if level_of(UnitCategory(line.category)) is not None]


def _asked_unit() -> int:
    """The unit of the address, else the actor's own, else the first that may."""
    ids = [unit.id for unit in _holders()]
    for wanted in (number_of(request.args.get("unit", "")), actor().unit_id):
        if wanted in ids:
            return wanted
    return ids[0] if ids else 0


def _asked_day() -> date:
    try:
        return day_of(request.args.get("date", ""), "date") or clock.today()
    except RuleViolation:
        return clock.today()
