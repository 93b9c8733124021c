"""One task: filled in, filed, corrected while it is a draft, issued, void."""

from datetime import date, timedelta
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.supervision.filing import correct_task as correct_action
from actions.supervision.filing import file_task as file_action
from actions.supervision.filing import void_task as void_action
from actions.supervision.issuing import issue_task as issue_action
from blueprints.supervision import supervision
from blueprints.supervision.forms import (
    IssueTaskForm,
    TaskCorrectionForm,
    TaskForm,
    VoidTaskForm,
    fields_of,
    rows_opened,
    rows_saved,
    version_in,
)
from blueprints.supervision.origin_asked import opening_asked, typed_origin
from blueprints.supervision.record_page import task_page
from extensions import db
from models.petition import Petition
from models.supervision import SupervisionTask
from queries.accused import accused_of
from queries.choices import Choice, unit_choices
from queries.supervision_origins import Opening, Origin
from queries.supervision_scope import load_task, open_tasks_about, petition_shown
from queries.terms import calendar_of
from rules.petition_rules import asks_to_compare
from rules.roles import Permission
from rules.supervision_clocks import roll_forward
from rules.supervision_openings import DEMANDS, DEMANDS_IN_TIME, DEMANDS_OF_HANDLING
from rules.supervision_states import LineState, TaskState
from rules.supervision_words import TaskSource
from rules.taxonomy import Purpose
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

FILE, READ = Permission.SUPERVISION_FILE, Permission.SUPERVISION_READ
USUAL_DAYS = 15
"""What a new task's limit is filled in with: a proposal, to be changed."""


@supervision.route("/supervision/tasks/new", permission=FILE)
def new_task() -> str:
    """Empty, or filled in from what the address names."""
    opening = opening_asked(request.args)
    form = _fresh(opening).with_units(rows_opened(opening, _units()) if opening else [])
    return _new_page(form, opening)


@supervision.route("/supervision/tasks", permission=FILE, methods=["POST"])
def file_task() -> str | Response:
    opening = opening_asked(request.args)
    form = TaskForm().with_units([], more="more" in request.form)
    if opening is not None:
        form.without_origin()
    if "more" in request.form:
        return _new_page(form, opening)
    if not form.is_fine(_units()):
        return unprocessable(_new_page(form, opening))
    try:
        with form.refusals(), writing() as session:
            task = file_action(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=form.as_data(opening.origin if opening else typed_origin(form)),
                submission_key=form.submission_key.data or "",
            )
            number, task_id = task.number, task.id
    except Refused:
        return unprocessable(_new_page(form, opening))
    flash(f"已立项 {number}，等待单位负责人签发。", "success")
    return see_other(url_for("supervision.show_task", task_id=task_id))


@supervision.route("/supervision/tasks/<int:task_id>", permission=READ)
def show_task(task_id: int) -> str:
    return task_page(_load(task_id))


@supervision.route("/supervision/tasks/<int:task_id>/correction", permission=FILE, methods=["GET", "POST"])
def correct_task(task_id: int) -> str | Response:
    """While it is a draft."""
    task = _load(task_id)
    if request.method == "GET":
        saved = TaskCorrectionForm(formdata=None, data=fields_of(task)).without_origin()
        return _correction_page(saved.with_units(rows_saved(task)), task)
    form = TaskCorrectionForm().without_origin().with_units([], more="more" in request.form)
    if "more" in request.form:
        return _correction_page(form, task)
    if form.is_fine(_units()) and _corrected(task_id, form):
        flash("已修改，原来的内容保留在修改记录里。", "success")
        return see_other(url_for("supervision.show_task", task_id=task_id))
    return unprocessable(_correction_page(form, _load(task_id)))


