"""The files of a letter: of a draft made anew from what the record says today, of an issued one from what was frozen."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.letter import letter_document
from documents.letter_pages import letter_file
from documents.official.coverage import uncovered
from documents.render_process import render
from models.petition import Petition
from models.petition_letter import PetitionLetter
from models.seal import SealUse
from queries.letter_facts import facts_now, text_now
from queries.petition_letters import desk_of
from rules.errors import RuleViolation
from rules.letters.facts import LetterFacts
from rules.letters.issued import IssuedLetter, from_json, to_json
from rules.letters.kinds import LetterKind
from rules.letters.required import problems
from rules.letters.text import LetterText
from web import clock
from web.session import actor

TIMEOUT_SECONDS = 120


@dataclass(frozen=True)
class DraftLetter:
    """A draft as it would be issued today; `against` is what stands against that."""

    facts: LetterFacts
    text: LetterText
    content: str
    against: tuple[RuleViolation, ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content.encode()).hexdigest()

    @property
    def uncovered(self) -> list[tuple[str, str]]:
        """Characters that no font has, each with its place."""
        return list(uncovered(letter_document(from_json(self.content))))


def draft_of(
    session: Session, petition: Petition, row: PetitionLetter, *, named: bool = False
) -> DraftLetter:
    """`named`: as it goes out (`queries.letter_facts.facts_now`); never to be shown."""
    kind = LetterKind(row.kind)
    facts = facts_now(session, desk_of(session, actor(), petition), row, day=clock.today(), named=named)
    text = text_now(kind, facts, row.source)
    content = to_json(IssuedLetter(kind=kind, issuer=facts.issuer, text=text, is_draft=True))
    return DraftLetter(facts, text, content, tuple(problems(kind, facts, text)))


def letter_pages(session: Session, petition: Petition, row: PetitionLetter, form: str) -> bytes:
    """The PDF or Word file. Raises RenderingFailed."""
    content, seal = content_and_seal(session, petition, row)
    session.rollback()  # nothing stays open while pages are made
    return made(form, content, seal)


def made(form: str, content: str, seal: bytes | None = None) -> bytes:
    """Outside transactions. Raises RenderingFailed."""
    return render(letter_file, form, content, seal, timeout_seconds=TIMEOUT_SECONDS)


def file_name(row: PetitionLetter, petition: Petition) -> str:
    return f"{LetterKind(row.kind).label}_{row.number or petition.number}"


def content_and_seal(session: Session, petition: Petition, row: PetitionLetter) -> tuple[str, bytes | None]:
    """What its pages are made from; a draft has no seal."""
    if row.state != "issued" or row.content is None:
        return draft_of(session, petition, row).content, None
    use = session.scalars(select(SealUse).where(SealUse.letter_id == row.id)).first()
    return row.content, use.seal.image if use else None
