"""案卷 of a petition, for who reads its people unmasked. Giving it out writes a line of the audit log, so it is a POST."""

from werkzeug.wrappers import Response

from actions.petitions.looking import note_case_file
from blueprints.petitions import petitions
from blueprints.petitions.record_page import is_masked
from extensions import db
from queries.petition_scope import load_petition
from rules.errors import NotVisible
from rules.roles import Permission
from web import clock
from web.case_files import case_file_of
from web.pages import pdf_answer
from web.session import actor
from web.unit_of_work import writing


@petitions.route(
    "/petitions/<int:petition_id>/case-file.pdf", permission=Permission.PETITIONS_REVEAL, methods=["POST"]
)
def print_case_file(petition_id: int) -> Response:
    petition = load_petition(db.session(), actor(), petition_id)
    if is_masked(petition):
        raise NotVisible("case file")
    name, content = f"案卷_{petition.number}", case_file_of(db.session(), petition)
    with writing() as session:
        petition = load_petition(session, actor(), petition_id)
        note_case_file(session, actor=actor(), now=clock.now(), petition=petition)
    return pdf_answer(content, name)
