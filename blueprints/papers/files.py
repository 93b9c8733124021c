"""The files of a paper: PDF, and Word without the seal."""

from werkzeug.wrappers import Response

from blueprints.papers import papers
from documents.letter_pages import DOCX, PDF
from documents.render_process import RenderingFailed
from extensions import db
from queries.office_papers import load_paper
from rules.attachment_rules import DOCX as WORD
from rules.errors import RuleViolation
from rules.roles import Permission
from web.pages import file_answer, pdf_answer
from web.paper_files import paper_name, paper_pages
from web.session import actor


@papers.route("/papers/<int:paper_id>.pdf", permission=Permission.PAPERS_READ)
def print_paper(paper_id: int) -> Response:
    """Of a draft a preview, marked so."""
    name, content = _file(paper_id, PDF)
    return pdf_answer(content, name)


@papers.route("/papers/<int:paper_id>.docx", permission=Permission.PAPERS_READ)
def download_paper(paper_id: int) -> Response:
    name, content = _file(paper_id, DOCX)
    return file_answer(content, f"{name}.docx", WORD.media_type)


def _file(paper_id: int, form: str) -> tuple[str, bytes]:
    """Raises NotVisible, RuleViolation."""
    row, subject = load_paper(db.session(), actor(), paper_id)
    name = paper_name(row)
    try:
        return name, paper_pages(db.session(), row, subject, form)
    except RenderingFailed as failure:
        raise RuleViolation(failure.message) from failure
