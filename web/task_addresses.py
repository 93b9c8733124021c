"""Where the task that a record became stands on this site."""

from flask import url_for

from extensions import db
from models.supervision import SupervisionTask
from queries.meeting_agenda import task_in_scope
from rules.errors import NotVisible
from web.session import actor
from web.template_filters import may_open


def task_address(task: SupervisionTask | None) -> str:
    """Its page; "" where there is none, or for who may not see it."""
    if task is None or not may_open("supervision.show_task"):
        return ""
    try:
        task_in_scope(db.session(), actor(), task.id)
    except NotVisible:
        return ""
    return url_for("supervision.show_task", task_id=task.id)
