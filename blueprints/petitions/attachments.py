"""附件 of a petition. A file shows names and papers as they are, so it is for who handles the matter; where secrecy was
asked for, for who gives a reason each time."""

from contextlib import suppress
from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from actions.petition_search import index_petition
from blueprints.petitions import petitions
from blueprints.petitions.record_page import is_handled, is_masked, petition_page
from extensions import db
from models.petition import Petition
from queries.petition_record import is_proof
from queries.petition_scope import load_petition
from rules.errors import NotVisible, RuleViolation
from rules.petition_states import Stage
from rules.roles import Permission
from web.attachment_pages import (
    AttachedTo,
    attach_one,
    original_answer,
    page_answer,
    take_uploads,
    take_void,
    thumbnail_answer,
    words_answer,
)
from web.form_fields import ReasonForm, Refused, unprocessable
from web.pages import see_other
from web.paper_scans import keep_below_pages
from web.session import actor

READ, WRITE = Permission.PETITIONS_REVEAL, Permission.PETITIONS_WRITE
ALL = "/petitions/<int:petition_id>/attachments"
ONE = f"{ALL}/<int:attachment_id>"


def _to(petition_id: int, *, plainly: bool = False) -> AttachedTo:
    """Raises NotVisible where the petition is out of scope or another office handles it; `plainly` also where its reader
    sees its people masked."""
    petition = load_petition(db.session(), actor(), petition_id)
    if not is_handled(petition) or (plainly and is_masked(petition)):
        raise NotVisible("attachment")
    return AttachedTo("petition", petition.id, "petitions", "petition_id")


def _open_still(petition_id: int) -> Any:
    def check(session: Any) -> None:
        petition = load_petition(session, actor(), petition_id)
        if petition.is_void or petition.stage == Stage.ARCHIVED:
            raise RuleViolation("这件信访事项已作废或已归档，附件不能再改。")

    return check


def _not_approved_by(petition_id: int, attachment_id: int) -> Any:
    """The scan of an approval on paper stays with the step that it proves."""

    def check(session: Any) -> None:
        _open_still(petition_id)(session)
        if is_proof(session, attachment_id):
            raise RuleViolation("这是纸质批准的扫描件，不能作废。")

    return check


def scan_taken(petition: Petition, form: Any) -> bool:
    """The scan that came with a step is attached before the step is taken, and chosen in its form: refused, it stays
    attached. To add one needs no look at the others."""
    if not form.file.data:
        return True
    petition_id = petition.id
    to = AttachedTo("petition", petition_id, "petitions", "petition_id")
    with suppress(Refused), form.refusals():
        found = attach_one(
            to,
            form.file.data,
            note="批件扫描件",
            check=_open_still(petition_id),
            after=_reindexed(petition_id),
        )
        form.attachment.data = str(found)
        return True
    return False


@petitions.route(ALL, permission=WRITE, methods=["POST"])
def upload_attachments(petition_id: int) -> str | Response:
    form = take_uploads(_to(petition_id), check=_open_still(petition_id), after=_reindexed(petition_id))
    if form.added is None:
        return unprocessable(petition_page(_petition(petition_id), upload_form=form))
    pages = keep_below_pages(_to(petition_id))
    kept = (
        f"其中登记簿 {'、'.join(pages)} 页的扫描件，同时放到了那一页，补录的来访会显示它。" if pages else ""
    )
    flash(f"已添加 {form.added} 份附件。{kept}", "success")
    return _back(petition_id)


@petitions.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_attachment(petition_id: int, attachment_id: int) -> str | Response:
    form = take_void(
        _to(petition_id),
        attachment_id,
        check=_not_approved_by(petition_id, attachment_id),
        after=_reindexed(petition_id),
    )
    if not form.done:
        return unprocessable(petition_page(_petition(petition_id), attachment_void_form=form))
    flash("附件已作废，记录保留。", "success")
    return _back(petition_id)


@petitions.route(f"{ONE}/thumbnail", permission=READ)
def show_attachment_thumbnail(petition_id: int, attachment_id: int) -> Response:
    return thumbnail_answer(_to(petition_id, plainly=True), attachment_id)


@petitions.route(f"{ONE}/pages/<int:page>", permission=READ)
def show_attachment_page(petition_id: int, attachment_id: int, page: int) -> Response:
    return page_answer(_to(petition_id, plainly=True), attachment_id, page)


@petitions.route(f"{ONE}/words", permission=READ)
def show_attachment_words(petition_id: int, attachment_id: int) -> Any:
    return words_answer(_to(petition_id, plainly=True), attachment_id)


@petitions.route(f"{ONE}/original", permission=READ, methods=["POST"])
def download_attachment(petition_id: int, attachment_id: int) -> Response:
    to, form = _to(petition_id), ReasonForm()
    if _petition(petition_id).confidential and not form.validate_on_submit():
        return unprocessable(petition_page(_petition(petition_id), attachment_reason_form=form))
    return original_answer(to, attachment_id, form.reason.data or "")


def _petition(petition_id: int) -> Petition:
    return load_petition(db.session(), actor(), petition_id)


def _reindexed(petition_id: int) -> Any:
    """The names of the attachments are searched with the petition."""

    return lambda session: index_petition(session, load_petition(session, actor(), petition_id))


def _back(petition_id: int) -> Response:
    return see_other(url_for("petitions.show_petition", petition_id=petition_id, _anchor="attachments"))
