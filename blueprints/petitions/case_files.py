"""案卷 of a petition, for who handles it, and where secrecy was asked for, for a reason. Giving it out writes a line of the
audit log, so it is a POST."""

from werkzeug.wrappers import Response

from actions.petitions.looking import note_case_file
from blueprints.petitions import petitions
from blueprints.petitions.record_page import is_handled, petition_page
from extensions import db
from queries.petition_scope import load_petition
from rules.errors import NotVisible
from rules.roles import Permission
from web import clock
from web.case_files import case_file_of
from web.form_fields import ReasonForm, unprocessable
from web.pages import pdf_answer
from web.session import actor
from web.unit_of_work import writing


@petitions.route(
    "/petitions/<int:petition_id>/case-file.pdf", permission=Permission.PETITIONS_REVEAL, methods=["POST"]
)
def print_case_file(petition_id: int) -> Response:
    petition, form = load_petition(db.session(), actor(), petition_id), ReasonForm()
    if not is_handled(petition):
        raise NotVisible("case file")
    if petition.confidential and not form.validate_on_submit():
        return unprocessable(petition_page(petition, case_form=form))
    name, content = f"案卷_{petition.number}", case_file_of(db.session(), petition)
    with writing() as session:
        petition = load_petition(session, actor(), petition_id)
        reason = form.reason.data or ""
        note_case_file(session, actor=actor(), now=clock.now(), petition=petition, reason=reason)
    return pdf_answer(content, name)
