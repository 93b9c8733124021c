"""One meeting, and its steps: held, final, taken up again, void."""

from collections.abc import Callable
from typing import Any

from flask import flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.meetings.minuting import confirm_meeting, reopen_meeting
from actions.meetings.registering import hold_meeting, void_meeting
from blueprints.meetings import meetings
from blueprints.meetings.forms import ConfirmForm, HoldForm, ReopenForm, VersionedForm, typed
from blueprints.meetings.record_page import meeting_page
from extensions import db
from models.meeting import Meeting
from queries.meeting_scope import load_meeting
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

WRITE, MINUTE = Permission.MEETINGS_WRITE, Permission.MEETINGS_MINUTE
ONE = "/meetings/<int:meeting_id>"


@meetings.route(ONE, permission=Permission.MEETINGS_READ)
def show_meeting(meeting_id: int) -> str:
    return meeting_page(meeting_id)


def take_step(
    meeting_id: int,
    name: str,
    form: VersionedForm,
    act: Callable[[Session, Meeting, dict[str, Any]], Any],
    done: str,
    anchor: str = "",
) -> str | Response:
    """One act on a meeting: the record's page again with 422 where it is refused, 303 to it where it is done."""
    load_meeting(db.session(), actor(), meeting_id)
    if form.validate_on_submit():
        how = {"actor": actor(), "now": clock.now(), "version": form.seen_version}
        try:
            with form.refusals(), writing() as session:
                act(session, load_meeting(session, actor(), meeting_id), how)
        except Refused:
            pass
        else:
            if done:
                flash(done, "success")
            return see_other(url_for("meetings.show_meeting", meeting_id=meeting_id, _anchor=anchor or None))
    return unprocessable(meeting_page(meeting_id, **{name: form}))


@meetings.route(f"{ONE}/holding", permission=WRITE, methods=["POST"], endpoint="set_meeting_held")
def hold(meeting_id: int) -> str | Response:
    form = HoldForm()

    def act(session: Session, meeting: Meeting, how: dict[str, Any]) -> None:
        hold_meeting(
            session,
            meeting=meeting,
            today=clock.today(),
            held_on=form.held_on.data,
            chair=typed(form, "chair"),
            **how,
        )

    return take_step(meeting_id, "hold", form, act, "已登记召开，请接着记录到会情况、研究结果和议定事项。")


@meetings.route(f"{ONE}/minuting", permission=MINUTE, methods=["POST"], endpoint="confirm_meeting")
def minute(meeting_id: int) -> str | Response:
    form = ConfirmForm()

    def act(session: Session, meeting: Meeting, how: dict[str, Any]) -> None:
        confirm_meeting(session, meeting=meeting, **how)

    return take_step(meeting_id, "minute", form, act, "会议记录已定稿，议定事项已交各责任单位。")


@meetings.route(f"{ONE}/reopening", permission=MINUTE, methods=["POST"], endpoint="reopen_meeting")
def reopen(meeting_id: int) -> str | Response:
    form = ReopenForm()

    def act(session: Session, meeting: Meeting, how: dict[str, Any]) -> None:
        reopen_meeting(session, meeting=meeting, reason=form.reason.data or "", **how)

    return take_step(meeting_id, "reopen", form, act, "已退回修改。")


@meetings.route(f"{ONE}/void", permission=WRITE, methods=["POST"], endpoint="void_meeting")
def make_void(meeting_id: int) -> str | Response:
    form = ReopenForm()

    def act(session: Session, meeting: Meeting, how: dict[str, Any]) -> None:
        void_meeting(session, meeting=meeting, reason=form.reason.data or "", **how)

    return take_step(meeting_id, "void", form, act, "已作废。编号保留，不再计入任何统计。")
