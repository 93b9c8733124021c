"""The list of village sessions: page, sheet, printed register."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from blueprints.reception import reception
from extensions import db
from queries.organisation import units_in_scope
from queries.village_session_list import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    SessionFilter,
    SessionRow,
    all_sessions,
    list_sessions,
    session_totals,
)
from rules.errors import RuleViolation
from rules.roles import Permission
from rules.taxonomy import SessionMode
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, pdf_answer, see_other, xlsx_answer
from web.register_exports import printed_register, register_sheet
from web.session import actor
from web.whole_lists import is_too_long

MOST_PRINTED = 2_000

COLUMNS: dict[str, Callable[[SessionRow], Any]] = {
    "编号": lambda r: r.number,
    "日期": lambda r: r.session_date,
    "乡镇（街道）": lambda r: r.township,
    "村": lambda r: r.village,
    "方式": lambda r: r.mode,
    "参加人": lambda r: r.attendees,
    "批次": lambda r: r.counts["batches"],
    "人次": lambda r: r.counts["persons"],
    "现场解决批次": lambda r: r.counts["solved_batches"],
    "现场解决人次": lambda r: r.counts["solved_persons"],
    "限期化解批次": lambda r: r.counts["committed_batches"],
    "限期化解人次": lambda r: r.counts["committed_persons"],
    "梳理上报批次": lambda r: r.counts["escalated_batches"],
    "梳理上报人次": lambda r: r.counts["escalated_persons"],
    "备注": lambda r: r.notes,
}
PRINTED = {
    "编号": 32, "日期": 20, "乡镇（街道）": 22, "村": 22, "方式": 18, "参加人": 38, "批次": 10, "人次": 10,
    "现场解决批次": 13, "现场解决人次": 13, "限期化解批次": 13, "限期化解人次": 13, "梳理上报批次": 13,
    "梳理上报人次": 13, "备注": 30,
}  # fmt: skip
"""Printed columns and their widths in mm."""


@reception.route(
    "/reception/village-sessions", permission=Permission.RECEPTION_READ, endpoint="list_village_sessions"
)
def sessions() -> str | Response:
    try:
        chosen = SessionFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(SessionFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = all_sessions(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("reception.list_village_sessions", **chosen.to_args()))
        return xlsx_answer(register_sheet("村级接访", COLUMNS, rows), f"村级接访_{clock.today()}")
    return _page(chosen, {})


@reception.route("/reception/village-sessions.pdf", permission=Permission.RECEPTION_READ)
def print_village_sessions() -> str | Response:
    """The same rows as a printed register."""
    chosen = SessionFilter.from_args(request.args)
    rows = all_sessions(db.session(), actor(), chosen)
    if len(rows) > MOST_PRINTED:
        flash(f"一次最多打印 {MOST_PRINTED} 场，请缩小日期或单位范围；更多的请导出表格。", "warning")
        return see_other(url_for("reception.list_village_sessions", **chosen.to_args()))
    content = printed_register("村级接访登记册", COLUMNS, PRINTED, rows, _sentence(chosen))
    return pdf_answer(content, f"村级接访登记册_{clock.today()}")


def _page(chosen: SessionFilter, problems: dict[str, str]) -> str:
    page = list_sessions(
        db.session(),
        actor(),
        chosen,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return page_or_part(
        "reception/list_village_sessions.html",
        "reception/_village_session_rows.html",
        page=page,
        chosen=chosen,
        args=chosen.to_args(),
        problems=problems,
        sentence=chosen.sentence(db.session()),
        total=session_totals(db.session(), actor(), chosen),
        **_choices(),
    )


def _choices() -> dict[str, Any]:
    if request.headers.get("HX-Request"):
        return {}
    today = clock.today()
    return {
        "units": units_in_scope(db.session(), actor()),
        "modes": SessionMode,
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": quick_periods(today),
    }


def quick_periods(today: Any) -> dict[str, dict[str, Any]]:
    """One-click periods above a list."""
    return {
        "本周": {"from": today - timedelta(days=today.weekday()), "to": today},
        "本月": {"from": today.replace(day=1), "to": today},
        "今年": {"from": today.replace(month=1, day=1), "to": today},
    }


def _sentence(chosen: SessionFilter) -> str:
    words = chosen.sentence(db.session()) or "全部有效登记"
    return f"{words}。{session_totals(db.session(), actor(), chosen).in_words()}"
