"""One bulletin: what it says, where it stands, its pages as PDF and Word, the receipts of those it was sent to."""

from typing import Any

from flask import abort, current_app, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.bulletins import note_read
from blueprints.bulletins import bulletins
from blueprints.bulletins.forms import CorrectForm, StepReasonForm, SubmitForm
from documents.bulletin_pages import DOCX, PDF, bulletin_document
from documents.official.coverage import uncovered
from documents.render_process import RenderingFailed
from extensions import db
from indicators.table import Records
from models.bulletin import Bulletin
from queries.bulletins import corrections_of, load_bulletin, may_be_seen
from queries.history import EarlierText, earlier_texts, history_of
from queries.register_filter import number_of
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_rules import BulletinState, may_draft_for, may_issue_for
from rules.errors import NotVisible
from rules.periods import parse_period
from rules.roles import Permission
from rules.text_differences import ComparedLine, compared_lines
from web import clock
from web.bulletin_files import draft_file, issued_file
from web.bulletin_writing import Writing, changes_since_issue, draft_content, frozen_text, write_row
from web.kept_files import FileDamaged
from web.pages import file_answer, pdf_answer, see_other
from web.record_addresses import RecordAddresses
from web.session import actor
from web.unit_of_work import writing
from web.written_view import written_view

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIELD_LABELS = {
    "title": "标题",
    "source": "正文",
    "addressees": "主送机关",
    "copies_to": "抄送机关",
    "period": "期间",
    "kind": "种类",
    "state": "状态",
    "number": "发文字号",
    "recipients": "发送单位",
    "urgency": "紧急程度",
    "note": "附注",
    "format": "公文格式",
    "content_digest": "定稿摘要（SHA-256）",
    "records_digest": "数据明细摘要（SHA-256）",
    "pdf": "PDF 摘要（SHA-256）",
    "docx": "Word 摘要（SHA-256）",
    "seal": "印章摘要",
    "voided_at": "放弃",
}
FIELD_WORDS = {
    "state": lambda code: BulletinState(code).label,
    "kind": lambda code: BulletinKind(code).label,
    "period": lambda text: parse_period(text).label,
    "source": lambda text: f"{len(text)} 字",
    "recipients": lambda ids: f"{len(ids)} 个单位",
}


@bulletins.route("/bulletins/<int:bulletin_id>", permission=Permission.BULLETINS_READ)
def show_bulletin(bulletin_id: int) -> str:
    return record_page(load_bulletin(db.session(), actor(), bulletin_id))


@bulletins.route(
    "/bulletins/<int:bulletin_id>/receipt", permission=Permission.BULLETINS_READ, methods=["POST"]
)
def confirm_receipt(bulletin_id: int) -> Response:
    """签收: the unit has it; the first of the unit counts."""
    with writing() as session:
        row = load_bulletin(session, actor(), bulletin_id)
        if actor().unit_id not in {r.unit_id for r in row.recipients}:
            raise NotVisible("bulletin")
        first = note_read(session, actor=actor(), now=clock.now(), row=row)
    flash("已签收。" if first else "本单位已经签收过了。", "success")
    return see_other(url_for("bulletins.show_bulletin", bulletin_id=bulletin_id))


@bulletins.route("/bulletins/<int:bulletin_id>.pdf", permission=Permission.BULLETINS_READ)
def print_bulletin(bulletin_id: int) -> Response:
    row = load_bulletin(db.session(), actor(), bulletin_id)
    if not _offers_files(row):
        return _withdrawn(row)
    return pdf_answer(_file(row, PDF), _file_name(row))


@bulletins.route("/bulletins/<int:bulletin_id>.docx", permission=Permission.BULLETINS_READ)
def export_bulletin(bulletin_id: int) -> Response:
    row = load_bulletin(db.session(), actor(), bulletin_id)
    if not _offers_files(row):
        return _withdrawn(row)
    return file_answer(_file(row, DOCX), f"{_file_name(row)}.docx", WORD)


def _offers_files(row: Bulletin) -> bool:
    """The kept pages of a withdrawn bulletin bear no mark of it: only the office that issued it still gets them."""
    return row.state != BulletinState.WITHDRAWN or row.unit_id == actor().unit_id


def _withdrawn(row: Bulletin) -> Response:
    flash("这份通报已撤回，不再提供文件。", "warning")
    return see_other(url_for("bulletins.show_bulletin", bulletin_id=row.id))


