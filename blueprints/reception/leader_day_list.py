"""The list of leaders' receptions: page, sheet, printed register."""

from collections.abc import Callable
from typing import Any

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from blueprints.reception import reception
from blueprints.reception.village_session_list import MOST_PRINTED, quick_periods
from extensions import db
from queries.leader_receptions import (
    MOST_EXPORTED,
    ORDERS,
    STATES,
    LeaderDayFilter,
    LeaderDayRow,
    all_leader_days,
    leader_day_totals,
    list_leader_days,
)
from queries.organisation import units_in_scope
from rules.errors import RuleViolation
from rules.roles import Permission, Role
from rules.taxonomy import LeaderReceptionMode
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, pdf_answer, see_other, xlsx_answer
from web.register_exports import printed_register, register_sheet
from web.session import actor
from web.whole_lists import is_too_long

COLUMNS: dict[str, Callable[[LeaderDayRow], Any]] = {
    "编号": lambda r: r.number,
    "日期": lambda r: r.reception_date,
    "单位": lambda r: r.unit,
    "领导": lambda r: r.leader,
    "职务": lambda r: r.post,
    "分管工作": lambda r: r.portfolio,
    "方式": lambda r: r.mode,
    "地点": lambda r: r.place,
    "陪同单位、人员": lambda r: r.companions,
    "批次": lambda r: r.batches,
    "人次": lambda r: r.persons,
    "解决件数": lambda r: r.solved,
    "承诺件数": lambda r: r.promises,
    "未落实件数": lambda r: r.open_promises,
    "备注": lambda r: r.notes,
}
PRINTED = {
    "编号": 32, "日期": 20, "单位": 24, "领导": 18, "职务": 28, "方式": 18, "地点": 28, "陪同单位、人员": 36,
    "批次": 10, "人次": 10, "解决件数": 12, "承诺件数": 12, "未落实件数": 13,
}  # fmt: skip
"""Printed columns and their widths in mm."""


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
def print_leader_days() -> str | Response:
    """The same rows as a printed register."""
    chosen = LeaderDayFilter.from_args(request.args)
    rows = all_leader_days(db.session(), actor(), chosen)
    if len(rows) > MOST_PRINTED:
        flash(f"一次最多打印 {MOST_PRINTED} 条，请缩小日期或单位范围；更多的请导出表格。", "warning")
        return see_other(url_for("reception.list_leader_days", **chosen.to_args()))
    content = printed_register("领导接访登记册", COLUMNS, PRINTED, rows, _sentence(chosen))
    return pdf_answer(content, f"领导接访登记册_{clock.today()}")


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
        problems=problems,
        sentence=chosen.sentence(db.session()),
        total=leader_day_totals(db.session(), actor(), chosen),
        **_choices(),
    )


def _choices() -> dict[str, Any]:
    if request.headers.get("HX-Request"):
        return {}
    return {
        "units": units_in_scope(db.session(), actor()),
        "modes": LeaderReceptionMode,
        "orders": ORDERS.values(),
        "states": STATES,
        "quick": quick_periods(clock.today()),
        "is_leader": actor().role is Role.LEADER,
    }


def _sentence(chosen: LeaderDayFilter) -> str:
    words = chosen.sentence(db.session()) or "全部有效登记"
    return f"{words}。{leader_day_totals(db.session(), actor(), chosen).in_words()}"
