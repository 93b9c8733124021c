"""信访文书: the issued letters of chosen petitions, one after the other."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from actions.petitions.many import MOST_AT_ONCE
from documents.letter_batch import letters_slice, whole_letters
from models.petition_letter import PetitionLetter
from queries.letter_batch import frozen_letters, letters_to_print
from queries.register_filter import number_of, word_of
from rules.letters.kinds import LetterKind
from rules.roles import Actor, Permission
from web.prints.kind import Gathered, PrintKind, Wanted

NAME = "petition-letters"


def arguments_for(petition_ids: Sequence[int], kind: LetterKind | None) -> dict[str, str]:
    chosen = {"letter": kind.value} if kind else {}
    return {"petitions": ",".join(str(petition_id) for petition_id in petition_ids)} | chosen


def petitions_in(args: Mapping[str, str]) -> list[int]:
    found = (number_of(text) for text in args.get("petitions", "").split(","))
    return list(dict.fromkeys(i for i in found if i is not None))[:MOST_AT_ONCE]


def _kind_in(args: Mapping[str, str]) -> LetterKind | None:
    return word_of(LetterKind, args.get("letter", ""))


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    kind, rows = _kind_in(args), _letters(session, actor, args)
    counted = len({row.petition_id for row in rows})
    sentence = f"{kind.label if kind else '各种文书'}，{counted} 件信访事项"
    return Wanted(arguments_for(petitions_in(args), kind), sentence, len(rows))


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    for row in _letters(session, actor, args):
        yield row.id
    return {}


def _letters(session: Session, actor: Actor, args: Mapping[str, str]) -> list[PetitionLetter]:
    return letters_to_print(session, actor, petitions_in(args), _kind_in(args))


PRINT = PrintKind(
    title="信访文书",
    counted="份",
    permission=Permission.PETITIONS_REVEAL,
    at_once=60,
    most=2_000,
    at_a_time=25,
    settle=_settle,
    gather=_gather,
    load=frozen_letters,
    draw=letters_slice,
    whole=whole_letters,
)
