"""附件 of one unit's line."""

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from blueprints.supervision import supervision
from blueprints.supervision.attached import attached_to, require_open
from blueprints.supervision.record_page import task_page
from extensions import db
from queries.supervision_scope import load_line, load_task
from rules.roles import Permission
from web.attachment_doors import AttachmentDoors, open_attachment_doors
from web.attachment_pages import AttachedTo, Check
from web.pages import see_other
from web.session import actor


def _to(task_line_id: int) -> AttachedTo:
    """Raises NotVisible where the line is out of scope."""
    return attached_to(load_line(db.session(), actor(), task_line_id))


def _open_still(task_line_id: int) -> Check:
    return lambda session: require_open(load_line(session, actor(), task_line_id))


def _page(task_line_id: int, **forms: Any) -> str:
    line = load_line(db.session(), actor(), task_line_id)
    return task_page(load_task(db.session(), actor(), line.task_id), line_id=line.id, **forms)


def _back(task_line_id: int) -> Response:
    line = load_line(db.session(), actor(), task_line_id)
    return see_other(
        url_for("supervision.show_task", task_id=line.task_id, line=line.id, _anchor="attachments")
    )


open_attachment_doors(
    supervision,
    "/supervision/lines/<int:task_line_id>/attachments",
    Permission.SUPERVISION_READ,
    Permission.SUPERVISION_ANSWER,
    AttachmentDoors(_to, _page, _back, check=_open_still),
)
