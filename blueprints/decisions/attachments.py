"""Evidence that a decision was carried out."""

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from blueprints.decisions import decisions
from blueprints.decisions.records import attached_to, decision_page
from queries.meeting_decisions import load_decision
from rules.errors import RuleViolation
from rules.roles import Permission
from web.attachment_doors import AttachmentDoors, open_attachment_doors
from web.attachment_pages import Check
from web.pages import see_other
from web.session import actor


def _open_still(decision_id: int) -> Check:
    def check(session: Session) -> None:
        if load_decision(session, actor(), decision_id).done_on is not None:
            raise RuleViolation("已登记落实，附件不能再改。")

    return check


def _back(decision_id: int) -> Response:
    return see_other(url_for("decisions.show_decision", decision_id=decision_id, _anchor="attachments"))


open_attachment_doors(
    decisions,
    "/meetings/decisions/<int:decision_id>/attachments",
    Permission.MEETINGS_READ,
    Permission.MEETINGS_WRITE,
    AttachmentDoors(attached_to, decision_page, _back, check=_open_still),
)
