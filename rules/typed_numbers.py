"""Numbers that an author typed where a figure would be put in: found, so that they can be compared and marked.

Left alone are numbers that report nothing: dates and years, document numbers, ordinals (第40条, 第3季度), times,
lengths of time (60日, 24小时), limits set by a rule (不低于95%, 5人以上), numbers of headings and attachments,
telephone numbers, and what hangs together with Latin letters (record numbers, standards).
"""

import re
import unicodedata
from dataclasses import dataclass

_N = r"(?<!\d)\d{1,15}+(?:,\d{3}){0,4}(?:\.\d{1,6})?"
"""Bounded and never begun in the middle: a hostile text must not make the search for numbers slow."""
_NUMBER = re.compile(rf"{_N}[%％]?")
_TO = r"\s{0,3}+[—–\-－~～至、]\s{0,3}+"
_LENGTH_OF_TIME = r"(?:个?工作日|自然日|个?月|个?小时|分钟|秒|个?季度|周年|周|年|天|日)"
_COUNTED = r"(?:人次?|批次?|场次?|[次件个名项%％]){0,4}+"

_REPORTS_NOTHING = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"〔[^〔〕]{0,80}+〕(?:\s*第?\d+\s*号)?",
        r"\d{2,4}[-/.]\d{1,2}[-/.]\d{1,2}",
        rf"\d{{4}}(?:{_TO}\d{{4}})?\s*年",
        rf"(?<!\d)\d{{1,2}}(?:{_TO}\d{{1,2}}){{0,31}}\s{{0,3}}+[月日号]",
        rf"第\s{{0,3}}\d{{1,6}}(?:{_TO}(?:第)?\d{{1,6}}){{0,20}}",
        r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?",
        r"\d{1,2}[时点](?:\d{1,2}分)?",
        rf"{_N}(?:{_TO}{_N})?\s*{_LENGTH_OF_TIME}",
        rf"不(?:得|能|应)?(?:低于|高于|少于|多于|超过)\s*{_N}[%％]?",
        rf"(?:低于|高于|超过|达到|确保|力争)\s*{_N}[%％]",
        rf"{_N}\s*{_COUNTED}(?:及|\(含\)|（含）)?(?:以上|以下|以内|之内)",
        r"[A-Za-z][A-Za-z/.\-_ ]{0,40}+\d[\w.\-]{0,60}+|(?<!\d)\d{1,15}+[A-Za-z]\w{0,60}+",
        r"(?:电话|热线|传真|手机)(?:号码)?\s{0,3}+[:：]\s{0,3}+\d[\d\-－—()（）、 ]{2,60}+",
        r"\d{3,4}-\d{7,8}|(?<!\d)\d{7,20}|\d{3,5}(?=热线|专线)",
        r"(?:附件|附表|(?<!代)表|图|注|序号)\s*\d+",
        r"^\s*\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]",
        r"\d{1,2}[·•]\d{1,2}",
    )
)


@dataclass(frozen=True)
class TypedNumber:
    """`start` and `end` are places in the line, as Python counts; `text` includes a percent sign."""

    start: int
    end: int
    text: str

    @property
    def plain(self) -> str:
        """The one form in which numbers are compared: ２,９０１ → 2901."""
        return plain_number(self.text)


def typed_numbers(line: str) -> tuple[TypedNumber, ...]:
    """Arabic numerals of one line that stand for figures; tokens in 〔〕 are not looked into."""
    aside = [found.span() for pattern in _REPORTS_NOTHING for found in pattern.finditer(line)]
    numbers = (TypedNumber(*found.span(), found[0]) for found in _NUMBER.finditer(line))
    return tuple(n for n in numbers if all(n.end <= start or n.start >= end for start, end in aside))


def all_numbers(text: str) -> frozenset[str]:
    """Every numeral of a text in plain form, whatever it stands for."""
    return frozenset(plain_number(found) for found in _NUMBER.findall(text))


def plain_number(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "")
