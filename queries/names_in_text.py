"""Whether a text that leaves the office names people who came: petitioners are never named in bulletins
(domain rule; 个人信息保护法 art. 6, 条例 art. 30)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

from sqlalchemy import literal, or_, select, union
from sqlalchemy.orm import Session

from models.leader_reception import LeaderReception
from models.staff import Person
from models.visit import Visit, VisitContact
from queries.scope import within

SHORTEST, LONGEST = 2, 4
MOST_DOTS = 200
"""More dots between characters than that are no names."""
CHUNK = 8_000
"""Candidates a statement, three times over: below the 32,766 variables that SQLite takes."""

_DOTS = "·•‧・"
_DOTTED = re.compile(r"([㐀-䶿一-鿿]{1,8})\s?[·•‧・．]\s?([㐀-䶿一-鿿]{1,8})")
_BLANK_INSIDE = re.compile(r"(?<=[㐀-䶿一-鿿])[ \u3000\t·•‧・．]+(?=[㐀-䶿一-鿿])")
"""周 大山 and 周·大山 are 周大山."""

_HANZI = re.compile(r"[㐀-䶿一-鿿]+")


@dataclass(frozen=True)
class NamesInText:
    """`visitors` are names of people who came and of no member of staff; `staff` those of staff and leaders, who
    may also have come. Both in the order of the text."""

    visitors: tuple[str, ...]
    staff: tuple[str, ...]


def names_in_text(session: Session, path: str, text: str, *, sealed: bool = False) -> NamesInText:
    """Names on live visits registered in the subtree `path`, or given to it to do; one statement for each 8,000 pieces of text, which is
    one for some 2,700 characters.

    Answers only about names that the text already has. `sealed` takes accusation material too (条例 art. 30): only
    for those who may read it, because a warning tells that somebody of that name accused.
    """
    candidates = list(dict.fromkeys(_candidates(text)))
    chunks = [candidates[start : start + CHUNK] for start in range(0, len(candidates), CHUNK)]
    rows = [row for chunk in chunks for row in session.execute(_known(chunk, path, sealed))]
    staff = {name for name, is_staff in rows if is_staff}
    visitors = {name for name, is_staff in rows if not is_staff} - staff
    return NamesInText(
        tuple(name for name in candidates if name in visitors),
        tuple(name for name in candidates if name in staff),
    )


def _candidates(text: str) -> Iterator[str]:
    """Every piece of 2 to 4 characters of every run of Chinese characters.

    One of two must not cut a word in two: 责任和 does not speak of 任和. A name that is no word is cut into single
    characters, so it is never lost by this.
    """
    yield from _names_with_dots(text)
    for run in _HANZI.findall(_BLANK_INSIDE.sub("", text)):
        edges = _edges(run)
        for start in range(len(run) - SHORTEST + 1):
            for length in range(SHORTEST, min(LONGEST, len(run) - start) + 1):
                if length > SHORTEST or {start, start + length} <= edges:
                    yield run[start : start + length]


def _names_with_dots(text: str) -> Iterator[str]:
    """买买提·艾力, written with any of the usual dots: every piece of up to 8 characters on either side of one."""
    for found in islice(_DOTTED.finditer(text), MOST_DOTS):
        first, second = found[1], found[2]
        for start in range(len(first)):
            for end in range(1, len(second) + 1):
                for dot in _DOTS:
                    yield f"{first[start:]}{dot}{second[:end]}"


def _edges(run: str) -> set[int]:
    """Where words begin and end."""
    import rjieba  # its dictionary takes a third of a second to load

    return {0, *accumulate(len(word) for word in rjieba.cut(run, False))}


def _known(names: Sequence[str], path: str, sealed: bool) -> Any:
    leader = LeaderReception.leader_name
    return union(
        _visitors(names, path, sealed),
        select(Person.name, literal(1)).where(Person.name.in_(names)),
        select(leader, literal(1)).where(leader.in_(names)),
    )


def _visitors(names: Sequence[str], path: str, sealed: bool) -> Any:
    statement = (
        select(VisitContact.name, literal(0))
        .join(Visit, Visit.id == VisitContact.visit_id)
        .where(VisitContact.name.in_(names), Visit.voided_at.is_(None))
        .where(or_(within(Visit.unit_id, path), within(Visit.responsible_unit_id, path)))
    )
    return statement if sealed else statement.where(Visit.sealed.is_(False))
