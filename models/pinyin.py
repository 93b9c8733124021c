"""Initials and spelling of Chinese text, stored beside a name so that it can be found from the keyboard."""

from pypinyin import Style, lazy_pinyin


def initials_of(text: str, limit: int = 80) -> str:
    """`柳溪镇` → `lxz`; letters and digits stay, lower case."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors=_letters)).lower()[:limit]


def spelling_of(text: str, limit: int = 400) -> str:
    """`柳溪镇` → `liuxizhen`."""
    return "".join(lazy_pinyin(text, errors=_letters)).lower()[:limit]


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalnum())
