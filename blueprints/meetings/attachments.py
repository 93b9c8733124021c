"""附件 of a meeting: the list that those present signed, material laid before them."""

from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from blueprints.meetings import meetings
from blueprints.meetings.record_page import attached_to, meeting_page
from queries.meeting_scope import load_meeting
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
ALL = "/meetings/<int:meeting_id>/attachments"
ONE = f"{ALL}/<int:attachment_id>"


def _live_still(meeting_id: int) -> Any:
    def check(session: Any) -> None:
        if load_meeting(session, actor(), meeting_id).is_void:
            raise RuleViolation("这次会议已作废，附件不能再改。")

    return check


@meetings.route(ALL, permission=WRITE, methods=["POST"])
def upload_attachments(meeting_id: int) -> str | Response:
    form = take_uploads(attached_to(meeting_id), check=_live_still(meeting_id))
    if form.added is None:
        return unprocessable(meeting_page(meeting_id, upload_form=form))
    flash(f"已添加 {form.added} 份附件。", "success")
    return _back(meeting_id)


@meetings.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_attachment(meeting_id: int, attachment_id: int) -> str | Response:
    form = take_void(attached_to(meeting_id), attachment_id, check=_live_still(meeting_id))
    if not form.done:
        return unprocessable(meeting_page(meeting_id, attachment_void_form=form))
    flash("附件已作废，记录保留。", "success")
    return _back(meeting_id)


@meetings.route(f"{ONE}/thumbnail", permission=READ)
def show_attachment_thumbnail(meeting_id: int, attachment_id: int) -> Response:
    return thumbnail_answer(attached_to(meeting_id), attachment_id)


@meetings.route(f"{ONE}/pages/<int:page>", permission=READ)
def show_attachment_page(meeting_id: int, attachment_id: int, page: int) -> Response:
    return page_answer(attached_to(meeting_id), attachment_id, page)


@meetings.route(f"{ONE}/words", permission=READ)
def show_attachment_words(meeting_id: int, attachment_id: int) -> Any:
    return words_answer(attached_to(meeting_id), attachment_id)


@meetings.route(f"{ONE}/original", permission=READ, methods=["POST"])
def download_attachment(meeting_id: int, attachment_id: int) -> Response:
    return original_answer(attached_to(meeting_id), attachment_id)


def _back(meeting_id: int) -> Response:
    return see_other(url_for("meetings.show_meeting", meeting_id=meeting_id, _anchor="attachments"))
