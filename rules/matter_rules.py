"""What the lines under a village session and a leader's reception must satisfy: matters heard, promises made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation
from rules.taxonomy import Outcome

MOST_MATTERS = 30
MOST_PROMISES = 20
LONGEST_SUMMARY = 300
DISPOSITIONS = (Outcome.SOLVED, Outcome.COMMITTED, Outcome.ESCALATED)
"""现场解决, 限期化解, 梳理上报"""


@dataclass(frozen=True)
class Line:
    """A matter or a promise as entered; `number` is the row it stands in on the form, from 0."""

    number: int
    summary: str
    disposition: Outcome | None = None
    due_date: date | None = None


def check_matters(matters: Sequence[Line], day: date | None) -> list[RuleViolation]:
    """Every refusal at once, on the fields `matter-0-summary`, `matter-0-due_date` …"""
    return [problem for matter in matters for problem in _matter_problems(matter, day)]


def check_promises(promises: Sequence[Line], day: date | None) -> list[RuleViolation]:
    """Every refusal at once, on the fields `promise-0-summary` …"""
    return [problem for promise in promises for problem in _line_problems("promise", promise, day)]


def _matter_problems(matter: Line, day: date | None) -> Iterator[RuleViolation]:
    yield from _line_problems("matter", matter, day)
    if matter.disposition not in DISPOSITIONS:
        yield RuleViolation("请选择去向。", f"matter-{matter.number}-disposition")
    if matter.disposition is Outcome.COMMITTED and matter.due_date is None:
        yield RuleViolation("限期化解的，请填写限办日期。", f"matter-{matter.number}-due_date")


def _line_problems(kind: str, line: Line, day: date | None) -> Iterator[RuleViolation]:
    if not line.summary:
        yield RuleViolation("请写明事项。", f"{kind}-{line.number}-summary")
    elif len(line.summary) > LONGEST_SUMMARY:
        yield RuleViolation(f"最多 {LONGEST_SUMMARY} 个字。", f"{kind}-{line.number}-summary")
    if line.due_date and day and line.due_date < day:
        yield RuleViolation(f"期限 {line.due_date} 早于接访日期 {day}。", f"{kind}-{line.number}-due_date")
