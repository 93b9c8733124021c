"""The list of petitions: page, sheet, printed register, and the search by number."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.petitions import petitions
from blueprints.petitions.many_doors import MANY_DOORS, ManyDoor
from blueprints.petitions.petition_exports import MOST_ROWS, sheet, unmasked_sheet
from extensions import db
from queries.choices import category_lines
from queries.found_texts import found_in_petitions
from queries.names import reads_some_names
from queries.organisation import units_to_step_down
from queries.petition_days import CLOCK_WORDS, LIGHTS, Days, petition_days
from queries.petition_filter import ORDERS, STATES, PetitionFilter
from queries.petition_marks import WORDS
from queries.petition_rows import PetitionRow
from queries.petition_work import work_counts, work_lists_of
from queries.petitions import list_and_count_petitions, list_petitions, petitions_with_number
from rules.errors import RuleViolation
from rules.petition_states import WAYS, Stage
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.number_search import number_search_page
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.prints.kinds import PRINTS
from web.prints.printed_lists import print_list
from web.quick_periods import quick_periods
from web.session import actor
from web.template_filters import shorten
from web.unmasked_export import unmasked_export
from web.whole_lists import is_too_long

LIST = "petitions.list_petitions"
_LINE = 32
"""Characters of a title that a line shows."""
_ALWAYS_SHOWN = {"from", "to", "state", "stage", "q", "sort"}
_UNFOLDED = {
    *(
        "unit",
        "responsible",
        "category",
        "clock",
        "channel",
        "level",
        "kind",
        "purpose",
        "class",
        "conclusion",
    ),
    *("resolution", "bureau_rating", "unit_rating", "light", "included", "campaign"),
}
_FIELDS = _ALWAYS_SHOWN | _UNFOLDED
"""What the form asks; other names, which figures bring along, are kept as they came."""


@petitions.route("/petitions", permission=Permission.PETITIONS_READ, endpoint="list_petitions")
def show_list() -> str | Response:
    try:
        chosen = PetitionFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(PetitionFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = _rows(chosen, MOST_ROWS + 1)
        if is_too_long(rows, MOST_ROWS):
            return see_other(url_for(LIST, **chosen.to_args()))
        return xlsx_answer(sheet(rows), f"信访事项_{clock.today()}")
    return _page(chosen, {})


@petitions.route("/petitions.pdf", permission=Permission.PETITIONS_READ)
def print_petitions() -> Response:
    """The same rows as a printed register."""
    return print_list("petitions", LIST)


@petitions.route("/petitions/export", permission=Permission.PETITIONS_REVEAL, methods=["POST"])
def export_unmasked_petitions() -> Response:
    """The same rows with names and numbers unmasked, for a stated reason, logged."""
    chosen = PetitionFilter.from_args(request.args)
    back = url_for(LIST, **chosen.to_args())
    return unmasked_export(
        back, "petition", "信访事项", MOST_ROWS, lambda most: _rows(chosen, most), unmasked_sheet
    )


@petitions.route("/petitions/number-search", permission=Permission.PETITIONS_REVEAL, methods=["GET", "POST"])
def find_petition_by_number() -> str | Response:
    """By a whole ID or telephone number, or its last four; posted, so that no number stands in an address."""

    def find(digests: dict[str, str]) -> list[PetitionRow]:
        session = db.session()
        return petitions_with_number(session, actor(), digests, petition_days(session, clock.today()))

    return number_search_page("petitions/find_petition_by_number.html", "petition", find)


def _page(chosen: PetitionFilter, problems: dict[str, str]) -> str:
    session = db.session()
    days = petition_days(session, clock.today())
    named = chosen.named(session)
    page, total = list_and_count_petitions(
        session,
        actor(),
        chosen,
        days,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    context: dict[str, Any] = {
        "page": page,
        "chosen": chosen,
        "args": chosen.to_args(),
        "at_once": PRINTS["petitions"].at_once,
        "problems": problems,
        "sentence": chosen.sentence(session),
        "total": total,
        "left_out": chosen.left_out(session, actor()),
        "many": _many(page.rows),
        "found": found_in_petitions(
            session, chosen.q, [(row, shorten(row.title, _LINE)) for row in page.rows]
        ),
        "line_length": _LINE,
        "tabs_leave_out": bool(work_lists_of(actor()) and chosen.to_args().keys() - {"state", "sort"}),
        "ticked": request.args.get("ticked") == "page",
        **_around(chosen, days),
    }
    del named
    whole, part = "petitions/list_petitions.html", "petitions/_petition_rows.html"
    return page_or_part(whole, part, **context)


def _around(chosen: PetitionFilter, days: Days) -> dict[str, Any]:
    """What stands around the rows; of them alone, only the units below the one that was chosen."""
    session, today = db.session(), days.today
    units = {"units": units_to_step_down(session, actor(), chosen.unit, also=chosen.responsible)}
    if wants_part():
        return units
    return units | {
        "tabs": work_counts(session, actor(), today, days.near_until),
        "searches_names": reads_some_names(actor()),
        "categories": category_lines(session),
        "words": {name: words for name, (_column, words) in WORDS.items()},
        "lights": LIGHTS,
        "clocks": CLOCK_WORDS,
        "orders": ORDERS.values(),
        "states": STATES,
        "narrowed": bool(chosen.to_args().keys() & _UNFOLDED),
        "kept": {name: value for name, value in chosen.to_args().items() if name not in _FIELDS},
        "quick": {"今天": {"from": today, "to": today}} | quick_periods(today),
    }


def _many(rows: Sequence[PetitionRow]) -> list[ManyDoor]:
    """The steps that this reader may take for many, of those that begin where some of these rows stand."""
    shown = {row.stage for row in rows if not row.is_void}
    stages = {stage for stage in Stage if stage.label in shown}
    return [
        door
        for door in MANY_DOORS
        if stages & WAYS[door.one.verb].stages and actor().may(door.one.permission)
    ]


def _rows(chosen: PetitionFilter, most: int) -> list[PetitionRow]:
    session = db.session()
    days = petition_days(session, clock.today())
    return list(list_petitions(session, actor(), chosen, days, size=most).rows)
