"""值班信息和工作指令 by the unit that answers for them: page and sheet. The rows that figures are made of."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.duty import duty
from extensions import db
from queries.duty_messages import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    MessageFilter,
    all_messages,
    list_messages,
    message_totals,
    unit_replies,
)
from queries.organisation import units_to_step_down
from rules.duty_messages import MessageKind
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.quick_periods import quick_periods
from web.registers.duty_messages import COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long


@duty.route("/duty/messages", permission=Permission.DUTY_LOG_READ, endpoint="list_messages")
def messages() -> str | Response:
    try:
        chosen = MessageFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(MessageFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = all_messages(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("duty.list_messages", **chosen.to_args()))
        return xlsx_answer(register_sheet("值班信息", COLUMNS, rows), f"值班信息_{clock.today()}")
    return _page(chosen, {})


def _page(chosen: MessageFilter, problems: dict[str, str]) -> str:
    page = list_messages(
        db.session(),
        actor(),
        chosen,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return page_or_part(
        "duty/list_messages.html",
        "duty/_message_rows.html",
        page=page,
        chosen=chosen,
        args=chosen.to_args(),
        problems=problems,
        sentence=chosen.sentence(db.session()),
        total=message_totals(db.session(), actor(), chosen),
        by_unit=unit_replies(db.session(), actor(), chosen, clock.now()),
        now=clock.now(),
        **_choices(chosen),
    )


def _choices(chosen: MessageFilter) -> dict[str, Any]:
    units = {"units": units_to_step_down(db.session(), actor(), chosen.unit)}
    if wants_part():
        return units
    return units | {
        "kinds": MessageKind,
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": quick_periods(clock.today()),
    }
