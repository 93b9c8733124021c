"""The list of lead assignments: page, sheet, printed register."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.leads import leads
from extensions import db
from queries.leads import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    LeadFilter,
    count_leads,
    lead_counts,
    list_leads,
)
from queries.organisation import units_to_step_down
from queries.petition_days import petition_days
from rules.errors import RuleViolation
from rules.roles import Permission, Role
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.registers.leads import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long

LIST = "leads.list_leads"


@leads.route("/supervision/lead-assignments", permission=Permission.LEADS_READ, endpoint="list_leads")
def show_list() -> str | Response:
    try:
        chosen = LeadFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(LeadFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        days = petition_days(db.session(), clock.today())
        rows = list_leads(db.session(), actor(), chosen, days, size=MOST_EXPORTED + 1).rows
        if is_too_long(list(rows), MOST_EXPORTED):
            return see_other(url_for(LIST, **chosen.to_args()))
        return xlsx_answer(register_sheet("领导包案", COLUMNS, rows), f"领导包案_{clock.today()}")
    return _page(chosen, {})


@leads.route("/supervision/lead-assignments.pdf", permission=Permission.LEADS_READ)
def print_leads() -> Response:
    """The same rows as a printed register (包案台账)."""
    return print_list("leads", LIST)


def _page(chosen: LeadFilter, problems: dict[str, str]) -> str:
    session = db.session()
    days = petition_days(session, clock.today())
    page = list_leads(
        session,
        actor(),
        chosen,
        days,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return page_or_part(
        "leads/list_leads.html",
        "leads/_lead_rows.html",
        page=page,
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["leads"].at_once,
        problems=problems,
        sentence=chosen.sentence(session),
        total=count_leads(session, actor(), chosen, days),
        **_around(chosen, days),
    )


def _around(chosen: LeadFilter, days: Any) -> dict[str, Any]:
    units = {
        "units": units_to_step_down(db.session(), actor(), chosen.unit),
        "is_leader": actor().role is Role.LEADER,
    }
    if wants_part():
        return units
    return units | {
        "tabs": lead_counts(db.session(), actor(), days),
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": quick_periods(clock.today()),
        "may_lead": actor().role is Role.SUPERVISOR,
    }
