"""After the meeting: what came of each item, and what was decided."""

from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.meetings.recording import record_meeting as record
from blueprints.meetings import meetings
from blueprints.meetings.forms import RecordForm, decision_values
from blueprints.meetings.record_page import bodies_of
from extensions import db
from models.meeting import Meeting, MeetingItem
from queries.choices import unit_choices
from queries.meeting_scope import load_meeting, meeting_name, shown_item_ids
from rules.meeting_rules import MeetingVerb, why_not
from rules.meeting_words import MeetingState
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@meetings.route(
    "/meetings/<int:meeting_id>/record", permission=Permission.MEETINGS_WRITE, methods=["GET", "POST"]
)
def record_meeting(meeting_id: int) -> str | Response:
    row, items, shown = _loaded(meeting_id)
    if request.method == "GET":
        return _page(row, items, _form(row, items, shown))
    form = RecordForm()
    form.with_items(items, bodies_of(row))
    form.with_decisions([], more="more" in request.form, items=items)
    if "more" in request.form:
        return _page(row, items, form)
    if form.is_fine(unit_choices(db.session(), actor().account_id, clock.today())):
        try:
            with form.refusals(), writing() as session:
                record(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    meeting=load_meeting(session, actor(), meeting_id),
                    version=form.seen_version,
                    outcomes=form.outcomes(),
                    decisions=form.decision_data(),
                )
        except Refused:
            row, items, _shown = _loaded(meeting_id)
        else:
            flash("会议记录已保存。核对后请定稿，定稿后议定事项才交给责任单位。", "success")
            return see_other(url_for("meetings.show_meeting", meeting_id=meeting_id))
    return unprocessable(_page(row, items, form))


def _loaded(meeting_id: int) -> tuple[Meeting, list[MeetingItem], frozenset[int]]:
    row = load_meeting(db.session(), actor(), meeting_id)
    shown = shown_item_ids(db.session(), actor(), row)
    return row, [item for item in row.items if item.id in shown], shown


def _form(row: Meeting, items: list[MeetingItem], shown: frozenset[int]) -> RecordForm:
    form = RecordForm(formdata=None, data={"version": row.version})
    form.with_items(items, bodies_of(row))
    form.with_decisions(decision_values(row, shown), items=items)
    return form


def _page(row: Meeting, items: list[MeetingItem], form: RecordForm) -> str:
    context: dict[str, Any] = {
        "refusal": "会议已作废。" if row.is_void else why_not(MeetingVerb.RECORD, MeetingState(row.state))
    }
    return render_template(
        "meetings/record_meeting.html",
        row=row,
        name=meeting_name(row),
        items=[item for item in items if item.id in form.items],
        form=form,
        has_above=bool(bodies_of(row)),
        **context,
    )
