"""One decision: what it asks of whom, and how it ended."""

from typing import Any

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from actions.meetings.deciding import complete_decision, may_judge, reopen_decision
from blueprints.decisions import decisions
from blueprints.decisions.forms import CompletionForm, ReopenForm
from extensions import db
from models.meeting import MeetingDecision
from queries.decision_returns import DecisionReturn, decision_sent_back
from queries.meeting_decisions import decision_rows, load_decision, task_of_decision
from queries.meeting_scope import load_meeting
from queries.petition_days import petition_days
from queries.petition_scope import visible_among
from rules.errors import NotVisible
from rules.meeting_words import MeetingState
from rules.own_entries import was_entered_late
from rules.roles import Permission
from rules.supervision_states import TaskState
from web import clock
from web.attachment_pages import AttachedTo, attachment_panel
from web.form_fields import Refused, unprocessable, with_ids
from web.pages import see_other
from web.session import actor
from web.task_addresses import task_address
from web.template_filters import may_open
from web.unit_of_work import writing

ONE = "/meetings/decisions/<int:decision_id>"


@decisions.route(ONE, permission=Permission.MEETINGS_READ)
def show_decision(decision_id: int) -> str:
    return decision_page(decision_id)


@decisions.route(
    f"{ONE}/completion",
    permission=Permission.MEETINGS_WRITE,
    methods=["POST"],
    endpoint="complete_decision",
)
def complete(decision_id: int) -> str | Response:
    form = CompletionForm()
    load_decision(db.session(), actor(), decision_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                complete_decision(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    decision_id=decision_id,
                    version=form.seen_version,
                    done_on=form.done_on.data,
                    result=(form.result.data or "").strip(),
                    evidence=(form.evidence.data or "").strip(),
                )
        except Refused:
            pass
        else:
            flash("落实情况已登记。", "success")
            return see_other(url_for("decisions.show_decision", decision_id=decision_id))
    return unprocessable(decision_page(decision_id, complete=form))


@decisions.route(
    f"{ONE}/reopening",
    permission=Permission.MEETINGS_MINUTE,
    methods=["POST"],
    endpoint="reopen_decision",
)
def reopen(decision_id: int) -> str | Response:
    form = ReopenForm()
    load_decision(db.session(), actor(), decision_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                reopen_decision(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    decision_id=decision_id,
                    version=form.seen_version,
                    reason=form.reason.data or "",
                )
        except Refused:
            pass
        else:
            flash("已退回，重新列为未落实。", "success")
            return see_other(url_for("decisions.show_decision", decision_id=decision_id))
    return unprocessable(decision_page(decision_id, reopen=form))


def attached_to(decision_id: int) -> AttachedTo:
    """Raises NotVisible."""
    row = load_decision(db.session(), actor(), decision_id)
    return AttachedTo("meeting_decision", row.id, "decisions", "decision_id")


def decision_page(decision_id: int, **typed: Any) -> str:
    """`typed` are forms that were refused. Raises NotVisible."""
    session = db.session()
    row = load_decision(session, actor(), decision_id)
    task = task_of_decision(session, row.id)
    days = petition_days(session, clock.today())
    shown = decision_rows(session, [row], days)[0]
    runs = task is not None and task.state != TaskState.CLOSED
    ends_here = shown.done_on is None and row.meeting.state == MeetingState.MINUTED and not runs
    sent_back = decision_sent_back(session, row) if ends_here else None
    fresh = _completion_form(row, sent_back)
    again = ReopenForm(formdata=None, data={"version": row.version})
    return render_template(
        "decisions/show_decision.html",
        row=row,
        shown=shown,
        sent_back=sent_back,
        task=task,
        task_address=task_address(task),
        own_meeting=_is_own_meeting(row),
        about=_matter(row),
        form=typed.get("complete", fresh),
        entered_late=was_entered_late(row.done_on, row.recorded_at),
        may_complete=ends_here and may_open("decisions.complete_decision"),
        reopen_form=with_ids(typed.get("reopen", again), "reopen"),
        may_reopen=row.done_on is not None and may_judge(actor(), row),
        new_task=_new_task(row) if ends_here else "",
        attachments=_attachments(row, typed),
    )


def _completion_form(row: MeetingDecision, sent_back: DecisionReturn | None) -> CompletionForm:
    """Fresh, or with what was returned, to be put right."""
    said = {"result": sent_back.result, "evidence": sent_back.evidence} if sent_back else {}
    return CompletionForm(formdata=None, data={"version": row.version, "done_on": clock.today()} | said)


def _is_own_meeting(row: MeetingDecision) -> bool:
    """Whether the reader sees the whole meeting, or only what it asks of his unit."""
    try:
        load_meeting(db.session(), actor(), row.meeting_id)
    except NotVisible:
        return False
    return True


def _matter(row: MeetingDecision) -> Any:
    """The petition that it is about, where the reader may see that."""
    petition = row.item.petition if row.item else None
    return petition if petition and visible_among(db.session(), actor(), [petition.id]) else None


def _new_task(row: MeetingDecision) -> str:
    """Where a task is filed of it; "" for who may not."""
    if not may_open("supervision.new_task") or not may_judge(actor(), row):
        return ""
    return url_for("supervision.new_task", source="meeting", decision=row.id)


def _attachments(row: MeetingDecision, typed: dict[str, Any]) -> Any:
    may_add = may_open("decisions.upload_attachments") and row.done_on is None
    return attachment_panel(
        AttachedTo("meeting_decision", row.id, "decisions", "decision_id"),
        may_add=may_add,
        may_void=may_add,
        upload_form=typed.get("upload_form"),
        void_form=typed.get("attachment_void_form"),
    )
