"""Decisions that a unit made or must carry out: page, sheet and printed ledger (台账), and who owes how many."""

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.decisions import decisions
from extensions import db
from queries.meeting_decisions import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    DecisionFilter,
    all_decisions,
    count_decisions,
    list_decisions,
    owing_units,
)
from queries.organisation import units_to_step_down
from queries.petition_days import petition_days
from queries.sealed_left_out import records_left_out
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.registers.decisions import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long

READ, LIST = Permission.MEETINGS_READ, "decisions.list_decisions"


@decisions.route("/meetings/decisions", permission=READ, endpoint="list_decisions")
def show_list() -> str | Response:
    try:
        chosen = DecisionFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(DecisionFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        session, today = db.session(), clock.today()
        rows = all_decisions(session, actor(), chosen, petition_days(session, today))
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for(LIST, **chosen.to_args()))
        return xlsx_answer(register_sheet("议定事项", COLUMNS, rows), f"议定事项_{today}")
    return _page(chosen, {})


@decisions.route("/meetings/decisions.pdf", permission=READ, endpoint="print_decisions")
def print_them() -> Response:
    """The same rows as a printed ledger."""
    return print_list("decisions", LIST)


def _page(chosen: DecisionFilter, problems: dict[str, str]) -> str:
    session, today = db.session(), clock.today()
    cursors = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "decisions/list_decisions.html",
        "decisions/_decision_rows.html",
        page=list_decisions(session, actor(), chosen, petition_days(session, today), **cursors),
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["decisions"].at_once,
        problems=problems,
        sentence=chosen.sentence(session),
        total=count_decisions(session, actor(), chosen, today),
        left_out=records_left_out(session, actor(), chosen.unit),
        units=units_to_step_down(session, actor(), chosen.unit),
        states=STATES,
        orders=ORDERS.values(),
        owing=[] if wants_part() else owing_units(session, actor(), today),
    )
