"""议程: what is put on it, in which order, what is taken off again."""

from typing import Any

from flask import flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.meetings.agenda import NewItem, add_items, drop_item, move_item
from blueprints.meetings import meetings
from blueprints.meetings.forms import AgendaForm, MoveForm, typed
from blueprints.meetings.steps import take_step
from extensions import db
from models.meeting import Meeting
from queries.choices import unit_choices
from queries.meeting_agenda import offered
from queries.meeting_scope import load_meeting, meeting_name, shown_item_ids
from queries.petition_scope import petition_numbered
from rules.errors import NotVisible, RuleViolation
from rules.meeting_rules import MeetingVerb, why_not
from rules.meeting_words import MeetingState
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

WRITE = Permission.MEETINGS_WRITE
ONE = "/meetings/<int:meeting_id>"


@meetings.route(f"{ONE}/agenda", permission=WRITE, methods=["GET", "POST"])
def edit_agenda(meeting_id: int) -> str | Response:
    row = load_meeting(db.session(), actor(), meeting_id)
    if request.method == "GET":
        form = AgendaForm(formdata=None, data={"version": row.version})
        form.with_topics()
        return _page(row, form)
    form = AgendaForm()
    form.with_topics(more="more" in request.form)
    if "more" in request.form:
        return _page(row, form)
    if form.is_fine(unit_choices(db.session(), actor().account_id, clock.today())):
        try:
            with form.refusals(), writing() as session:
                _add(session, load_meeting(session, actor(), meeting_id), form)
        except Refused:
            pass
        else:
            flash("已列入议程。", "success")
            return see_other(url_for("meetings.show_meeting", meeting_id=meeting_id, _anchor="agenda"))
    return unprocessable(_page(load_meeting(db.session(), actor(), meeting_id), form))


@meetings.route(f"{ONE}/items/<int:item_id>/move", permission=WRITE, methods=["POST"])
def move_agenda_item(meeting_id: int, item_id: int) -> str | Response:
    form = MoveForm()
    _require_item(meeting_id, item_id)

    def act(session: Session, meeting: Meeting, how: dict[str, Any]) -> None:
        move_item(session, meeting=meeting, item_id=item_id, is_up=form.way.data == "up", **how)

    return take_step(meeting_id, "agenda", form, act, "", anchor="agenda")


@meetings.route(f"{ONE}/items/<int:item_id>/removal", permission=WRITE, methods=["POST"])
def drop_agenda_item(meeting_id: int, item_id: int) -> str | Response:
    form = MoveForm()
    _require_item(meeting_id, item_id)

    def act(session: Session, meeting: Meeting, how: dict[str, Any]) -> None:
        drop_item(session, meeting=meeting, item_id=item_id, **how)

    return take_step(meeting_id, "agenda", form, act, "已从议程撤下。", anchor="agenda")


def _require_item(meeting_id: int, item_id: int) -> None:
    """Raises NotVisible."""
    row = load_meeting(db.session(), actor(), meeting_id)
    if item_id not in shown_item_ids(db.session(), actor(), row):
        raise NotVisible("meeting_item")


def _add(session: Session, meeting: Meeting, form: AgendaForm) -> None:
    items = form.ticked()
    if number := typed(form, "number"):
        petition = petition_numbered(session, actor(), number)
        if petition is None:
            raise RuleViolation("没有找到这个编号的信访事项。", "number")
        items.append(NewItem(petition_id=petition.id, field="number"))
    add_items(
        session,
        actor=actor(),
        now=clock.now(),
        meeting=meeting,
        version=form.seen_version,
        items=items,
    )


def _page(row: Meeting, form: AgendaForm) -> str:
    return render_template(
        "meetings/edit_agenda.html",
        row=row,
        name=meeting_name(row),
        form=form,
        offered=offered(db.session(), actor(), row, clock.today()),
        refusal="会议已作废。"
        if row.is_void
        else why_not(MeetingVerb.PUT_ON_AGENDA, MeetingState(row.state)),
    )
