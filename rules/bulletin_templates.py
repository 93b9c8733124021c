"""The shipped texts of bulletins (`data/bulletins/<kind>.toml`), read from their text."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from rules.bulletin_kinds import BulletinKind
from rules.bulletin_text import WordToken, parse
from rules.errors import RuleViolation, RuleViolations

LONGEST_NAME = 40
LONGEST_LINE = 400
"""Characters of 主送, 抄送."""

_LABELS = {"title": "标题", "addressees": "主送机关", "copies_to": "抄送机关"}


@dataclass(frozen=True)
class BulletinTemplate:
    """All four may hold tokens of `rules.bulletin_text`; title, addressees and copies words only."""

    kind: BulletinKind
    title: str
    addressees: str
    copies_to: str
    body: str


def read_template(toml: str) -> BulletinTemplate:
    """Raises tomllib.TOMLDecodeError, KeyError or ValueError where a file is not as promised."""
    read = tomllib.loads(toml)
    texts = (str(read[name]).strip() for name in ("title", "addressees", "copies_to", "body"))
    return BulletinTemplate(BulletinKind(read["kind"]), *texts)


def require_name(name: str) -> None:
    """Raises RuleViolation on `name`."""
    if not 2 <= len(name.strip()) <= LONGEST_NAME:
        raise RuleViolation(f"请给模板起个名字，2 至 {LONGEST_NAME} 个字，例如“月站队（简版）”。", "name")


def require_plain_lines(**lines: str) -> None:
    """Title, addressees and copies may hold words (〔期间〕), no figures. Raises RuleViolations, each at its field."""
    found = [RuleViolation(m, field) for field, text in lines.items() for m in _line_problems(text, field)]
    if found:
        raise RuleViolations(found)


def _line_problems(text: str, field: str) -> Iterator[str]:
    if field != "title" and len(text) > LONGEST_LINE:
        yield f"{_LABELS[field]}最多 {LONGEST_LINE} 个字，现有 {len(text)} 个。"
    parsed = parse(text)
    yield from (problem.message for problem in parsed.problems)
    for _, token in parsed.tokens:
        if not isinstance(token, WordToken):
            yield f"{_LABELS[field]}里只能用〔期间〕、〔单位〕等文字，不能用{token}。"
