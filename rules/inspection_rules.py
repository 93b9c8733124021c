"""督查 (信访工作条例第三十八条): what a plan, a visit's record and a problem must say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation
from rules.supervision_words import InspectionKind
from rules.taxonomy import Labelled

MOST_UNITS, MOST_PROBLEMS, LONGEST_PROBLEM = 60, 20, 500


class ProblemVerb(Labelled):
    """What happens to a problem that was found."""

    REPORT = "report", "报送整改情况"
    RETURN = "return", "退回"
    ACCEPT = "accept", "整改销号"


@dataclass(frozen=True)
class PlanValues:
    title: str
    kind: InspectionKind
    starts_on: date | None
    ends_on: date | None
    purpose: str = ""
    lead: str = ""
    joint_units: str = ""


@dataclass(frozen=True)
class ProblemLine:
    """`number` is its row on the form, from 0."""

    number: int
    summary: str
    correct_by: date | None


def check_plan(values: PlanValues, unit_count: int) -> list[RuleViolation]:
    """Every refusal, each at its field."""
    found = [] if values.title.strip() else [RuleViolation("请填写督查名称。", "title")]
    if values.starts_on is None or values.ends_on is None:
        found.append(
            RuleViolation("请填写起止日期。", "starts_on" if values.starts_on is None else "ends_on")
        )
    elif values.ends_on < values.starts_on:
        found.append(RuleViolation("截止日期早于起始日期。", "ends_on"))
    if not 1 <= unit_count <= MOST_UNITS:
        found.append(RuleViolation(f"请选择督查的单位，1 至 {MOST_UNITS} 个。", "units"))
    if values.kind is InspectionKind.JOINT and not values.joint_units.strip():
        found.append(RuleViolation("联合督查请写明参加的单位。", "joint_units"))
    return found


def check_team(
    name: str, from_date: date | None, to_date: date | None, unit_count: int
) -> list[RuleViolation]:
    found = [] if name.strip() else [RuleViolation("请填写组名。", "name")]
    if from_date is None:
        found.append(RuleViolation("请填写开始日期。", "from_date"))
    elif to_date and to_date < from_date:
        found.append(RuleViolation("结束日期早于开始日期。", "to_date"))
    if not unit_count:
        found.append(RuleViolation("请选择包联的单位。", "units"))
    return found


def check_visit(
    visited_on: date | None, record: str, problems: Sequence[ProblemLine], starts_on: date, today: date
) -> list[RuleViolation]:
    """A problem has a day to be mended by."""
    found = []
    if visited_on is None or not starts_on <= visited_on <= today:
        found.append(RuleViolation(f"督查日期应在 {starts_on} 之后，且不晚于今天。", "visited_on"))
    if not record.strip():
        found.append(RuleViolation("请写督查情况：看了什么，问了谁，办得怎样。", "record"))
    if len(problems) > MOST_PROBLEMS:
        found.append(RuleViolation(f"一个单位最多登记 {MOST_PROBLEMS} 个问题。"))
    for line in problems:
        at = f"problem-{line.number}"
        if not line.summary.strip() or len(line.summary) > LONGEST_PROBLEM:
            found.append(RuleViolation(f"请写明问题，最多 {LONGEST_PROBLEM} 个字。", f"{at}-summary"))
        if line.correct_by is None or (visited_on and line.correct_by < visited_on):
            found.append(RuleViolation("请定整改期限，不早于督查日期。", f"{at}-correct_by"))
    return found


def report_refusal(visits_left: int, *, is_reported: bool, is_void: bool) -> str:
    """Why a round may not be closed with its report; "" where it may."""
    if is_void:
        return "这次督查已作废。"
    if is_reported:
        return "已经报告。"
    return f"还有 {visits_left} 个单位没有登记督查情况。" if visits_left else ""
