"""Every step on a line: one address, one form, one act. What is refused is the task's page with the form open."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.supervision.steps import Act
from actions.supervision.undoing import undo_step
from blueprints.supervision import supervision
from blueprints.supervision.forms import version_in
from blueprints.supervision.record_page import task_page
from blueprints.supervision.step_doors import DOORS, Door
from blueprints.supervision.step_forms import DatedForm, StepForm, UndoForm
from extensions import db
from models.supervision import SupervisionLine
from queries.register_filter import number_of
from queries.supervision_scope import load_line, load_task
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


def _view(door: Door) -> Callable[[int], str | Response]:
    def take_step(task_line_id: int) -> str | Response:
        line = load_line(db.session(), actor(), task_line_id)
        form = door.form()
        if form.validate_on_submit() and _done(task_line_id, form, door.act):
            flash(door.done, "success")
            return _back(line)
        return unprocessable(_page(task_line_id, refused={door.verb: form}))

    return take_step


for _door in DOORS:
    supervision.route(
        f"/supervision/lines/<int:task_line_id>/{_door.noun}",
        permission=_door.permission,
        methods=["POST"],
        endpoint=_door.endpoint,
    )(_view(_door))


@supervision.route(
    "/supervision/lines/<int:task_line_id>/undo",
    permission=Permission.SUPERVISION_ANSWER,
    methods=["POST"],
)
def undo_line_step(task_line_id: int) -> str | Response:
    """Take back the latest step of a line."""
    line = load_line(db.session(), actor(), task_line_id)
    form = UndoForm()

    def act(session: Session, asked: Act, _form: Any) -> None:
        undo_step(session, asked, number_of(str(form.step.data or "")) or 0)

    if form.validate_on_submit() and _done(task_line_id, form, act):
        flash("已撤销这一步，记录保留。", "success")
        return _back(line)
    return unprocessable(_page(task_line_id, undo_form=form))


def _done(line_id: int, form: StepForm, act: Callable[[Session, Act, Any], None]) -> bool:
    """Whether the step was taken; a refusal then stands in the form."""
    with suppress(Refused):
        with form.refusals(), writing() as session:
            act(session, _act(session, line_id, form), form)
        return True
    return False


def _act(session: Session, line_id: int, form: StepForm) -> Act:
    return Act(
        actor=actor(),
        now=clock.now(),
        today=clock.today(),
        line=load_line(session, actor(), line_id),
        version=version_in(form),
        on=form.on.data if isinstance(form, DatedForm) else clock.today(),
        text=(form["text"].data or "").strip() if "text" in form else "",
        submission_key=form.submission_key.data or "",
    )


def _page(line_id: int, **forms: Any) -> str:
    line = load_line(db.session(), actor(), line_id)
    return task_page(load_task(db.session(), actor(), line.task_id), line_id=line.id, **forms)


def _back(line: SupervisionLine) -> Response:
    return see_other(url_for("supervision.show_task", task_id=line.task_id, line=line.id, _anchor="line"))
