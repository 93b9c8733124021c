"""Initials and spelling of Chinese text, stored beside a name so that it can be found from the keyboard."""

from typing import NamedTuple

MOST_INITIALS, MOST_SPELLED = 80, 400
_AS_WRITTEN = "\0"
"""Before what is no Chinese: its initials are all of it."""


class Pinyin(NamedTuple):
    """`柳溪镇A1`: `lxza1` and `liuxizhena1`; lower case."""

    initials: str
    spelling: str


def pinyin_of(text: str) -> Pinyin:
    """Letters and digits stay, other signs go."""
    from pypinyin import lazy_pinyin  # its tables take a second to load

    sounds = lazy_pinyin(text, errors=_letters)
    initials = (s[1:] if s.startswith(_AS_WRITTEN) else s[:1] for s in sounds)
    spelling = (s.lstrip(_AS_WRITTEN) for s in sounds)
    return Pinyin("".join(initials).lower()[:MOST_INITIALS], "".join(spelling).lower()[:MOST_SPELLED])


def initials_of(text: str, limit: int = MOST_INITIALS) -> str:
    """`柳溪镇` → `lxz`."""
    return pinyin_of(text).initials[:limit]


def spelling_of(text: str) -> str:
    """`柳溪镇` → `liuxizhen`."""
    return pinyin_of(text).spelling


def _letters(text: str) -> str:
    return _AS_WRITTEN + "".join(c for c in text if c.isascii() and c.isalnum())
