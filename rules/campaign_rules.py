"""What a batch of old cases (交办批次) must say, and the list of numbers that names its cases. Pure: refusals out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation
from rules.petition_words import SourceLevel
from rules.visit_rules import FIRST_DAY

LONGEST_CAMPAIGN = 60
LONGEST_SOURCE = 80
LONGEST_NUMBER = 60
LONGEST_NOTES = 1000
MOST_NUMBERS = 1000
_BETWEEN = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class CampaignValues:
    name: str
    source_level: SourceLevel | None
    source: str
    document_number: str
    received_on: date | None
    due_on: date | None
    notes: str = ""


def check_campaign(values: CampaignValues, today: date) -> list[RuleViolation]:
    """Every refusal at once, each with the field it belongs to."""
    return [*_texts(values), *_dates(values, today)]


def _texts(values: CampaignValues) -> Iterator[RuleViolation]:
    if not values.name:
        yield RuleViolation("请填写批次名称。", "name")
    if values.source_level is None:
        yield RuleViolation("请选择交办层级。", "source_level")
    limits = (
        ("name", values.name, LONGEST_CAMPAIGN),
        ("source", values.source, LONGEST_SOURCE),
        ("document_number", values.document_number, LONGEST_NUMBER),
        ("notes", values.notes, LONGEST_NOTES),
    )
    for field, text, most in limits:
        if len(text) > most:
            yield RuleViolation(f"最多 {most} 字，现有 {len(text)} 字。", field)


def _dates(values: CampaignValues, today: date) -> Iterator[RuleViolation]:
    received, due = values.received_on, values.due_on
    if received is None:
        yield RuleViolation("请填写收到日期。", "received_on")
    elif not FIRST_DAY <= received <= today:
        yield RuleViolation(f"收到日期 {received} 应在 1990 年以后，且不晚于今天 {today}。", "received_on")
    if received and due and due < received:
        yield RuleViolation(f"办结期限 {due} 早于收到日期 {received}。", "due_on")


def numbers_in(text: str) -> list[str]:
    """The numbers of a pasted list, each once, in its order: blanks, commas and line ends stand between them. Raises
    RuleViolation on `numbers`."""
    plain = unicodedata.normalize("NFKC", text)
    return checked_numbers(part for part in _BETWEEN.split(plain) if part)


def checked_numbers(numbers: Iterable[str]) -> list[str]:
    """Each once, in its order. Raises RuleViolation on `numbers`."""
    found = list(dict.fromkeys(number[:64] for number in numbers))
    if not found:
        raise RuleViolation("请粘贴编号，或者选择一个表格文件。", "numbers")
    if len(found) > MOST_NUMBERS:
        raise RuleViolation(f"一次最多 {MOST_NUMBERS} 个编号，现有 {len(found)} 个，请分几次。", "numbers")
    return found
