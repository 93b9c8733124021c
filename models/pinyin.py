"""Initials and spelling of Chinese text, stored beside a name so that it can be found from the keyboard."""

from typing import Literal


def initials_of(text: str, limit: int = 80) -> str:
    """`柳溪镇` → `lxz`; letters and digits stay, lower case."""
    return _in_pinyin(text, style="FIRST_LETTER").lower()[:limit]


def spelling_of(text: str, limit: int = 400) -> str:
    """`柳溪镇` → `liuxizhen`."""
    return _in_pinyin(text, style="NORMAL").lower()[:limit]


def _in_pinyin(text: str, style: Literal["NORMAL", "FIRST_LETTER"]) -> str:
    from pypinyin import Style, lazy_pinyin  # its tables take a second to load

    return "".join(lazy_pinyin(text, style=getattr(Style, style), errors=_letters))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalnum())
