"""What the rows of a search show of the words that were searched for: marked in the line's own text, and where that does not
hold them, a short piece of the text that does. Of a matter whose names the reader must not read they are masked here too:
what stands in its text never tells who came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.petition import Petition, PetitionContact
from models.visit import Visit, VisitContact
from queries.petition_rows import PetitionRow
from queries.snippets import Pieces, marked, missing, snippet, without_names, words_to_mark
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
    sought = {row.id: row for row, line in lines if missing(line, words)}
    texts = _texts(session, register, sought)
    return {
        row.id: _one(line, words, texts.get(row.id, {})) if row.id in sought else Found(marked(line, words))
        for row, line in lines
    }


def _one(line: str, words: Sequence[str], texts: Mapping[str, str]) -> Found:
    lacking = missing(line, words)
    pieces = ((label, snippet(text, lacking)) for label, text in texts.items())
    label, around = next(((label, found) for label, found in pieces if found), ("", ()))
    return Found(marked(line, words), label, around)


def _texts(session: Session, register: _Register, sought: Mapping[int, _Listed]) -> dict[int, dict[str, str]]:
    """Id → label → text, names masked where the line masks them; one statement, none where nothing is sought."""
    if not sought:
        return {}
    row, contact = register.row, register.contact
    statement = (
        select(row.id, contact.name, *register.texts.values())
        .outerjoin(contact, register.of_contact == row.id)
        .where(row.id.in_(list(sought)))
    )
    found: dict[int, dict[str, str]] = {}
    names: dict[int, list[str]] = {}
    for row_id, name, *texts in session.execute(statement):
        found[row_id] = dict(zip(register.texts, (text or "" for text in texts), strict=True))
        names.setdefault(row_id, []).append(name or "")
    return {
        row_id: _readable(texts, names[row_id] if sought[row_id].names_are_masked else ())
        for row_id, texts in found.items()
    }


def _readable(texts: Mapping[str, str], hidden: Iterable[str]) -> dict[str, str]:
    return {label: without_names(text, hidden) for label, text in texts.items()}
