"""Steps of a bulletin besides issuing: submit, send back, give up, withdraw, correct."""

from collections.abc import Callable
from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from actions.bulletins import (
    BulletinData,
    draft_bulletin,
    return_bulletin,
    submit_bulletin,
    void_bulletin,
    withdraw_bulletin,
)
from blueprints.bulletins import bulletins
from blueprints.bulletins.forms import CorrectForm, StepReasonForm, SubmitForm
from blueprints.bulletins.records import record_page
from extensions import db
from models.bulletin import Bulletin
from queries.bulletins import corrections_of, load_bulletin, open_correction
from queries.register_filter import number_of
from rules.bulletin_correction import Change, correction_source, correction_title, is_told
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_rules import BulletinState, may_draft_for
from rules.errors import NotVisible, RuleViolation
from rules.periods import parse_period
from rules.roles import Permission
from web import clock
from web.bulletin_drafting import require_ready
from web.bulletin_writing import changes_since_issue
from web.form_fields import Form, Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@bulletins.route(
    "/bulletins/<int:bulletin_id>/submission",
    permission=Permission.BULLETINS_WRITE,
    methods=["POST"],
    endpoint="submit_bulletin",
)
def submit(bulletin_id: int) -> str | Response:
    form = SubmitForm()
    try:
        with form.refusals():
            require_ready(
                db.session(),
                actor(),
                load_bulletin(db.session(), actor(), bulletin_id),
                clock.today(),
                names_checked=form.names_checked.data,
            )
    except Refused:
        return _refused(bulletin_id, submit_form=form)
    return _done(bulletin_id, form, submit_bulletin, "submit_form", "已提交，等待签发。")


@bulletins.route(
    "/bulletins/<int:bulletin_id>/return",
    permission=Permission.BULLETINS_WRITE,
    methods=["POST"],
    endpoint="return_bulletin",
)
def send_back(bulletin_id: int) -> str | Response:
    return _done(bulletin_id, StepReasonForm(), return_bulletin, "return_form", "已退回起草。")


@bulletins.route(
    "/bulletins/<int:bulletin_id>/void",
    permission=Permission.BULLETINS_WRITE,
    methods=["POST"],
    endpoint="void_bulletin",
)
def give_up(bulletin_id: int) -> str | Response:
    return _done(bulletin_id, StepReasonForm(), void_bulletin, "void_form", "草稿已放弃，内容仍可查看。")


@bulletins.route(
    "/bulletins/<int:bulletin_id>/withdrawal",
    permission=Permission.BULLETINS_ISSUE,
    methods=["POST"],
    endpoint="withdraw_bulletin",
)
def withdraw(bulletin_id: int) -> str | Response:
    if load_bulletin(db.session(), actor(), bulletin_id).unit_id != actor().unit_id:
        raise NotVisible("bulletin")
    words = "已撤回。文号和原文保留，所有收到的单位都会看到撤回说明。"
    return _done(bulletin_id, StepReasonForm(), withdraw_bulletin, "withdraw_form", words)


@bulletins.route(
    "/bulletins/<int:bulletin_id>/correction",
    permission=Permission.BULLETINS_WRITE,
    methods=["POST"],
    endpoint="correct_bulletin",
)
def correct(bulletin_id: int) -> Response:
    """A draft that tells each figure that has changed, old and new."""
    row = load_bulletin(db.session(), actor(), bulletin_id)
    if not row.is_issued or not may_draft_for(actor(), row.unit_id):
        raise NotVisible("bulletin")
    form = CorrectForm()
    if not form.validate_on_submit():
        return _refused(bulletin_id, correct_form=form)
    begun = open_correction(db.session(), actor(), bulletin_id)
    if begun is not None:
        flash("这份通报的更正已经在办，就是这一份。", "success")
        return see_other(url_for("bulletins.show_bulletin", bulletin_id=begun.id))
    try:
        with form.refusals():
            _require_news(row)
        with form.refusals(), writing() as session:
            made = draft_bulletin(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=_correction_of(row),
                submission_key=form.submission_key.data or "",
            )
            made_id = made.id
    except Refused:
        return _refused(bulletin_id, correct_form=form)
    flash("已起草更正通报，列出了与原通报不同的数字。请核对后提交。", "success")
    return see_other(url_for("bulletins.edit_bulletin", bulletin_id=made_id))


def _require_news(row: Bulletin) -> None:
    """Raises RuleViolation where an issued correction tells all that differs already."""
    issued = [c for c in corrections_of(db.session(), actor(), row.id) if c.state == BulletinState.ISSUED]
    if issued and is_told(issued[-1].source, _changed(row)):
        last = issued[-1]
        raise RuleViolation(f"这份通报已由{last.number}更正，此后数字没有新的变化，不必再起草更正。")


def _changed(row: Bulletin) -> list[Change]:
    return [(c.name, c.old, c.new) for c in changes_since_issue(db.session(), row, clock.today())]


def _correction_of(row: Bulletin) -> BulletinData:
    changed = _changed(row)
    return BulletinData(
        kind=BulletinKind.CORRECTION,
        period=parse_period(row.period),
        subject_unit_id=row.subject_unit_id,
        title=correction_title(row.title),
        source=correction_source(row.number or "", row.title, changed),
        addressees=row.addressees,
        copies_to=row.copies_to,
        format=row.format,
        recipients=frozenset(r.unit_id for r in row.recipients),
        corrects_id=row.id,
    )


def _done(bulletin_id: int, form: Form, action: Callable[..., None], name: str, words: str) -> str | Response:
    """Do one step with what the form says; a refusal is the record's page with the form open."""
    if not form.validate_on_submit():
        return _refused(bulletin_id, **{name: form})
    reason = {"reason": form.reason.data} if "reason" in form else {}
    try:
        with form.refusals(), writing() as session:
            action(
                session,
                actor=actor(),
                now=clock.now(),
                row=load_bulletin(session, actor(), bulletin_id),
                version=number_of(str(form.version.data)) or 0,
                **reason,
            )
    except Refused:
        return _refused(bulletin_id, **{name: form})
    flash(words, "success")
    return see_other(url_for("bulletins.show_bulletin", bulletin_id=bulletin_id))


def _refused(bulletin_id: int, **forms: Any) -> Response:
    return unprocessable(record_page(load_bulletin(db.session(), actor(), bulletin_id), **forms))
