"""The attachments of one unit's line: its evidence, which the other units of the task do not read."""

from typing import Any

from models.supervision import SupervisionLine
from queries.supervision_evidence import SUBJECT
from queries.supervision_standing import hands_to
from rules.errors import RuleViolation
from rules.supervision_states import RUNNING, By, LineState
from web.attachment_pages import AttachedTo, AttachmentPanel, attachment_panel
from web.session import actor


def attached_to(line: SupervisionLine) -> AttachedTo:
    return AttachedTo(SUBJECT, line.id, "supervision", "task_line_id")


def attached_to_line(line: SupervisionLine, forms: dict[str, Any]) -> AttachmentPanel:
    may_write = not _refusal(line)
    return attachment_panel(
        attached_to(line),
        may_add=may_write,
        may_void=may_write,
        upload_form=forms.get("upload_form"),
        void_form=forms.get("attachment_void_form"),
    )


def require_open(line: SupervisionLine) -> None:
    """Raises RuleViolation where this actor may not add to it or void of it now."""
    if words := _refusal(line):
        raise RuleViolation(words)


def _refusal(line: SupervisionLine) -> str:
    if LineState(line.state) not in RUNNING or line.task.is_void:
        return "这个单位已销号、已撤回或者还没有签发，附件不能再改。"
    if not hands_to(actor(), line.task, line).by & {By.UNIT, By.FILER}:
        return "附件由承办单位或者立项单位上传。"
    return ""
