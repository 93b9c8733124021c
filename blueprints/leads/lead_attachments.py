"""附件 of a lead assignment: what proves that a matter was settled."""

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from blueprints.leads import leads
from blueprints.leads.lead_page import attached_to, lead_page, may_attach, may_look_inside
from blueprints.leads.lead_steps import ONE
from extensions import db
from models.lead_assignment import LeadAssignment
from queries.leads import load_lead
from rules.errors import NotVisible, RuleViolation
from rules.roles import Permission
from web.attachment_doors import AttachmentDoors, open_attachment_doors
from web.attachment_pages import AttachedTo, Check
from web.pages import see_other
from web.session import actor


def _row(assignment_id: int) -> LeadAssignment:
    return load_lead(db.session(), actor(), assignment_id)


def _to(assignment_id: int) -> AttachedTo:
    """To add one needs no look at the others."""
    return attached_to(_row(assignment_id))


def _readable(assignment_id: int) -> AttachedTo:
    """Raises NotVisible where the assignment is out of scope or its files are not for this reader."""
    row = _row(assignment_id)
    if not may_look_inside(row):
        raise NotVisible("attachment")
    return attached_to(row)


def _open_still(assignment_id: int) -> Check:
    def check(session: Session) -> None:
        if not may_attach(load_lead(session, actor(), assignment_id)):
            raise RuleViolation("这件包案已销号、终止或作废，附件不能再改。")

    return check


def _page(assignment_id: int, **forms: Any) -> str:
    return lead_page(_row(assignment_id), **forms)


def _back(assignment_id: int) -> Response:
    return see_other(url_for("leads.show_lead", assignment_id=assignment_id, _anchor="attachments"))


open_attachment_doors(
    leads,
    f"{ONE}/attachments",
    Permission.LEADS_READ,
    Permission.LEADS_WRITE,
    AttachmentDoors(_to, _page, _back, inside=_readable, check=_open_still),
)
