"""A page of the blank register on its own screen: what was typed in from it, and its scans."""

from typing import Any

from flask import render_template, url_for
from werkzeug.wrappers import Response

from blueprints.reception import reception
from extensions import db
from models.office import PaperPage
from models.organisation import Unit
from queries.paper_pages import may_read_scans, visits_of_page
from queries.scope import load_in_scope
from rules.errors import NotVisible
from rules.roles import Permission
from web.attachment_doors import AttachmentDoors, open_attachment_doors
from web.attachment_pages import AttachedTo, AttachmentPanel, Look, attachment_panel
from web.pages import see_other
from web.paper_scans import attached_to_page, refuse_other_pages
from web.session import actor

WRITE = Permission.RECEPTION_WRITE
PAGE = "/reception/blank-register/<int:page_id>"


@reception.route(PAGE, permission=WRITE)
def show_paper_page(page_id: int) -> str:
    return _page(page_id)


def _paper_page(page_id: int) -> PaperPage:
    page: PaperPage = load_in_scope(db.session(), PaperPage, actor(), page_id, WRITE)
    return page


def _to(page_id: int) -> AttachedTo:
    """Raises NotVisible where the page is out of scope or bears what this actor may not read."""
    page = _paper_page(page_id)
    if not may_read_scans(db.session(), actor(), page):
        raise NotVisible("attachment")
    return attached_to_page(page)


def _page(page_id: int, **forms: Any) -> str:
    session, page = db.session(), _paper_page(page_id)
    return render_template(
        "reception/show_paper_page.html",
        page=page,
        unit=session.get_one(Unit, page.unit_id),
        visits=visits_of_page(session, actor(), page.number),
        attached=_attached(page, forms),
    )


def _attached(page: PaperPage, forms: dict[str, Any]) -> AttachmentPanel | None:
    if not may_read_scans(db.session(), actor(), page):
        return None
    return attachment_panel(
        attached_to_page(page),
        may_add=True,
        may_void=True,
        upload_form=forms.get("upload_form"),
        void_form=forms.get("attachment_void_form"),
    )


def _back(page_id: int) -> Response:
    return see_other(url_for("reception.show_paper_page", page_id=page_id, _anchor="attachments"))


def _of_this_page(page_id: int) -> Look:
    page = _paper_page(page_id)
    return lambda files: refuse_other_pages(page, files)


open_attachment_doors(
    reception,
    f"{PAGE}/attachments",
    WRITE,
    WRITE,
    AttachmentDoors(_to, _page, _back, look=_of_this_page, noun="扫描件"),
)
