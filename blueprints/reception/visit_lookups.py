"""What the visit form and record ask for on the side: choices while typing, a masked number, a receipt."""

from flask import Response as FlaskResponse
from flask import jsonify
from werkzeug.wrappers import Response

from actions.looks import note_look
from blueprints.reception import reception
from blueprints.reception.visit_pages import record_page, shown_contacts
from documents.receipt import Receipt, receipt_pdf
from documents.render_process import render
from extensions import db
from models.visit import Visit
from queries.choices import Choice, category_choices, unit_choices
from queries.scope import load_visit
from rules.errors import RuleViolation
from rules.roles import Permission
from rules.taxonomy import Outcome
from web import clock
from web.form_fields import ReasonForm, unprocessable
from web.pages import pdf_answer
from web.session import actor
from web.template_filters import shorten
from web.unit_of_work import writing


@reception.route("/reception/choices/categories", permission=Permission.RECEPTION_READ)
def list_category_choices() -> FlaskResponse:
    return _offered(category_choices(db.session(), actor().account_id))


@reception.route("/reception/choices/units", permission=Permission.RECEPTION_READ)
def list_unit_choices() -> FlaskResponse:
    return _offered(unit_choices(db.session(), actor().account_id, clock.today()))


def _offered(choices: list[Choice]) -> FlaskResponse:
    answer = jsonify([c.as_json() for c in choices])
    answer.headers["Cache-Control"] = "private, max-age=120"
    return answer


@reception.route(
    "/reception/visits/<int:visit_id>/reveal", permission=Permission.PERSONAL_DATA, methods=["POST"]
)
def reveal(visit_id: int) -> str | Response:
    """Show the contacts unmasked once, for a stated reason, logged before anything is shown."""
    form = ReasonForm()
    visit = load_visit(db.session(), actor(), visit_id)
    if not form.validate_on_submit():
        return unprocessable(record_page(visit, reveal_form=form))
    with writing() as session:
        note_look(
            session,
            actor=actor(),
            now=clock.now(),
            record=load_visit(session, actor(), visit_id),
            reason=form.reason.data,
        )
    return record_page(load_visit(db.session(), actor(), visit_id), revealed=True)


@reception.route("/reception/visits/<int:visit_id>/receipt.pdf", permission=Permission.RECEPTION_WRITE)
def print_receipt(visit_id: int) -> Response:
    """来访回执 for the visitor, with the office's counterfoil."""
    visit = load_visit(db.session(), actor(), visit_id)
    if visit.is_void:
        raise RuleViolation("这条登记已作废，不能打印回执。")
    return pdf_answer(render(receipt_pdf, _receipt(visit)), f"来访回执_{visit.number}")


def _receipt(visit: Visit) -> Receipt:
    names = "、".join(c.name for c in shown_contacts(visit) if c.name) or "匿名"
    return Receipt(
        number=visit.number,
        unit=visit.unit.name,
        visit_date=visit.visit_date,
        visitor=names,
        persons=visit.persons,
        matter=shorten(visit.content, 200),
        outcome=Outcome(visit.outcome).label,
        responsible_unit=visit.responsible_unit.name if visit.responsible_unit else "",
        due_date=visit.due_date,
        telephone=visit.unit.telephone,
        receptionist=visit.receptionist,
        issued_on=clock.today(),
        is_passed_on=visit.outcome == Outcome.FORWARDED.value,
    )
