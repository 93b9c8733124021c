"""Decisions that a unit made or must carry out: page and sheet, and who owes how many."""

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
from rules.roles import Permission
from web import clock
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.registers.meetings import DECISION_COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long


@decisions.route("/meetings/decisions", permission=Permission.MEETINGS_READ, endpoint="list_decisions")
def show_list() -> str | Response:
    session, today = db.session(), clock.today()
    chosen, days = DecisionFilter.from_args(request.args), petition_days(session, today)
    if request.args.get("format") == "xlsx":
        rows = all_decisions(session, actor(), chosen, days)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("decisions.list_decisions", **chosen.to_args()))
        return xlsx_answer(register_sheet("议定事项", DECISION_COLUMNS, rows), f"议定事项_{today}")
    cursors = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "decisions/list_decisions.html",
        "decisions/_decision_rows.html",
        page=list_decisions(session, actor(), chosen, days, **cursors),
        chosen=chosen,
        args=chosen.to_args(),
        sentence=chosen.sentence(session),
        total=count_decisions(session, actor(), chosen, today),
        units=units_to_step_down(session, actor(), chosen.unit),
        states=STATES,
        orders=ORDERS.values(),
        owing=[] if wants_part() else owing_units(session, actor(), today),
    )
