"""What is done about a line: instruction, unit and limit, reply, finishing, reopening. One address each."""

from collections.abc import Callable
from typing import Any

from flask import flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.desk import handling
from blueprints.duty import duty
from blueprints.duty.desk_forms import VersionedForm
from blueprints.duty.line_page import line_page
from blueprints.duty.line_step_forms import (
    AssignForm,
    FinishForm,
    InstructForm,
    OwnInstructForm,
    ReopenForm,
    ReplyForm,
)
from extensions import db
from models.duty_desk import DeskEntry
from queries.choices import unit_choices
from queries.desk_scope import line_in_scope, own_line
from queries.leader_posts import name_and_post
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.matter_forms import chosen, id_of
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

WRITE = Permission.DUTY_LOG
Loader = Callable[..., DeskEntry]


def take_step(
    line_id: int,
    name: str,
    form: VersionedForm,
    act: Callable[[Session, DeskEntry], Any],
    done: str,
    load: Loader = own_line,
) -> str | Response:
    """One act on a line: the record's page again with 422 where it is refused, 303 to it where it is done."""
    load(db.session(), actor(), line_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                act(session, load(session, actor(), line_id))
        except Refused:
            pass
        else:
            flash(done, "success")
            return see_other(url_for("duty.show_line", line_id=line_id))
    return unprocessable(line_page(line_id, **{name: form}))


def _how(form: VersionedForm) -> dict[str, Any]:
    return {"actor": actor(), "now": clock.now(), "version": form.seen_version}


@duty.route("/duty/log/<int:line_id>/instruction", permission=WRITE, methods=["POST"])
def instruct_line(line_id: int) -> str | Response:
    """A leader's 批示, as the desk was told."""
    form = InstructForm()

    def act(session: Session, line: DeskEntry) -> None:
        text, by = (form.text.data or "").strip(), (form.instructed_by.data or "").strip()
        handling.instruct(session, line=line, text=text, instructed_by=by, **_how(form))

    return take_step(line_id, "instruct", form, act, "批示已记下。")


@duty.route("/duty/log/<int:line_id>/own-instruction", permission=Permission.DUTY_INSTRUCT, methods=["POST"])
def instruct_line_oneself(line_id: int) -> str | Response:
    """A leader's own 批示."""
    form = OwnInstructForm()

    def act(session: Session, line: DeskEntry) -> None:
        by = name_and_post(session, actor(), clock.today())
        text = (form.text.data or "").strip()
        handling.instruct(session, line=line, text=text, instructed_by=by, **_how(form))

    return take_step(line_id, "own_instruct", form, act, "批示已记下。", load=line_in_scope)


@duty.route("/duty/log/<int:line_id>/assignment", permission=WRITE, methods=["POST"])
def assign_line(line_id: int) -> str | Response:
    form = AssignForm()
    units = unit_choices(db.session(), actor().account_id, clock.today())

    def act(session: Session, line: DeskEntry) -> None:
        responsible = chosen(form, "responsible_unit", units)
        if form.errors:
            raise RuleViolation("请改正承办单位。")
        handling.assign(
            session,
            line=line,
            responsible_unit_id=id_of(responsible),
            due_at=form.limit(clock.now()),
            **_how(form),
        )

    return take_step(line_id, "assign", form, act, "承办单位和时限已定。")


@duty.route("/duty/log/<int:line_id>/reply", permission=WRITE, methods=["POST"])
def give_reply(line_id: int) -> str | Response:
    form = ReplyForm()

    def act(session: Session, line: DeskEntry) -> None:
        text = (form.text.data or "").strip()
        handling.reply(session, line=line, text=text, replied_at=form.replied_at(), **_how(form))

    return take_step(line_id, "reply", form, act, "回复已登记。")


@duty.route("/duty/log/<int:line_id>/completion", permission=WRITE, methods=["POST"])
def finish_line(line_id: int) -> str | Response:
    form = FinishForm()

    def act(session: Session, line: DeskEntry) -> None:
        handling.finish(session, line=line, **_how(form))

    return take_step(line_id, "finish", form, act, "已办结。")


@duty.route("/duty/log/<int:line_id>/reopening", permission=WRITE, methods=["POST"])
def reopen_line(line_id: int) -> str | Response:
    form = ReopenForm()

    def act(session: Session, line: DeskEntry) -> None:
        handling.reopen(session, line=line, reason=form.reason.data, **_how(form))

    return take_step(line_id, "reopen", form, act, "已重新办理。")
