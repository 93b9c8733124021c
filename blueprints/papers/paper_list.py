"""The list of papers: page, sheet, printed 公函登记簿."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.papers import papers
from extensions import db
from queries.organisation import units_to_step_down
from queries.paper_list import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    PaperFilter,
    PaperRow,
    count_papers,
    list_papers,
)
from rules.bulletin_rules import may_issue_for
from rules.errors import RuleViolation
from rules.papers.kinds import PaperKind
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.paper_addresses import subject_address
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.registers.papers import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long

READ = Permission.PAPERS_READ
LIST = "papers.list_papers"


@papers.route("/papers", permission=READ, endpoint="list_papers")
def show_list() -> str | Response:
    try:
        chosen = PaperFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(PaperFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = list(list_papers(db.session(), actor(), chosen, size=MOST_EXPORTED + 1).rows)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for(LIST, **chosen.to_args()))
        return xlsx_answer(register_sheet("公函", COLUMNS, rows), f"公函_{clock.today()}")
    return _page(chosen, {})


@papers.route("/papers.pdf", permission=READ)
def print_papers() -> Response:
    """The same rows as a printed 公函登记簿."""
    return print_list("papers", LIST)


def _page(chosen: PaperFilter, problems: dict[str, str]) -> str:
    session = db.session()
    cursors = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "papers/list_papers.html",
        "papers/_paper_rows.html",
        page=list_papers(session, actor(), chosen, **cursors),
        chosen=chosen,
        args=chosen.to_args(),
        at_once=PRINTS["papers"].at_once,
        problems=problems,
        sentence=chosen.sentence(session),
        total=count_papers(session, actor(), chosen),
        subject_address=subject_address,
        may_issue=_may_issue,
        **_choices(chosen),
    )


def _may_issue(row: PaperRow) -> bool:
    return row.state == "draft" and may_issue_for(actor(), row.unit_id, row.unit_category)


def _choices(chosen: PaperFilter) -> dict[str, Any]:
    units = {"units": units_to_step_down(db.session(), actor(), chosen.unit)}
    if wants_part():
        return units
    return units | {
        "kinds": PaperKind,
        "states": STATES,
        "orders": ORDERS.values(),
        "quick": quick_periods(clock.today()),
    }
