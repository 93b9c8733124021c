"""Letters of one kind for many petitions: a draft for each that may have one, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions.once import already_made, note_made
from actions.petition_letters import drafted
from actions.petitions.many import require_few
from models.petition import Petition
from models.petition_letter import PetitionLetter
from queries.petition_letters import Desk, desks_of
from rules.errors import RuleViolation
from rules.letters.facts import LetterFacts
from rules.letters.kinds import LetterKind
from rules.letters.required import SOURCE, problems
from rules.letters.text import LetterText
from rules.letters.texts import letter_text
from rules.roles import Actor


@dataclass(frozen=True)
class DraftOutcome:
    """A draft, with what still stands against issuing it, or why there is none."""

    petition_id: int
    refusal: str = ""
    lacks: tuple[str, ...] = ()
    was_done: bool = False
    """Drafted before with the same form; nothing was added now."""


def draft_each(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    petitions: Sequence[Petition],
    kind: LetterKind,
    submission_key: str = "",
) -> list[DraftOutcome]:
    """Each draft with its own audit entry; sent twice, one for each. Raises RuleViolation for too many."""
    require_few(len(petitions))
    desks = desks_of(session, actor, petitions)
    return [
        _outcome(session, now, today, desks[petition.id], kind, _key(submission_key, petition))
        for petition in petitions
    ]


def _key(submission_key: str, petition: Petition) -> str:
    return f"{submission_key}|{petition.id}" if submission_key else ""


def _outcome(
    session: Session, now: datetime, today: date, desk: Desk, kind: LetterKind, key: str
) -> DraftOutcome:
    petition_id = desk.petition.id
    if already_made(session, key, desk.actor, PetitionLetter) is not None:
        return DraftOutcome(petition_id, was_done=True)
    try:
        with session.begin_nested():
            row, facts = drafted(session, now=now, desk=desk, kind=kind)
            note_made(session, key=key, actor=desk.actor, now=now, subject=row)
    except RuleViolation as refusal:
        return DraftOutcome(petition_id, refusal.message)
    return DraftOutcome(petition_id, lacks=_lacks(kind, replace(facts, day=today)))


def _lacks(kind: LetterKind, facts: LetterFacts) -> tuple[str, ...]:
    """Of a text that nobody has touched yet its blanks say no more than the values that are missing."""
    text: LetterText = letter_text(kind, facts)
    found = problems(kind, facts, text)
    of_values = [violation for violation in found if violation.field != SOURCE]
    return tuple(violation.message for violation in of_values or found)
