"""附件 of interviews, suggestions and inspected units: evidence of what was put right, written answers, photographs."""

from typing import Any

from flask import flash
from werkzeug.wrappers import Response

from blueprints.accountability import accountability
from blueprints.accountability.attached import AttachedHere, attached_to
from blueprints.accountability.inspection_visits import inspection_visit_page
from blueprints.accountability.interviews import interview_page
from blueprints.accountability.suggestions import suggestion_page
from extensions import db
from queries.inspections import load_inspection_visit, may_inspect
from queries.interviews import load_interview, may_correct
from queries.suggestions import load_suggestion, may_record
from rules.errors import NotVisible, RuleViolation
from rules.roles import Permission
from web.attachment_pages import (
    original_answer,
    page_answer,
    take_uploads,
    take_void,
    thumbnail_answer,
    words_answer,
)
from web.form_fields import unprocessable
from web.pages import see_other
from web.paper_addresses import subject_address
from web.session import actor

READ, WRITE = Permission.SUPERVISION_READ, Permission.SUPERVISION_ANSWER
ALL = "/supervision/<register>/<int:record_id>/attachments"
ONE = f"{ALL}/<int:attachment_id>"

LOADERS: dict[str, Any] = {
    "interviews": load_interview,
    "suggestions": load_suggestion,
    "visits": load_inspection_visit,
}
PAGES: dict[str, Any] = {
    "interviews": interview_page,
    "suggestions": suggestion_page,
    "visits": inspection_visit_page,
}


def _row(register: str, record_id: int) -> Any:
    """Raises NotVisible."""
    if register not in LOADERS:
        raise NotVisible(register)
    return LOADERS[register](db.session(), actor(), record_id)


def _to(register: str, record_id: int) -> AttachedHere:
    return attached_to(register, _row(register, record_id).id)


def _check(register: str, record_id: int) -> Any:
    """Whoever works with the record adds to it: the office that keeps it, and the unit that it is about."""

    def check(_session: Any) -> None:
        row = _row(register, record_id)
        record = row.inspection if register == "visits" else row
        unit = row.target_unit if register == "suggestions" else row.unit
        concerned = unit is not None and bool(unit.path) and unit.path.startswith(actor().scope_path)
        if record.is_void or not (_keeps(register, row) or concerned):
            raise RuleViolation("这条记录已作废，或者不由本单位办理，不能添加、作废附件。")

    return check


def _keeps(register: str, row: Any) -> bool:
    if register == "interviews":
        return may_correct(actor(), row)
    return may_record(actor(), row) if register == "suggestions" else may_inspect(actor(), row.inspection)


@accountability.route(ALL, permission=WRITE, methods=["POST"])
def upload_attachments(register: str, record_id: int) -> str | Response:
    form = take_uploads(_to(register, record_id), check=_check(register, record_id))
    if form.added is None:
        return unprocessable(PAGES[register](_row(register, record_id), upload_form=form))
    flash(f"已添加 {form.added} 份附件。", "success")
    return _back(register, record_id)


@accountability.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_attachment(register: str, record_id: int, attachment_id: int) -> str | Response:
    form = take_void(_to(register, record_id), attachment_id, check=_check(register, record_id))
    if not form.done:
        return unprocessable(PAGES[register](_row(register, record_id), attachment_void_form=form))
    flash("附件已作废，记录保留。", "success")
    return _back(register, record_id)


@accountability.route(f"{ONE}/thumbnail", permission=READ)
def show_attachment_thumbnail(register: str, record_id: int, attachment_id: int) -> Response:
    return thumbnail_answer(_to(register, record_id), attachment_id)


@accountability.route(f"{ONE}/pages/<int:page>", permission=READ)
def show_attachment_page(register: str, record_id: int, attachment_id: int, page: int) -> Response:
    return page_answer(_to(register, record_id), attachment_id, page)


@accountability.route(f"{ONE}/words", permission=READ)
def show_attachment_words(register: str, record_id: int, attachment_id: int) -> Any:
    return words_answer(_to(register, record_id), attachment_id)


@accountability.route(f"{ONE}/original", permission=READ, methods=["POST"])
def download_attachment(register: str, record_id: int, attachment_id: int) -> Response:
    return original_answer(_to(register, record_id), attachment_id)


def _back(register: str, record_id: int) -> Response:
    to = attached_to(register, record_id)
    return see_other(subject_address(to.subject_type, record_id).replace("#papers", "#attachments"))
