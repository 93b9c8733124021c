"""文书 of a petition: drafting, editing, giving up; the files of a letter."""

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.petition_letters import draft_letter as draft_action
from actions.petition_letters import note_letter_look
from actions.petition_letters import save_letter as save_action
from actions.petition_letters import void_letter as void_action
from blueprints.petitions import petitions
from blueprints.petitions.letter_forms import (
    DraftLetterForm,
    LetterForm,
    VoidLetterForm,
    entered_values,
    form_for,
    hints_of,
)
from blueprints.petitions.record_page import petition_page
from documents.letter_pages import DOCX, PDF
from documents.render_process import RenderingFailed
from extensions import db
from models.petition import Petition
from models.petition_letter import PetitionLetter
from queries.petition_letters import bears_secret_name, load_letter
from queries.petition_scope import load_petition
from queries.register_filter import number_of
from rules.attachment_rules import DOCX as WORD
from rules.bulletin_rules import may_issue_for
from rules.errors import NotVisible, RuleViolation
from rules.letters.kinds import LetterKind
from rules.roles import Permission
from web import clock
from web.attachment_pages import messages_of
from web.form_fields import ReasonForm, Refused, unprocessable
from web.letter_files import DraftLetter, draft_of, file_name, letter_pages
from web.pages import file_answer, pdf_answer, see_other
from web.session import actor
from web.unit_of_work import writing

READ, WRITE = Permission.PETITIONS_REVEAL, Permission.PETITIONS_WRITE
ALL = "/petitions/<int:petition_id>/letters"
ONE = f"{ALL}/<int:letter_id>"


@petitions.route(ALL, permission=WRITE, methods=["POST"])
def draft_letter(petition_id: int) -> str | Response:
    petition, form = load_petition(db.session(), actor(), petition_id), DraftLetterForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                letter_id = draft_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    petition=load_petition(session, actor(), petition_id),
                    kind=LetterKind(form.kind.data),
                    submission_key=form.submission_key.data or "",
                    compared=form.compared.data,
                ).id
        except Refused:
            petition = load_petition(db.session(), actor(), petition_id)
        else:
            return see_other(url_for("petitions.edit_letter", petition_id=petition_id, letter_id=letter_id))
    return unprocessable(petition_page(petition, letter_form=form))


@petitions.route(ONE, permission=WRITE, methods=["GET", "POST"])
def edit_letter(petition_id: int, letter_id: int) -> str | Response:
    petition, row = own_letter(petition_id, letter_id)
    if row.state != "draft" and request.method == "GET":
        return back_to(petition_id)
    if request.method == "GET":
        return _page(petition, row)
    form = form_for(LetterKind(row.kind))()
    if form.validate_on_submit() and _saved(petition_id, letter_id, form):
        flash("草稿已保存。", "success")
        return see_other(url_for("petitions.edit_letter", petition_id=petition_id, letter_id=letter_id))
    return unprocessable(_page(*own_letter(petition_id, letter_id), form=form))


@petitions.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_letter(petition_id: int, letter_id: int) -> str | Response:
    own_letter(petition_id, letter_id)
    form = VoidLetterForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                _petition, row = own_letter(petition_id, letter_id)
                void_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    letter=row,
                    version=number_of(form.version.data) or 0,
                    reason=form.reason.data or "",
                )
        except Refused:
            pass
        else:
            flash("草稿已作废，记录保留。", "success")
            return back_to(petition_id)
    return unprocessable(_page(*own_letter(petition_id, letter_id), void_form=form))


@petitions.route(f"{ONE}.pdf", permission=READ)
def print_letter(petition_id: int, letter_id: int) -> Response:
    """Of a draft a preview, marked so."""
    name, content = _file(petition_id, letter_id, PDF)
    return pdf_answer(content, name)


@petitions.route(f"{ONE}.docx", permission=READ)
def download_letter(petition_id: int, letter_id: int) -> Response:
    """Without the seal: what can be edited bears none."""
    name, content = _file(petition_id, letter_id, DOCX)
    return file_answer(content, f"{name}.docx", WORD.media_type)


