"""签发 of a paper: the head sees what will be printed, chooses number and seal, and issues."""

from typing import Any

from flask import flash, render_template
from werkzeug.wrappers import Response

from actions.office_papers import issue_paper as issue_action
from blueprints.papers import papers
from blueprints.papers.drafts import back_to, own_paper
from documents.letter_pages import PDF
from documents.render_process import RenderingFailed
from extensions import db
from models.office_paper import OfficePaper
from models.seal import Seal
from queries.register_filter import number_of
from rules.bulletin_rules import may_issue_for
from rules.errors import NotVisible, RuleViolation
from rules.papers.kinds import PaperKind
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.letter_files import made
from web.pages import see_other
from web.paper_addresses import subject_address
from web.paper_files import draft_of
from web.session import actor
from web.signing import SigningForm, chosen_seal, offered_numbers, offered_seals, usual_seal, wanted_register
from web.unit_of_work import writing


@papers.route("/papers/<int:paper_id>/issue", permission=Permission.PAPERS_ISSUE, methods=["GET", "POST"])
def issue_paper(paper_id: int) -> str | Response:
    row, subject = _paper(paper_id)
    form = SigningForm()
    if row.state != "draft":
        return back_to(row)
    if not form.is_submitted():
        return _page(row, subject, SigningForm(formdata=None, data={"seal": usual_seal(_seals(row))}))
    address = subject_address(row.subject_type, row.subject_id)
    try:
        with form.refusals():
            form.validate()
            _rehearse(row, subject)
        with form.refusals(), writing() as session:
            row, subject = _paper(paper_id)
            _require_seen(form, row, subject)
            issue_action(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                paper=row,
                version=number_of(form.version.data) or 0,
                register=wanted_register(session, row.unit_id, _kind(row).rule, form.register.data),
                seal=chosen_seal(_seals(row), form.seal.data),
            )
            number = row.number
    except Refused:
        return unprocessable(_page(*_paper(paper_id), form))
    flash(f"已签发{f'，文号 {number}' if number else ''}。公函已定稿，可以打印。", "success")
    return see_other(address)


def _paper(paper_id: int) -> tuple[OfficePaper, Any]:
    """Raises NotVisible for who does not sign for the office."""
    row, subject = own_paper(paper_id)
    if not may_issue_for(actor(), row.unit_id, row.unit.category):
        raise NotVisible("office_paper")
    return row, subject


def _kind(row: OfficePaper) -> PaperKind:
    return PaperKind(row.kind)


def _rehearse(row: OfficePaper, subject: Any) -> None:
    """A number is taken only for what can be printed. Raises RuleViolation."""
    content = draft_of(db.session(), row, subject).content
    db.session().rollback()  # nothing stays open while pages are made
    try:
        made(PDF, content)
    except RenderingFailed as failure:
        raise RuleViolation("版面没有排成，还没有编号。请检查正文，或稍后再签发。") from failure


def _require_seen(form: SigningForm, row: OfficePaper, subject: Any) -> None:
    """Raises RuleViolation where the paper was changed after the signer opened the page."""
    if form.seen.data != draft_of(db.session(), row, subject).digest:
        raise RuleViolation("您打开本页之后，公函有改动。请看过下面新的正文再签发。")


def _seals(row: OfficePaper) -> list[Seal]:
    return offered_seals(db.session(), row.unit_id, _kind(row).rule)


def _page(row: OfficePaper, subject: Any, form: SigningForm) -> str:
    session, kind = db.session(), _kind(row)
    draft = draft_of(session, row, subject)
    form.seen.data, form.version.data = draft.digest, str(row.version)
    return render_template(
        "papers/issue_paper.html",
        row=row,
        kind=kind,
        form=form,
        draft=draft,
        registers=offered_numbers(session, row.unit_id, kind.rule, clock.today().year),
        seals=_seals(row),
        back=subject_address(row.subject_type, row.subject_id),
    )
