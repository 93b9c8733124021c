"""The list of entries, one entry, the sheet, and the walk along the chain."""

from typing import Any

from flask import current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.audit import audit
from documents.workbook import Sheet, write_workbook
from extensions import db
from queries.audit_log import MOST_ROWS, AuditFilter, Entry, count_entries, list_entries, load_entry
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.audit_anchor import verify_site
from web.audit_words import ACTIONS, SUBJECTS, action_label, actions_by_area, field_label, subject_label
from web.form_fields import unprocessable
from web.pages import page_or_part, see_other, xlsx_answer
from web.whole_lists import is_too_long

HEADINGS = ("序号", "时间", "操作人", "角色", "单位", "操作", "对象", "编号", "地址", "理由", "改动栏目")


@audit.route("/audit", permission=Permission.AUDIT, endpoint="list_entries")
def entries() -> str | Response:
    try:
        chosen = AuditFilter.from_args(request.args)
    except RuleViolation as violation:
        return unprocessable(_page(AuditFilter(), {violation.field or "": violation.message}))
    if request.args.get("format") == "xlsx":
        rows = list_entries(db.session(), chosen, size=MOST_ROWS + 1).rows
        if is_too_long(rows, MOST_ROWS):
            return see_other(url_for("audit.list_entries", **chosen.to_args()))
        sheet = Sheet("审计日志", HEADINGS, [_line(r) for r in rows])
        return xlsx_answer(write_workbook(sheet), f"审计日志_{clock.today()}")
    return _page(chosen, {})


@audit.route("/audit/<int:entry_id>", permission=Permission.AUDIT)
def show_entry(entry_id: int) -> str:
    return render_template("audit/show_entry.html", entry=load_entry(db.session(), entry_id), **_words())


@audit.route("/audit/verification", permission=Permission.AUDIT, methods=["POST"])
def verify() -> str:
    """Walks the whole chain; reads only."""
    report = verify_site(current_app.config["INSTANCE_DIR"], db.session())
    return render_template("audit/verify.html", report=report, at=clock.now())


def _page(chosen: AuditFilter, problems: dict[str, str]) -> str:
    cursors = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "audit/list_entries.html",
        "audit/_audit_rows.html",
        page=list_entries(db.session(), chosen, **cursors),
        total=count_entries(db.session(), chosen),
        chosen=chosen,
        args=chosen.to_args(),
        problems=problems,
        sentence=chosen.sentence(ACTIONS, SUBJECTS),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "actions": actions_by_area(),
        "subjects": SUBJECTS,
        "action_label": action_label,
        "subject_label": subject_label,
        "field_label": field_label,
    }


def _line(r: Entry) -> tuple[Any, ...]:
    return (
        r.id, clock.local(r.at), r.actor, r.role, r.unit, action_label(r.action), subject_label(r.subject_type),
        r.subject_label, r.address, r.reason, "、".join(map(field_label, r.fields)),
    )  # fmt: skip
