"""A list of one register: page, region, sheet, printed register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from extensions import db
from queries.accountability_filter import AccountabilityFilter, list_page, list_totals
from queries.organisation import units_to_step_down
from queries.petition_days import petition_days
from queries.sealed_left_out import records_left_out
from rules.errors import RuleViolation
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, pdf_answer, see_other, wants_part, xlsx_answer
from web.quick_periods import quick_periods
from web.registers.tables import Columns, printed_register, register_sheet
from web.session import actor
from web.whole_lists import is_too_long

MOST_EXPORTED, MOST_PRINTED = 20_000, 1_000


@dataclass(frozen=True)
class RegisterList:
    """`widths` are the printed columns in mm; `light` tells a row's light, where it has one."""

    filter: type[AccountabilityFilter]
    title: str
    endpoint: str
    print_endpoint: str
    whole: str
    part: str
    columns: Columns
    widths: Mapping[str, float]
    light: Callable[[Any, Any], Any] = lambda _row, _days: None
    is_counted: bool = False
    """Figures are made of its rows."""


def list_answer(listed: RegisterList) -> str | Response:
    try:
        chosen = listed.filter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(listed, listed.filter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = _whole(chosen, MOST_EXPORTED)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for(listed.endpoint, **chosen.to_args()))
        name = f"{listed.title}_{clock.today()}"
        return xlsx_answer(register_sheet(listed.title, listed.columns, rows), name)
    return _page(listed, chosen, {})


def print_answer(listed: RegisterList) -> Response:
    """The same rows as a printed register. Raises RuleViolation, RenderingFailed."""
    chosen = listed.filter.from_args(request.args)
    rows = _whole(chosen, MOST_PRINTED)
    if is_too_long(rows, MOST_PRINTED):
        return see_other(url_for(listed.endpoint, **chosen.to_args()))
    sentence = f"{chosen.sentence(db.session()) or chosen.columns.states[''].label}，共 {len(rows)} 条。{_left_out(listed, chosen)}"
    title = f"{listed.title}登记册"
    content = printed_register(title, listed.columns, listed.widths, rows, sentence)
    return pdf_answer(content, f"{title}_{clock.today()}")


def _whole(chosen: AccountabilityFilter, most: int) -> list[Any]:
    return list(list_page(db.session(), actor(), chosen, clock.today(), size=most + 1).rows)


def _page(listed: RegisterList, chosen: AccountabilityFilter, problems: dict[str, str]) -> str:
    session, today = db.session(), clock.today()
    after, before = request.args.get("after", ""), request.args.get("before", "")
    page = list_page(session, actor(), chosen, today, after=after, before=before)
    days = petition_days(session, today)
    return page_or_part(
        listed.whole,
        listed.part,
        listed=listed,
        page=page,
        chosen=chosen,
        args=chosen.to_args(),
        problems=problems,
        sentence=chosen.sentence(session) or chosen.columns.states[""].label,
        total=list_totals(session, actor(), chosen, today),
        left_out=_left_out(listed, chosen),
        lights={row.id: listed.light(row, days) for row in page.rows},
        units=units_to_step_down(session, actor(), chosen.unit),
        **({} if wants_part() else _choices(chosen)),
    )


def _left_out(listed: RegisterList, chosen: AccountabilityFilter) -> str:
    return records_left_out(db.session(), actor(), chosen.unit) if listed.is_counted else ""


def _choices(chosen: AccountabilityFilter) -> dict[str, Any]:
    kinds = chosen.columns.kinds
    return {
        "kinds": kinds.choices() if kinds else [],
        "states": chosen.columns.states,
        "orders": chosen.columns.orders.values(),
        "quick": quick_periods(clock.today()),
    }
