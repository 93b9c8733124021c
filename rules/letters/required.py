"""Whether a letter may be issued: nothing goes out half empty, at odds with its own dates, or to whom it accuses."""

import re
from collections.abc import Iterator
from datetime import date

from rules.errors import RuleViolation, RuleViolations
from rules.letters.accusation import leaks
from rules.letters.consistency import contradictions
from rules.letters.elements import ELEMENTS, Section
from rules.letters.facts import LetterFacts
from rules.letters.kinds import LetterKind, LetterPage
from rules.letters.text import LetterText
from rules.letters.wording import BLANK, date_text
from rules.secrecy import refuse_secrecy_marks

SOURCE = "source"
"""The form field of the text that the clerk edits."""

LONGEST_SOURCE = 20_000
_BLANK = re.compile(rf"{BLANK}([^〔〕]*)〕")
_PATH = re.compile(r"\{([a-z_.]+)\}")
_IDENTITY_NUMBER = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?![\dA-Za-z])")
_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十]+、")


def missing(kind: LetterKind, facts: LetterFacts) -> list[RuleViolation]:
    """The values that this kind needs and that are not there, each at its path."""
    return [
        RuleViolation(f"请填写{label}。", path)
        for path, label in ELEMENTS[kind].needs
        if _is_empty(value_of(facts, path))
    ]


def text_problems(kind: LetterKind, facts: LetterFacts, source: str) -> list[RuleViolation]:
    """What the edited text lacks, or may not hold, all at the field `source`."""
    return [RuleViolation(message, SOURCE) for message in _messages(kind, facts, source)]


def problems(kind: LetterKind, facts: LetterFacts, text: LetterText) -> list[RuleViolation]:
    """Everything that stands against issuing it now."""
    found = [*missing(kind, facts), *contradictions(kind, facts), *leaks(kind, facts)]
    if kind.rule.page is not LetterPage.FORM:
        found += text_problems(kind, facts, text.source)
    return found


def require_ready(kind: LetterKind, facts: LetterFacts, text: LetterText) -> None:
    """Raises RuleViolations with all `problems`."""
    if found := problems(kind, facts, text):
        raise RuleViolations(found)


def value_of(facts: LetterFacts, path: str) -> object:
    """`reply.review_organ` → facts.reply.review_organ"""
    value: object = facts
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _is_empty(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return not (value.strip() if isinstance(value, str) else value)


def _messages(kind: LetterKind, facts: LetterFacts, source: str) -> Iterator[str]:
    elements = ELEMENTS[kind]
    if len(source) > LONGEST_SOURCE:
        yield f"正文最多 {LONGEST_SOURCE} 个字，现有 {len(source)} 个。"
        return
    yield from forbidden_words(source)
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    for section in elements.sections:
        if not _has(section, lines):
            yield f"正文缺少“{section.label}”部分，请写明。"
    for said in elements.says:
        if not re.search(_filled_pattern(said.pattern, facts), "".join(lines)):
            yield f"正文没有写明{said.label}，请补上。"


def forbidden_words(source: str) -> Iterator[str]:
    """What no document may go out with: places left to fill in, identity numbers, marks of secrecy."""
    for label in dict.fromkeys(_BLANK.findall(source)):
        yield f"正文里还有“{label}”没有填写。"
    if _IDENTITY_NUMBER.search(source):
        yield "正文里有身份证件号码，文书不需要，请删去。"
    try:
        refuse_secrecy_marks(source, SOURCE)
    except RuleViolation as violation:
        yield violation.message


def _has(section: Section, lines: list[str]) -> bool:
    """A first-level heading with something under it, or running into its own paragraph."""
    for place, line in enumerate(lines):
        number = _FIRST_LEVEL.match(line)
        if not number:
            continue
        heading, _, rest = re.sub("[：。]", "\n", line[number.end() :]).partition("\n")
        if re.search(section.pattern, heading) and (rest.strip() or _goes_on(lines[place + 1 :])):
            return True
    return False


def _goes_on(following: list[str]) -> bool:
    return bool(following) and not _FIRST_LEVEL.match(following[0])


def _filled_pattern(pattern: str, facts: LetterFacts) -> str:
    """Its {path}s as the text prints them; a value that is missing is reported by `missing`, and asks nothing here."""
    return _PATH.sub(lambda found: re.escape(_printed(value_of(facts, found[1]))), pattern)


def _printed(value: object) -> str:
    if value is None:
        return ""
    return date_text(value) if isinstance(value, date) else " ".join(str(value).split())
