"""The list of supervision, a row for each unit of each task: page, sheet, printed ledger (台账)."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.supervision import supervision
from extensions import db
from queries.organisation import units_to_step_down
from queries.petition_days import petition_days
from queries.sealed_left_out import records_left_out
from queries.supervision_filter import ORDERS, STATES, SupervisionFilter
from queries.supervision_rows import MOST_EXPORTED, all_lines, line_totals, list_lines
from queries.supervision_work import work_counts
from rules.errors import RuleViolation
from rules.roles import Permission
from rules.supervision_words import Ground, TaskSource
from web import clock
from web.form_fields import OnceForm, unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.registers.supervision import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long

READ, LIST = Permission.SUPERVISION_READ, "supervision.list_tasks"


@supervision.route("/supervision/tasks", permission=READ)
def list_tasks() -> str | Response:
    try:
        chosen = SupervisionFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(SupervisionFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        session = db.session()
        rows = all_lines(session, actor(), chosen, petition_days(session, clock.today()))
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for(LIST, **chosen.to_args()))
        return xlsx_answer(register_sheet("督办台账", COLUMNS, rows), f"督办台账_{clock.today()}")
    return _page(chosen, {})


@supervision.route("/supervision/tasks.pdf", permission=READ)
def print_tasks() -> Response:
    """The same rows as a printed ledger."""
    return print_list("supervision", LIST)


def _page(chosen: SupervisionFilter, problems: dict[str, str]) -> str:
    session = db.session()
    days = petition_days(session, clock.today())
    page = list_lines(
        session,
        actor(),
        chosen,
        days,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return page_or_part(
        "supervision/list_tasks.html",
        "supervision/_task_rows.html",
        page=page,
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["supervision"].at_once,
        problems=problems,
        sentence=chosen.sentence(session),
        urge_form=OnceForm(formdata=None),
        total=line_totals(session, actor(), chosen, days),
        left_out=records_left_out(session, actor(), chosen.unit),
        **_around(chosen, days),
    )


def _around(chosen: SupervisionFilter, days: Any) -> dict[str, Any]:
    session = db.session()
    units = {"units": units_to_step_down(session, actor(), chosen.unit)}
    if wants_part():
        return units
    return units | {
        "tabs": work_counts(session, actor(), days.today, days.near_until),
        "sources": TaskSource,
        "grounds": Ground,
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": quick_periods(days.today),
    }
