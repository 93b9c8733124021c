"""Who signed in, or tried to, from where."""

from flask import request, url_for
from werkzeug.wrappers import Response

from blueprints.audit import audit
from documents.workbook import Sheet, write_workbook
from extensions import db
from queries.audit_log import MOST_ROWS, OUTCOMES, SignInFilter, list_sign_ins
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, xlsx_answer
from web.whole_lists import is_too_long

HEADINGS = ("时间", "用户名", "姓名", "结果", "地址", "浏览器")


@audit.route("/audit/sign-ins", permission=Permission.AUDIT, endpoint="list_sign_ins")
def sign_ins() -> str | Response:
    try:
        chosen = SignInFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(SignInFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = list_sign_ins(db.session(), chosen, size=MOST_ROWS + 1).rows
        if is_too_long(rows, MOST_ROWS):
            return see_other(url_for("audit.list_sign_ins", **chosen.to_args()))
        lines = [
            (clock.local(r.at), r.username, r.name, OUTCOMES.get(r.outcome, r.outcome), r.address, r.browser)
            for r in rows
        ]
        return xlsx_answer(write_workbook(Sheet("登录记录", HEADINGS, lines)), f"登录记录_{clock.today()}")
    return _page(chosen, {})


def _page(chosen: SignInFilter, problems: dict[str, str]) -> str:
    cursors = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "audit/list_sign_ins.html",
        "audit/_sign_in_rows.html",
        page=list_sign_ins(db.session(), chosen, **cursors),
        chosen=chosen,
        args=chosen.to_args(),
        problems=problems,
        outcomes=OUTCOMES,
    )
