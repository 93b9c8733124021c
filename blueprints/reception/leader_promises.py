"""What leaders promised at their receptions, and what came of it."""

from typing import Any

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from actions.leader_receptions import complete_promise, may_complete
from blueprints.reception import reception
from blueprints.reception.leader_day_forms import PromiseCompletionForm
from extensions import db
from models.leader_reception import LeaderPromise, LeaderReception
from models.supervision import SupervisionTask
from queries.became_tasks import struck_off, tasks_of
from queries.leader_receptions import OpenPromise, load_promise, open_promises
from queries.scope import is_root
from rules.matter_rules import LONGEST_SUMMARY
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.task_addresses import task_address
from web.unit_of_work import writing


@reception.route("/reception/leader-days/promises", permission=Permission.RECEPTION_READ)
def list_leader_promises() -> str:
    """Promises not yet kept that the actor's unit made or must keep."""
    promises = open_promises(db.session(), actor(), clock.today())
    return render_template("reception/list_leader_promises.html", promises=promises)


@reception.route("/reception/leader-days/promises/<int:promise_id>", permission=Permission.RECEPTION_READ)
def show_leader_promise(promise_id: int) -> str:
    promise = load_promise(db.session(), actor(), promise_id, clock.today())
    return _promise_page(promise, PromiseCompletionForm(formdata=None, data=_known(promise)))


@reception.route(
    "/reception/leader-days/promises/<int:promise_id>",
    permission=Permission.RECEPTION_WRITE,
    methods=["POST"],
    endpoint="complete_leader_promise",
)
def complete(promise_id: int) -> str | Response:
    form = PromiseCompletionForm()
    promise = load_promise(db.session(), actor(), promise_id, clock.today())
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                complete_promise(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    promise_id=promise_id,
                    result=form.result.data,
                    on=form.completed_on.data,
                    submission_key=form.submission_key.data or "",
                )
        except Refused:
            pass
        else:
            flash("落实情况已登记。", "success")
            return see_other(url_for("reception.show_leader_promise", promise_id=promise_id))
    return unprocessable(_promise_page(promise, form))


def _known(promise: OpenPromise) -> dict[str, Any]:
    """What is filled in: of a task that was struck off, the day and the result that the unit reported there."""
    today = {"completed_on": clock.today()}
    row = db.session.get_one(LeaderPromise, promise.id)
    day = db.session.get_one(LeaderReception, promise.reception_id)
    if not promise.is_struck_off or not task_address(_task_of(promise)):
        return today
    ended = struck_off(db.session(), row, row.responsible_unit_id or day.unit_id)
    if ended is None:
        return today
    on = max(ended.on, promise.reception_date)
    return {"completed_on": on, "result": " ".join(ended.text.split())[:LONGEST_SUMMARY]}


def _task_of(promise: OpenPromise) -> SupervisionTask | None:
    return tasks_of(db.session(), "leader_promise", [promise.id]).get(promise.id)


def _promise_page(promise: OpenPromise, form: PromiseCompletionForm) -> str:
    row = db.session.get_one(LeaderPromise, promise.id)
    day = db.session.get_one(LeaderReception, promise.reception_id)
    task = _task_of(promise)
    return render_template(
        "reception/show_leader_promise.html",
        promise=promise,
        form=form,
        task=task,
        task_address=task_address(task),
        may_complete=promise.completed_on is None
        and not day.is_void
        and may_complete(actor(), day.unit, row.responsible_unit),
        may_open_day=is_root(actor().scope_path) or day.unit.path.startswith(actor().scope_path),
    )
