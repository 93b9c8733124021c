"""Drafting a paper from its record, editing it, giving it up."""

from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.office_papers import draft_paper as draft_action
from actions.office_papers import save_paper as save_action
from actions.office_papers import void_paper as void_action
from blueprints.papers import papers
from blueprints.papers.forms import PaperForm, VoidPaperForm
from extensions import db
from models.office_paper import OfficePaper
from models.organisation import Unit
from queries.office_papers import draft_refusal, load_paper
from queries.paper_drafts import DRAFTS, written
from queries.paper_subjects import load_subject
from queries.register_filter import number_of
from rules.bulletin_rules import may_issue_for
from rules.errors import NotVisible
from rules.letters.text import LetterText
from rules.papers.kinds import PaperKind
from rules.papers.ready import needs_addressee
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.paper_addresses import subject_address
from web.paper_files import draft_of
from web.session import actor
from web.unit_of_work import writing

WORDS = ("title", "addressee", "copies_to", "source")


@papers.route("/papers/new", permission=Permission.PAPERS_WRITE, methods=["GET", "POST"])
def new_paper() -> str | Response:
    """`kind` and `subject` (an id) stand in the address; nothing is kept until it is saved."""
    kind, subject = _asked()
    if request.method == "GET":
        text = written(db.session(), kind, subject, _own_unit())
        return _new_page(kind, subject, PaperForm(formdata=None, data=_values(text)))
    form = PaperForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                kind, subject = _asked()
                paper_id = draft_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    kind=kind,
                    subject=subject,
                    submission_key=form.submission_key.data or "",
                    **_typed(form),
                ).id
        except Refused:
            kind, subject = _asked()
        else:
            flash("草稿已保存。", "success")
            return see_other(url_for("papers.edit_paper", paper_id=paper_id))
    return unprocessable(_new_page(kind, subject, form))


@papers.route("/papers/<int:paper_id>", permission=Permission.PAPERS_WRITE, methods=["GET", "POST"])
def edit_paper(paper_id: int) -> str | Response:
    row, subject = own_paper(paper_id)
    if request.method == "GET":
        if row.state != "draft":
            return back_to(row)
        return _page(row, subject)
    form = PaperForm()
    if form.validate_on_submit() and _saved(paper_id, form):
        flash("草稿已保存。", "success")
        return see_other(url_for("papers.edit_paper", paper_id=paper_id))
    return unprocessable(_page(*own_paper(paper_id), form=form))


@papers.route("/papers/<int:paper_id>/void", permission=Permission.PAPERS_WRITE, methods=["POST"])
def void_paper(paper_id: int) -> str | Response:
    row, _subject = own_paper(paper_id)
    form = VoidPaperForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                row, _subject = own_paper(paper_id)
                void_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    paper=row,
                    version=number_of(form.version.data) or 0,
                    reason=form.reason.data or "",
                )
                address = subject_address(row.subject_type, row.subject_id)
        except Refused:
            pass
        else:
            flash("草稿已作废，记录保留。", "success")
            return see_other(address)
    return unprocessable(_page(*own_paper(paper_id), void_form=form))


def own_paper(paper_id: int) -> tuple[OfficePaper, Any]:
    """A paper of the actor's own office and its record. Raises NotVisible."""
    row, subject = load_paper(db.session(), actor(), paper_id)
    if row.unit_id != actor().unit_id:
        raise NotVisible("office_paper")
    return row, subject


def back_to(row: OfficePaper) -> Response:
    return see_other(subject_address(row.subject_type, row.subject_id))


def _asked() -> tuple[PaperKind, Any]:
    """Raises NotVisible."""
    code, subject_id = request.args.get("kind", ""), number_of(request.args.get("subject"))
    kind = next((k for k in DRAFTS if k.value == code), None)
    if kind is None or subject_id is None:
        raise NotVisible("office_paper")
    return kind, load_subject(db.session(), actor(), DRAFTS[kind].subject_type, subject_id)


def _own_unit() -> Unit:
    return db.session().get_one(Unit, actor().unit_id)


def _values(text: LetterText) -> dict[str, str]:
    return {name: getattr(text, name) for name in WORDS}


def _typed(form: PaperForm) -> dict[str, str]:
    return {name: form[name].data or "" for name in WORDS}


def _saved(paper_id: int, form: PaperForm) -> bool:
    try:
        with form.refusals(), writing() as session:
            row, subject = own_paper(paper_id)
            words = _typed(form)
            if form.renew.data:
                words = _values(written(session, PaperKind(row.kind), subject, row.unit))
            version = number_of(form.version.data) or 0
            save_action(session, actor=actor(), now=clock.now(), paper=row, version=version, **words)
    except Refused:
        return False
    return True


def _new_page(kind: PaperKind, subject: Any, form: PaperForm) -> str:
    return render_template(
        "papers/new_paper.html",
        kind=kind,
        form=form,
        subject_id=subject.id,
        notices=DRAFTS[kind].notices(db.session(), subject),
        refusal=draft_refusal(db.session(), actor(), kind, subject) if not form.is_submitted() else "",
        addressee_hint=_addressee_hint(kind),
        back=subject_address(DRAFTS[kind].subject_type, subject.id),
    )


def _page(
    row: OfficePaper, subject: Any, form: PaperForm | None = None, void_form: VoidPaperForm | None = None
) -> str:
    is_stale = form is not None and number_of(form.version.data) != row.version
    return render_template(
        "papers/edit_paper.html",
        row=row,
        kind=PaperKind(row.kind),
        form=form or PaperForm(formdata=None, obj=row),
        is_stale=is_stale,
        void_form=void_form or VoidPaperForm(formdata=None),
        draft=draft_of(db.session(), row, subject),
        notices=DRAFTS[PaperKind(row.kind)].notices(db.session(), subject) if row.state == "draft" else [],
        addressee_hint=_addressee_hint(PaperKind(row.kind)),
        may_issue=may_issue_for(actor(), row.unit_id, row.unit.category),
        back=subject_address(row.subject_type, row.subject_id),
    )


def _addressee_hint(kind: PaperKind) -> str:
    return "写规范全称；几个单位用逗号隔开。" if needs_addressee(kind) else "不主送任何单位，可不填。"
