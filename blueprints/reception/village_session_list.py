"""The list of village sessions: page, sheet, printed register."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.reception import reception
from extensions import db
from queries.organisation import units_to_step_down
from queries.village_session_list import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    SessionFilter,
    all_sessions,
    list_sessions,
    session_totals,
)
from rules.errors import RuleViolation
from rules.roles import Permission
from rules.taxonomy import SessionMode
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.registers.tables import register_sheet
from web.registers.village_sessions import COLUMNS
from web.session import actor
from web.whole_lists import is_too_long


@reception.route(
    "/reception/village-sessions", permission=Permission.RECEPTION_READ, endpoint="list_village_sessions"
)
def sessions() -> str | Response:
    try:
        chosen = SessionFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(SessionFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = all_sessions(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("reception.list_village_sessions", **chosen.to_args()))
        return xlsx_answer(register_sheet("村级接访", COLUMNS, rows), f"村级接访_{clock.today()}")
    return _page(chosen, {})


@reception.route("/reception/village-sessions.pdf", permission=Permission.RECEPTION_READ)
def print_village_sessions() -> Response:
    """The same rows as a printed register."""
    return print_list("village-sessions", "reception.list_village_sessions")


def _page(chosen: SessionFilter, problems: dict[str, str]) -> str:
    page = list_sessions(
        db.session(),
        actor(),
        chosen,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return page_or_part(
        "reception/list_village_sessions.html",
        "reception/_village_session_rows.html",
        page=page,
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["village-sessions"].at_once,
        problems=problems,
        sentence=chosen.sentence(db.session()),
        total=session_totals(db.session(), actor(), chosen),
        **_choices(chosen),
    )


def _choices(chosen: SessionFilter) -> dict[str, Any]:
    units = {"units": units_to_step_down(db.session(), actor(), chosen.unit)}
    if wants_part():
        return units
    today = clock.today()
    return units | {
        "modes": SessionMode,
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": quick_periods(today),
    }
