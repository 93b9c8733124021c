"""Evidence that a decision was carried out."""

from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from blueprints.decisions import decisions
from blueprints.decisions.records import attached_to, decision_page
from queries.meeting_decisions import load_decision
from rules.errors import RuleViolation
from rules.roles import Permission
from web.attachment_pages import (
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

READ, WRITE = Permission.MEETINGS_READ, Permission.MEETINGS_WRITE
ALL = "/meetings/decisions/<int:decision_id>/attachments"
ONE = f"{ALL}/<int:attachment_id>"


def _open_still(decision_id: int) -> Any:
    def check(session: Any) -> None:
        if load_decision(session, actor(), decision_id).done_on is not None:
            raise RuleViolation("已登记落实，附件不能再改。")

    return check


@decisions.route(ALL, permission=WRITE, methods=["POST"])
def upload_attachments(decision_id: int) -> str | Response:
    form = take_uploads(attached_to(decision_id), check=_open_still(decision_id))
    if form.added is None:
        return unprocessable(decision_page(decision_id, upload_form=form))
    flash(f"已添加 {form.added} 份附件。", "success")
    return _back(decision_id)


@decisions.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_attachment(decision_id: int, attachment_id: int) -> str | Response:
    form = take_void(attached_to(decision_id), attachment_id, check=_open_still(decision_id))
    if not form.done:
        return unprocessable(decision_page(decision_id, attachment_void_form=form))
    flash("附件已作废，记录保留。", "success")
    return _back(decision_id)


@decisions.route(f"{ONE}/thumbnail", permission=READ)
def show_attachment_thumbnail(decision_id: int, attachment_id: int) -> Response:
    return thumbnail_answer(attached_to(decision_id), attachment_id)


@decisions.route(f"{ONE}/pages/<int:page>", permission=READ)
def show_attachment_page(decision_id: int, attachment_id: int, page: int) -> Response:
    return page_answer(attached_to(decision_id), attachment_id, page)


@decisions.route(f"{ONE}/words", permission=READ)
def show_attachment_words(decision_id: int, attachment_id: int) -> Any:
    return words_answer(attached_to(decision_id), attachment_id)


@decisions.route(f"{ONE}/original", permission=READ, methods=["POST"])
def download_attachment(decision_id: int, attachment_id: int) -> Response:
    return original_answer(attached_to(decision_id), attachment_id)


def _back(decision_id: int) -> Response:
    return see_other(url_for("decisions.show_decision", decision_id=decision_id, _anchor="attachments"))
