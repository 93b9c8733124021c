"""附件 of a meeting: the list that those present signed, material laid before them."""

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from blueprints.meetings import meetings
from blueprints.meetings.record_page import attached_to, meeting_page
from queries.meeting_scope import load_meeting
from rules.errors import RuleViolation
from rules.roles import Permission
from web.attachment_doors import AttachmentDoors, open_attachment_doors
from web.attachment_pages import Check
from web.pages import see_other
from web.session import actor


def _live_still(meeting_id: int) -> Check:
    def check(session: Session) -> None:
        if load_meeting(session, actor(), meeting_id).is_void:
            raise RuleViolation("这次会议已作废，附件不能再改。")

    return check


def _back(meeting_id: int) -> Response:
    return see_other(url_for("meetings.show_meeting", meeting_id=meeting_id, _anchor="attachments"))


open_attachment_doors(
    meetings,
    "/meetings/<int:meeting_id>/attachments",
    Permission.MEETINGS_READ,
    Permission.MEETINGS_WRITE,
    AttachmentDoors(attached_to, meeting_page, _back, check=_live_still),
)
