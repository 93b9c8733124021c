"""值班日志: one line, to read, to correct, to void."""

from flask import flash, render_template, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from actions.desk.entering import correct_line as correct_line_action
from actions.desk.entering import void_line as void_line_action
from blueprints.duty import duty
from blueprints.duty.desk_forms import CorrectionForm, VoidForm, fields_of
from blueprints.duty.line_page import line_page
from blueprints.duty.line_steps import take_step
from blueprints.duty.log import warn_of_numbers
from extensions import db
from models.duty_desk import DeskEntry
from queries.desk_scope import own_line
from rules.errors import StaleVersion
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@duty.route("/duty/log/<int:line_id>", permission=Permission.DUTY_LOG_READ)
def show_line(line_id: int) -> str:
    return line_page(line_id)


@duty.route("/duty/log/<int:line_id>/correction", permission=Permission.DUTY_LOG, methods=["GET", "POST"])
def correct_line(line_id: int) -> str | Response:
    line = own_line(db.session(), actor(), line_id)
    if request.method == "GET":
        if line.is_void:
            raise Forbidden("这条日志已作废，不能更正。")
        return _correction_page(CorrectionForm(formdata=None, data=fields_of(line)), line)
    form = CorrectionForm()
    if not form.validate_on_submit():
        return unprocessable(_correction_page(form, line))
    data = form.data_for(db.session(), actor(), clock.today())
    try:
        with form.refusals(), writing() as session:
            correct_line_action(
                session,
                actor=actor(),
                now=clock.now(),
                line=own_line(session, actor(), line_id),
                data=data,
                version=form.seen_version,
                reason=form.reason.data,
            )
    except Refused as refused:
        stale = isinstance(refused.__cause__, StaleVersion)
        return unprocessable(_correction_page(form, own_line(db.session(), actor(), line_id), stale=stale))
    flash("已更正，原来的内容保留在修改记录里。", "success")
    warn_of_numbers(own_line(db.session(), actor(), line_id))
    return see_other(url_for("duty.show_line", line_id=line_id))


def _correction_page(form: CorrectionForm, line: DeskEntry, *, stale: bool = False) -> str:
    """After a refusal as stale, saving again over the newer content is deliberate."""
    if stale:
        form.version.data = line.version
    return render_template("duty/correct_line.html", form=form, line=line, stale=stale)


@duty.route("/duty/log/<int:line_id>/void", permission=Permission.DUTY_LOG, methods=["POST"])
def void_line(line_id: int) -> str | Response:
    form = VoidForm()
    return take_step(
        line_id,
        "void",
        form,
        lambda session, line: void_line_action(
            session,
            actor=actor(),
            now=clock.now(),
            line=line,
            version=form.seen_version,
            reason=form.reason.data,
        ),
        "已作废。编号保留，不再计入任何统计。",
    )
