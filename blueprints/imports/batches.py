"""One batch: what the check found, confirming or dropping it, its result, undoing it."""

from collections.abc import Sequence

from flask import abort, flash, url_for
from werkzeug.wrappers import Response

from actions.imports import batches
from actions.imports.kinds import KINDS
from actions.imports.undo import undo_batch
from blueprints.imports import imports
from documents.workbook import Sheet, write_workbook
from extensions import db
from models.import_batch import ImportBatch
from queries.imports import done_before, load_batch
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import ReasonForm, Refused, unprocessable
from web.import_files import drop_upload, has_passwords, preview_of, take_passwords
from web.imports import confirm_upload
from web.pages import page_or_part, see_other, xlsx_answer
from web.session import actor
from web.unit_of_work import writing

SHOWN_ERRORS = 200
LISTS = {
    "visits": "reception.list_visits",
    "petitions": "petitions.list_petitions",
    "village-sessions": "reception.list_village_sessions",
    "leader-receptions": "reception.list_leader_days",
    "meetings": "meetings.list_meetings",
    "duty-messages": "duty.list_messages",
    "interviews": "accountability.list_interviews",
    "publications": "registers.list_publications",
    "figures": "registers.list_figures",
    "organisations": "staff.list_units",
    "staff": "staff.list_accounts",
}
UNDER_WAY = (batches.CHECKING, batches.WAITING, batches.IMPORTING)


@imports.route("/imports/<int:batch_id>", permission=Permission.IMPORT)
def show_batch(batch_id: int) -> str:
    return _page(_batch(batch_id))


@imports.route("/imports/<int:batch_id>/errors.xlsx", permission=Permission.IMPORT)
def list_errors(batch_id: int) -> Response:
    batch = _batch(batch_id)
    rows = [(e.row, e.column, e.heading, e.message) for e in batches.errors_of(batch)]
    notes = [f"{batch.file_name}：共 {batch.error_count} 处错误"]
    headings, widths = ("行", "列", "标题", "问题"), (8, 8, 18, 80)
    return xlsx_answer(
        write_workbook(Sheet("错误", headings, rows, notes, widths)), f"导入错误_第{batch.id}批"
    )


@imports.route("/imports/<int:batch_id>/confirmation", permission=Permission.IMPORT, methods=["POST"])
def confirm(batch_id: int) -> Response:
    _own_batch(batch_id)
    try:
        confirm_upload(actor(), batch_id)
    except RuleViolation as refusal:
        flash(refusal.message, "danger")
    return see_other(url_for("imports.show_batch", batch_id=batch_id))


@imports.route("/imports/<int:batch_id>/dropping", permission=Permission.IMPORT, methods=["POST"])
def drop(batch_id: int) -> Response:
    stored_name = _own_batch(batch_id).stored_name
    with writing() as session:
        batches.drop(session, actor=actor(), now=clock.now(), batch=load_batch(session, actor(), batch_id))
    drop_upload(stored_name)
    flash("已放弃，什么都没有导入。", "success")
    return see_other(url_for("imports.list_batches"))


@imports.route("/imports/<int:batch_id>/undoing", permission=Permission.IMPORT, methods=["POST"])
def undo(batch_id: int) -> str | Response:
    """The whole batch, with a reason."""
    batch = _batch(batch_id)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                count = undo_batch(
                    session, actor=actor(), now=clock.now(), today=clock.today(), reason=form.reason.data,
                    batch=load_batch(session, actor(), batch_id), kind=KINDS[batch.kind],
                )  # fmt: skip
        except Refused:
            pass
        else:
            flash(f"已撤销第 {batch_id} 批，共 {count} 条。", "success")
            return see_other(url_for("imports.show_batch", batch_id=batch_id))
    return unprocessable(_page(_batch(batch_id), form))


@imports.route(
    "/imports/<int:batch_id>/passwords", permission=Permission.IMPORT_ORGANISATION, methods=["POST"]
)
def take_password_sheet(batch_id: int) -> Response:
    """Once, by who imported: the file is gone afterwards."""
    batch = _own_batch(batch_id)
    with writing() as session:
        batches.note_passwords_taken(
            session, actor=actor(), now=clock.now(), batch=load_batch(session, actor(), batch.id)
        )
    content = take_passwords(batch_id)
    if content is None:
        flash("一次性口令只能下载一次，已经下载过了。需要时请为账号重新开一次性口令。", "danger")
        return see_other(url_for("imports.show_batch", batch_id=batch_id))
    return xlsx_answer(content, f"一次性口令_第{batch_id}批")


def _batch(batch_id: int) -> ImportBatch:
    batch = load_batch(db.session(), actor(), batch_id)
    db.session.refresh(batch)
    return batch


def _own_batch(batch_id: int) -> ImportBatch:
    """Who uploaded it decides about it."""
    batch = _batch(batch_id)
    if batch.account_id != actor().account_id or not actor().may(KINDS[batch.kind].permission):
        abort(403)
    return batch


def _filled_columns(headings: Sequence[str], rows: list[list[str]]) -> list[Sequence[str]]:
    """The preview as lines, headings first, without columns that are empty in all of them."""
    filled = [place for place in range(len(headings)) if any(row[place] for row in rows)]
    return [[line[place] for place in filled] for line in (headings, *rows)] if rows else []


def _page(batch: ImportBatch, undo_form: ReasonForm | None = None) -> str:
    errors = batches.errors_of(batch)
    rows, updates = preview_of(batch.stored_name) if batch.state == batches.READY else ([], [])
    before = done_before(db.session(), batch.kind, batch.file_digest, actor())
    return page_or_part(
        "imports/show_batch.html",
        "imports/_batch_state.html",
        batch=batch,
        spec=KINDS[batch.kind].spec,
        state=batches.STATE_LABELS[batch.state],
        under_way=batch.state in UNDER_WAY,
        mine=batch.account_id == actor().account_id,
        errors=errors[:SHOWN_ERRORS],
        error_sheet=errors[0].sheet if errors else "",
        preview=_filled_columns(KINDS[batch.kind].spec.headings, rows),
        updates=updates,
        before=before if before and before.id != batch.id else None,
        passwords=batch.kind == "staff" and has_passwords(batch.id),
        list_endpoint=LISTS[batch.kind],
        list_args={"batch": batch.id} if batch.kind in ("visits", "petitions") else {},
        undo_form=undo_form or ReasonForm(formdata=None),
    )
