"""阶段反馈, a row for each feedback day of each unit: page and sheet. The rows that the rate of feedback is made of."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.supervision import supervision
from extensions import db
from queries.organisation import units_to_step_down
from queries.sealed_left_out import records_left_out
from queries.supervision_feedback import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    FeedbackFilter,
    all_feedback,
    feedback_totals,
    list_feedback,
)
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.quick_periods import quick_periods
from web.registers.supervision import FEEDBACK_COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long

LIST = "supervision.list_feedback"


@supervision.route("/supervision/feedback", permission=Permission.SUPERVISION_READ, endpoint="list_feedback")
def show_feedback() -> str | Response:
    try:
        chosen = FeedbackFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(FeedbackFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = all_feedback(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for(LIST, **chosen.to_args()))
        return xlsx_answer(
            register_sheet("阶段反馈", FEEDBACK_COLUMNS, rows), f"督办阶段反馈_{clock.today()}"
        )
    return _page(chosen, {})


def _page(chosen: FeedbackFilter, problems: dict[str, str]) -> str:
    session = db.session()
    cursors = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "supervision/list_feedback.html",
        "supervision/_feedback_rows.html",
        page=list_feedback(session, actor(), chosen, **cursors),
        chosen=chosen,
        args=chosen.to_args(),
        problems=problems,
        sentence=chosen.sentence(session),
        total=feedback_totals(session, actor(), chosen),
        left_out=records_left_out(session, actor(), chosen.unit),
        today=clock.today(),
        **_choices(chosen),
    )


def _choices(chosen: FeedbackFilter) -> dict[str, Any]:
    units = {"units": units_to_step_down(db.session(), actor(), chosen.unit)}
    if wants_part():
        return units
    return units | {"orders": ORDERS.values(), "states": STATES, "quick": quick_periods(clock.today())}
