"""Where the words of a search stand in a text: the text in pieces, those that are the words told apart, so that a page can
mark them without handling markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from queries.grams import words_of
from rules.redaction import mask_name

BEFORE, LENGTH = 10, 40
"""Characters shown before the first word, and in all."""
_SHORTEST_NAME = 2
"""A name of one character would mask that character everywhere."""


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool = False


Pieces = tuple[Piece, ...]


def words_to_mark(query: str) -> tuple[str, ...]:
    """The Chinese words of a query: initials and numbers are not looked for in a text."""
    return tuple(dict.fromkeys(run for run in words_of(query) if not run.isascii()))


def marked(text: str, words: Sequence[str]) -> Pieces:
    """The whole text."""
    return tuple(_pieces(text, words))


def missing(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Words that the text does not hold."""
    return tuple(word for word in words if word not in text)


def snippet(text: str, words: Sequence[str]) -> Pieces:
    """A short piece of the text around the first of the words; nothing where none stands in it."""
    line = " ".join(text.split())
    first = min((at for word in words if (at := line.find(word)) >= 0), default=None)
    if first is None:
        return ()
    start = max(0, first - BEFORE)
    end = start + LENGTH
    return marked(f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}", words)


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with these names as a list that masks them shows them."""
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _SHORTEST_NAME:
            text = text.replace(name, mask_name(name))
    return text


def not_of_names(words: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """The words that are neither part of one of these names nor hold one."""
    hidden = [name for name in names if len(name) >= _SHORTEST_NAME]
    return tuple(word for word in words if not any(word in name or name in word for name in hidden))


def _pieces(text: str, words: Sequence[str]) -> Iterator[Piece]:
    if not words:
        yield Piece(text)
        return
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for place, piece in enumerate(re.split(f"({either})", text)):
        if piece:
            yield Piece(piece, place % 2 == 1)
