"""A page of the blank register on its own screen: what was typed in from it, and its scans."""

from typing import Any

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from blueprints.reception import reception
from extensions import db
from models.office import PaperPage
from models.organisation import Unit
from queries.paper_pages import may_read_scans, visits_of_page
from queries.scope import load_in_scope
from rules.errors import NotVisible
from rules.roles import Permission
from web.attachment_pages import (
    AttachedTo,
    AttachmentPanel,
    attachment_panel,
    original_answer,
    page_answer,
    take_uploads,
    take_void,
    thumbnail_answer,
    words_answer,
)
from web.form_fields import unprocessable
from web.pages import see_other
from web.paper_scans import attached_to_page, refuse_other_pages
from web.session import actor

WRITE = Permission.RECEPTION_WRITE
PAGE = "/reception/blank-register/<int:page_id>"
ALL = f"{PAGE}/attachments"
ONE = f"{ALL}/<int:attachment_id>"


@reception.route(PAGE, permission=WRITE)
def show_paper_page(page_id: int) -> str:
    return _page(page_id)


@reception.route(ALL, permission=WRITE, methods=["POST"])
def upload_attachments(page_id: int) -> str | Response:
    page, to = _paper_page(page_id), _to(page_id)
    form = take_uploads(to, look=lambda files: refuse_other_pages(page, files))
    if form.added is None:
        return unprocessable(_page(page_id, upload_form=form))
    flash(f"已添加 {form.added} 份扫描件。", "success")
    return _back(page_id)


@reception.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_attachment(page_id: int, attachment_id: int) -> str | Response:
    form = take_void(_to(page_id), attachment_id)
    if not form.done:
        return unprocessable(_page(page_id, void_form=form))
    flash("扫描件已作废，记录保留。", "success")
    return _back(page_id)


@reception.route(f"{ONE}/thumbnail", permission=WRITE)
def show_attachment_thumbnail(page_id: int, attachment_id: int) -> Response:
    return thumbnail_answer(_to(page_id), attachment_id)


@reception.route(f"{ONE}/pages/<int:page>", permission=WRITE)
def show_attachment_page(page_id: int, attachment_id: int, page: int) -> Response:
    return page_answer(_to(page_id), attachment_id, page)


@reception.route(f"{ONE}/words", permission=WRITE)
def show_attachment_words(page_id: int, attachment_id: int) -> Any:
    return words_answer(_to(page_id), attachment_id)


@reception.route(f"{ONE}/original", permission=WRITE, methods=["POST"])
def download_attachment(page_id: int, attachment_id: int) -> Response:
    return original_answer(_to(page_id), attachment_id)


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
    return attachment_panel(attached_to_page(page), may_add=True, may_void=True, **forms)


def _back(page_id: int) -> Response:
    return see_other(url_for("reception.show_paper_page", page_id=page_id, _anchor="attachments"))
