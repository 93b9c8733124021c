"""The six routes of attachments below a record's page, opened on a blueprint at once.

    open_attachment_doors(meetings, "/meetings/<int:meeting_id>/attachments", READ, WRITE, AttachmentDoors(…))

Each function of `AttachmentDoors` takes what the address names before `attachments`, by name. Giving out an original
writes a line of the audit log, so it is a POST.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash
from werkzeug.wrappers import Response

from rules.roles import Permission
from web.attachment_pages import (
    AttachedTo,
    Check,
    Look,
    no_look,
    nothing_more,
    original_answer,
    page_answer,
    take_uploads,
    take_void,
    thumbnail_answer,
    words_answer,
)
from web.form_fields import unprocessable
from web.guarded_blueprint import GuardedBlueprint


@dataclass(frozen=True)
class AttachmentDoors:
    """`to` loads the record IN SCOPE and so answers 404 for another's; `inside` does the same for whoever looks into a file
    or voids it, where that is for fewer. `page` shows the record again with a refused form, `back` leads to its
    attachments. `check` is what the unit of work asks, `look` what is asked of the files before it."""

    to: Callable[..., AttachedTo]
    page: Callable[..., str]
    back: Callable[..., Response]
    inside: Callable[..., AttachedTo] | None = None
    check: Callable[..., Check] = lambda **_record: nothing_more
    look: Callable[..., Look] = lambda **_record: no_look
    noun: str = "附件"


def open_attachment_doors(
    blueprint: GuardedBlueprint, address: str, read: Permission, write: Permission, doors: AttachmentDoors
) -> None:
    one, inside = f"{address}/<int:attachment_id>", doors.inside or doors.to

    @blueprint.route(address, permission=write, methods=["POST"])
    def upload_attachments(**record: Any) -> str | Response:
        form = take_uploads(doors.to(**record), check=doors.check(**record), look=doors.look(**record))
        if form.added is None:
            return unprocessable(doors.page(**record, upload_form=form))
        flash(f"已添加 {form.added} 份{doors.noun}。", "success")
        return doors.back(**record)

    @blueprint.route(f"{one}/void", permission=write, methods=["POST"])
    def void_attachment(attachment_id: int, **record: Any) -> str | Response:
        form = take_void(inside(**record), attachment_id, check=doors.check(**record))
        if not form.done:
            return unprocessable(doors.page(**record, attachment_void_form=form))
        flash(f"{doors.noun}已作废，记录保留。", "success")
        return doors.back(**record)

    @blueprint.route(f"{one}/thumbnail", permission=read)
    def show_attachment_thumbnail(attachment_id: int, **record: Any) -> Response:
        return thumbnail_answer(inside(**record), attachment_id)

    @blueprint.route(f"{one}/pages/<int:page>", permission=read)
    def show_attachment_page(attachment_id: int, page: int, **record: Any) -> Response:
        return page_answer(inside(**record), attachment_id, page)

    @blueprint.route(f"{one}/words", permission=read)
    def show_attachment_words(attachment_id: int, **record: Any) -> str:
        return words_answer(inside(**record), attachment_id)

    @blueprint.route(f"{one}/original", permission=read, methods=["POST"])
    def download_attachment(attachment_id: int, **record: Any) -> Response:
        return original_answer(inside(**record), attachment_id)
