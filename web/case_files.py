"""The case file (案卷) of a petition: its issued letters in order, then what was attached and can be printed."""

from dataclasses import replace

from sqlalchemy.orm import Session

from documents.case_file import CaseFile, CaseFileRefused, CasePart, case_file_pdf
from documents.letter_pages import PDF
from documents.render_process import RenderingFailed, render
from models.attachment import Attachment
from models.petition import Petition
from queries.attachments import attachments_of
from queries.petition_letters import letters_of
from rules.attachment_rules import SHOWN_AS_PICTURE, kind_of_media_type
from rules.errors import RuleViolation
from rules.letters.kinds import LetterKind
from web import clock
from web.attachment_files import content_of
from web.kept_files import FileDamaged
from web.letter_files import content_and_seal, made
from web.session import actor

TIMEOUT_SECONDS = 300
SUBJECT = "petition"


def case_file_of(session: Session, petition: Petition) -> bytes:
    """Word, Excel and text files are left out. Raises RuleViolation, in words for the reader."""
    letters, papers = _letters(session, petition), _attachments(session, petition)
    case = CaseFile(petition.label, petition.number, actor().unit_name, clock.today(), ())
    session.rollback()  # nothing stays open while pages are made
    try:
        parts = [CasePart(title, made(PDF, content, seal), note) for title, note, content, seal in letters]
        whole = replace(case, parts=(*parts, *papers))
        return render(case_file_pdf, whole, timeout_seconds=TIMEOUT_SECONDS)
    except RenderingFailed as failure:
        cause = failure.__cause__
        message = cause.message if isinstance(cause, CaseFileRefused) else failure.message
        raise RuleViolation(message) from failure


def _letters(session: Session, petition: Petition) -> list[tuple[str, str, str, bytes | None]]:
    """(title, note, content, seal), in the order in which they were issued."""
    rows = [row for row in letters_of(session, petition.id) if row.state == "issued"]
    return [
        (
            LetterKind(row.kind).label,
            row.number or str(row.issued_on),
            *content_and_seal(session, petition, row),
        )
        for row in sorted(rows, key=lambda row: (row.issued_at, row.id))
    ]


def _attachments(session: Session, petition: Petition) -> list[CasePart]:
    rows = attachments_of(session, SUBJECT, petition.id)
    printable = [row for row in rows if kind_of_media_type(row.media_type) in SHOWN_AS_PICTURE]
    return [CasePart(row.file_name, _content(row), row.note) for row in printable]


def _content(row: Attachment) -> bytes:
    try:
        return content_of(row)
    except FileDamaged as damage:
        raise RuleViolation(
            f"附件“{row.file_name}”的原件已损坏或缺失，请联系系统管理员从备份中恢复。"
        ) from damage
