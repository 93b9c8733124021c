"""The list of accounts, page and sheet."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.staff import staff
from documents.workbook import Sheet, write_workbook
from extensions import db
from queries.accounts import MOST_ROWS, ORDERS, STATES, AccountFilter, count_accounts, list_accounts
from queries.organisation import units_to_choose
from rules.roles import ROLE_LABELS, Permission
from web import clock
from web.pages import page_or_part, see_other, xlsx_answer
from web.whole_lists import is_too_long

HEADINGS = ("用户名", "姓名", "单位", "角色", "状态", "可阅密封材料", "最近登录", "开立时间")


@staff.route("/staff", permission=Permission.ACCOUNTS_READ, endpoint="list_accounts")
def accounts() -> str | Response:
    chosen = AccountFilter.from_args(request.args)
    session, now = db.session(), clock.now()
    if request.args.get("format") == "xlsx":
        rows = list_accounts(session, chosen, now, size=MOST_ROWS + 1).rows
        if is_too_long(rows, MOST_ROWS):
            return see_other(url_for("staff.list_accounts", **chosen.to_args()))
        return xlsx_answer(_sheet(rows), f"人员账号_{clock.today()}")
    cursors = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "staff/list_accounts.html",
        "staff/_account_rows.html",
        page=list_accounts(session, chosen, now, **cursors),
        total=count_accounts(session, chosen, now),
        chosen=chosen,
        args=chosen.to_args(),
        sentence=chosen.sentence(session),
        units=units_to_choose(session, clock.today()),
        roles=ROLE_LABELS,
        states=STATES,
        orders=ORDERS.values(),
    )


@staff.route("/staff/roles", permission=Permission.ACCOUNTS_READ)
def explain_roles() -> str:
    """What each role may do: the policy itself, read from its table."""
    from rules.roles import GRANTS, PERMISSION_HELP, Role

    return render_template("staff/explain_roles.html", roles=list(Role), grants=GRANTS, help=PERMISSION_HELP)


def _sheet(rows: Sequence[Any]) -> bytes:
    lines = [
        (
            r.username, r.name, r.unit, r.role, r.state_label, r.reads_sealed,
            clock.local(r.last_sign_in) if r.last_sign_in else None, clock.local(r.opened_at),
        )
        for r in rows
    ]  # fmt: skip
    return write_workbook(Sheet("人员账号", HEADINGS, lines))
