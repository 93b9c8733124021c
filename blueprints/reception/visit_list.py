"""The list of visits: page, sheet, printed register, and the search by number."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.reception import reception
from blueprints.reception.visit_exports import MOST_ROWS, sheet, unmasked_sheet
from extensions import db
from models.category import Category
from models.organisation import Unit
from queries.choices import category_lines
from queries.found_texts import found_in_visits
from queries.names import reads_some_names
from queries.organisation import units_to_step_down
from queries.visits import ORDERS, STATES, VisitFilter, found_by_number, list_and_count_visits, list_visits
from rules.errors import RuleViolation
from rules.roles import Permission
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind
from web import clock
from web.form_fields import unprocessable
from web.number_search import number_search_page
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.registers.visits import group_threshold
from web.session import actor
from web.template_filters import shorten
from web.unmasked_export import unmasked_export
from web.whole_lists import is_too_long

_LINE = 36
"""Characters of the content that a line shows."""


@reception.route("/reception/visits", permission=Permission.RECEPTION_READ, endpoint="list_visits")
def visits() -> str | Response:
    try:
        chosen = VisitFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(VisitFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = _rows(chosen, MOST_ROWS + 1)
        if is_too_long(rows, MOST_ROWS):
            return see_other(url_for("reception.list_visits", **chosen.to_args()))
        return xlsx_answer(sheet(rows), f"来访登记_{clock.today()}")
    return _page(chosen, {})


@reception.route("/reception/visits.pdf", permission=Permission.RECEPTION_READ)
def print_visits() -> Response:
    """The same rows as a printed register."""
    return print_list("visits", "reception.list_visits")


@reception.route("/reception/visits/export", permission=Permission.PERSONAL_DATA, methods=["POST"])
def export_unmasked() -> Response:
    """The same rows with names and numbers unmasked, for a stated reason, logged."""
    chosen = VisitFilter.from_args(request.args)
    back = url_for("reception.list_visits", **chosen.to_args())
    return unmasked_export(
        back, "visit", "来访登记", MOST_ROWS, lambda most: _rows(chosen, most), unmasked_sheet
    )


@reception.route(
    "/reception/visits/number-search", permission=Permission.PERSONAL_DATA, methods=["GET", "POST"]
)
def find_by_number() -> str | Response:
    """By a whole ID or telephone number, or its last four; posted, so that no number stands in an address."""

    def find(digests: dict[str, str]) -> list[Any]:
        session, today = db.session(), clock.today()
        threshold = group_threshold(session)
        return found_by_number(session, actor(), digests=digests, today=today, group_threshold=threshold)

    return number_search_page("reception/find_by_number.html", "visit", find)


def _page(chosen: VisitFilter, problems: dict[str, str]) -> str:
    session, today = db.session(), clock.today()
    threshold = group_threshold(session, chosen)
    named = _named(chosen)
    page, total = list_and_count_visits(
        session,
        actor(),
        chosen,
        today=today,
        group_threshold=threshold,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    context: dict[str, Any] = {
        "page": page,
        "chosen": chosen,
        "args": chosen.to_args(),
        "at_once": PRINTS["visits"].at_once,
        "problems": problems,
        "sentence": chosen.sentence(session, threshold),
        "found": found_in_visits(
            session, chosen.q, [(row, shorten(row.content, _LINE)) for row in page.rows]
        ),
        "line_length": _LINE,
        "total": total,
        "left_out": chosen.left_out(session, actor()),
        **_choices(chosen),
    }
    del named
    return page_or_part("reception/list_visits.html", "reception/_visit_rows.html", **context)


def _named(chosen: VisitFilter) -> list[Any]:
    """The rows that a filter names, held while a page is made so that each is fetched once."""
    found = ((Unit, chosen.unit), (Unit, chosen.responsible), (Category, chosen.category))
    return [db.session.get(model, row_id) for model, row_id in found if row_id is not None]


def _choices(chosen: VisitFilter) -> dict[str, Any]:
    session = db.session()
    units = {"units": units_to_step_down(session, actor(), chosen.unit)}
    if wants_part():
        return units
    today = clock.today()
    return units | {
        "searches_names": reads_some_names(actor()),
        "categories": category_lines(session),
        "words": {"type": ReceptionType, "kind": VisitKind, "purpose": Purpose, "outcome": Outcome},
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": {"今天": {"from": today, "to": today}} | quick_periods(today),
    }


def _rows(chosen: VisitFilter, most: int) -> list[Any]:
    session = db.session()
    threshold = group_threshold(session, chosen)
    page = list_visits(session, actor(), chosen, today=clock.today(), group_threshold=threshold, size=most)
    return list(page.rows)
