"""Putting a change forward: a year's file, a limit of the office's own, the end of one. Nothing is applied here."""

from flask import url_for
from werkzeug.wrappers import Response

from actions.petition_terms import keep_proposal
from blueprints.terms import terms
from blueprints.terms.forms import OwnLimitForm, YearFileForm
from blueprints.terms.overview import terms_page
from extensions import db
from queries.terms_proposals import own_limit
from rules.errors import RuleViolation, RuleViolations
from rules.roles import Permission
from rules.terms_proposal import LimitProposal, Proposal, RetirementProposal, YearProposal
from web import clock
from web.form_fields import ReasonForm, Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@terms.route("/terms/years", permission=Permission.TERMS_SET, methods=["POST"])
def upload_year() -> Response:
    form = YearFileForm()
    if form.validate_on_submit():
        try:
            _keep(YearProposal(form.text()))
        except RuleViolations as several:
            form.add_errors_of_lines(several)
        except RuleViolation as refusal:
            form.add_error(refusal)
        else:
            return _to_preview()
    return unprocessable(terms_page(upload=form))


@terms.route("/terms/limits", permission=Permission.TERMS_SET, methods=["POST"])
def change_limit() -> Response:
    form = OwnLimitForm().offer()
    if form.validate_on_submit():
        wanted = LimitProposal(
            form.key.data, form.days.data, form.unit.data, form.valid_from.data, form.basis.data.strip()
        )
        try:
            with form.refusals():
                _keep(wanted)
        except Refused:
            pass
        else:
            return _to_preview()
    return unprocessable(terms_page(limit=form))


@terms.route("/terms/limits/<int:limit_id>/retirement", permission=Permission.TERMS_SET, methods=["POST"])
def retire_limit(limit_id: int) -> Response:
    own_limit(db.session(), limit_id)
    form = ReasonForm()
    if form.validate_on_submit():
        _keep(RetirementProposal(limit_id, form.reason.data.strip()))
        return _to_preview()
    return unprocessable(terms_page(retirement=(limit_id, form)))


def _keep(proposal: Proposal) -> None:
    with writing() as session:
        keep_proposal(session, actor=actor(), now=clock.now(), today=clock.today(), proposal=proposal)


def _to_preview() -> Response:
    return see_other(url_for("terms.preview_proposal"))
