"""附件 of interviews, suggestions and inspected units: evidence of what was put right, written answers, photographs."""

from typing import Any

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
from web.attachment_doors import AttachmentDoors, open_attachment_doors
from web.attachment_pages import Check
from web.pages import see_other
from web.paper_addresses import subject_address
from web.session import actor

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


def _check(register: str, record_id: int) -> Check:
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


def _page(register: str, record_id: int, **forms: Any) -> str:
    return PAGES[register](_row(register, record_id), **forms)


def _back(register: str, record_id: int) -> Response:
    to = attached_to(register, record_id)
    return see_other(subject_address(to.subject_type, record_id).replace("#papers", "#attachments"))


open_attachment_doors(
    accountability,
    "/supervision/<register>/<int:record_id>/attachments",
    Permission.SUPERVISION_READ,
    Permission.SUPERVISION_ANSWER,
    AttachmentDoors(_to, _page, _back, check=_check),
)