@petitions.route(f"{ONE}/file", permission=READ, methods=["POST"])
def open_letter(petition_id: int, letter_id: int) -> str | Response:
    """A letter with the true name of who asked for secrecy, for a reason that is logged before it is given out."""
    petition, row = own_letter(petition_id, letter_id)
    form, wanted = ReasonForm(), DOCX if request.form.get("form") == DOCX else PDF
    if not form.validate_on_submit():
        refused = DraftLetterForm(formdata=None)
        refused.form_errors.extend(messages_of(form))
        return unprocessable(petition_page(petition, letter_form=refused))
    name, content = _file(petition_id, letter_id, wanted, for_reason=True)
    with writing() as session:
        _petition, row = own_letter(petition_id, letter_id)
        note_letter_look(session, actor=actor(), now=clock.now(), letter=row, reason=form.reason.data)
    if wanted == PDF:
        return pdf_answer(content, name)
    return file_answer(content, f"{name}.docx", WORD.media_type)


def own_letter(petition_id: int, letter_id: int) -> tuple[Petition, PetitionLetter]:
    """A letter of the actor's own office. Raises NotVisible."""
    petition = load_petition(db.session(), actor(), petition_id)
    row = load_letter(db.session(), actor(), petition, letter_id)
    if row.unit_id != actor().unit_id:
        raise NotVisible("letter")
    return petition, row


def back_to(petition_id: int) -> Response:
    return see_other(url_for("petitions.show_petition", petition_id=petition_id, _anchor="letters"))


def by_field(draft: DraftLetter, form: LetterForm) -> dict[str, list[str]]:
    """What stands against issuing, by the field that it belongs to; "" for what no field can mend."""
    found: dict[str, list[str]] = {}
    for violation in draft.against:
        field = violation.field if violation.field in form else ""
        found.setdefault(field or "", []).append(violation.message)
    return found


def _saved(petition_id: int, letter_id: int, form: LetterForm) -> bool:
    try:
        with form.refusals(), writing() as session:
            _petition, row = own_letter(petition_id, letter_id)
            save_action(
                session,
                actor=actor(),
                now=clock.now(),
                letter=row,
                version=number_of(form.version.data) or 0,
                source=(form["source"].data or "") if "source" in form else "",
                typed=form.typed,
                renew=form.renew.data,
            )
    except Refused:
        return False
    return True


def _page(
    petition: Petition,
    row: PetitionLetter,
    form: LetterForm | None = None,
    void_form: VoidLetterForm | None = None,
) -> str:
    kind = LetterKind(row.kind)
    draft = draft_of(db.session(), petition, row)
    is_stale = form is not None and number_of(form.version.data) != row.version
    if form is None:
        values = entered_values(kind, draft.facts) | {"source": row.source, "version": row.version}
        form = form_for(kind)(formdata=None, data=values)
    form.version.data = str(row.version)
    return render_template(
        "petitions/edit_letter.html",
        petition=petition,
        row=row,
        kind=kind,
        form=form,
        is_stale=is_stale,
        void_form=void_form or VoidLetterForm(formdata=None),
        hints=hints_of(kind),
        draft=draft,
        against=by_field(draft, form),
        may_issue=may_issue_for(actor(), row.unit_id, row.unit.category),
    )


def _file(petition_id: int, letter_id: int, form: str, *, for_reason: bool = False) -> tuple[str, bytes]:
    """Raises NotVisible, also for what is given out for a reason only; RuleViolation."""
    petition = load_petition(db.session(), actor(), petition_id)
    row = load_letter(db.session(), actor(), petition, letter_id)
    if bears_secret_name(petition, row) and not for_reason:
        raise NotVisible("letter")
    name = file_name(row, petition)
    try:
        return name, letter_pages(db.session(), petition, row, form)
    except RenderingFailed as failure:
        raise RuleViolation(failure.message) from failure
