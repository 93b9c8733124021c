"""The files of a paper of the office: of a draft made anew, of an issued one from what was frozen."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.office_papers import issued_content, problems_of
from documents.letter import letter_document
from documents.official.coverage import uncovered
from models.office_paper import OfficePaper
from models.seal import SealUse
from rules.errors import RuleViolation
from rules.letters.issued import from_json
from rules.papers.kinds import PaperKind
from web import clock
from web.letter_files import made
from web.session import actor


@dataclass(frozen=True)
class DraftPaper:
    """A draft as it would be issued today; `against` is what stands against that."""

    content: str
    against: tuple[RuleViolation, ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content.encode()).hexdigest()

    @property
    def uncovered(self) -> list[tuple[str, str]]:
        """Characters that no font has, each with its place."""
        return list(uncovered(letter_document(from_json(self.content))))


def draft_of(session: Session, paper: OfficePaper, subject: Any) -> DraftPaper:
    content = issued_content(paper, subject, clock.today(), actor().name, is_draft=True)
    return DraftPaper(content, tuple(problems_of(session, paper, subject)))


def paper_pages(session: Session, paper: OfficePaper, subject: Any, form: str) -> bytes:
    """The PDF or Word file. Raises RenderingFailed."""
    content, seal = _content_and_seal(session, paper, subject)
    session.rollback()  # nothing stays open while pages are made
    return made(form, content, seal)


def paper_name(paper: OfficePaper) -> str:
    return f"{PaperKind(paper.kind).label}_{paper.number or paper.title}"


def _content_and_seal(session: Session, paper: OfficePaper, subject: Any) -> tuple[str, bytes | None]:
    """A draft has no seal."""
    if paper.state != "issued" or paper.content is None:
        return issued_content(paper, subject, clock.today(), actor().name, is_draft=True), None
    use = session.scalars(select(SealUse).where(SealUse.paper_id == paper.id)).first()
    return paper.content, use.seal.image if use else None
