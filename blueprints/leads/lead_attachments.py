"""附件 of a lead assignment: what proves that a matter was settled."""

from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from blueprints.leads import leads
from blueprints.leads.lead_page import attached_to, lead_page, may_attach, may_look_inside
from blueprints.leads.lead_steps import ONE
from extensions import db
from models.lead_assignment import LeadAssignment
from queries.leads import load_lead
from rules.errors import NotVisible, RuleViolation
from rules.roles import Permission
from web.attachment_pages import (
    AttachedTo,
    original_answer,
    page_answer,
    take_uploads,
    take_void,
    thumbnail_answer,
    words_answer,
)
from web.form_fields import unprocessable
from web.pages import see_other
from web.session import actor

READ, WRITE = Permission.LEADS_READ, Permission.LEADS_WRITE
ALL = f"{ONE}/attachments"
EACH = f"{ALL}/<int:attachment_id>"


def _row(assignment_id: int) -> LeadAssignment:
    return load_lead(db.session(), actor(), assignment_id)


def _readable(assignment_id: int) -> AttachedTo:
    """Raises NotVisible where the assignment is out of scope or its files are not for this reader."""
    row = _row(assignment_id)
    if not may_look_inside(row):
        raise NotVisible("attachment")
    return attached_to(row)


def _open_still(assignment_id: int) -> Any:
    def check(session: Any) -> None:
        if not may_attach(load_lead(session, actor(), assignment_id)):
            raise RuleViolation("这件包案已销号、终止或作废，附件不能再改。")

    return check


@leads.route(ALL, permission=WRITE, methods=["POST"])
def upload_attachments(assignment_id: int) -> str | Response:
    form = take_uploads(attached_to(_row(assignment_id)), check=_open_still(assignment_id))
    if form.added is None:
        return unprocessable(lead_page(_row(assignment_id), upload_form=form))
    flash(f"已添加 {form.added} 份附件。", "success")
    return _back(assignment_id)


@leads.route(f"{EACH}/void", permission=WRITE, methods=["POST"])
def void_attachment(assignment_id: int, attachment_id: int) -> str | Response:
    form = take_void(_readable(assignment_id), attachment_id, check=_open_still(assignment_id))
    if not form.done:
        return unprocessable(lead_page(_row(assignment_id), attachment_void_form=form))
    flash("附件已作废，记录保留。", "success")
    return _back(assignment_id)


@leads.route(f"{EACH}/thumbnail", permission=READ)
def show_attachment_thumbnail(assignment_id: int, attachment_id: int) -> Response:
    return thumbnail_answer(_readable(assignment_id), attachment_id)


@leads.route(f"{EACH}/pages/<int:page>", permission=READ)
def show_attachment_page(assignment_id: int, attachment_id: int, page: int) -> Response:
    return page_answer(_readable(assignment_id), attachment_id, page)


@leads.route(f"{EACH}/words", permission=READ)
def show_attachment_words(assignment_id: int, attachment_id: int) -> Any:
    return words_answer(_readable(assignment_id), attachment_id)


@leads.route(f"{EACH}/original", permission=READ, methods=["POST"])
def download_attachment(assignment_id: int, attachment_id: int) -> Response:
    return original_answer(_readable(assignment_id), attachment_id)


def _back(assignment_id: int) -> Response:
    return see_other(url_for("leads.show_lead", assignment_id=assignment_id, _anchor="attachments"))
