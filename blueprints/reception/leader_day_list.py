"""The list of leaders' receptions: page, sheet, printed register."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.reception import reception
from extensions import db
from queries.leader_receptions import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    LeaderDayFilter,
    all_leader_days,
    leader_day_totals,
    list_leader_days,
)
from queries.organisation import units_to_step_down
from rules.errors import RuleViolation
from rules.roles import Permission, Role
from rules.taxonomy import LeaderReceptionMode
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.registers.leader_days import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long


@reception.route("/reception/leader-days", permission=Permission.RECEPTION_READ, endpoint="list_leader_days")
def leader_days() -> str | Response:
    try:
        chosen = LeaderDayFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(LeaderDayFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = all_leader_days(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("reception.list_leader_days", **chosen.to_args()))
        return xlsx_answer(register_sheet("领导接访", COLUMNS, rows), f"领导接访_{clock.today()}")
    return _page(chosen, {})


@reception.route("/reception/leader-days.pdf", permission=Permission.RECEPTION_READ)
def print_leader_days() -> Response:
    """The same rows as a printed register."""
    return print_list("leader-days", "reception.list_leader_days")


def _page(chosen: LeaderDayFilter, problems: dict[str, str]) -> str:
    page = list_leader_days(
        db.session(),
        actor(),
        chosen,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return page_or_part(
        "reception/list_leader_days.html",
        "reception/_leader_day_rows.html",
        page=page,
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["leader-days"].at_once,
        problems=problems,
        sentence=chosen.sentence(db.session()),
        total=leader_day_totals(db.session(), actor(), chosen),
        **_choices(chosen),
    )


def _choices(chosen: LeaderDayFilter) -> dict[str, Any]:
    units = {"units": units_to_step_down(db.session(), actor(), chosen.unit)}
    if wants_part():
        return units
    return units | {
        "modes": LeaderReceptionMode,
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": quick_periods(clock.today()),
        "is_leader": actor().role is Role.LEADER,
    }
