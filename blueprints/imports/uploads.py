"""Choosing a sheet: its blank form, the upload, and what was imported before."""

from flask import abort, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.imports.batches import STATE_LABELS
from actions.imports.kinds import KINDS
from blueprints.imports import imports
from blueprints.imports.forms import UploadForm, allowed_kinds
from documents.sheet_template import blank_sheet
from extensions import db
from queries.imports import list_batches as batches_of
from rules.errors import RuleViolation
from rules.roles import Permission
from web.form_fields import unprocessable
from web.import_files import store_upload
from web.imports import open_upload
from web.pages import see_other, xlsx_answer
from web.session import actor


@imports.route("/imports", permission=Permission.IMPORT)
def list_batches() -> str:
    form = UploadForm(formdata=None, data={"kind": request.args.get("kind")}).offer(actor())
    return _page(form)


@imports.route("/imports", permission=Permission.IMPORT, methods=["POST"])
def upload() -> str | Response:
    form = UploadForm().offer(actor())
    if form.validate_on_submit():
        try:
            file = store_upload(form.file.data.stream, form.file.data.filename or "")
        except RuleViolation as refusal:
            form.add_error(refusal)
        else:
            return see_other(
                url_for("imports.show_batch", batch_id=open_upload(actor(), form.kind.data, file))
            )
    return unprocessable(_page(form))


@imports.route("/imports/templates/<kind>.xlsx", permission=Permission.IMPORT)
def show_template(kind: str) -> Response:
    if kind not in allowed_kinds(actor()):
        abort(404)
    spec = KINDS[kind].spec
    return xlsx_answer(blank_sheet(spec), f"{spec.title}导入模板")


def _page(form: UploadForm) -> str:
    page = batches_of(
        db.session(), actor(), after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    return render_template(
        "imports/list_batches.html", form=form, page=page, kinds=allowed_kinds(actor()), all_kinds=KINDS,
        states=STATE_LABELS,
    )  # fmt: skip
