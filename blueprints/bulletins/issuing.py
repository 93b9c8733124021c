"""签发: the director or supervisor sees what will be printed, chooses number and seal, and issues."""

import json

from flask import current_app, flash, render_template, url_for
from werkzeug.wrappers import Response

from actions.bulletin_issue import issue_bulletin as issue_action
from actions.jobs import enqueue
from blueprints.bulletins import bulletins
from blueprints.bulletins.forms import IssueForm
from documents.bulletin_pages import PDF, bulletin_document
from documents.official.coverage import uncovered
from documents.render_process import RenderingFailed
from extensions import db
from indicators.written_json import to_json
from models.bulletin import Bulletin
from queries.bulletins import load_bulletin
from queries.document_registers import next_number, open_registers, usable_seals
from queries.register_filter import number_of
from rules.bulletin_rules import BulletinState, may_issue_for
from rules.errors import NotVisible, RuleViolation
from rules.roles import Permission
from web import clock
from web.bulletin_files import draft_file, keep_issued_files
from web.bulletin_writing import digest_of, draft_content, to_freeze, write_row
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.record_addresses import RecordAddresses
from web.session import actor
from web.signing import chosen_register, chosen_seal, usual_seal
from web.template_filters import moment
from web.unit_of_work import writing
from web.written_view import written_view


@bulletins.route(
    "/bulletins/<int:bulletin_id>/issue", permission=Permission.BULLETINS_ISSUE, methods=["GET", "POST"]
)
def issue_bulletin(bulletin_id: int) -> str | Response:
    form, row = IssueForm(), _submitted(bulletin_id)
    if not form.is_submitted():
        seals = usable_seals(db.session(), row.unit_id)
        usual = {"version": row.version, "seal": usual_seal(seals)}
        return _page(IssueForm(formdata=None, data=usual), row)
    if row.is_issued:
        return _issued_before(row)
    try:
        with form.refusals():
            _rehearse(row)
        with form.refusals(), writing() as session:
            row = load_bulletin(session, actor(), bulletin_id)
            written = to_freeze(session, row, clock.today())
            _require_seen(form, digest_of(written.written))
            issue_action(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                row=row,
                version=number_of(form.version.data) or 0,
                written=written,
                register=chosen_register(session, row.unit_id, form.register.data),
                seal=chosen_seal(usable_seals(session, row.unit_id), form.seal.data),
            )
            enqueue(session, now=clock.now(), kind="bulletin.keep", arguments={"bulletin_id": bulletin_id})
            number = row.number
    except Refused:
        row = load_bulletin(db.session(), actor(), bulletin_id)
        return _issued_before(row) if row.is_issued else unprocessable(_page(form, row))
    _keep_now(bulletin_id)
    flash(f"已签发，文号 {number}。正文和数据已定稿，以后更正登记不会改变它。", "success")
    return see_other(url_for("bulletins.show_bulletin", bulletin_id=bulletin_id))


def _issued_before(row: Bulletin) -> Response:
    """From another window, or by somebody else."""
    who = row.issued_by.name if row.issued_by else ""
    flash(f"这份通报已由{who}于 {moment(row.issued_at)} 签发，文号 {row.number}，没有再次签发。", "warning")
    return see_other(url_for("bulletins.show_bulletin", bulletin_id=row.id))


def _rehearse(row: Bulletin) -> None:
    """A number is taken only for what can be printed. Raises RuleViolation."""
    written = write_row(db.session(), actor(), row, clock.today()).written
    try:
        draft_file(draft_content(db.session(), row, written), PDF)
    except RenderingFailed as failure:
        raise RuleViolation("版面没有排成，还没有编号。请退回检查，或稍后再签发。") from failure


def _require_seen(form: IssueForm, digest: str) -> None:
    """Raises RuleViolation where a register was corrected after the signer opened the page."""
    if form.seen.data != digest:
        raise RuleViolation("您打开本页之后，登记簿有更正，数字变了。请看过下面新的正文再签发。")


def _submitted(bulletin_id: int) -> Bulletin:
    """Raises NotVisible for another office's."""
    row = load_bulletin(db.session(), actor(), bulletin_id)
    if not may_issue_for(actor(), row.unit_id, row.unit.category):
        raise NotVisible("bulletin")
    return row


def _keep_now(bulletin_id: int) -> None:
    """The reader need not wait for the worker; what fails here, the job does again."""
    try:
        keep_issued_files(db.session(), actor(), bulletin_id)
    except RenderingFailed:
        current_app.logger.warning("bulletin %s: its files are left to the worker", bulletin_id)


def _page(form: IssueForm, row: Bulletin) -> str:
    session = db.session()
    preview = write_row(session, actor(), row, clock.today())
    form.seen.data = digest_of(json.loads(to_json(preview.written)))
    content = draft_content(session, row, preview.written)
    return render_template(
        "bulletins/issue_bulletin.html",
        form=form,
        row=row,
        is_waiting=row.state == BulletinState.SUBMITTED and not row.is_void,
        preview=preview,
        uncovered=uncovered(bulletin_document(content, None)),
        view=written_view(preview.written, RecordAddresses(), preview.unmatched),
        registers=[
            (r, next_number(session, r, clock.today().year)) for r in open_registers(session, row.unit_id)
        ],
        seals=usable_seals(session, row.unit_id),
    )
