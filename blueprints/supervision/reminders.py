"""催办 many units at once: those that were ticked on the list."""

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.supervision.steps import Act
from actions.supervision.urging import urge_many
from blueprints.supervision import supervision
from queries.register_filter import number_of
from queries.supervision_scope import load_line
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import OnceForm
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

MOST_AT_ONCE = 100


@supervision.route("/supervision/tasks/reminders", permission=Permission.SUPERVISION_FILE, methods=["POST"])
def urge_lines() -> Response:
    """Each that may be urged is; the others are told with why not."""
    form = OnceForm()
    ids = list(dict.fromkeys(i for i in map(number_of, request.form.getlist("line")) if i is not None))
    if not form.validate_on_submit() or not ids:
        flash("请先勾选要催办的承办单位。", "warning")
        return _back()
    if len(ids) > MOST_AT_ONCE:
        raise RuleViolation(f"一次最多催办 {MOST_AT_ONCE} 个单位。")
    with writing() as session:
        urged, left = urge_many(session, [_act(session, line_id, form) for line_id in ids])
        said = [f"{line.unit.label}：{words}" for line, words in left]
    if urged:
        flash(f"已催办 {len(urged)} 个单位。", "success")
    if said:
        flash(f"有 {len(said)} 个没有催办。{'；'.join(said)}", "warning")
    return _back()


def _act(session: Session, line_id: int, form: OnceForm) -> Act:
    line = load_line(session, actor(), line_id)
    key = f"{form.submission_key.data}|{line_id}" if form.submission_key.data else ""
    text = (request.form.get("text") or "").strip()[:200]
    return Act(actor(), clock.now(), clock.today(), line, line.version, clock.today(), text, key)


def _back() -> Response:
    return see_other(url_for("supervision.list_tasks", state="overdue", sort="due"))
