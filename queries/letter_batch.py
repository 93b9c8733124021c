"""Issued letters of many petitions, to be printed one after the other."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.petition import Petition
from models.petition_letter import PetitionLetter
from models.seal import SealUse
from queries.petition_letters import bears_secret_name, letters_of_many, may_read_letter
from queries.petition_scope import load_petitions, petition_is_visible
from rules.errors import NotVisible
from rules.letters.kinds import LetterKind
from rules.roles import Actor

Frozen = tuple[str, bytes | None]
"""What the pages of a letter are made from: its content, and the seal it bears."""


def letters_to_print(
    session: Session, actor: Actor, petition_ids: Sequence[int], kind: LetterKind | None = None
) -> list[PetitionLetter]:
    """Issued ones that this actor reads, in the order of the petitions; of one kind, or of all. Five statements."""
    petitions = load_petitions(session, actor, petition_ids)
    letters = letters_of_many(session, [petition.id for petition in petitions])
    return [row for petition in petitions for row in readable(actor, petition, letters[petition.id], kind)]


def readable(
    actor: Actor, petition: Petition, letters: Sequence[PetitionLetter], kind: LetterKind | None = None
) -> list[PetitionLetter]:
    """Without those that bear a name whose secrecy was asked for: each of them is given out by itself, for a reason."""
    issued = [row for row in letters if row.state == "issued" and kind in (None, row.kind)]
    return [
        row
        for row in issued
        if may_read_letter(actor, petition, row) and not bears_secret_name(petition, row)
    ]


def frozen_letters(session: Session, actor: Actor, letter_ids: Sequence[int]) -> list[Frozen]:
    """In this order; two statements and one for each seal. Raises NotVisible where one is out of scope by now."""
    rows = session.execute(
        select(PetitionLetter.id, PetitionLetter.content)
        .join(Petition, PetitionLetter.petition_id == Petition.id)
        .where(PetitionLetter.id.in_(letter_ids), petition_is_visible(actor))
    )
    contents = {letter_id: content for letter_id, content in rows if content is not None}
    uses = session.scalars(
        select(SealUse).where(SealUse.letter_id.in_(letter_ids)).options(joinedload(SealUse.seal))
    )
    seals = {use.letter_id: use.seal.image for use in uses}
    if len(contents) < len(set(letter_ids)):
        raise NotVisible("letter")
    return [(contents[letter_id], seals.get(letter_id)) for letter_id in letter_ids]
