"""What the texts of a bulletin must meet before it may be kept."""

from collections.abc import Iterator

from rules.bulletin_text import parse
from rules.errors import RuleViolation, RuleViolations
from rules.secrecy import refuse_secrecy_marks

LONGEST_TITLE = 120
LONGEST_SOURCE = 60_000
"""Characters; forty pages hold about 25,000."""
LONGEST_PARAGRAPH = 2_000
MOST_BLOCKS = 40
"""Tables and charts together."""
MOST_TOKENS = 1_500
LONGEST_LINE = 400
LONGEST_NOTE = 60

_LABELS = {
    "title": "标题",
    "source": "正文",
    "addressees": "主送机关",
    "copies_to": "抄送机关",
    "note": "附注",
}
_LONGEST = {
    "title": LONGEST_TITLE,
    "source": LONGEST_SOURCE,
    "addressees": LONGEST_LINE,
    "copies_to": LONGEST_LINE,
    "note": LONGEST_NOTE,
}
_NEEDED = ("title", "source")


def require_bounds(source: str) -> None:
    """What may be written at all, asked before any figure is looked up. Raises RuleViolation on `source`."""
    if len(source) > LONGEST_SOURCE:
        raise RuleViolation(f"正文最多 {LONGEST_SOURCE} 个字，现有 {len(source)} 个。", "source")
    for number, line in enumerate(source.splitlines(), start=1):
        if len(line) > LONGEST_PARAGRAPH:
            raise RuleViolation(f"第{number}行太长，一段最多 {LONGEST_PARAGRAPH} 个字。", "source")
    if source.count("〔表") + source.count("〔图") > MOST_BLOCKS:
        raise RuleViolation(f"一份通报最多放 {MOST_BLOCKS} 个表和图。", "source")
    if source.count("〔") > MOST_TOKENS:
        raise RuleViolation(f"一份通报最多插入 {MOST_TOKENS} 处数字。", "source")


def require_texts(title: str, source: str) -> None:
    """Of a template. Raises RuleViolations, each at its field."""
    _refuse([*_problems("title", title), *_problems("source", source)])


def require_printed_texts(*, source: str, **lines: str) -> None:
    """Of a bulletin: `lines` are title, addressees, copies_to and note, which are printed as they stand.

    Raises RuleViolations, each at its field.
    """
    found = [problem for field, text in lines.items() for problem in _problems(field, text)]
    found += [problem for field, text in lines.items() for problem in _left_over(field, text)]
    _refuse([*found, *_problems("source", source)])


def _refuse(found: list[RuleViolation]) -> None:
    if found:
        raise RuleViolations(found)


def _problems(field: str, text: str) -> Iterator[RuleViolation]:
    label, most = _LABELS[field], _LONGEST[field]
    if field in _NEEDED and not text.strip():
        yield RuleViolation(f"请填写{label}。", field)
    if len(text) > most:
        yield RuleViolation(f"{label}最多 {most} 个字，现有 {len(text)} 个。", field)
        return
    try:
        if field == "source":
            require_bounds(text)
        refuse_secrecy_marks(text, field)
    except RuleViolation as violation:
        yield violation


def _left_over(field: str, text: str) -> Iterator[RuleViolation]:
    """Only the text of a bulletin has its tokens put in when it is written."""
    for _, token in parse(text).tokens:
        yield RuleViolation(f"{_LABELS[field]}里的{token}印发时不会替换，请直接写出来。", field)
