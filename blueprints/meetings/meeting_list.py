"""The register of joint meetings: page, sheet, printed register."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.meetings import meetings
from extensions import db
from queries.meeting_escalations import count_waiting
from queries.meeting_quota import quota_board
from queries.meetings import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    MeetingFilter,
    all_meetings,
    count_by_state,
    count_meetings,
    list_meetings,
)
from queries.organisation import units_to_step_down
from rules.errors import RuleViolation
from rules.meeting_words import MeetingKind, MeetingLevel, MeetingState
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.registers.meetings import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long

READ = Permission.MEETINGS_READ


@meetings.route("/meetings", permission=READ, endpoint="list_meetings")
def show_list() -> str | Response:
    try:
        chosen = MeetingFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(MeetingFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = all_meetings(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("meetings.list_meetings", **chosen.to_args()))
        return xlsx_answer(register_sheet("联席会议", COLUMNS, rows), f"联席会议_{clock.today()}")
    return _page(chosen, {})


@meetings.route("/meetings.pdf", permission=READ)
def print_meetings() -> Response:
    """The same rows as a printed register."""
    return print_list("meetings", "meetings.list_meetings")


def _page(chosen: MeetingFilter, problems: dict[str, str]) -> str:
    session = db.session()
    cursors = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "meetings/list_meetings.html",
        "meetings/_meeting_rows.html",
        page=list_meetings(session, actor(), chosen, **cursors),
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["meetings"].at_once,
        problems=problems,
        sentence=chosen.sentence(session),
        total=count_meetings(session, actor(), chosen),
        tabs_leave_out=bool(chosen.to_args().keys() - {"state", "sort", "mine"}),
        **_choices(chosen),
    )


def _choices(chosen: MeetingFilter) -> dict[str, Any]:
    always = {
        "units": units_to_step_down(db.session(), actor(), chosen.unit),
        "tabs": MeetingState,
        "counts": count_by_state(db.session(), actor(), mine=chosen.mine),
    }
    if wants_part():
        return always
    today = clock.today()
    return always | {
        "levels": MeetingLevel,
        "kinds": MeetingKind,
        "orders": ORDERS.values(),
        "states": STATES,
        "waiting": count_waiting(db.session(), actor()),
        "board": quota_board(db.session(), actor(), today.year, today),
        "quick": quick_periods(today),
    }