@supervision.route("/supervision/tasks/<int:task_id>/void", permission=FILE, methods=["POST"])
def void_task(task_id: int) -> str | Response:
    form = VoidTaskForm()
    _load(task_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                void_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    task=load_task(session, actor(), task_id),
                    version=version_in(form),
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已作废，编号保留。", "success")
            return see_other(url_for("supervision.show_task", task_id=task_id))
    return unprocessable(task_page(_load(task_id), void_form=form))


@supervision.route(
    "/supervision/tasks/<int:task_id>/issue", permission=Permission.SUPERVISION_ISSUE, methods=["POST"]
)
def issue_task(task_id: int) -> str | Response:
    """Without a 督办函; one that is issued with its number sends the task out as well."""
    form = IssueTaskForm()
    _load(task_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                issue_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    task=load_task(session, actor(), task_id),
                    version=version_in(form),
                    submission_key=form.submission_key.data or "",
                )
        except Refused:
            pass
        else:
            flash("已签发，等待承办单位签收。", "success")
            return see_other(url_for("supervision.show_task", task_id=task_id))
    return unprocessable(task_page(_load(task_id), issue_form=form))


def _corrected(task_id: int, form: TaskCorrectionForm) -> bool:
    try:
        with form.refusals(), writing() as session:
            task = load_task(session, actor(), task_id)
            correct_action(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                task=task,
                data=form.as_data(_origin_of(task)),
                version=version_in(form),
            )
    except Refused:
        return False
    return True


def _origin_of(task: SupervisionTask) -> Origin:
    return Origin(
        TaskSource(task.source),
        task.source_type,
        task.source_id,
        task.source_text,
        task.petition_id,
        tuple(petition.id for petition in task.petitions),
    )


def _load(task_id: int) -> SupervisionTask:
    return load_task(db.session(), actor(), task_id)


def _units() -> list[Choice]:
    return unit_choices(db.session(), actor().account_id, clock.today())


def _fresh(opening: Opening | None) -> TaskForm:
    today = clock.today()
    usual = roll_forward(today + timedelta(days=USUAL_DAYS), calendar_of(db.session()))
    values: dict[str, Any] = {"filed_on": today, "due_on": usual, "demands": DEMANDS}
    if opening is None:
        return TaskForm(formdata=None, data=values)
    values |= {"title": opening.title, "content": opening.content}
    values |= {
        "ground": opening.ground.value if opening.ground else "",
        "demands": _demands_of(opening),
    }
    return TaskForm(formdata=None, data=values | _later(opening.due_on, today)).without_origin()


def _demands_of(opening: Opening) -> str:
    if opening.ground is not None or opening.origin.figure is not None:
        return DEMANDS
    return DEMANDS_OF_HANDLING if opening.origin.source is TaskSource.PETITION else DEMANDS_IN_TIME


def _later(due_on: date | None, today: date) -> dict[str, date]:
    """The day that was set already, where it has not passed."""
    return {"due_on": due_on} if due_on is not None and due_on > today else {}


def _new_page(form: TaskForm, opening: Opening | None) -> str:
    petition = opening.petitions[0] if opening and opening.petitions else None
    return render_template(
        "supervision/new_task.html",
        form=form,
        opening=opening,
        source_label=opening.origin.source.label if opening else "",
        running=_running(opening),
        address=url_for("supervision.file_task", **request.args.to_dict(flat=False)),
        asks_to_compare=_must_compare(petition) or bool(form.compared.errors),
    )


def _running(opening: Opening | None) -> list[tuple[int, str, TaskState]]:
    """Tasks about the same petitions: to be seen before another is filed."""
    ids = opening.origin.petition_ids if opening else ()
    return open_tasks_about(db.session(), actor(), ids) if ids else []


def _correction_page(form: TaskForm, task: SupervisionTask) -> str:
    petition = petition_shown(db.session(), actor(), task)
    return render_template(
        "supervision/correct_task.html",
        form=form,
        task=task,
        is_draft=task.state == TaskState.DRAFT and not task.is_void,
        withdrawn=[line for line in task.lines if line.state == LineState.WITHDRAWN],
        asks_to_compare=_must_compare(petition) or bool(form.compared.errors),
    )


def _must_compare(petition: Petition | None) -> bool:
    """Whether a person has to compare the units with whom the petition accuses."""
    if petition is None:
        return False
    known = accused_of(db.session(), petition, petition.received_on).is_known
    return asks_to_compare(Purpose(petition.purpose), accused_is_known=known)
