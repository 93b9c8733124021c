"""What a row of 来访登记 must satisfy, whether typed or imported. Pure: plain values in, refusals out.

Sources: 信访工作条例 art. 20.3 (at most five representatives), art. 19 (what is registered); 5 persons and more are a
集体访 by local usage, so the threshold is an argument.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation
from rules.taxonomy import Outcome, Purpose, VisitKind

MOST_PERSONS = 9999
MOST_REPRESENTATIVES = 5
MOST_CONTACTS = 5
LONGEST_CONTENT = 2000
LONGEST_NAME = 60
GROUP_THRESHOLD = 5
FIRST_DAY = date(1990, 1, 1)

_NEEDS_RESPONSIBLE_UNIT = frozenset({Outcome.FORWARDED, Outcome.COMMITTED})


@dataclass(frozen=True)
class VisitValues:
    """One 批 as entered; None or an empty text means not filled in.

    `category` and `responsible_unit` are whatever identifies them (code or id): only their presence is asked.
    """

    visit_date: date | None
    persons: int | None
    visit_kind: VisitKind | None
    category: str | int | None
    purpose: Purpose | None
    content: str
    outcome: Outcome | None
    representatives: int | None = None
    involved_persons: int | None = None
    responsible_unit: str | int | None = None
    due_date: date | None = None
    names: Sequence[str] = ()


def is_group_visit(persons: int, group_threshold: int = GROUP_THRESHOLD) -> bool:
    """集体访"""
    return persons >= group_threshold


def default_representatives(persons: int) -> int:
    """Those who came speak for themselves up to five; a larger group chooses five (art. 20.3)."""
    return max(1, min(persons, MOST_REPRESENTATIVES))


def check_visit(
    values: VisitValues, today: date, group_threshold: int = GROUP_THRESHOLD, *, typed: bool = True
) -> list[RuleViolation]:
    """Every refusal at once, each with the field it belongs to; an empty list when the row may stand.

    `typed` is False for rows of old sheets, which need not name the unit or day of a follow-up.
    """
    return [
        *_missing(values),
        *_date_problems(values, today),
        *_number_problems(values, group_threshold),
        *_text_problems(values),
        *_outcome_problems(values, typed),
    ]


_REQUIRED = {
    "visit_date": "请填写来访日期。",
    "persons": "请填写来访人数。",
    "visit_kind": "请选择初访或重访。",
    "category": "请选择内容分类。",
    "purpose": "请选择信访目的。",
    "outcome": "请选择处理结果。",
}


def _missing(values: VisitValues) -> Iterator[RuleViolation]:
    for field, message in _REQUIRED.items():
        if getattr(values, field) in (None, ""):
            yield RuleViolation(message, field)


def _date_problems(values: VisitValues, today: date) -> Iterator[RuleViolation]:
    if values.visit_date is None:
        return
    if values.visit_date > today:
        yield RuleViolation(f"来访日期 {values.visit_date} 晚于今天 {today}。", "visit_date")
    elif values.visit_date < FIRST_DAY:
        yield RuleViolation(f"来访日期 {values.visit_date} 早于 1990 年，请核对。", "visit_date")


def _number_problems(values: VisitValues, group_threshold: int) -> Iterator[RuleViolation]:
    persons = values.persons
    if persons is not None and not 1 <= persons <= MOST_PERSONS:
        yield RuleViolation(f"来访人数应在 1 到 {MOST_PERSONS} 之间，填的是 {persons}。", "persons")
        return
    yield from _representative_problems(values.representatives, persons, group_threshold)
    involved = values.involved_persons
    if involved is not None and persons is not None and involved < persons:
        yield RuleViolation(f"涉及人数 {involved} 少于来访人数 {persons}。", "involved_persons")


def _representative_problems(
    representatives: int | None, persons: int | None, group_threshold: int
) -> Iterator[RuleViolation]:
    if representatives is None:
        return
    if representatives < 1:
        yield RuleViolation("代表人数至少为 1。", "representatives")
    elif representatives > MOST_REPRESENTATIVES:
        group = "集体访" if persons is not None and is_group_visit(persons, group_threshold) else "来访"
        yield RuleViolation(
            f"{group}代表不得超过 {MOST_REPRESENTATIVES} 人（《信访工作条例》第二十条），填的是 {representatives}。",
            "representatives",
        )
    elif persons is not None and representatives > persons:
        yield RuleViolation(f"代表人数 {representatives} 多于来访人数 {persons}。", "representatives")


def _text_problems(values: VisitValues) -> Iterator[RuleViolation]:
    length = len(values.content.strip())
    if length == 0:
        yield RuleViolation("请填写反映内容。", "content")
    elif length > LONGEST_CONTENT:
        yield RuleViolation(f"反映内容最多 {LONGEST_CONTENT} 字，现有 {length} 字。", "content")
    if len(values.names) > MOST_CONTACTS:
        yield RuleViolation(f"最多登记 {MOST_CONTACTS} 名联系人，现有 {len(values.names)} 名。", "names")
    if any(len(name) > LONGEST_NAME for name in values.names):
        yield RuleViolation(f"姓名（名称）最多 {LONGEST_NAME} 字。", "names")


def reaches_the_accused(
    purpose: Purpose | None, accused_paths: Sequence[str], responsible_path: str | None
) -> RuleViolation | None:
    """An accusation is never handed to the accused unit, that of the accused person, or what stands below either
    (信访工作条例 art. 30.3)."""
    if purpose is not Purpose.ACCUSATION or not responsible_path:
        return None
    if not any(responsible_path.startswith(path) for path in accused_paths):
        return None
    return RuleViolation(
        "检举控告不得转给被检举控告的单位及其下级（《信访工作条例》第三十条）。", "responsible_unit"
    )


def _outcome_problems(values: VisitValues, typed: bool) -> Iterator[RuleViolation]:
    outcome = values.outcome
    if outcome is None:
        return
    if typed and outcome in _NEEDS_RESPONSIBLE_UNIT and values.responsible_unit in (None, ""):
        yield RuleViolation(f"处理结果为{outcome.label}时，请填写责任单位。", "responsible_unit")
    if typed and outcome is Outcome.COMMITTED and values.due_date is None:
        yield RuleViolation("处理结果为限期化解时，请填写限办日期。", "due_date")
    if values.due_date and values.visit_date and values.due_date < values.visit_date:
        yield RuleViolation(f"限办日期 {values.due_date} 早于来访日期 {values.visit_date}。", "due_date")
