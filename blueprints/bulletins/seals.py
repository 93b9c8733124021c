"""印章 and 用印登记. A seal is put on paper by issuing alone: its picture leaves here only small, to be recognised."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from actions.seals import LEAST_WIDTH, MOST_WIDTH, require_seal
from actions.seals import register_seal as register_action
from actions.seals import retire_seal as retire_action
from blueprints.bulletins import bulletins
from blueprints.bulletins.office_forms import RetirementForm, SealForm
from documents.picture_file import LARGEST, PictureRefused
from documents.render_process import render
from documents.seal_image import seal_png, seal_preview
from extensions import db
from models.seal import Seal
from queries.document_registers import load_own, seals_of
from queries.seal_uses import (
    MOST_EXPORTED,
    UseFilter,
    UseLine,
    all_seal_use_lines,
    count_seal_uses,
    seal_use_lines,
    years_of_seal_uses,
)
from rules.errors import RuleViolation
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import page_or_part, pdf_answer, see_other, xlsx_answer
from web.registers.tables import printed_register, register_sheet
from web.session import actor
from web.unit_of_work import writing
from web.whole_lists import is_too_long

MOST_PRINTED = 1_000

COLUMNS: dict[str, Callable[[UseLine], Any]] = {
    "用印时间": lambda r: clock.local(r.used_at).strftime("%Y-%m-%d %H:%M"),
    "印章": lambda r: r.seal,
    "发文字号": lambda r: r.number,
    "标题": lambda r: r.title,
    "用印人": lambda r: r.used_by,
    "内容摘要值（SHA-256）": lambda r: r.digest,
}
PRINTED = {
    "用印时间": 30, "印章": 36, "发文字号": 38, "标题": 78, "用印人": 18, "内容摘要值（SHA-256）": 69,
}  # fmt: skip
"""Printed columns and their widths in mm."""


@bulletins.route("/bulletins/seals", permission=Permission.BULLETINS_ISSUE)
def list_seals() -> str:
    return _page(SealForm(formdata=None))


@bulletins.route("/bulletins/seals", permission=Permission.BULLETINS_ISSUE, methods=["POST"])
def register_seal() -> str | Response:
    form = SealForm()
    if form.validate_on_submit():
        try:
            with form.refusals():
                image = _redrawn(form)
                with writing() as session:
                    register_action(
                        session,
                        actor=actor(),
                        now=clock.now(),
                        name=form.name.data,
                        image=image,
                        width_mm=form.width_mm.data,
                        submission_key=form.submission_key.data or "",
                    )
        except Refused:
            pass
        else:
            flash("印章已登记，请核对下面的图样；不对的请停用后重新登记。", "success")
            return see_other(url_for("bulletins.list_seals"))
    return unprocessable(_page(form))


@bulletins.route("/bulletins/seals/<int:seal_id>/image", permission=Permission.BULLETINS_ISSUE)
def show_seal_image(seal_id: int) -> Response:
    """A small one, for the office's own director or supervisor; no browser keeps it."""
    seal = load_own(db.session(), actor(), Seal, seal_id)
    return Response(render(seal_preview, seal.image), mimetype="image/png")


@bulletins.route(
    "/bulletins/seals/<int:seal_id>/retirement", permission=Permission.BULLETINS_ISSUE, methods=["POST"]
)
def retire_seal(seal_id: int) -> str | Response:
    load_own(db.session(), actor(), Seal, seal_id)
    form = RetirementForm(f"retire-{seal_id}")
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                retire_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    seal=load_own(session, actor(), Seal, seal_id),
                    version=form.version.expected,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("印章已停用；盖过它的文件不变。", "success")
            return see_other(url_for("bulletins.list_seals"))
    return unprocessable(_page(SealForm(formdata=None), {seal_id: form}))


@bulletins.route("/bulletins/seal-uses", permission=Permission.BULLETINS_ISSUE)
def list_seal_uses() -> str | Response:
    """用印登记: page and sheet."""
    chosen = UseFilter.from_args(request.args)
    if request.args.get("format") == "xlsx":
        rows = all_seal_use_lines(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("bulletins.list_seal_uses", **chosen.to_args()))
        return xlsx_answer(register_sheet("用印登记", COLUMNS, rows), f"用印登记_{clock.today()}")
    session = db.session()
    pages = {name: request.args.get(name, "") for name in ("after", "before")}
    return page_or_part(
        "bulletins/list_seal_uses.html",
        "bulletins/_seal_use_rows.html",
        page=seal_use_lines(session, actor(), chosen, **pages),
        total=count_seal_uses(session, actor(), chosen),
        chosen=chosen,
        args=chosen.to_args(),
        years=years_of_seal_uses(session, actor()),
    )


@bulletins.route("/bulletins/seal-uses.pdf", permission=Permission.BULLETINS_ISSUE)
def print_seal_uses() -> Response:
    """The same rows as a printed book."""
    chosen = UseFilter.from_args(request.args)
    rows = all_seal_use_lines(db.session(), actor(), chosen)
    if len(rows) > MOST_PRINTED:
        flash(f"一次最多打印 {MOST_PRINTED} 条，请按年份分几次打印；更多的请导出表格。", "warning")
        return see_other(url_for("bulletins.list_seal_uses", **chosen.to_args()))
    content = printed_register("用印登记簿", COLUMNS, PRINTED, rows, chosen.sentence() or "全部年份")
    return pdf_answer(content, f"用印登记簿_{clock.today()}")


def _redrawn(form: SealForm) -> bytes:
    """Outside the transaction: it runs in a process of its own. Raises RuleViolation."""
    require_seal(form.name.data, form.width_mm.data)
    sent: FileStorage = form.image.data
    try:
        return seal_png(sent.stream.read(LARGEST + 1), form.width_mm.data)
    except PictureRefused as refused:
        raise RuleViolation(refused.message, "image") from refused


def _page(form: SealForm, refused: dict[int, RetirementForm] | None = None) -> str:
    seals = seals_of(db.session(), actor())
    fresh = {seal.id: RetirementForm(f"retire-{seal.id}", formdata=None) for seal, _ in seals}
    retirements = fresh | (refused or {})
    for seal, _ in seals:
        retirements[seal.id].version.data = str(seal.version)
    return render_template(
        "bulletins/list_seals.html",
        form=form,
        seals=seals,
        retirements=retirements,
        refused=refused or {},
        widths=(LEAST_WIDTH, MOST_WIDTH),
    )
