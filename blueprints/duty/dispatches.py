"""转办 between desks: sending a line on, the page of what was sent here, receiving, taking back."""

from flask import flash, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.desk import dispatching
from blueprints.duty import duty
from blueprints.duty.line_page import light_of, line_page
from blueprints.duty.line_step_forms import SendForm, TakeBackForm
from blueprints.duty.line_steps import take_step
from extensions import db
from models.duty_desk import DeskEntry
from queries.desk_log import source_in_words
from queries.desk_scope import load_dispatch, own_desk, receives_for
from rules.desk_words import EntryKind
from rules.errors import NotVisible
from rules.roles import Permission
from web import clock
from web.form_fields import Form, Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

WRITE = Permission.DUTY_LOG


@duty.route("/duty/log/<int:line_id>/dispatches", permission=WRITE, methods=["POST"])
def forward_line(line_id: int) -> str | Response:
    """To one or several desks at once."""
    form = SendForm()

    def act(session: Session, line: DeskEntry) -> None:
        dispatching.send_on(
            session,
            actor=actor(),
            now=clock.now(),
            line=line,
            version=form.seen_version,
            unit_ids=form.unit_ids,
            demand=(form.demand.data or "").strip(),
            due_at=form.limit(clock.now()),
            submission_key=form.submission_key.data or "",
        )

    return take_step(line_id, "send", form, act, "已转出，等待对方签收。")


@duty.route("/duty/dispatches/<int:dispatch_id>", permission=Permission.DUTY_LOG_READ)
def show_dispatch(dispatch_id: int) -> str:
    """What was sent, as the receiver reads it: no more of the sender's log than this."""
    return _dispatch_page(dispatch_id)


@duty.route("/duty/dispatches/<int:dispatch_id>/receipt", permission=WRITE, methods=["POST"])
def receive_dispatch(dispatch_id: int) -> str | Response:
    form = Form()
    load_dispatch(db.session(), actor(), dispatch_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                line = dispatching.receive(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    dispatch=load_dispatch(session, actor(), dispatch_id),
                )
                line_id, number = line.id, line.number
        except Refused:
            pass
        else:
            flash(f"已签收，记入本值班室 {number}。", "success")
            return see_other(url_for("duty.show_line", line_id=line_id))
    return unprocessable(_dispatch_page(dispatch_id, form))


@duty.route("/duty/dispatches/<int:dispatch_id>/void", permission=WRITE, methods=["POST"])
def take_dispatch_back(dispatch_id: int) -> str | Response:
    """收回 before receipt, by who sent it."""
    form = TakeBackForm()
    line_id = load_dispatch(db.session(), actor(), dispatch_id).entry_id
    if load_dispatch(db.session(), actor(), dispatch_id).entry.unit_id != own_desk(actor()):
        raise NotVisible("desk_dispatch")
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                dispatching.take_back(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    dispatch=load_dispatch(session, actor(), dispatch_id),
                    version=form.seen_version,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已收回。", "success")
            return see_other(url_for("duty.show_line", line_id=line_id))
    return unprocessable(line_page(line_id, **{f"take_back_{dispatch_id}": form}))


def _dispatch_page(dispatch_id: int, form: Form | None = None) -> str:
    row = load_dispatch(db.session(), actor(), dispatch_id)
    entry = row.entry
    return render_template(
        "duty/show_dispatch.html",
        row=row,
        kind=EntryKind(entry.kind).label,
        source=source_in_words(entry.source_unit.label if entry.source_unit else "", entry.source),
        light=light_of(row),
        is_here=row.unit_id in receives_for(actor()),
        is_sender=entry.unit_id == own_desk(actor()),
        opened=row.received_entry
        if row.received_entry and row.received_entry.unit_id == own_desk(actor())
        else None,
        form=form or Form(formdata=None),
    )
