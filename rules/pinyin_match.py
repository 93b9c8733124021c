"""Finding a unit, a person or a category from the keyboard: by its characters, its initials or its spelling.

Only the matching: initials (`lxz` for 柳溪镇) and spelling (`liuxizhen`) are stored beside the name.
"""

import re
import unicodedata
from enum import IntEnum


class Match(IntEnum):
    """How well it fits; the smaller comes first."""

    EXACT = 0
    PREFIX = 1
    SUBSTRING = 2
    SUBSEQUENCE = 3


_SHORTEST_SUBSEQUENCE = 2  # one letter would find nearly everything


def matches(query: str, label: str, initials: str, spelling: str) -> bool:
    """Whether it is found at all."""
    return rank(query, label, initials, spelling) is not None


def rank(query: str, label: str, initials: str, spelling: str) -> Match | None:
    """The best of: characters, initials, spelling; None where nothing fits. An empty query begins everything."""
    sought, name = _plain(query), _plain(label)
    words = (name, initials, spelling)
    if sought in words:
        return Match.EXACT
    if any(word.startswith(sought) for word in words):
        return Match.PREFIX
    if sought in name or sought in initials:
        return Match.SUBSTRING
    if len(sought) >= _SHORTEST_SUBSEQUENCE and _is_subsequence(sought, initials):
        return Match.SUBSEQUENCE
    return None


def _plain(text: str) -> str:
    """Half width, small letters, without blanks and the apostrophes that input methods leave between syllables."""
    return re.sub(r"[\s'’]", "", unicodedata.normalize("NFKC", text)).casefold()


def _is_subsequence(sought: str, word: str) -> bool:
    letters = iter(word)
    return all(letter in letters for letter in sought)