def _file(row: Bulletin, form: str) -> bytes:
    try:
        if row.is_issued:
            return issued_file(db.session(), row, form)
        content = draft_content(
            db.session(), row, write_row(db.session(), actor(), row, clock.today()).written
        )
        return draft_file(content, form)
    except RenderingFailed as failure:
        abort(503, failure.message)
    except FileDamaged as damage:
        current_app.logger.exception("kept file of bulletin %s: %s", row.id, damage)
        abort(500, "存档文件已损坏或丢失，请联系系统管理员从备份恢复。")


def _file_name(row: Bulletin) -> str:
    """A file of a withdrawn bulletin says so by its name; its bytes stay what they were."""
    state = "〔已撤回〕" if row.state == BulletinState.WITHDRAWN else ""
    return f"{state}{row.number or '草稿'} {row.title}"


def record_page(row: Bulletin, **forms: Any) -> str:
    """The record with its buttons; `forms` are those that were refused."""
    today = clock.today()
    preview = None if row.is_issued else write_row(db.session(), actor(), row, today)
    earlier = _earlier(row)
    return render_template(
        "bulletins/show_bulletin.html",
        row=row,
        kind=BulletinKind(row.kind),
        state=BulletinState(row.state),
        period=parse_period(row.period),
        view=_view(row, preview),
        leads_to_records=row.subject_unit.path.startswith(actor().scope_path),
        uncovered=_uncovered(row, preview),
        preview=preview,
        changed=changes_since_issue(db.session(), row, today) if _may_correct(row) else (),
        sees_corrected=may_be_seen(db.session(), actor(), row.corrects_id),
        corrections=corrections_of(db.session(), actor(), row.id),
        history=history_of(db.session(), "bulletin", row.id, FIELD_LABELS, FIELD_WORDS)
        if row.unit_id == actor().unit_id
        else [],
        earlier=earlier,
        earlier_text=_chosen_text(row, earlier),
        offers_files=_offers_files(row),
        may_draft=may_draft_for(actor(), row.unit_id),
        may_issue=may_issue_for(actor(), row.unit_id, row.unit.category),
        own_receipt=next((r for r in row.recipients if r.unit_id == actor().unit_id), None),
        **(_fresh_forms(row) | forms),
    )


def _earlier(row: Bulletin) -> list[EarlierText]:
    """What the text was before each change: for the office that writes and signs it."""
    own = may_draft_for(actor(), row.unit_id) or may_issue_for(actor(), row.unit_id, row.unit.category)
    return earlier_texts(db.session(), "bulletin", row.id, "source") if own else []


def _chosen_text(row: Bulletin, earlier: list[EarlierText]) -> list[ComparedLine]:
    """The one asked for by `?text=2`, counted from 1, against the text as it now is."""
    place = number_of(request.args.get("text")) or 0
    return compared_lines(earlier[place - 1].text, row.source) if 1 <= place <= len(earlier) else []


def _view(row: Bulletin, preview: Writing | None) -> list[Any]:
    """A reader who does not see the whole of the subject's rows is led to none: his list would not be the figure's."""
    address = RecordAddresses() if row.subject_unit.path.startswith(actor().scope_path) else _nowhere
    if row.issue is not None:
        return written_view(frozen_text(row.issue), address)
    return written_view(preview.written, address, preview.unmatched) if preview else []


def _nowhere(_records: Records) -> str:
    return ""


def _uncovered(row: Bulletin, preview: Writing | None) -> list[tuple[str, str]]:
    """Characters that no font has, told before anything is issued with them."""
    if preview is None or row.is_void:
        return []
    return uncovered(bulletin_document(draft_content(db.session(), row, preview.written), None))


def _may_correct(row: Bulletin) -> bool:
    return row.is_issued and may_draft_for(actor(), row.unit_id)


def _fresh_forms(row: Bulletin) -> dict[str, Any]:
    version = {"version": row.version}
    return {
        "submit_form": SubmitForm(formdata=None, data=version),
        "return_form": StepReasonForm(formdata=None, data=version),
        "void_form": StepReasonForm(formdata=None, data=version),
        "withdraw_form": StepReasonForm(formdata=None, data=version),
        "correct_form": CorrectForm(formdata=None),
    }
