"""Every step: one address, one form, one act. What is refused is the record's page with the form open."""

from collections.abc import Callable
from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from actions.petitions.ending import undo_step as undo_action
from actions.petitions.replying import ReplyData
from actions.petitions.replying import save_reply as save_action
from actions.petitions.steps import Act
from blueprints.petitions import petitions
from blueprints.petitions.attachments import scan_taken
from blueprints.petitions.record_page import petition_page
from blueprints.petitions.step_doors import DOORS, Door
from blueprints.petitions.step_forms import DatedForm, PaperForm, ReplyForm, UndoForm
from extensions import db
from queries.petition_scope import load_petition
from queries.petition_standing import require_step
from rules.petition_words import Conclusion
from rules.roles import Permission
from web import clock
from web.form_fields import Form, Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


def _view(door: Door) -> Callable[[int], str | Response]:
    def take_step(petition_id: int) -> str | Response:
        petition = load_petition(db.session(), actor(), petition_id)
        form = door.form()
        ready = form.validate_on_submit() and (not isinstance(form, PaperForm) or scan_taken(petition, form))
        if ready and _done(petition_id, form, door.act):
            flash(door.done, "success")
            return see_other(url_for("petitions.show_petition", petition_id=petition_id))
        petition = load_petition(db.session(), actor(), petition_id)
        return unprocessable(petition_page(petition, refused={door.verb: form}))

    return take_step


for _door in DOORS:
    petitions.route(
        f"/petitions/<int:petition_id>/{_door.noun}",
        permission=_door.permission,
        methods=["POST"],
        endpoint=_door.endpoint,
    )(_view(_door))


@petitions.route(
    "/petitions/<int:petition_id>/reply", permission=Permission.PETITIONS_WRITE, methods=["POST"]
)
def save_reply(petition_id: int) -> str | Response:
    """Keep a draft of the reply; it need not be complete yet."""
    load_petition(db.session(), actor(), petition_id)
    form = ReplyForm()
    if form.validate_on_submit() and _done(petition_id, form, _save_reply):
        flash("答复草稿已保存。", "success")
        return see_other(url_for("petitions.show_petition", petition_id=petition_id, _anchor="reply"))
    return unprocessable(petition_page(load_petition(db.session(), actor(), petition_id), reply_form=form))


def _save_reply(session: Any, act: Act, form: Any) -> None:
    data = ReplyData(
        conclusion=Conclusion(form.conclusion.data) if form.conclusion.data else None,
        requests=form.requests.data or "",
        facts=form.facts.data or "",
        opinion=form.opinion.data or "",
        legal_basis=form.legal_basis.data or "",
        version=form.reply_version.data,
    )
    save_action(session, act, data)


@petitions.route(
    "/petitions/<int:petition_id>/steps/<int:step_id>/undo",
    permission=Permission.PETITIONS_READ,
    methods=["POST"],
)
def undo_step(petition_id: int, step_id: int) -> str | Response:
    """Take back the latest step; a leader takes back his own instruction here, too."""
    require_step(db.session(), load_petition(db.session(), actor(), petition_id), step_id)
    form = UndoForm()
    if form.validate_on_submit() and _done(petition_id, form, lambda s, a, _f: undo_action(s, a, step_id)):
        flash("已撤销这一步，记录保留。", "success")
        return see_other(url_for("petitions.show_petition", petition_id=petition_id))
    return unprocessable(petition_page(load_petition(db.session(), actor(), petition_id), undo_form=form))


def _done(petition_id: int, form: Form, act: Callable[[Any, Act, Any], None]) -> bool:
    """Whether the step was taken; a refusal then stands in the form."""
    try:
        with form.refusals(), writing() as session:
            act(session, _act(session, petition_id, form), form)
    except Refused:
        return False
    return True


def _act(session: Any, petition_id: int, form: Any) -> Act:
    return Act(
        actor=actor(),
        now=clock.now(),
        today=clock.today(),
        petition=load_petition(session, actor(), petition_id),
        version=form.version.data,
        on=form.on.data if isinstance(form, DatedForm) else clock.today(),
        text=(form.text.data or "").strip() if "text" in form else "",
        submission_key=form.submission_key.data or "",
        compared="compared" in form and bool(form.compared.data),
    )
