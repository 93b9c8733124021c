"""What a supervision task must satisfy when it is filed, and each step when it is taken. Pure: refusals out.

Sources: 信访工作条例 art. 40 (the grounds), 30.3 (an accusation never reaches whom it accuses).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation
from rules.petition_rules import LEAST_TEXT
from rules.supervision_words import Ground, TaskSource

LONGEST_TITLE = 80
LONGEST_TEXT = 5000
LONGEST_DEMAND = 500
LONGEST_PERSON = 60
MOST_LINES = 60
"""Units of one task."""


@dataclass(frozen=True)
class LineValues:
    """One unit as it was filled in; `number` is its row on the form, from 0."""

    number: int
    unit_id: int | None
    due_on: date | None
    demand: str = ""
    person: str = ""


@dataclass(frozen=True)
class TaskValues:
    filed_on: date | None
    title: str
    source: TaskSource
    ground: Ground | None
    content: str
    demands: str
    due_on: date | None
    lines: Sequence[LineValues]
    has_petition: bool = False


def check_task(values: TaskValues, today: date) -> list[RuleViolation]:
    """Every refusal at once, each with the field it belongs to."""
    return [*_texts(values), *_days(values, today), *_ground(values), *_lines(values)]


def _texts(values: TaskValues) -> Iterator[RuleViolation]:
    for field, words, text, most in (
        ("title", "标题", values.title, LONGEST_TITLE),
        ("content", "督办事由", values.content, LONGEST_TEXT),
    ):
        if len(text.strip()) < LEAST_TEXT:
            yield RuleViolation(f"请写明{words}。", field)
        elif len(text.strip()) > most:
            yield RuleViolation(f"{words}最多 {most} 字，现有 {len(text.strip())} 字。", field)
    if len(values.demands.strip()) > LONGEST_TEXT:
        yield RuleViolation(f"工作要求最多 {LONGEST_TEXT} 字。", "demands")


def _days(values: TaskValues, today: date) -> Iterator[RuleViolation]:
    if values.filed_on is None:
        yield RuleViolation("请填写立项日期。", "filed_on")
    elif values.filed_on > today:
        yield RuleViolation(f"立项日期 {values.filed_on} 晚于今天 {today}。", "filed_on")
    if values.due_on is None:
        yield RuleViolation("请填写办理期限。", "due_on")
    elif values.filed_on and values.due_on <= values.filed_on:
        yield RuleViolation(f"办理期限 {values.due_on} 应晚于立项日期 {values.filed_on}。", "due_on")


def _ground(values: TaskValues) -> Iterator[RuleViolation]:
    """督办 of a matter's handling names the ground of art. 40."""
    about_handling = values.has_petition and values.source is TaskSource.PETITION
    if about_handling and values.ground is None:
        yield RuleViolation("督办信访事项的办理，请选择依据（《信访工作条例》第四十条）。", "ground")
    if values.source is TaskSource.PETITION and not values.has_petition:
        yield RuleViolation("来源是“信访事项办理”的，请填写信访事项编号。", "petition")


def _lines(values: TaskValues) -> Iterator[RuleViolation]:
    if not values.lines:
        yield RuleViolation("请至少填写一个承办单位。", "line-0-unit")
    seen: set[int] = set()
    for line in values.lines:
        if line.unit_id is None:
            yield RuleViolation("请选择承办单位。", f"line-{line.number}-unit")
        elif line.unit_id in seen:
            yield RuleViolation("这个单位已经在上面列了。", f"line-{line.number}-unit")
        seen |= {line.unit_id} if line.unit_id is not None else set()
        if line.due_on and values.filed_on and line.due_on <= values.filed_on:
            yield RuleViolation("办理期限应晚于立项日期。", f"line-{line.number}-due_on")


def check_together(guarded: Sequence[bool]) -> None:
    """Of each matter of a task whether it is sealed or names a member of staff: such a one is supervised by itself, so that
    no other unit learns of it. Raises RuleViolation."""
    if len(guarded) > 1 and any(guarded):
        raise RuleViolation("密封的、涉及工作人员的信访事项要单独立项。")


def check_extension(until: date | None, due_on: date) -> date:
    """A later day. Raises RuleViolation on `until`."""
    if until is None:
        raise RuleViolation("请填写申请延到哪一天。", "until")
    if until <= due_on:
        raise RuleViolation(f"延期应晚于现在的办理期限 {due_on}。", "until")
    return until


def check_in_force(day: date, due_on: date) -> None:
    """Approved strictly before the day: a late approval cannot make a late unit timely. Raises RuleViolation."""
    if day >= due_on:
        raise RuleViolation(
            f"办理期限 {due_on} 已到，不能再同意延期；超期照计，可写明情况后不同意。", "decision"
        )


def check_redo(until: date | None, on: date) -> date:
    """By when a feedback that was returned is made again. Raises RuleViolation on `until`."""
    if until is None:
        raise RuleViolation("请填写重新反馈的期限。", "until")
    if until <= on:
        raise RuleViolation(f"重新反馈的期限应晚于退回日期 {on}。", "until")
    return until


def check_other_eyes(recorded_by_id: int | None, judge_id: int | None) -> None:
    """Nobody examines what he entered himself. Raises RuleViolation."""
    if recorded_by_id is not None and recorded_by_id == judge_id:
        raise RuleViolation("这一步是您本人录入的，请由他人复核。")
