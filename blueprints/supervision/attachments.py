"""附件 of one unit's line."""

from typing import Any

from flask import flash, url_for
from werkzeug.wrappers import Response

from blueprints.supervision import supervision
from blueprints.supervision.attached import attached_to, require_open
from blueprints.supervision.record_page import task_page
from extensions import db
from queries.supervision_scope import load_line, load_task
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

READ, WRITE = Permission.SUPERVISION_READ, Permission.SUPERVISION_ANSWER
ALL = "/supervision/lines/<int:task_line_id>/attachments"
ONE = f"{ALL}/<int:attachment_id>"


def _to(line_id: int) -> AttachedTo:
    """Raises NotVisible where the line is out of scope."""
    return attached_to(load_line(db.session(), actor(), line_id))


def _open_still(line_id: int) -> Any:
    return lambda session: require_open(load_line(session, actor(), line_id))


@supervision.route(ALL, permission=WRITE, methods=["POST"])
def upload_attachments(task_line_id: int) -> str | Response:
    form = take_uploads(_to(task_line_id), check=_open_still(task_line_id))
    if form.added is None:
        return unprocessable(_page(task_line_id, upload_form=form))
    flash(f"已添加 {form.added} 份附件。", "success")
    return _back(task_line_id)


@supervision.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_attachment(task_line_id: int, attachment_id: int) -> str | Response:
    form = take_void(_to(task_line_id), attachment_id, check=_open_still(task_line_id))
    if not form.done:
        return unprocessable(_page(task_line_id, attachment_void_form=form))
    flash("附件已作废，记录保留。", "success")
    return _back(task_line_id)


@supervision.route(f"{ONE}/thumbnail", permission=READ)
def show_attachment_thumbnail(task_line_id: int, attachment_id: int) -> Response:
    return thumbnail_answer(_to(task_line_id), attachment_id)


@supervision.route(f"{ONE}/pages/<int:page>", permission=READ)
def show_attachment_page(task_line_id: int, attachment_id: int, page: int) -> Response:
    return page_answer(_to(task_line_id), attachment_id, page)


@supervision.route(f"{ONE}/words", permission=READ)
def show_attachment_words(task_line_id: int, attachment_id: int) -> Any:
    return words_answer(_to(task_line_id), attachment_id)


@supervision.route(f"{ONE}/original", permission=READ, methods=["POST"])
def download_attachment(task_line_id: int, attachment_id: int) -> Response:
    return original_answer(_to(task_line_id), attachment_id)


def _page(line_id: int, **forms: Any) -> str:
    line = load_line(db.session(), actor(), line_id)
    return task_page(load_task(db.session(), actor(), line.task_id), line_id=line.id, **forms)


def _back(line_id: int) -> Response:
    line = load_line(db.session(), actor(), line_id)
    return see_other(
        url_for("supervision.show_task", task_id=line.task_id, line=line.id, _anchor="attachments")
    )
