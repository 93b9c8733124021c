"""Accusation material never reaches whom it accuses (信访工作条例 art. 30, third paragraph; art. 46, item 5)."""

import re

from rules.errors import RuleViolation
from rules.letters.facts import LetterFacts
from rules.letters.kinds import LetterKind, Recipient
from rules.petition_words import MatterClass

REFUSAL = (
    "这是检举控告类事项，不得将材料和有关情况透露或者转给被检举、揭发的人员或者单位（《信访工作条例》第三十条）。"
    "请改送有权处理的机关。"
)
_SIGNS = re.compile(r"[\s　（）()·]")
_LONGEST_NAME = 4
"""Characters of a person's name; names of offices are compared as a whole: 纪检监察组 bear that of the office they watch."""
_BETWEEN = re.compile(r"[，,、；;。\n]")


def leaks(kind: LetterKind, facts: LetterFacts) -> list[RuleViolation]:
    """Where an accusation would go to the accused, to an office below it, or in copy to either: at the field."""
    if facts.petition.matter_class is not MatterClass.ACCUSATION:
        return []
    accused = {_plain(name) for name in facts.petition.accused if _plain(name)}
    return [
        RuleViolation(REFUSAL, field)
        for field, names in _recipients(kind, facts)
        if any(_plain(name) in accused or _holds(name, accused) for name in names)
    ]


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


def _holds(name: str, accused: set[str]) -> bool:
    """A person is addressed with his office: 柳溪镇人民政府周某 holds 周某."""
    plain = _plain(name)
    return any(word in plain for word in accused if 2 <= len(word) <= _LONGEST_NAME)


def _plain(name: str) -> str:
    return _SIGNS.sub("", name)
