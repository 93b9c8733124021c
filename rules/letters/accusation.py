"""Accusation material never reaches whom it accuses (信访工作条例 art. 30, third paragraph; art. 46, item 5)."""

import re
from collections.abc import Iterable

from rules.errors import RuleViolation
from rules.letters.facts import LetterFacts
from rules.letters.kinds import LetterKind, Recipient
from rules.office_names import names_meant, plain
from rules.petition_words import MatterClass

REFUSAL = (
    "这是检举控告类事项，不得将材料和有关情况透露或者转给被检举、揭发的人员或者单位（《信访工作条例》第三十条）。"
    "请改送有权处理的机关。"
)
_LONGEST_NAME = 4
"""Characters of a person's name; an office is the same with or without a tail such as 政府, or an inner office of one
whose name it begins with. 纪检监察组 bear the name of the office they watch."""
_LEAST_OFFICE = 3
_OFFICE = re.compile("(县|镇|乡|村|局|街道|社区|办|委|院|站|所|校|中心)$")
_WATCHES = re.compile("纪检|纪委|监委|监察|巡察")
_BETWEEN = re.compile(r"[，,、；;。\n]")


def leaks(kind: LetterKind, facts: LetterFacts) -> list[RuleViolation]:
    """Where an accusation would go to the accused, to an office below it, or in copy to either: at the field."""
    if facts.petition.matter_class is not MatterClass.ACCUSATION:
        return []
    return [
        RuleViolation(REFUSAL, field)
        for field, names in _recipients(kind, facts)
        if names_any_of(names, facts.petition.accused)
    ]


def names_any_of(names: Iterable[str], accused: Iterable[str]) -> bool:
    """Whether one of the recipients is one of the accused, or an inner office or an official of one."""
    asked, meant = list(names), _every_name(accused)
    return bool(_every_name(asked) & meant) or any(_holds(plain(name), meant) for name in asked)


def split_names(text: str) -> list[str]:
    """Recipients as a line names them: 柳溪镇，县住建局。"""
    return [name for name in _BETWEEN.split(text) if name.strip()]


def refuse_leak(kind: LetterKind, facts: LetterFacts) -> None:
    """Raises RuleViolation at the first such field."""
    for violation in leaks(kind, facts):
        raise violation


def _recipients(kind: LetterKind, facts: LetterFacts) -> list[tuple[str, list[str]]]:
    """(field, names): whoever gets the letter or learns of the matter by it, and the offices above that one."""
    passing = facts.passing
    found = [("copies_to", _BETWEEN.split(facts.copies_to)), ("issuer", [facts.issuer])]
    if kind.rule.recipient is Recipient.UNIT or kind is LetterKind.DISPATCH_NOTICE:
        found.append(("passing.unit", [passing.unit, *passing.unit_line]))
    return found


def _every_name(names: Iterable[str]) -> frozenset[str]:
    return frozenset(each for name in names for each in names_meant(name))


def _holds(name: str, accused: frozenset[str]) -> bool:
    """A person is addressed with his office: 柳溪镇人民政府周某 holds 周某. An inner office begins with the name of the
    whole: 柳溪镇党政综合科."""
    short = [word for word in accused if len(word) <= _LONGEST_NAME]
    if _WATCHES.search(name):
        return any(word in name for word in short if not _OFFICE.search(word))
    begins = (name.startswith(word) for word in accused if len(word) >= _LEAST_OFFICE)
    return any(word in name for word in short) or any(begins)
