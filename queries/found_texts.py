"""What the rows of a search show of the words that were searched for: marked in the line's own text, and where that does not
hold them, a short piece of the text that does. Of a matter whose names the reader must not read they are masked here too,
and no mark lights them up: what stands in its text never tells who came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.petition import Petition, PetitionContact
from models.visit import Visit, VisitContact
from queries.petition_rows import PetitionRow
from queries.snippets import Pieces, marked, missing, not_of_names, snippet, without_names, words_to_mark
from queries.visits import VisitRow


class _Listed(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def names_are_masked(self) -> bool: ...


@dataclass(frozen=True)
class Found:
    line: Pieces
    """The line's own text."""
    label: str = ""
    """Which other text the piece is of; "" for what was told."""
    around: Pieces = ()
    """The piece; none where the line shows all words, or they stand in what is not shown."""


class _Register(NamedTuple):
    row: Any
    contact: Any
    of_contact: Any
    texts: Mapping[str, Any]
    """Label → column, in the order in which they are looked through."""


class _Stored(NamedTuple):
    texts: Mapping[str, str]
    """Label → text."""
    names: list[str]
    """Of all who came."""


_NOTHING = _Stored({}, [])

_PETITIONS = _Register(
    Petition,
    PetitionContact,
    PetitionContact.petition_id,
    {"标题": Petition.title, "": Petition.content, "诉求": Petition.request, "被反映": Petition.accused_text},
)
_VISITS = _Register(
    Visit,
    VisitContact,
    VisitContact.visit_id,
    {"": Visit.content, "答复": Visit.reply, "被反映": Visit.accused_text},
)


def found_in_petitions(
    session: Session, query: str, lines: Sequence[tuple[PetitionRow, str]]
) -> dict[int, Found]:
    """By id; `lines` are rows that the reader may see, each with the text that its line shows of it. One statement at the
    most."""
    return _found(session, _PETITIONS, query, lines)


def found_in_visits(session: Session, query: str, lines: Sequence[tuple[VisitRow, str]]) -> dict[int, Found]:
    """As `found_in_petitions`."""
    return _found(session, _VISITS, query, lines)


def _found(
    session: Session, register: _Register, query: str, lines: Sequence[tuple[_Listed, str]]
) -> dict[int, Found]:
    words = words_to_mark(query)
    if not words:
        return {}
    looked_at = [row.id for row, line in lines if row.names_are_masked or missing(line, words)]
    stored = _stored(session, register, looked_at)
    return {
        row.id: _one(line, words, stored.get(row.id, _NOTHING), row.names_are_masked) for row, line in lines
    }


def _one(line: str, words: Sequence[str], stored: _Stored, names_are_masked: bool) -> Found:
    """A word of a masked name is marked nowhere, or the mark would tell whom the mask hides."""
    if names_are_masked:
        words = not_of_names(words, stored.names)
    lacking = missing(line, words)
    for label, text in stored.texts.items() if lacking else ():
        around = snippet(without_names(text, stored.names) if names_are_masked else text, lacking)
        if around:
            return Found(marked(line, words), label, around)
    return Found(marked(line, words))


def _stored(session: Session, register: _Register, ids: Sequence[int]) -> dict[int, _Stored]:
    """By id; one statement, none where nothing is looked at."""
    if not ids:
        return {}
    row, contact = register.row, register.contact
    statement = (
        select(row.id, contact.name, *register.texts.values())
        .outerjoin(contact, register.of_contact == row.id)
        .where(row.id.in_(ids))
    )
    found: dict[int, _Stored] = {}
    for row_id, name, *texts in session.execute(statement):
        if row_id not in found:
            found[row_id] = _Stored(
                dict(zip(register.texts, (text or "" for text in texts), strict=True)), []
            )
        found[row_id].names.append(name or "")
    return found
