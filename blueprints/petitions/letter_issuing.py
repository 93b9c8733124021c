"""签发 of a letter: the head sees what will be printed, chooses number and seal, and issues."""

from flask import flash, render_template
from werkzeug.wrappers import Response

from actions.petition_letters import issue_letter as issue_action
from blueprints.petitions import petitions
from blueprints.petitions.letters import ONE, back_to, own_letter
from documents.letter_pages import PDF
from documents.render_process import RenderingFailed
from extensions import db
from models.petition import Petition
from models.petition_letter import PetitionLetter
from models.seal import Seal
from queries.register_filter import number_of
from rules.bulletin_rules import may_issue_for
from rules.errors import NotVisible, RuleViolation
from rules.letters.kinds import LetterKind
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.letter_files import draft_of, made
from web.session import actor
from web.signing import SigningForm, chosen_seal, offered_numbers, offered_seals, usual_seal, wanted_register
from web.unit_of_work import writing


@petitions.route(f"{ONE}/issue", permission=Permission.PETITIONS_APPROVE, methods=["GET", "POST"])
def issue_letter(petition_id: int, letter_id: int) -> str | Response:
    petition, row = _letter(petition_id, letter_id)
    form = SigningForm()
    if row.state != "draft":
        return back_to(petition_id)
    if not form.is_submitted():
        return _page(petition, row, SigningForm(formdata=None, data=_usual(row)))
    try:
        with form.refusals():
            form.validate()
            _rehearse(petition, row)
        with form.refusals(), writing() as session:
            petition, row = _letter(petition_id, letter_id)
            _require_seen(form, petition, row)
            issue_action(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                letter=row,
                version=number_of(form.version.data) or 0,
                register=wanted_register(session, row.unit_id, LetterKind(row.kind).rule, form.register.data),
                seal=chosen_seal(_seals(row), form.seal.data),
            )
            number = row.number
    except Refused:
        return unprocessable(_page(*_letter(petition_id, letter_id), form))
    flash(f"已签发{f'，文号 {number}' if number else ''}。文书已定稿，可以打印。", "success")
    return back_to(petition_id)


def _letter(petition_id: int, letter_id: int) -> tuple[Petition, PetitionLetter]:
    """Raises NotVisible for who does not sign for the office."""
    petition, row = own_letter(petition_id, letter_id)
    if not may_issue_for(actor(), row.unit_id, row.unit.category):
        raise NotVisible("letter")
    return petition, row


def _usual(row: PetitionLetter) -> dict[str, str]:
    return {"version": str(row.version), "seal": usual_seal(_seals(row))}


def _rehearse(petition: Petition, row: PetitionLetter) -> None:
    """A number is taken only for what can be printed. Raises RuleViolation."""
    content = draft_of(db.session(), petition, row, named=True).content
    db.session().rollback()  # nothing stays open while pages are made
    try:
        made(PDF, content)
    except RenderingFailed as failure:
        raise RuleViolation("版面没有排成，还没有编号。请检查正文，或稍后再签发。") from failure


def _require_seen(form: SigningForm, petition: Petition, row: PetitionLetter) -> None:
    """Raises RuleViolation where the letter or its record was changed after the signer opened the page."""
    if form.seen.data != draft_of(db.session(), petition, row).digest:
        raise RuleViolation("您打开本页之后，文书或者登记的内容有改动。请看过下面新的正文再签发。")


def _seals(row: PetitionLetter) -> list[Seal]:
    return offered_seals(db.session(), row.unit_id, LetterKind(row.kind).rule)


def _page(petition: Petition, row: PetitionLetter, form: SigningForm) -> str:
    session, kind = db.session(), LetterKind(row.kind)
    draft, year = draft_of(session, petition, row), clock.today().year
    form.seen.data, form.version.data = draft.digest, str(row.version)
    return render_template(
        "petitions/issue_letter.html",
        petition=petition,
        row=row,
        kind=kind,
        form=form,
        draft=draft,
        against=[violation.message for violation in draft.against],
        registers=offered_numbers(session, row.unit_id, kind.rule, year),
        seals=_seals(row),
    )
