"""The archive of bulletins, with what waits for the reader on top."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.bulletins import bulletins
from documents.workbook import Sheet, write_workbook
from extensions import db
from queries.bulletins import (
    ORDERS,
    STATES,
    BulletinFilter,
    BulletinRow,
    bulletins_to_issue,
    bulletins_unread,
    count_bulletins,
    count_of,
    list_bulletins,
)
from queries.organisation import units_in_scope
from rules.bulletin_kinds import BulletinKind
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, wants_part, xlsx_answer
from web.session import actor
from web.whole_lists import is_too_long

MOST_EXPORTED = 20_000
_HEADINGS = ["日期", "发文字号", "种类", "标题", "发文单位", "期间", "状态", "应收单位", "已签收"]


@bulletins.route("/bulletins", permission=Permission.BULLETINS_READ, endpoint="list_bulletins")
def show_archive() -> str | Response:
    try:
        chosen = BulletinFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(BulletinFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        return _sheet(chosen)
    return _page(chosen, {})


def _sheet(chosen: BulletinFilter) -> Response:
    rows = list(list_bulletins(db.session(), actor(), chosen, size=MOST_EXPORTED + 1).rows)
    if is_too_long(rows, MOST_EXPORTED):
        return see_other(_address(chosen))
    lines = [_cells(row) for row in rows]
    content = write_workbook(
        Sheet("通报", _HEADINGS, lines, [chosen.sentence(db.session())], [12, 20, 10, 50, 16, 20, 10, 10, 10])
    )
    return xlsx_answer(content, f"通报目录_{clock.today()}")


def _address(chosen: BulletinFilter) -> str:

    return url_for("bulletins.list_bulletins", **chosen.to_args())


def _cells(row: BulletinRow) -> list[Any]:
    return [
        row.listed_on,
        row.number,
        row.kind,
        row.title,
        row.unit,
        row.period,
        "已放弃" if row.is_void else row.state.label,
        row.recipients,
        row.readers,
    ]


def _page(chosen: BulletinFilter, problems: dict[str, str]) -> str:
    session = db.session()
    page = list_bulletins(
        session,
        actor(),
        chosen,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return page_or_part(
        "bulletins/list_bulletins.html",
        "bulletins/_bulletin_rows.html",
        page=page,
        total=count_bulletins(session, actor(), chosen),
        chosen=chosen,
        args=chosen.to_args(),
        problems=problems,
        sentence=chosen.sentence(session),
        typed_period=request.args.get("period", ""),
        **_choices(),
    )


def _choices() -> dict[str, Any]:
    if wants_part():
        return {}
    session = db.session()
    return {
        "kinds": BulletinKind,
        "states": _states(),
        "orders": ORDERS.values(),
        "units": [u for u in units_in_scope(session, actor()) if u.category not in ("village", "community")],
        "waiting": count_of(session, bulletins_to_issue(session, actor())),
        "unread": count_of(session, bulletins_unread(session, actor())),
    }


def _states() -> dict[str, str]:
    """Readers who draft nothing see only what was issued."""
    if actor().may(Permission.BULLETINS_WRITE):
        return STATES
    return {
        code: label
        for code, label in STATES.items()
        if code not in ("draft", "submitted", "returned", "void")
    }
