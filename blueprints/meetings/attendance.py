"""Who is asked, and who came."""

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.meetings.attendance import set_attendance
from blueprints.meetings import meetings
from blueprints.meetings.forms import AttendanceForm, attendee_values
from extensions import db
from models.meeting import Meeting
from queries.choices import unit_choices
from queries.meeting_scope import load_meeting, meeting_name
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@meetings.route(
    "/meetings/<int:meeting_id>/attendance",
    permission=Permission.MEETINGS_WRITE,
    methods=["GET", "POST"],
)
def edit_attendance(meeting_id: int) -> str | Response:
    row = load_meeting(db.session(), actor(), meeting_id)
    if request.method == "GET":
        form = AttendanceForm(formdata=None, data={"version": row.version})
        form.with_attendees(attendee_values(row))
        return _page(row, form)
    form = AttendanceForm()
    form.with_attendees([], more="more" in request.form)
    if "more" in request.form:
        return _page(row, form)
    if form.is_fine(unit_choices(db.session(), actor().account_id, clock.today())):
        try:
            with form.refusals(), writing() as session:
                set_attendance(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    meeting=load_meeting(session, actor(), meeting_id),
                    version=form.seen_version,
                    attendees=form.as_data(),
                )
        except Refused:
            pass
        else:
            flash("参会情况已保存。", "success")
            return see_other(url_for("meetings.show_meeting", meeting_id=meeting_id, _anchor="attendance"))
    return unprocessable(_page(row, form))


def _page(row: Meeting, form: AttendanceForm) -> str:
    return render_template("meetings/edit_attendance.html", row=row, name=meeting_name(row), form=form)
